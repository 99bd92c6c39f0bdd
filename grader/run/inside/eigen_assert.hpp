#pragma once

namespace pset3::inside {

/// Eigen's assertions end here in submitted code, as an exception with a place instead of an abort.
/// @throws std::logic_error
[[noreturn]] void eigen_assertion_failed(const char* expression);

}  // namespace pset3::inside

#define eigen_assert(expression) \
  ((expression) ? (void)0 : ::pset3::inside::eigen_assertion_failed(#expression))
