// Which test holds which threat. The names are looked for in the sources, so that a test that is
// renamed or goes away shows here. THREATS.md is the same as a table.

#include <regex>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/hostile/tables.hpp"

namespace pset3 {
namespace {

struct Threat {
  std::string row;
  std::string what;  ///< the submission
  std::vector<std::string> tests;
  std::string open = {};  ///< why there is no test
};

const std::vector<Threat>& threats() {
  static const std::vector<Threat> kThreats = {
      {"A1",
       "names that lead out of the archive",
       {"HostileArchive.IsRefusedForNamesThatLeadOut", "HostileArchive.IsRefusedForAbsoluteNames"}},
      {"A2",
       "links, devices and pipes handed in",
       {"HostileArchive.IsRefusedForLinksAndDevicesInPlaceOfAPartFile",
        "Folder.DoesNotHangOnPipesSocketsAndDevices",
        "HostileArchive.IsRefusedForAFileBelowALink"}},
      {"A3",
       "bombs and nested archives",
       {"HostileArchive.ThatIsABombStopsWithinASecondAndWithoutMuchMemory",
        "Archive.SaysToHandInTheInnerArchive"}},
      {"A4",
       "a million files, deep folders, long names",
       {"HostileArchive.OfAMillionEntriesIsRefusedSoon",
        "HostileArchive.IsRefusedForOverlongNamesAndDeepNesting",
        "Folder.IsRefusedForThousandsOfFilesAndDeepNesting"}},
      {"A5",
       "names with control characters, clashes of names",
       {"HostileArchive.IsRefusedForControlCharactersAboutAPartFile",
        "Take.RefusesNamesThatDifferOnlyInCase",
        "GradeClass.HostileNamesHaveOneFolderEachAndAreShownWithBothNames"}},
      {"A6",
       "build files and libraries beside the part files",
       {"Take.TakesNothingThatTheAssignmentDoesNotName"}},
      {"A7", "an edited header of ours", {"Take.UsesTheCoursesOwnHeadersAndSaysWhenOneWasChanged"}},
      {"B1", "includes a file of the machine", {"Compile.CannotReadAFileOfTheMachine"}},
      {"B2", "embeds a file through the assembler", {"Compile.CannotReadAFileOfTheMachine"}},
      {"B3",
       "asks the preprocessor which files there are",
       {"HostileSource.LearnsNothingByAskingForFiles"}},
      {"B4",
       "makes the compiler print a file",
       {"Compile.CannotReadAFileOfTheMachine", "Diagnostics.ShowNoFolderOfTheMachine"}},
      {"B5", "template bomb", {"Compile.EndsATemplateBombSoon"}},
      {"B6", "constant expression bomb", {"Compile.EndsAConstantExpressionBombSoon"}},
      {"B7", "a huge object", {"Compile.EndsAHugeObjectSoon"}},
      {"B8", "includes itself", {"Compile.EndsAFileThatIncludesItselfTwiceSoon"}},
      {"B9", "includes endless devices", {"HostileSource.EndsWhenItIncludesADevice"}},
      {"B10", "macro bomb", {"HostileSource.EndsWhenItsMacrosExplode"}},
      {"B11",
       "errors without end, control characters in them",
       {"HostileSource.PrintsFewOfManyErrors", "ForeignText.NeverReachesTheTerminalRaw"}},
      {"B12", "loads a plugin into the compiler", {"HostileSource.LoadsNoPluginIntoTheCompiler"}},
      {"B13",
       "instructions that the processor does not have",
       {"HostileSource.CrashesAloneByAnUnknownInstruction"}},
      {"B14",
       "runs a program while it is built",
       {"Take.TakesNothingThatTheAssignmentDoesNotName"}},
      {"B15", "finds out where it is built", {"HostileSource.IsTheSameWhereverItIsBuilt"}},
      {"C1",
       "prints and ends before main",
       {"Hostile.ExitInAConstructorGivesNoResult", "Forgery.FromAConstructorIsNoAnswer"}},
      {"C2",
       "replaces functions of the system",
       {"Isolation.OwnFunctionsOfTheSystemsNamesReachNobodyElse"}},
      {"C3",
       "defines main or functions of ours",
       {"Link.RefusesAMainOfTheStudents", "Link.RefusesWhatWouldStandInForTheGradersOwn",
        "Link.RefusesAnAdapterOfTheStudents"}},
      {"C4", "calls the reference", {"HostileSource.FindsNoReferenceInItsProcess"}},
      {"C5", "loads a library of its own", {"HostileSource.LoadsNoLibraryOfItsOwn"}},
      {"C6",
       "calls a forbidden function",
       {"Uses.SeesACall", "Uses.SeesACallUnderAnotherName", "Uses.SeesAPointer"}},
      {"C7", "includes a forbidden header", {"Uses.SeesAHeader"}},
      {"C8",
       "looks for expected values in its memory",
       {"HostileSource.FindsNoExpectedValueInItsMemory"}},
      {"C9", "writes into the memory of the driver", {"Isolation.TheDriversMemoryCannotBeWritten"}},
      {"D1",
       "ends early",
       {"Endings.AnExitInsideOfTheFunctionIsNoAnswer",
        "Endings.AnExitInAConstructorIsNoAnswerForAnyCase"}},
      {"D2",
       "writes an answer itself",
       {"Hostile.ForgedReportsReachNobody", "Forgery.WithoutTheNonceIsNoAnswer"}},
      {"D3", "uses descriptors that it inherited", {"BoxInside.LeavesNoDescriptorsBehind"}},
      {"D4", "takes back what it printed", {"Holding.WhatWasPrintedCannotBeTakenBack"}},
      {"D5", "reads the launcher", {"Hostile.SecretsAreOutOfReach"}},
      {"D6",
       "traces the launcher",
       {"Hostile.TheFirstProcessCannotBeTracedOrKilled", "Hostile.ForbiddenCallsAreRefused"}},
      {"D7", "reads fixtures through /proc", {"Hostile.SecretsAreOutOfReach"}},
      {"D8",
       "knows the public answers by heart",
       {"Seeds.OfHiddenCasesDependOnSecretRunPartAndCase",
        "GradeTwice.AnotherRunDrawsOtherHiddenCasesAndTheSamePublicOnes"}},
      {"D9",
       "behaves only where it is watched",
       {"Holding.OneBoxLooksLikeTheNext", "Runs.OfPublicAndHiddenCasesAreInBoxesOfTheirOwn"}},
      {"D10", "tells hidden inputs", {"Telling.NothingHiddenReachesAStudent"}},
      {"D11",
       "keeps something for the next case",
       {"Holding.NothingIsLeftForTheNextBox", "Isolation.NoFileCanBeLeft",
        "Isolation.SharedMemoryOfSystemVIsNotThere"}},
      {"E1", "fork bomb", {"Hostile.AForkBombStaysSmallAndDiesWithTheBox"}},
      {"E2",
       "memory bombs",
       {"Hostile.PrivateMemoryBombsAreStopped", "Hostile.ASharedMemoryBombIsStopped",
        "Hostile.AMemfdBombIsStopped", "Hostile.ATmpfsBombIsStopped"}},
      {"E3",
       "terabytes of addresses, stack, locked memory",
       {"Holding.NoMoreThanTheLimitsCanBeTaken"}},
      {"E4",
       "fills the disk",
       {"NamespacedBox.CanWriteNowhereByDefault", "NamespacedBox.StopsATmpAtItsSize"}},
      {"E5", "makes empty files without end", {"Holding.EmptyFilesAreCountedOrGoneWithTheBox"}},
      {"E6",
       "prints without end",
       {"Hostile.EndlessOutputIsATimeoutAndKeptSmall", "Isolation.EndlessTextIsCut"}},
      {"E7", "never reads", {"BoxChannels.TimesOutWhenABigInputIsNeverRead"}},
      {"E8", "spins in many threads", {"Holding.ProcessorTimeOfAllThreadsCounts"}},
      {"E9",
       "sleeps and ignores signals",
       {"BoxTest.StopsASleeperAtTheWallLimit", "Hostile.AnEndlessLoopIsATimeout"}},
      {"E10", "leaves a daemon", {"Hostile.ADaemonDiesWithTheProgram"}},
      {"E11", "kills or stops everything", {"Hostile.TheFirstProcessCannotBeTracedOrKilled"}},
      {"E12", "hangs in the kernel", {"Holding.ProcessesThatHangEndWithTheBox"}},
      {"E13", "dumps core", {"Hostile.ACrashLeavesNoCoreDump"}},
      {"E14",
       "changes priorities and processors",
       {"Hostile.ForbiddenCallsAreRefused", "Isolation.LimitsAndPriorityOfTheDriverStay"}},
      {"E15", "sets the clock", {"Hostile.ForbiddenCallsAreRefused"}},
      {"E16",
       "slows its neighbours",
       {"Holding.ANeighbourThatSpinsChangesNoEnding", "Limits.CountProcessorTime",
        "Patience.IsForBoxesThatFailAndTimeoutsOnABusyMachine"}},
      {"F1", "uses the network", {"Hostile.ListenersOfTheMachineAreOutOfReach"}},
      {"F2", "uses an abstract socket", {"Hostile.ListenersOfTheMachineAreOutOfReach"}},
      {"F3", "leaves shared memory and queues", {"Holding.NothingIsLeftForTheNextBox"}},
      {"F4", "other families of sockets", {"Hostile.ForbiddenCallsAreRefused"}},
      {"F5", "io_uring, bpf, keys", {"Hostile.ForbiddenCallsAreRefused"}},
      {"F6", "mounts and namespaces", {"Hostile.ForbiddenCallsAreRefused"}},
      {"F7", "programs that run as their owner", {"Holding.RightsCannotBeGained"}},
      {"F8", "devices and settings of the kernel", {"Hostile.SecretsAreOutOfReach"}},
      {"F9",
       "calls by other numbers",
       {"Hostile.CallsOfAnotherArchitectureKill", "Hostile.ForbiddenCallsAreRefused"}},
      {"F10", "overwrites the launcher", {"Holding.ProgramsCannotBeOverwritten"}},
      {"F11",
       "plants links where outputs are read",
       {"Holding.PlantedLinksLeadNowhere", "TemporaryFolder.DoesNotFollowLinksWhenItGoesAway"}},
      {"F12",
       "a hole in the kernel, which no box stops",
       {"Hostile.ForbiddenCallsAreRefused", "Kernel.ThatIsOldIsPointedOut"}},
      {"G1", "truncated answers", {"Safetensors.RefusesEveryPrefixOfAFile"}},
      {"G2",
       "sizes that overflow",
       {"ParseHeader.RefusesAProductThatOverflows", "ParseHeader.RefusesATerabyteThatIsNotThere"}},
      {"G3",
       "wrong types, not finite",
       {"Engine.NeverPassesWhatIsNotFinite", "Engine.RefusesWrongNamesTypesShapesAndBytes"}},
      {"G4", "bad JSON", {"ForeignText.LeavesTheFileValid"}},
      {"G5",
       "HTML and terminal sequences in what it prints",
       {"ForeignText.StaysInsideThePage", "ForeignText.NeverReachesTheTerminalRaw",
        "Run.WhatASubmissionPrintsAndNamesIsSafeForATerminal"}},
      {"G6",
       "text that speaks to the reader of a report",
       {"ForeignText.CannotStandAtTheMarginWhereTheReportsOwnLinesStand"}},
      {"G7",
       "formulas in tables",
       {"Exports.PlainTableHasEverythingAndNoFormula",
        "Book.SheetTakesDecimalCommasAndFormulasInComments"}},
      {"G8",
       "paths of the machine in messages",
       {"Diagnostics.ShowNoFolderOfTheMachine", "Archive.NeverNamesTheHostsFolders"}},
  };
  return kThreats;
}

/// Every "Suite.Name" that is defined below tests/.
std::set<std::string> tests_of_the_sources() {
  static const std::regex kTest(R"(\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
  std::set<std::string> all;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(PSET3_SOURCE_DIR "/tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = read_file(entry.path());
    for (std::sregex_iterator found(text.begin(), text.end(), kTest), end; found != end; ++found) {
      all.insert((*found)[1].str() + "." + (*found)[2].str());
    }
  }
  return all;
}

std::string table() {
  std::string text =
      "# Threats and the tests that hold them\n\n"
      "Made from `threats_test.cpp`: `PSET3_WRITE_TABLES=1 hostile_test --gtest_filter='*Table*'`. "
      "`Hostile` and\n`Holding` run at L3, L2 and L1; the others at the level that the machine "
      "has.\n\n| row | a submission that | held by |\n|---|---|---|\n";
  for (const Threat& threat : threats()) {
    std::string tests;
    for (const std::string& test : threat.tests) {
      tests += (tests.empty() ? "`" : ", `") + test + "`";
    }
    text += fmt::format("| {} | {} | {} |\n", threat.row, threat.what,
                        tests.empty() ? "open: " + threat.open : tests);
  }
  return text;
}

TEST(TableOfThreats, NamesTestsThatThereAreAndIsTheOneInTheFolder) {
  const std::set<std::string> there = tests_of_the_sources();
  EXPECT_GT(there.size(), 300u);
  for (const Threat& threat : threats()) {
    EXPECT_NE(threat.tests.empty(), threat.open.empty()) << threat.row;
    for (const std::string& test : threat.tests) {
      EXPECT_TRUE(there.contains(test)) << threat.row << " names " << test;
    }
  }
  expect_table("THREATS.md", table());
}

TEST(TableOfThreats, HasEachRowOnce) {
  const std::pair<char, int> kinds[] = {{'A', 7},  {'B', 15}, {'C', 9}, {'D', 11},
                                        {'E', 16}, {'F', 12}, {'G', 8}};
  std::vector<std::string> expected;
  for (const auto& [kind, count] : kinds) {
    for (int i = 1; i <= count; ++i) expected.push_back(kind + std::to_string(i));
  }
  std::vector<std::string> found;
  for (const Threat& threat : threats()) found.push_back(threat.row);
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace pset3
