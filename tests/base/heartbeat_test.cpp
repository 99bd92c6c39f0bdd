#include "grader/base/heartbeat.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace pset3 {
namespace {

using std::chrono::milliseconds;

TEST(Heartbeat, BeatsUntilTheWorkIsDone) {
  std::atomic<int> beats = 0;
  {
    const Heartbeat heartbeat(milliseconds(1), [&](std::chrono::seconds) { ++beats; });
    while (beats < 3) std::this_thread::yield();
  }
  const int at_the_end = beats;
  std::this_thread::sleep_for(milliseconds(20));
  EXPECT_EQ(beats, at_the_end);
}

TEST(Heartbeat, IsSilentAboutShortWork) {
  std::atomic<int> beats = 0;
  {
    const Heartbeat heartbeat(std::chrono::hours(1), [&](std::chrono::seconds) { ++beats; });
  }
  EXPECT_EQ(beats, 0);
}

}  // namespace
}  // namespace pset3
