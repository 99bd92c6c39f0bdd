#include "starter/common/drawing/progress.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace pset3::drawing {
namespace {

TEST(Progress, PrintsALineEachTenPerCentOfSlowWorkWhenNobodyWatches) {
  std::ostringstream out;
  {
    Progress progress("carving", 36, ProgressStyle::kLines, out);
    progress.advance(17);
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    progress.advance();
    progress.advance(18);
  }
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << text;
  EXPECT_EQ(text.find('\r'), std::string::npos);
  EXPECT_NE(text.find("carving: 50 % (18 of 36)"), std::string::npos) << text;
  EXPECT_NE(text.find("carving: 100 % (36 of 36)"), std::string::npos) << text;
}

TEST(Progress, PrintsOneLineOfQuickWork) {
  std::ostringstream out;
  {
    Progress progress("carving", 36, ProgressStyle::kLines, out);
    for (int i = 0; i < 40; ++i) progress.advance();
  }
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
  EXPECT_NE(text.find("carving: 100 % (36 of 36)"), std::string::npos) << text;
}

TEST(Progress, SaysWhereItStopped) {
  std::ostringstream out;
  {
    Progress progress("carving", 36, ProgressStyle::kLines, out);
    progress.advance(5);
  }
  EXPECT_NE(out.str().find("carving: stopped at 5 of 36"), std::string::npos) << out.str();
}

TEST(Progress, RedrawsItsBarInOneLine) {
  std::ostringstream out;
  {
    Progress progress("carving", 4, ProgressStyle::kBar, out);
    progress.advance(2);
    progress.advance(2);
  }
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(text.front(), '\r');
  EXPECT_NE(text.find("100 %"), std::string::npos) << text;
  EXPECT_NE(text.find("4/4"), std::string::npos) << text;
}

TEST(Progress, StopsCountingAtItsTotal) {
  std::ostringstream out;
  Progress progress("carving", 2, ProgressStyle::kLines, out);
  progress.advance(5);
  EXPECT_NE(out.str().find("(2 of 2)"), std::string::npos) << out.str();
}

TEST(Progress, RefusesATotalOfNothing) {
  std::ostringstream out;
  EXPECT_THROW(Progress("carving", 0, ProgressStyle::kLines, out), std::invalid_argument);
}

TEST(Progress, DrawsBarsWhenTheEnvironmentAsks) {
  setenv("PSET3_PROGRESS", "1", 1);
  EXPECT_EQ(progress_style_for_stderr(), ProgressStyle::kBar);
  unsetenv("PSET3_PROGRESS");
}

}  // namespace
}  // namespace pset3::drawing
