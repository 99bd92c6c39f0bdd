#pragma once

#include <vector>

#include "grader/arrays/array.hpp"

namespace pset3::run {

/// Calls one student function: arrays in, arrays out. What it throws is reported, not caught.
using Call = arrays::Arrays (*)(const arrays::Arrays& inputs);

struct Entry {
  const char* function;  ///< the name in the rubric's cases
  Call call;
  /// Called twice, and the second answer counts: what a function keeps from one call to the next
  /// shows.
  bool twice = false;
};

/// The functions of a part, defined once in grader/run/<part>.cpp.
const std::vector<Entry>& entries();

}  // namespace pset3::run
