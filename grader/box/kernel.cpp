#include "grader/box/kernel.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

namespace pset3::box {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<year_month_day> valid(int y, unsigned m, unsigned d) {
  const year_month_day date{year(y), month(m), day(d)};
  if (!date.ok()) return std::nullopt;
  return date;
}

unsigned number(const std::ssub_match& digits) {
  return static_cast<unsigned>(std::stoul(digits.str()));
}

}  // namespace

std::optional<year_month_day> kernel_built_on(const std::string& version) {
  static const std::regex kIso(R"(\((\d{4})-(\d{2})-(\d{2})\))");
  static const std::regex kWords(
      R"(([A-Z][a-z]{2}) +(\d{1,2}) \d{2}:\d{2}:\d{2} (?:\w+ )?(\d{4})$)");
  std::smatch found;
  if (std::regex_search(version, found, kIso)) {
    return valid(static_cast<int>(number(found[1])), number(found[2]), number(found[3]));
  }
  if (!std::regex_search(version, found, kWords)) return std::nullopt;
  const auto name = std::find(kMonths.begin(), kMonths.end(), found[1].str());
  // Behind the last month comes a thirteenth, which is none.
  return valid(static_cast<int>(number(found[3])),
               static_cast<unsigned>(name - kMonths.begin()) + 1, number(found[2]));
}

std::string remark_on_kernel(const std::string& release, const std::string& version,
                             year_month_day today) {
  constexpr int kDaysOfAMonth = 30;
  constexpr int kOld = 6 * kDaysOfAMonth;
  const std::optional<year_month_day> built = kernel_built_on(version);
  if (!built) return "";
  const auto age = (sys_days(today) - sys_days(*built)).count();
  if (age < kOld) return "";
  return fmt::format(
      "kernel {} was built {} months ago. A hole in the kernel is a way out of every box: install\n"
      "       the updates and restart, and keep nothing of value on the machine that grades",
      release, age / kDaysOfAMonth);
}

std::string remark_on_kernel() {
  utsname names{};
  if (::uname(&names) != 0) return "";
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return remark_on_kernel(names.release, names.version, year_month_day(now));
}

}  // namespace pset3::box
