#pragma once

namespace pset3 {

/// Built with sanitizers: time and memory are then theirs, and a test does not measure them.
#ifdef PSET3_SANITIZE
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace pset3
