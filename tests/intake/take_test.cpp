#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/intake/archives.hpp"

namespace pset3::intake::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

using Type = Item::Type;

Submission take_folder(const std::vector<Item>& items,
                       const std::vector<WantedPart>& wanted = two_parts()) {
  const Desk desk;
  return take(desk.folder("hw3", items), wanted);
}

std::string refusal_of_folder(const std::vector<Item>& items) {
  const Desk desk;
  return refusal(desk.folder("hw3", items));
}

const std::vector<Item> kComplete = {{"p1_carving/carve.cpp", "carve"},
                                     {"p1_carving/bounds.cpp", "bounds"},
                                     {"p1_carving/main.cpp", "main 1"},
                                     {"p2_nets/train.cpp", "train"},
                                     {"p2_nets/main.cpp", "main 2"}};

TEST(Take, TakesACompleteFolderWithoutANote) {
  const Submission submission = take_folder(kComplete);
  EXPECT_EQ(submission.name, "hw3");
  EXPECT_THAT(submission.notes, IsEmpty());
  EXPECT_THAT(
      submission.parts,
      ElementsAre(
          Pair("p1_carving", ElementsAre(Pair("bounds.cpp", "bounds"), Pair("carve.cpp", "carve"),
                                         Pair("main.cpp", "main 1"))),
          Pair("p2_nets", ElementsAre(Pair("main.cpp", "main 2"), Pair("train.cpp", "train")))));
}

TEST(Take, TakesNothingThatTheAssignmentDoesNotName) {
  std::vector<Item> items = kComplete;
  for (const char* name : {"p1_carving/CMakeLists.txt", "include/carving.hpp", ".clang-tidy",
                           "p1_carving/libm.so", "opencv2/core.hpp", "Makefile", ".gdbinit"}) {
    items.push_back({name, "hostile"});
  }
  const Submission submission = take_folder(items);
  EXPECT_EQ(submission.parts, take_folder(kComplete).parts);
  EXPECT_THAT(submission.notes, IsEmpty());
}

TEST(Take, TakesHeadersThatLieBesideThePartFiles) {
  std::vector<Item> items = kComplete;
  items.push_back({"p1_carving/helpers.hpp", "int f();\r\n"});
  items.push_back({"p1_carving/more.h", "int g();"});
  items.push_back({"p1_carving/below/far.hpp", "int h();"});
  const Submission submission = take_folder(items);
  const auto& files = submission.parts.at("p1_carving");
  EXPECT_EQ(files.size(), 5u);
  EXPECT_EQ(files.at("helpers.hpp"), "int f();\n");
  EXPECT_EQ(files.at("more.h"), "int g();");
  EXPECT_EQ(submission.parts.at("p2_nets").size(), 2u);
  EXPECT_THAT(submission.notes, Contains("p1_carving/more.h is used with the files of p1_carving"));
}

TEST(Take, PointsOutCharactersThatReorderWhatIsShown) {
  for (const char* control : {"\xE2\x80\xAE", "\xE2\x81\xA6"}) {
    std::vector<Item> items = kComplete;
    items[0].bytes = std::string("int a;\n// ") + control + "x\n";
    EXPECT_THAT(
        take_folder(items).notes,
        Contains(HasSubstr("carve.cpp, line 2: has a character that changes the direction")));
  }
  std::vector<Item> items = kComplete;
  items[0].bytes = "// a dash \xE2\x80\x94 and a euro \xE2\x82\xAC\n";
  EXPECT_THAT(take_folder(items).notes, IsEmpty());
}

TEST(Take, TakesEightHeadersOf64KiBAtMost) {
  std::vector<Item> items = kComplete;
  for (char c = 'a'; c <= 'j'; ++c) {
    items.push_back({std::string("p1_carving/") + c + ".hpp", "int x;"});
  }
  items.push_back({"p2_nets/long.hpp", std::string((64 << 10) + 1, ' ')});
  const Submission submission = take_folder(items);
  EXPECT_EQ(submission.parts.at("p1_carving").size(), 3u + 8u);
  EXPECT_THAT(submission.notes, Contains(HasSubstr("p1_carving/j.hpp was not taken: at most 8")));
  EXPECT_EQ(submission.parts.at("p2_nets").count("long.hpp"), 0u);
  EXPECT_THAT(submission.notes, Contains(HasSubstr("p2_nets/long.hpp was not taken")));
}

TEST(Take, PassesOverAHeaderThatIsTooLargeForAnyFile) {
  std::vector<Item> items = kComplete;
  items.push_back({"p1_carving/huge.hpp", std::string(3 << 20, ' ')});
  EXPECT_EQ(take_folder(items).parts, take_folder(kComplete).parts);
}

TEST(Take, SaysWhatBecomesOfAnotherSource) {
  std::vector<Item> items = kComplete;
  items.push_back({"p1_carving/geometry.cpp", "int f() { return 1; }"});
  const Submission submission = take_folder(items);
  EXPECT_EQ(submission.parts, take_folder(kComplete).parts);
  EXPECT_THAT(submission.notes, Contains(HasSubstr("p1_carving/geometry.cpp was not taken")));
}

TEST(Take, UsesTheCoursesOwnHeadersAndSaysWhenOneWasChanged) {
  std::vector<WantedPart> wanted = two_parts();
  wanted[0].given = {{"carving.hpp", "the course's\n"}};
  std::vector<Item> items = kComplete;
  items.push_back({"p1_carving/carving.hpp", "the course's\r\n"});
  EXPECT_THAT(take_folder(items, wanted).notes, IsEmpty());
  items.back().bytes = "changed";
  const Submission submission = take_folder(items, wanted);
  EXPECT_EQ(submission.parts, take_folder(kComplete).parts);
  EXPECT_THAT(submission.notes, Contains(HasSubstr("p1_carving/carving.hpp differs from the "
                                                   "course's own")));
}

TEST(Take, FindsThePartFolderBelowAnyPrefix) {
  const Submission submission =
      take_folder({{"Übung 3 (final)/my hw/starter/p1_carving/carve.cpp", "carve"}});
  EXPECT_EQ(submission.parts.at("p1_carving").at("carve.cpp"), "carve");
}

TEST(Take, TakesAFileOfAWrongFolderWhenItsNameIsClear) {
  const Submission submission = take_folder({{"part one/carve.cpp", "carve"}});
  EXPECT_EQ(submission.parts.at("p1_carving").at("carve.cpp"), "carve");
  EXPECT_THAT(submission.notes, Contains("part one/carve.cpp was taken as p1_carving/carve.cpp"));
}

TEST(Take, LeavesAFileOfAnUnclearPartAndSaysWhy) {
  const Submission submission =
      take_folder({{"p1_carving/carve.cpp", "carve"}, {"stuff/main.cpp", "main"}});
  EXPECT_EQ(submission.parts.at("p1_carving").count("main.cpp"), 0u);
  EXPECT_THAT(submission.notes, Contains(AllOf(HasSubstr("stuff/main.cpp was not taken"),
                                               HasSubstr("its part's folder"))));
  EXPECT_THAT(refusal_of_folder({{"main.cpp", "main"}}),
              HasSubstr("several parts have a file named like main.cpp"));
}

TEST(Take, LetsAnOuterPartFolderDecideWhosePartAFileIs) {
  const Submission submission = take_folder({{"p2_nets/src/main.cpp", "main 2"}});
  EXPECT_EQ(submission.parts.at("p2_nets").at("main.cpp"), "main 2");
  EXPECT_EQ(submission.parts.count("p1_carving"), 0u);
}

TEST(Take, PrefersThePartFolderToOtherPlaces) {
  const Submission submission = take_folder({{"backup/carve.cpp", "old"},
                                             {"carve.cpp", "older"},
                                             {"starter/p1_carving/carve.cpp", "new"},
                                             {"starter/p1_carving/old/carve.cpp", "oldest"}});
  EXPECT_EQ(submission.parts.at("p1_carving").at("carve.cpp"), "new");
  for (const char* other : {"backup/carve.cpp", "carve.cpp", "starter/p1_carving/old/carve.cpp"}) {
    EXPECT_THAT(submission.notes, Contains(std::string(other) +
                                           " was left aside: starter/p1_carving/carve.cpp is the "
                                           "carve.cpp to grade"));
  }
}

TEST(Take, RefusesTwoEquallyGoodFilesThatDifferAndNamesBoth) {
  EXPECT_THAT(
      refusal_of_folder({{"a/p1_carving/carve.cpp", "1"}, {"bb/p1_carving/carve.cpp", "2"}}),
      HasSubstr("a/p1_carving/carve.cpp and bb/p1_carving/carve.cpp"));
  EXPECT_THAT(refusal_of_folder({{"carve.cpp", "1"}, {"old/carve.cpp", "2"}}),
              HasSubstr("carve.cpp and old/carve.cpp"));
}

TEST(Take, TakesTwoEqualCopiesWithANote) {
  const Submission submission =
      take_folder({{"a/p1_carving/carve.cpp", "1"}, {"bb/p1_carving/carve.cpp", "1"}});
  EXPECT_EQ(submission.parts.at("p1_carving").at("carve.cpp"), "1");
  EXPECT_THAT(submission.notes, Contains(HasSubstr("are the same file")));
}

TEST(Take, PrefersStarterToSolutionInARepository) {
  const Submission submission = take_folder({{"repo/starter/p1_carving/carve.cpp", "student"},
                                             {"repo/solution/p1_carving/carve.cpp", "reference"},
                                             {"repo/solution/p1_carving/bounds.cpp", "reference"},
                                             {"repo/solution/p2_nets/train.cpp", "alone"}});
  EXPECT_THAT(submission.parts.at("p1_carving"), ElementsAre(Pair("carve.cpp", "student")));
  EXPECT_EQ(submission.parts.at("p2_nets").at("train.cpp"), "alone");
  EXPECT_THAT(submission.notes, Contains(HasSubstr("the files in starter/ were taken")));
}

TEST(Take, TakesASolutionAloneAsASubmission) {
  const Submission submission = take_folder({{"solution/p1_carving/carve.cpp", "reference"}});
  EXPECT_EQ(submission.parts.at("p1_carving").at("carve.cpp"), "reference");
  EXPECT_THAT(submission.notes, Not(Contains(HasSubstr("starter/"))));
}

TEST(Take, SaysWhenThePartsFilesComeFromSeveralFolders) {
  const Submission submission =
      take_folder({{"a/p1_carving/carve.cpp", "1"}, {"b/p1_carving/bounds.cpp", "2"}});
  EXPECT_THAT(submission.notes, Contains("p1_carving: its files came from 2 folders: "
                                         "a/p1_carving/, b/p1_carving/"));
}

TEST(Take, NamesTheMissingFilesOfAHalfSubmission) {
  const Submission submission = take_folder({{"p1_carving/carve.cpp", "carve"}});
  EXPECT_THAT(submission.notes, ElementsAre("p1_carving: not handed in: bounds.cpp, main.cpp",
                                            "p2_nets: not handed in, none of its files is there"));
}

TEST(Take, NamesNothingMissingOfPartsThatNobodyAskedAbout) {
  std::vector<WantedPart> wanted = two_parts();
  wanted[1].asked = false;
  const Desk desk;
  EXPECT_THAT(take(desk.folder("hw3", {{"p1_carving/carve.cpp", "carve"}}), wanted).notes,
              ElementsAre("p1_carving: not handed in: bounds.cpp, main.cpp"));
}

TEST(Take, SaysWhatItLookedForAndWhatItFoundInstead) {
  const std::string reason = refusal_of_folder({{"a.txt", ""},
                                                {"b.pdf", ""},
                                                {"c/d.png", ""},
                                                {"e\x1b[2J.md", ""},
                                                {"f.md", ""},
                                                {"g.md", ""},
                                                {"build/p1_carving/carve.cpp", ""}});
  EXPECT_THAT(reason, HasSubstr("looked for p1_carving/carve.cpp, p1_carving/bounds.cpp"));
  EXPECT_THAT(reason, HasSubstr("found a.txt, b.pdf, c/d.png, e\\x1b[2J.md, f.md and 1 more"));
  EXPECT_THAT(reason, HasSubstr("not looked into: build"));
  EXPECT_THAT(reason, Not(HasSubstr("\n")));
  EXPECT_THAT(refusal_of_folder({}), HasSubstr("it is empty"));
}

TEST(Take, SaysToHandInTheInnerArchive) {
  EXPECT_THAT(refusal_of_folder({{"hw3/hw3-final.zip", "PK"}}),
              HasSubstr("hand in the inner one (hw3/hw3-final.zip)"));
}

TEST(Take, IgnoresBuildTreesHiddenFoldersAndSystemFiles) {
  std::vector<Item> items = kComplete;
  for (const char* folder : {".git", "build", "cmake-build-debug", "node_modules", "__MACOSX",
                             ".vscode", "p1_carving/.idea"}) {
    items.push_back({std::string(folder) + "/p1_carving/carve.cpp", "not this"});
    items.push_back({std::string(folder) + "/carv.cpp", "not this"});
  }
  items.push_back({".DS_Store", "\1\2"});
  items.push_back({"p1_carving/._carve.cpp", "\1\2"});
  items.push_back({"Icon\r", ""});
  const Submission submission = take_folder(items);
  EXPECT_EQ(submission.parts, take_folder(kComplete).parts);
  EXPECT_THAT(submission.notes, IsEmpty());
}

TEST(Take, AsksDidYouMeanForNearMisses) {
  const Submission submission = take_folder({{"p1_carving/carv.cpp", ""},
                                             {"p1_carving/bounds (1).cpp", ""},
                                             {"p2_nets/train.cpp", ""},
                                             {"p2_nets/carving.hpp", ""}});
  EXPECT_THAT(submission.notes, Contains("p1_carving/carv.cpp: did you mean carve.cpp?"));
  EXPECT_THAT(submission.notes, Contains("p1_carving/bounds (1).cpp: did you mean bounds.cpp?"));
  EXPECT_THAT(submission.notes, Each(Not(HasSubstr("carving.hpp: did you mean"))));
  EXPECT_THAT(refusal_of_folder({{"carve.cpp.txt", ""}}),
              HasSubstr("carve.cpp.txt: did you mean carve.cpp?"));
}

TEST(Take, RefusesNamesThatDifferOnlyInCase) {
  EXPECT_THAT(refusal_of_folder({{"p1_carving/carve.cpp", "1"}, {"p1_carving/Carve.cpp", "2"}}),
              HasSubstr("differ only in upper and lower case"));
  EXPECT_THAT(refusal_of_folder({{"p1_carving/carve.cpp", "1"}, {"P1_Carving/carve.cpp", "2"}}),
              HasSubstr("differ only in upper and lower case"));
  EXPECT_EQ(refusal_of_folder({{"p1_carving/carve.cpp", "1"}, {"a.md", ""}, {"A.md", ""}}),
            "taken");
}

TEST(Take, RefusesAFileAboveTheCapAndNamesTheCap) {
  const std::string full(1 << 20, '/');
  EXPECT_EQ(refusal_of_folder({{"p1_carving/carve.cpp", full}}), "taken");
  EXPECT_THAT(refusal_of_folder({{"p1_carving/carve.cpp", full + "/"}}),
              HasSubstr("p1_carving/carve.cpp is larger than 1 MiB"));
}

TEST(Take, NormalisesLineEndsAndNotesOddEncodings) {
  const Submission submission = take_folder({{"p1_carving/carve.cpp", "a\r\nb\r\n"},
                                             {"p1_carving/bounds.cpp", "\xEF\xBB\xBFx"},
                                             {"p1_carving/main.cpp", std::string("a\n\0", 3)},
                                             {"p2_nets/train.cpp", std::string("\xFF\xFE"
                                                                               "a\0",
                                                                               4)},
                                             {"p2_nets/main.cpp", "// 1\n// caf\xE9\n"}});
  EXPECT_EQ(submission.parts.at("p1_carving").at("carve.cpp"), "a\nb\n");
  EXPECT_EQ(submission.parts.at("p1_carving").at("bounds.cpp"), "x");
  EXPECT_EQ(submission.parts.at("p2_nets").at("train.cpp").size(), 4u);
  EXPECT_THAT(submission.notes,
              ElementsAre(HasSubstr("bounds.cpp starts with a byte order mark"),
                          HasSubstr("carve.cpp has Windows line ends"),
                          HasSubstr("p1_carving/main.cpp, line 2: has a NUL byte"),
                          HasSubstr("p2_nets/main.cpp, line 2: not UTF-8"),
                          HasSubstr("train.cpp is UTF-16")));
}

TEST(Take, NamesTheSubmissionAfterItsFolder) {
  const Desk desk;
  const auto folder = desk.folder("alice.v2", kComplete);
  EXPECT_EQ(take(folder / "", two_parts()).name, "alice.v2");
  EXPECT_EQ(take(folder / "p1_carving" / "..", two_parts()).name, "alice.v2");
}

}  // namespace
}  // namespace pset3::intake::testing
