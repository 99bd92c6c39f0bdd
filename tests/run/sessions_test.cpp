#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "tests/run/programs.hpp"

namespace pset3::run {
namespace {

using pset3::testing::carve_case;
using pset3::testing::carve_inputs;
using pset3::testing::carve_with;
using pset3::testing::CarveProgram;
using pset3::testing::solution;
using pset3::testing::survivors;
using std::chrono::milliseconds;
using ::testing::ElementsAre;

/// carve() that does `body` when there are two voxels, and returns all voxels otherwise.
std::string carve_that_fails_on_two(const std::string& body) {
  return carve_with("if (voxels.rows() == 2) { " + body + " }\nreturn voxels;",
                    "#include <unistd.h>\n#include <sys/wait.h>\n");
}

/// Runs a case of two voxels and then one of three.
std::vector<CaseOutcome> run_both(const std::string& body) {
  std::vector<RunCase> cases = {carve_case(carve_inputs(2)), carve_case(carve_inputs(3))};
  for (RunCase& item : cases) item.time_limit = milliseconds(700);
  return CarveProgram(carve_that_fails_on_two(body)).run(cases, 256ull << 20);
}

void expect_three_voxels(const CaseOutcome& outcome) {
  ASSERT_EQ(outcome.ended, Ended::kReturned) << outcome.message;
  EXPECT_THAT(survivors(outcome), ElementsAre(0.0, 1.0, 2.0));
}

TEST(Session, GoesOnAfterAnEndlessLoop) {
  const auto outcomes = run_both("for (volatile int i = 0;; i = i + 1) {}");
  EXPECT_EQ(outcomes[0].ended, Ended::kTimeout);
  EXPECT_GE(outcomes[0].wall_ms, 700.0);
  EXPECT_LT(outcomes[0].wall_ms, 10'000.0);
  expect_three_voxels(outcomes[1]);
}

TEST(Session, GoesOnAfterACrash) {
  const auto outcomes = run_both("*reinterpret_cast<volatile int*>(8) = 1;");
  EXPECT_EQ(outcomes[0].ended, Ended::kSignalled);
  expect_three_voxels(outcomes[1]);
}

TEST(Session, GoesOnAfterAMemoryBomb) {
  const auto outcomes =
      run_both("std::vector<std::vector<char>> all; for (;;) all.emplace_back(16 << 20, 'x');");
  EXPECT_EQ(outcomes[0].ended, Ended::kOutOfMemory) << outcomes[0].message;
  expect_three_voxels(outcomes[1]);
}

TEST(Session, GoesOnAfterTheDriverItselfIsKilled) {
  const auto outcomes = run_both("kill(getppid(), SIGKILL); for (;;) pause();");
  EXPECT_NE(outcomes[0].ended, Ended::kReturned);
  EXPECT_NE(outcomes[0].ended, Ended::kBoxFailed) << "a submission must not look like our fault";
  expect_three_voxels(outcomes[1]);
}

TEST(Session, GoesOnAfterTheDriverIsStopped) {
  const auto outcomes = run_both("kill(getppid(), SIGSTOP); for (;;) pause();");
  EXPECT_EQ(outcomes[0].ended, Ended::kTimeout);
  expect_three_voxels(outcomes[1]);
}

TEST(Session, GoesOnAfterAForkBomb) {
  const auto outcomes = run_both("for (;;) fork();");
  EXPECT_NE(outcomes[0].ended, Ended::kReturned);
  EXPECT_NE(outcomes[0].ended, Ended::kBoxFailed);
  expect_three_voxels(outcomes[1]);
}

TEST(Session, KeepsNothingOfOneCaseForTheNext) {
  const CarveProgram program(
      carve_with("static int calls = 0;\nVoxels out(1, 3);\nout << ++calls, 0, 0;\nreturn out;"));
  for (const CaseOutcome& outcome : program.run({carve_case(), carve_case(), carve_case()})) {
    ASSERT_EQ(outcome.ended, Ended::kReturned);
    EXPECT_THAT(survivors(outcome), ElementsAre(1.0));
  }
}

TEST(Session, RunsTwoHundredCasesWithALittleOverheadEach) {
  const CarveProgram program(solution("carve.cpp"));
  program.run({carve_case()});  // what is first read from disk does not count
  std::vector<RunCase> cases;
  for (std::int64_t i = 0; i < 200; ++i) cases.push_back(carve_case(carve_inputs(i + 1, 256)));
  const auto outcomes = program.run(cases);
  ASSERT_EQ(outcomes.size(), 200u);
  std::vector<double> overhead_ms;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    ASSERT_EQ(outcomes[i].ended, Ended::kReturned) << i << " " << outcomes[i].message;
    ASSERT_EQ(survivors(outcomes[i]).size(), i / 2 + 1);
    overhead_ms.push_back(outcomes[i].wall_ms);
  }
  std::nth_element(overhead_ms.begin(), overhead_ms.begin() + 100, overhead_ms.end());
  std::printf("overhead of a case: median %.1f ms (goal 5)\n", overhead_ms[100]);
  EXPECT_LT(overhead_ms[100], 100.0) << "twenty times the goal, for busy machines";
}

TEST(Session, OfAProgramThatNeverStartsEndsAllCasesAtOnce) {
  const CarveProgram program(
      carve_with("return voxels;", "struct Early { Early() { __builtin_trap(); } } early;\n"));
  const auto outcomes = program.run(std::vector<RunCase>(50, carve_case()));
  ASSERT_EQ(outcomes.size(), 50u);
  EXPECT_EQ(outcomes[49].ended, Ended::kSignalled);
}

}  // namespace
}  // namespace pset3::run
