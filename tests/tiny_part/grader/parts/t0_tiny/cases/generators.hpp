#pragma once

#include "grader/parts/cases.hpp"

namespace pset3::cases::t0 {

/// "t0.for_mean" and "t0.for_variance"; params: count, how many values (1 to 10,000).
/// Input values (N); outputs mean, and for the second also variance.
Generators generators();

/// numbers.txt with 1 to 6.
DefaultData default_data();

}  // namespace pset3::cases::t0
