#include "grader/pipeline/part_grader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "tests/tiny_part/course.hpp"

namespace pset3::pipeline {
namespace {

using judge::Verdict;
using pset3::testing::entries;
using pset3::testing::TinyCourse;
using ::testing::HasSubstr;
using Files = std::map<std::string, std::string>;
using Verdicts = std::map<std::string, Verdict>;

class Grading : public ::testing::Test {
 protected:
  static TinyCourse& tiny() {
    static TinyCourse course;
    return course;
  }
  static PartGrader& grader() {
    static PartGrader part_grader(tiny().course, tiny().rubric(), tiny().store, {});
    return part_grader;
  }
  static Verdicts verdicts(const report::PartReport& report) {
    Verdicts found;
    for (const judge::CheckResult& check : report.checks) found[check.check] = check.verdict;
    return found;
  }
  static Verdicts grade(const Files& files) { return verdicts(grader().grade(files)); }

  Files files_ = tiny().solution_files();
};

TEST_F(Grading, OfTheSolutionPassesEverything) {
  EXPECT_EQ(grade(files_),
            (Verdicts{{"t0.a.mean", Verdict::kPassed}, {"t0.b.variance", Verdict::kPassed}}));
}

TEST_F(Grading, OfNothingIsNotAttempted) {
  EXPECT_EQ(grade({}), (Verdicts{{"t0.a.mean", Verdict::kNotAttempted},
                                 {"t0.b.variance", Verdict::kNotAttempted}}));
}

TEST_F(Grading, LeavesOutChecksAndRunsNothingForThem) {
  files_["mean.cpp"] += "// another program\n";
  const auto before = entries(tiny().store, "run");
  EXPECT_EQ(verdicts(grader().grade(files_, {"t0.b.variance"})),
            (Verdicts{{"t0.a.mean", Verdict::kPassed}}));
  EXPECT_EQ(entries(tiny().store, "run") - before, 2) << "mean.few and mean.many";
  const PreparedPart& part = grader().part();
  const auto shown =
      symptoms_of(part, build_and_run(part, files_, part.judged_checks({"t0.a.mean"})));
  EXPECT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown.count("t0.b.variance"), 1u);
}

TEST_F(Grading, OfHalfOfTheFilesJudgesThatHalf) {
  files_.erase("variance.cpp");
  EXPECT_EQ(grade(files_),
            (Verdicts{{"t0.a.mean", Verdict::kPassed}, {"t0.b.variance", Verdict::kNotAttempted}}));
  files_ = tiny().solution_files();
  files_.erase("mean.cpp");
  EXPECT_EQ(grade(files_),
            (Verdicts{{"t0.a.mean", Verdict::kNotAttempted}, {"t0.b.variance", Verdict::kPassed}}))
      << "with our mean()";
}

TEST_F(Grading, OfAFileThatDoesNotCompileJudgesTheOthers) {
  files_["variance.cpp"] = "int f( {\n";
  const report::PartReport report = grader().grade(files_);
  EXPECT_EQ(verdicts(report),
            (Verdicts{{"t0.a.mean", Verdict::kPassed}, {"t0.b.variance", Verdict::kBuildFailed}}));
  ASSERT_FALSE(report.diagnostics.empty());
  EXPECT_EQ(report.diagnostics[0].file, "variance.cpp");
  EXPECT_EQ(report.diagnostics[0].line, 1);
}

TEST_F(Grading, OfAFileThatDoesNotCompileIsReplacedByOursForWhatNeedsIt) {
  files_["mean.cpp"] = "int f( {\n";
  EXPECT_EQ(grade(files_),
            (Verdicts{{"t0.a.mean", Verdict::kBuildFailed}, {"t0.b.variance", Verdict::kPassed}}));
}

/// Whether the place of the end is known (a throw) or not (an exit): mean() is judged.
TEST_F(Grading, OfAFileThatDoesNotLoadCostsItsOwnChecks) {
  for (const char* end : {"throw 1;", "_exit(1);"}) {
    files_ = tiny().solution_files();
    files_["variance.cpp"] += "#include <unistd.h>\nstatic int early() { " + std::string(end) +
                              " return 1; }\nint table = early();\n";
    EXPECT_EQ(grade(files_),
              (Verdicts{{"t0.a.mean", Verdict::kPassed}, {"t0.b.variance", Verdict::kCrashed}}))
        << end;
  }
}

TEST_F(Grading, OfAFileThatDoesNotLinkCostsItsOwnChecks) {
  for (const std::string& source :
       {std::string("int nothing = 0;\n"), files_["variance.cpp"] + "int main() { return 0; }\n"}) {
    files_["variance.cpp"] = source;
    const report::PartReport report = grader().grade(files_);
    EXPECT_EQ(verdicts(report), (Verdicts{{"t0.a.mean", Verdict::kPassed},
                                          {"t0.b.variance", Verdict::kBuildFailed}}));
    ASSERT_FALSE(report.diagnostics.empty());
    EXPECT_EQ(report.diagnostics[0].file, "variance.cpp");
  }
}

TEST_F(Grading, CountsOneBugOnce) {
  const std::string from = "values.size()";
  std::string& source = files_["mean.cpp"];
  source.replace(source.find(from), from.size(), "(values.size() + 1)");
  const report::PartReport report = grader().grade(files_);
  EXPECT_EQ(verdicts(report),
            (Verdicts{{"t0.a.mean", Verdict::kFailed}, {"t0.b.variance", Verdict::kPassed}}));
  ASSERT_EQ(report.checks[0].diagnoses.size(), 1u);
  EXPECT_EQ(report.checks[0].diagnoses[0].mistake, "one_too_many");
}

TEST_F(Grading, OfTheSameFilesAgainRunsNothing) {
  grade(files_);
  const auto count = [&] {
    return std::vector<std::ptrdiff_t>{entries(tiny().store, "object"),
                                       entries(tiny().store, "program"),
                                       entries(tiny().store, "run")};
  };
  const auto before = count();
  EXPECT_THAT(before, ::testing::Each(::testing::Gt(0)));
  // With a program that cannot run, whatever is run again would show.
  const std::filesystem::path programs = tiny().store.root() / "program";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(programs)) {
    if (entry.path().filename() == "program") write_file(entry.path(), "no program");
  }
  EXPECT_EQ(grade(files_),
            (Verdicts{{"t0.a.mean", Verdict::kPassed}, {"t0.b.variance", Verdict::kPassed}}));
  EXPECT_EQ(count(), before);
  std::filesystem::remove_all(programs);
}

TEST_F(Grading, OfAnotherFileCompilesOnlyThatFile) {
  grade(files_);
  const auto objects = entries(tiny().store, "object");
  files_["mean.cpp"] += "// edited\n";
  grade(files_);
  EXPECT_EQ(entries(tiny().store, "object"), objects + 1);
}

TEST_F(Grading, OfOneCheckRunsOnlyItsCases) {
  PartOptions options;
  options.only = {"t0.a.mean"};
  const Store store(tiny().home.root() / "another_store");
  PartGrader one(tiny().course, tiny().rubric(), store, options);
  EXPECT_EQ(verdicts(one.grade(files_)), (Verdicts{{"t0.a.mean", Verdict::kPassed}}));
  EXPECT_EQ(entries(store, "run"), 2);
}

TEST_F(Grading, OfHiddenChecksDependsOnTheRun) {
  PartOptions options;
  options.hidden = true;
  options.draw = {"secret", "1"};
  PartGrader first(tiny().course, tiny().rubric(), tiny().store, options);
  options.draw.run = "2";
  PartGrader second(tiny().course, tiny().rubric(), tiny().store, options);
  ASSERT_EQ(first.part().cases().size(), 5u);
  for (std::size_t i = 0; i < first.part().cases().size(); ++i) {
    const bool same = first.part().cases()[i].box_input == second.part().cases()[i].box_input;
    EXPECT_EQ(same, !first.part().cases()[i].spec->hidden) << first.part().cases()[i].spec->id;
  }
  EXPECT_EQ(verdicts(first.grade(files_)).at("t0.b.hidden"), Verdict::kPassed);
}

TEST_F(Grading, RefusesFixturesOfAnotherShape) {
  TinyCourse own;
  arrays::Arrays wrong;
  wrong["mean"] = arrays::Array::of(std::vector<double>{1.0, 2.0});
  write_file(own.home.fixtures() / "expected/mean.few.safetensors", arrays::encode(wrong));
  try {
    PartGrader part_grader(own.course, own.rubric(), own.store, {});
    FAIL() << "two means";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("mean.few.safetensors is stale"));
    EXPECT_THAT(error.what(), HasSubstr("author fixtures"));
  }
}

}  // namespace
}  // namespace pset3::pipeline
