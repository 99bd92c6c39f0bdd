#pragma once

#include "grader/judge/checks.hpp"

namespace pset3::judge::t0 {

/// "t0.mean" and "t0.variance"; tolerance.relative of the rubric is the largest error that passes.
Checks checks();

}  // namespace pset3::judge::t0
