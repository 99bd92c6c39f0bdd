#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace pset3::author {

/// What a mistake may cost, in units of the dearest check that finds it.
inline constexpr double kMedianGoal = 1.0;
inline constexpr double kTailGoal = 1.5;
/// Points are sums of decimal fractions.
inline constexpr double kRounding = 1e-6;

/// The value that a share of the values does not exceed; 0 of none.
inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(place + 0.5)];
}

inline std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace pset3::author
