#pragma once

#include "grader/parts/part.hpp"

PSET3_DECLARE_PART(t0)

namespace pset3::testing {

/// The list of parts with the tiny part in it and no other.
inline parts::Parts tiny_parts() { return {PSET3_PART(t0, t0_tiny)}; }

}  // namespace pset3::testing
