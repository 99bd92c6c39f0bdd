#include "grader/box/prove.hpp"

#include <gtest/gtest.h>

#include "tests/box/levels.hpp"

namespace pset3::box {
namespace {

class Prove : public AtLevel {};

TEST_P(Prove, FindsThatANamespacedBoxHolds) {
  for (const Finding& finding : prove(GetParam())) {
    EXPECT_TRUE(finding.held) << finding.tried << ": " << finding.detail;
  }
}
INSTANTIATE_TEST_SUITE_P(Levels, Prove, ::testing::ValuesIn(kNamespaced), level_name);

TEST(ProveLimitsOnly, FindsThatPlainLimitsDoNotHold) {
  if (!works(Level::kLimits)) GTEST_SKIP() << "skipped: L0 does not work here";
  int held = 0;
  int broken = 0;
  for (const Finding& finding : prove(Level::kLimits)) ++(finding.held ? held : broken);
  EXPECT_GT(broken, 0) << "a listener and /etc/passwd are within reach without namespaces";
  EXPECT_GT(held, 0);
}

}  // namespace
}  // namespace pset3::box
