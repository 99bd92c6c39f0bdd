#include "grader/box/kernel.hpp"

#include <gmock/gmock.h>

namespace pset3::box {
namespace {

using namespace std::chrono_literals;
using std::chrono::year_month_day;
using ::testing::HasSubstr;

constexpr year_month_day kToday = 2026y / 11 / 29;

TEST(Kernel, SaysWhenItWasBuilt) {
  EXPECT_EQ(kernel_built_on("#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)"),
            (year_month_day(2024y / 11 / 22)));
  EXPECT_EQ(kernel_built_on("#1 SMP Tue Nov  3 10:00:00 UTC 2026"),
            (year_month_day(2026y / 11 / 3)));
  EXPECT_EQ(kernel_built_on("#1 SMP Tue Jan 13 10:00:00 2026"), (year_month_day(2026y / 1 / 13)));
}

TEST(Kernel, MayNotSayWhenItWasBuilt) {
  for (const char* version :
       {"", "#1 SMP PREEMPT_DYNAMIC @0", "(2024-13-01)", "#1 SMP Tue Foo 13 10:00:00 UTC 2026"}) {
    EXPECT_FALSE(kernel_built_on(version)) << version;
    EXPECT_EQ(remark_on_kernel("6.1", version, kToday), "");
  }
}

TEST(Kernel, ThatIsOldIsPointedOut) {
  EXPECT_EQ(remark_on_kernel("6.1", "#1 (2026-11-01)", kToday), "");
  EXPECT_EQ(remark_on_kernel("6.1", "#1 (2026-12-24)", kToday), "") << "a clock that is late";
  EXPECT_THAT(remark_on_kernel("6.1", "#1 (2024-11-22)", kToday),
              HasSubstr("kernel 6.1 was built 24 months ago"));
}

}  // namespace
}  // namespace pset3::box
