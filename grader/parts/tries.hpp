#pragma once

#include <string>
#include <utility>

#include "grader/base/error.hpp"

namespace pset3::cases {

/// Tries until one attempt succeeds.
/// @throws GraderError when 300 fail: the promise of a generator cannot be kept for its parameters.
template <typename Attempt>
auto first_success(const std::string& what, const Attempt& attempt) {
  constexpr int kAttempts = 300;
  for (int i = 0; i < kAttempts; ++i) {
    if (auto result = attempt()) return *std::move(result);
  }
  throw GraderError(what + ": nothing met the generator's promises in 300 attempts");
}

}  // namespace pset3::cases
