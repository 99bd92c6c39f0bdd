#pragma once

#include <cmath>
#include <limits>

namespace pset3::judge {

/// How far a value is from the wanted one. What is no number is infinitely far: the largest of
/// several distances then says so, whatever is compared after it.
inline double distance(double got, double wanted) {
  const double error = std::abs(got - wanted);
  return std::isnan(error) ? std::numeric_limits<double>::infinity() : error;
}

}  // namespace pset3::judge
