#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Check : public Desk {
 protected:
  Check() { environment_["PSET3_HOME"] = small_course().string(); }
};

TEST_F(Check, UntouchedStarterScoresNothingAndSaysWhereToStart) {
  const std::string starter = (fs::path(PSET3_SOURCE_DIR) / "starter").string();
  const Result result = pset3({"check", "--dir", starter, "--json", "out/results.json"});
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("Start with form_initial_voxels"),
                                HasSubstr("0 of 26 points so far")));
  EXPECT_EQ(result.err, "");
  const nlohmann::json results = json(path("out/results.json"));
  EXPECT_EQ(results.at("score"), 0.0);
  for (const nlohmann::json& test : results.at("tests")) {
    EXPECT_EQ(test.at("extra_data").at("verdict"), "not_attempted") << test.dump(1);
  }
}

TEST_F(Check, SolutionPassesEverythingThatIsShown) {
  solution("solution");
  const Result result = pset3({"check", "--dir", "solution"});
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("26 of 26 points so far: every check that is shown passes"),
                    Not(HasSubstr("\x1b"))));
}

TEST_F(Check, HiddenChecksAreCountedAndNotShown) {
  solution("solution");
  const Result result = pset3({"check", "--dir", "solution", "--json", "results.json"});
  EXPECT_THAT(result.out, AllOf(HasSubstr("9 more points are decided by 4 hidden checks."),
                                Not(HasSubstr("boxes that are not shown"))));
  for (const nlohmann::json& test : json(path("results.json")).at("tests")) {
    EXPECT_EQ(test.at("visibility"), "visible");
  }
}

TEST_F(Check, MistakeIsExplained) {
  swapped("hw3");
  const Result result = pset3({"check", "p1.b", "--dir", "hw3"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(
      result.out,
      AllOf(HasSubstr("Expected:"), HasSubstr("Got:"), HasSubstr("Probably:"), HasSubstr("Hint:"),
            HasSubstr("Read:      handouts/p1_space_carving.md, (b) Carving with one view")));
}

TEST_F(Check, MistakeIsNamedInTheResults) {
  swapped("hw3");
  pset3({"check", "p1.b.survivors", "--dir", "hw3", "--json", "results.json"});
  const nlohmann::json results = json(path("results.json"));
  EXPECT_EQ(verdict_of(results, "p1.b.survivors"), "failed");
  EXPECT_EQ(check_in(results, "p1.b.survivors").at("extra_data").at("mistake"),
            "rows_and_columns_swapped");
}

TEST_F(Check, SyntaxErrorIsShownWithItsLineAndOtherFilesAreJudged) {
  edited("hw3", "carve.cpp", "kept.conservativeResize(count, Eigen::NoChange);",
         "kept.conservativeResize(count, Eigen::NoChange)");
  const Result result = pset3({"check", "--dir", "hw3", "--json", "results.json"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, AllOf(HasSubstr("carve.cpp:35:50: error"), HasSubstr("expected ';'")));
  const nlohmann::json results = json(path("results.json"));
  EXPECT_EQ(verdict_of(results, "p1.a.side"), "passed");
  EXPECT_EQ(verdict_of(results, "p1.b.survivors"), "build_failed");
  EXPECT_EQ(verdict_of(results, "p1.d.better"), "passed");
  EXPECT_THAT(result.out, HasSubstr("with our carve"));
}

TEST_F(Check, CrashIsShownWithTheStudentsOwnLine) {
  edited("hw3", "carve.cpp", "  Eigen::Index count = 0;",
         "  Eigen::Index count = 0;\n  *reinterpret_cast<volatile int*>(8) = 1;");
  const Result result = pset3({"check", "p1.a.side", "p1.b.outside", "--dir", "hw3"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, AllOf(HasSubstr("SIGSEGV"), HasSubstr("carve.cpp:23 in"),
                                HasSubstr("✓ The side of a voxel")));
}

TEST_F(Check, EndlessLoopTimesOutAndOtherFunctionsAreJudged) {
  edited("hw3", "carve.cpp", "  return kept;",
         "  for (volatile bool on = true; on;) {\n  }\n  return kept;");
  const Result result =
      pset3({"check", "p1.a.side", "p1.b.outside", "--dir", "hw3", "--json", "results.json"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("Too slow:"));
  const nlohmann::json results = json(path("results.json"));
  EXPECT_EQ(verdict_of(results, "p1.b.outside"), "timeout");
  EXPECT_EQ(verdict_of(results, "p1.a.side"), "passed");
}

TEST_F(Check, HalfOfTheFilesAreJudgedAndTheOthersNamed) {
  fs::remove(solution("hw3") / "p1_space_carving/carve.cpp");
  const Result result = pset3({"check", "--dir", "hw3", "--json", "results.json"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("not handed in: carve.cpp"));
  const nlohmann::json results = json(path("results.json"));
  EXPECT_EQ(verdict_of(results, "p1.a.coverage"), "passed");
  EXPECT_EQ(verdict_of(results, "p1.b.survivors"), "not_attempted");
  EXPECT_EQ(verdict_of(results, "p1.d.better"), "passed") << "with our carve()";
}

TEST_F(Check, NearMissOfAFileNameIsPointedOut) {
  const fs::path part = solution("hw3") / "p1_space_carving";
  fs::rename(part / "carve.cpp", part / "carv.cpp");
  const Result result = pset3({"check", "p1.a.side", "--dir", "hw3"});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, HasSubstr("carv.cpp: did you mean carve.cpp?"));
}

TEST_F(Check, QuestionOrCheckIsJudgedAlone) {
  solution("hw3");
  pset3({"check", "p1.b", "--dir", "hw3", "--json", "question.json"});
  EXPECT_EQ(json(path("question.json")).at("tests").size(), 4U);
  pset3({"check", "p1.b.survivors", "--dir", "hw3", "--json", "check.json"});
  EXPECT_EQ(json(path("check.json")).at("tests").size(), 1U);
}

TEST_F(Check, PartBesideACheckMeansBoth) {
  solution("hw3");
  pset3({"check", "p1.b.survivors", "p1", "--dir", "hw3", "--json", "results.json"});
  EXPECT_EQ(json(path("results.json")).at("tests").size(), 13U);
}

TEST_F(Check, WrongNameIsRefusedWithTheNearestRightOne) {
  const Result result = pset3({"check", "p1.b.survivor"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("did you mean p1.b.survivors?"));
}

TEST_F(Check, HiddenCheckCannotBeAskedFor) {
  const Result result = pset3({"check", "p1.b.hidden"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("p1.b.hidden is hidden"));
}

TEST_F(Check, ResultsMeetTheShippedSchema) {
  swapped("hw3");
  pset3({"check", "--dir", "hw3", "--json", "results.json"});
  Process validation(
      {"/usr/bin/python3", PSET3_SOURCE_DIR "/tests/report/validate.py",
       PSET3_SOURCE_DIR "/grader/report/results.schema.json", path("results.json").string()},
      {}, path("."));
  EXPECT_EQ(validation.wait(), 0) << validation.out() << validation.err();
}

TEST_F(Check, FolderIsCalledByItsShortName) {
  const fs::path submission = solution("hw3");
  const Result result = pset3({"check", "p1.a.side", "--dir", submission.string()});
  EXPECT_THAT(result.out, AllOf(HasSubstr(" hw3\n"), Not(HasSubstr(submission.string()))));
}

TEST_F(Check, SecondOneBeginsWithWhatChanged) {
  swapped("hw3");
  EXPECT_THAT(pset3({"check", "p1.b", "--dir", "hw3"}).out, Not(HasSubstr("since the last check")));
  fs::remove_all(path("hw3"));
  solution("hw3");
  EXPECT_THAT(pset3({"check", "p1.b", "--dir", "hw3"}).out,
              ::testing::StartsWith(" Since the last check: "));
  EXPECT_THAT(pset3({"check", "p1.b", "--dir", "hw3"}).out,
              ::testing::StartsWith(" Nothing changed since the last check."));
  EXPECT_THAT(pset3({"check", "p1.a", "--dir", "hw3"}).out, Not(HasSubstr("since the last check")))
      << "other checks";
}

TEST_F(Check, OutputOfAFailedCaseIsShownWhenAskedFor) {
  edited("hw3", "carve.cpp", "  return kept;",
         "  std::fputs(\"kept \\x1b[31m some\", stderr);\n  return kept.topRows(0);");
  const fs::path file = path("hw3/p1_space_carving/carve.cpp");
  write_file(file, "#include <cstdio>\n" + read_file(file));
  EXPECT_THAT(pset3({"check", "p1.b.survivors", "--dir", "hw3"}).out, Not(HasSubstr("Printed:")));
  const Result result = pset3({"check", "p1.b.survivors", "--dir", "hw3", "--show-output"});
  EXPECT_THAT(result.out, HasSubstr("Printed:   kept \\x1b[31m some"));
}

TEST_F(Check, WhatIsNoSubmissionIsRefused) {
  const Result result = pset3({"check", "--dir", "nothing_here"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.out + result.err, HasSubstr("nothing_here does not exist"));
}

TEST_F(Check, EverythingIsFoundAgainInTheStore) {
  solution("hw3");
  pset3({"check", "--dir", "hw3", "--json", "first.json"});
  pset3({"check", "--dir", "hw3", "--json", "second.json"});
  const nlohmann::json first = json(path("first.json"));
  const nlohmann::json second = json(path("second.json"));
  EXPECT_EQ(first.at("tests"), second.at("tests")) << "times of cases come from the first run too";
}

}  // namespace
}  // namespace pset3::end_to_end
