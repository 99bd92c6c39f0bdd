#include "grader/app/class_progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pset3::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ProgressLine, SaysCountRateTimeLeftAndWhatRuns) {
  ClassState state;
  EXPECT_EQ(progress_line(state), "");
  state.phase = "preparing p2";
  EXPECT_EQ(progress_line(state), "preparing p2");
  state = {"", 0, 200, std::chrono::seconds(3), {"ann"}};
  EXPECT_EQ(progress_line(state), "0 of 200 done; now: ann");
  state = {"", 50, 200, std::chrono::minutes(5), {"ann", "ben"}};
  EXPECT_EQ(progress_line(state), "50 of 200 done, 10 a minute, about 15 min left; now: ann, ben");
  state = {"", 1, 2000, std::chrono::seconds(24), {"a", "b", "c", "d", "e", "f"}};
  EXPECT_EQ(progress_line(state),
            "1 of 2000 done, 2.5 a minute, about 13 h 20 min left; now: a, b, c, d and 2 more");
}

TEST(ClassProgress, WritesPlainLinesWhereThereIsNoTerminal) {
  ::testing::internal::CaptureStderr();
  {
    ClassProgress progress(std::chrono::milliseconds(5));
    progress.phase("preparing p1");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    progress.begin_class(2);
    progress.begin("ann");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    progress.finished("ann");
    EXPECT_EQ(progress.done(), 1U);
  }
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              AllOf(HasSubstr("pset3: preparing p1\n"), HasSubstr("pset3: 0 of 2 done; now: ann\n"),
                    Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace pset3::app
