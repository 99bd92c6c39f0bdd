#include "grader/pipeline/runs.hpp"

#include <gmock/gmock.h>

#include "tests/tiny_part/course.hpp"

namespace pset3::pipeline {
namespace {

using pset3::testing::entries;
using pset3::testing::TinyCourse;

/// A submission of the tiny part whose mean() prints the number of its process: in a box of its own
/// they are counted from the start.
constexpr const char* kTellsItsProcess =
    "#include \"starter/t0_tiny/tiny.hpp\"\n#include <unistd.h>\n#include <cstdio>\n"
    "double pset3::tiny::mean(const Eigen::VectorXd&) {\n"
    "  std::printf(\"%d\", getpid()); std::fflush(stdout); return 0;\n}\n";
constexpr const char* kSleeps =
    "#include \"starter/t0_tiny/tiny.hpp\"\n#include <unistd.h>\n"
    "double pset3::tiny::mean(const Eigen::VectorXd&) { for (;;) pause(); }\n";

class Runs : public ::testing::Test {
 protected:
  BuiltProgram build(const char* mean) {
    auto files = tiny_.solution_files();
    files["mean.cpp"] = mean;
    return build_program(context(), files);
  }
  PartContext context() { return {tiny_.course, tiny_.rubric(), toolkit_, tiny_.store}; }

  /// The cases of mean(), in the order of the rubric: two public ones and a hidden one.
  std::vector<PreparedCase> mean_cases() {
    std::vector<PreparedCase> cases;
    for (const judge::CaseSpec& spec : tiny_.rubric().cases) {
      if (spec.function == "mean") {
        cases.push_back(prepare_case(tiny_.course, tiny_.rubric(), spec, {"secret", "1"}));
      }
    }
    return cases;
  }
  TimeLimits limits(std::chrono::milliseconds limit) {
    TimeLimits all;
    for (const judge::CaseSpec& spec : tiny_.rubric().cases) all[spec.id] = limit;
    return all;
  }

  TinyCourse tiny_;
  build::Toolkit toolkit_ = build::prepare_toolkit(tiny_.course.home, tiny_.rubric().part,
                                                   tiny_.rubric().folder, tiny_.rubric().libraries);
};

/// Without a private table of processes, two boxes count on: nothing is to be seen then.
TEST_F(Runs, OfPublicAndHiddenCasesAreInBoxesOfTheirOwn) {
  if (box::probe() < box::Level::kNamespaces) GTEST_SKIP() << "skipped: no process namespace";
  std::vector<PreparedCase> cases = mean_cases();
  ASSERT_EQ(cases.size(), 3u);
  std::swap(cases[1], cases[2]);  // the hidden one between the two public ones
  ASSERT_TRUE(cases[1].spec->hidden);
  const BuiltProgram program = build(kTellsItsProcess);
  const Outcomes outcomes = run_stored(context(), program, cases, limits(std::chrono::seconds(5)));
  const auto number = [&](const PreparedCase& item) {
    return std::stoi(outcomes.at(item.spec->id).outcome.text);
  };
  EXPECT_EQ(number(cases[2]), number(cases[0]) + 1) << "one box for the public ones";
  EXPECT_EQ(number(cases[1]), number(cases[0])) << "and another for the hidden one";
}

TEST_F(Runs, ThatSleptAreNotStored) {
  const BuiltProgram program = build(kSleeps);
  const auto before = entries(tiny_.store, "run");
  const Outcomes outcomes =
      run_stored(context(), program, mean_cases(), limits(std::chrono::milliseconds(100)));
  EXPECT_EQ(outcomes.at("mean.few").outcome.ended, run::Ended::kTimeout);
  EXPECT_EQ(entries(tiny_.store, "run"), before) << "a busy machine does the same";
}

}  // namespace
}  // namespace pset3::pipeline
