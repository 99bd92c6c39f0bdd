#include "grader/judge/wording.hpp"

#include <fmt/format.h>

namespace pset3::judge {

std::string grouped(std::int64_t value) {
  std::string digits = std::to_string(value);
  const std::size_t sign = value < 0 ? 1 : 0;
  for (std::size_t i = digits.size(); i > sign + 3;) digits.insert(i -= 3, 1, ',');
  return digits;
}

std::string number(double value) { return fmt::format("{:.6g}", value); }

std::string point(const double* xyz) {
  return fmt::format("({:.6g}, {:.6g}, {:.6g})", xyz[0], xyz[1], xyz[2]);
}

}  // namespace pset3::judge
