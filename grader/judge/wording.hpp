#pragma once

#include <cstdint>
#include <string>

namespace pset3::judge {

/// "1,204": whole numbers as people write them.
std::string grouped(std::int64_t value);

/// Up to six significant digits, without trailing zeros: "0.12", "-3.5", "1e-07".
std::string number(double value);

/// "(0.12, 0.4, 0.33)" of three consecutive values.
std::string point(const double* xyz);

}  // namespace pset3::judge
