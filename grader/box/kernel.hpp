#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace pset3::box {

/// The day on which a kernel was built, as uname's version tells it: "#1 SMP PREEMPT_DYNAMIC Debian
/// 6.1.119-1 (2024-11-22)", "#1 SMP Tue Nov 29 10:00:00 UTC 2026".
/// @returns nothing where the version has no such day.
std::optional<std::chrono::year_month_day> kernel_built_on(const std::string& version);

/// What `doctor` says of a kernel that has not been renewed for half a year; "" of a newer one, and
/// where nobody can tell.
std::string remark_on_kernel(const std::string& release, const std::string& version,
                             std::chrono::year_month_day today);
/// The same of this machine's.
std::string remark_on_kernel();

}  // namespace pset3::box
