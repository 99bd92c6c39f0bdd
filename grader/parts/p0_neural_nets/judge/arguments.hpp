#pragma once

#include "grader/judge/checks.hpp"

namespace pset3::judge::p0 {

/// A check that also fails where the answer is right and the function changed its arguments. A
/// function has one such check in public, so that this costs once.
Check keeping_arguments(Check check);

}  // namespace pset3::judge::p0
