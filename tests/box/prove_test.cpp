#include "grader/box/prove.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "grader/box/defences.hpp"
#include "tests/box/levels.hpp"

namespace pset3::box {
namespace {

class Prove : public AtLevel {};

TEST_P(Prove, FindsThatANamespacedBoxHolds) {
  for (const Finding& finding : prove(GetParam())) {
    EXPECT_TRUE(finding.held) << finding.tried << ": " << finding.detail;
  }
}

TEST_P(Prove, NoticesThatMemoryIsNotLimited) {
  const for_tests::Without limit(Defence::kMemoryLimit);
  const std::vector<Finding> findings = prove(GetParam());
  const auto broken = std::count_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return !finding.held && finding.detail.find("had all of") != std::string::npos;
  });
  EXPECT_EQ(broken, 2) << "private and shared memory";
}

INSTANTIATE_TEST_SUITE_P(Levels, Prove, ::testing::ValuesIn(kNamespaced), level_name);

TEST(ProveLimitsOnly, FindsThatPlainLimitsDoNotHold) {
  if (!works(Level::kLimits)) GTEST_SKIP() << "skipped: L0 does not work here";
  int held = 0;
  int broken = 0;
  bool message_found = false;
  for (const Finding& finding : prove(Level::kLimits)) {
    ++(finding.held ? held : broken);
    message_found = message_found || finding.detail.find("found the message") == 0;
  }
  EXPECT_TRUE(message_found) << "boxes share /dev/shm without namespaces";
  EXPECT_GT(broken, 0) << "a listener and /etc/passwd are within reach without namespaces";
  EXPECT_GT(held, 0);
}

}  // namespace
}  // namespace pset3::box
