#include <gtest/gtest.h>

#include "grader/pipeline/runs.hpp"

namespace pset3::end_to_end {
namespace {

run::CaseOutcome ended(run::Ended how, double wall_ms, double cpu_ms) {
  run::CaseOutcome outcome;
  outcome.ended = how;
  outcome.wall_ms = wall_ms;
  outcome.cpu_ms = cpu_ms;
  return outcome;
}

TEST(Patience, IsForBoxesThatFailAndTimeoutsOnABusyMachine) {
  const auto again = [](const run::CaseOutcome& outcome) {
    return pipeline::deserves_another_try(outcome, std::chrono::seconds(2));
  };
  EXPECT_TRUE(again(ended(run::Ended::kBoxFailed, 5, 0)));
  EXPECT_TRUE(again(ended(run::Ended::kTimeout, 7000, 900)));
  EXPECT_FALSE(again(ended(run::Ended::kTimeout, 2300, 2000)));
  EXPECT_FALSE(again(ended(run::Ended::kSignalled, 2000, 0)));
  EXPECT_FALSE(again(ended(run::Ended::kReturned, 2000, 0)));
}

}  // namespace
}  // namespace pset3::end_to_end
