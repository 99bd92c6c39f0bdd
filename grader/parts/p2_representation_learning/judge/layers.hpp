#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"

namespace pset3::judge::p2 {

/// Values (channels, side, side) or (channels) with side 1, row-major, in double.
struct Maps {
  std::size_t channels = 0;
  std::size_t side = 1;
  std::vector<double> values;
};

/// One image's embedding or features of a batch (B, ...).
Maps example_of(const arrays::Array& batch, std::size_t index);

/// Convolution with kernels "<name>.weight" (O, I, K, K) and "<name>.bias" (O), stride 1, as many
/// zeros around as keep the size.
Maps convolved(const Maps& maps, const std::string& name, const arrays::Arrays& weights);

Maps rectified(Maps maps);

/// The greatest of each 2x2 values.
Maps pooled(const Maps& maps);

/// "<name>.weight" (O, I) times the values as they lie in memory, plus "<name>.bias" (O).
Maps linear(const Maps& maps, const std::string& name, const arrays::Arrays& weights);

}  // namespace pset3::judge::p2
