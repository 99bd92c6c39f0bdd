#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/judge/output_pair.hpp"

namespace pset3::judge {

/// A number of a case's inputs that a factor may be: a single input, or how many rows one has.
struct Size {
  std::string slug;   ///< "rows_of_x"
  std::string words;  ///< "the number of rows of \"x\""
  double value = 0.0;
};

/// @param wanted  a value for each pair's case.
/// @returns the size that has the wanted value in each case; single inputs come first.
std::optional<Size> size_with(const std::vector<OutputPair>& pairs,
                              const std::vector<double>& wanted);

}  // namespace pset3::judge
