#include "grader/pipeline/part_grader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/pipeline/stand_ins.hpp"
#include "tests/tiny_part/course.hpp"

namespace pset3::pipeline {
namespace {

using judge::Verdict;
using pset3::testing::entries;
using pset3::testing::TinyCourse;
using ::testing::HasSubstr;
using ::testing::Not;
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

std::string how_judged(const report::PartReport& report, std::size_t check) {
  const auto& stand_ins = report.checks.at(check).stand_ins;
  return stand_ins.empty() ? "as it is" : judge::sentence_of(stand_ins[0]);
}

TEST_F(Grading, PutsOurFileInPlaceOfOneThatIsNotThere) {
  const std::string stub = read_file(tiny().home.starter() / "mean.cpp");
  const std::map<std::string, Files> all = {
      {"does not compile", {{"mean.cpp", "int f( {\n"}, {"variance.cpp", files_["variance.cpp"]}}},
      {"is not written yet", {{"mean.cpp", stub}, {"variance.cpp", files_["variance.cpp"]}}},
      {"is missing", {{"variance.cpp", files_["variance.cpp"]}}}};
  for (const auto& [why, files] : all) {
    const report::PartReport report = grader().grade(files);
    EXPECT_EQ(report.checks[0].points, 0.0) << why;
    EXPECT_EQ(report.checks[1].verdict, Verdict::kPassed) << why;
    EXPECT_EQ(how_judged(report, 0), "as it is");
    EXPECT_EQ(how_judged(report, 1), "judged with our mean, since yours " + why);
  }
}

TEST_F(Grading, PutsOurFileInPlaceOfOneThatFails) {
  files_["mean.cpp"] =
      "#include \"starter/t0_tiny/tiny.hpp\"\nnamespace pset3::tiny {\n"
      "double mean(const Eigen::VectorXd&) { __builtin_trap(); }\n}\n";
  const report::PartReport report = grader().grade(files_);
  EXPECT_EQ(report.checks[0].verdict, Verdict::kCrashed);
  EXPECT_EQ(report.checks[1].verdict, Verdict::kPassed);
  EXPECT_EQ(how_judged(report, 1), "judged with our mean, since yours fails (a)");
}

TEST_F(Grading, NeverPutsOurFileInPlaceOfTheOneThatIsJudged) {
  Files files = files_;
  files["mean.cpp"] = "int f( {\n";
  files["variance.cpp"] += "// mine\n";
  const PreparedPart& part = grader().part();
  const JudgedPart judged = judge_with_stand_ins(part, files, part.judged_checks({}));
  ASSERT_EQ(judged.mixed.size(), 1u);
  const auto& program = judged.mixed[0]->program;
  EXPECT_EQ(program.files.at("mean.cpp"), files_["mean.cpp"]);
  EXPECT_EQ(program.files.at("variance.cpp"), files["variance.cpp"]);
  ASSERT_EQ(judged.mixed[0]->checks.size(), 1u);
  EXPECT_EQ(judged.mixed[0]->checks[0]->files[0], "variance.cpp");
  EXPECT_EQ(judged.mixed[0]->outcomes.count("mean.few"), 0u) << "a case that is not concerned";
  files["variance.cpp"] = "int f( {\n";
  EXPECT_EQ(grader().grade(files).checks[1].verdict, Verdict::kBuildFailed);
}

/// It could be the code of ours.
TEST_F(Grading, ShowsNoTextOfAProgramWithOurFunctionsInIt) {
  Files files = files_;
  files["mean.cpp"] = "int f( {\n";
  files["variance.cpp"] =
      "#include <cstdio>\n#include <stdexcept>\n#include \"starter/t0_tiny/tiny.hpp\"\n"
      "namespace pset3::tiny {\ndouble variance(const Eigen::VectorXd&) {\n"
      "  std::puts(\"5589e5\");\n  throw std::runtime_error(\"5589e5\");\n}\n}\n";
  const judge::CheckResult check = grader().grade(files).checks[1];
  EXPECT_EQ(check.verdict, Verdict::kCrashed);
  const judge::CaseFinding& finding = check.findings.at(0);
  EXPECT_THAT(finding.got, HasSubstr("std::runtime_error: (its text is not shown"));
  EXPECT_THAT(finding.got + finding.detail + finding.printed, Not(HasSubstr("5589e5")));
}

TEST_F(Grading, LeavesACheckOpenWhereThereIsNoSolution) {
  TinyCourse own;
  std::filesystem::remove_all(own.home.solution());
  PartGrader students(own.course, own.rubric(), own.store, {});
  files_["mean.cpp"] = read_file(own.home.starter() / "mean.cpp");
  const report::PartReport report = students.grade(files_);
  EXPECT_EQ(report.checks[1].verdict, Verdict::kBlocked);
  EXPECT_TRUE(report.checks[1].open);
  EXPECT_EQ(report.checks[1].findings.at(0).got,
            "not judged here: needs (a); when the course grades, ours stands in for it");
  EXPECT_FALSE(students.grade(tiny().solution_files()).checks[1].open);
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
    PartGrader(own.course, own.rubric(), own.store, {}).part();
    FAIL() << "two means";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("mean.few.safetensors is stale"));
    EXPECT_THAT(error.what(), HasSubstr("author fixtures"));
  }
}

}  // namespace
}  // namespace pset3::pipeline
