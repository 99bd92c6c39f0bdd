#pragma once

#include "grader/judge/checks.hpp"
#include "grader/parts/cases.hpp"

namespace pset3::tiny_part {

/// "t0.mean" and "t0.variance"; tolerance.relative of the rubric is the largest error that passes.
judge::Checks checks();

/// "t0.for_mean" and "t0.for_variance"; params: count, how many values (1 to 10,000).
/// Input values (N); outputs mean, and for the second also variance.
cases::Generators generators();

}  // namespace pset3::tiny_part
