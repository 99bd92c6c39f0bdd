#pragma once

#include <torch/torch.h>

#include <cstdint>

#include "starter/p4_unsupervised_depth/exercise/pairs.hpp"

namespace pset3::stereo {

/// All pairs in memory.
struct TrainingPairs {
  torch::Tensor left;   ///< (N, 3, H, W) uint8
  torch::Tensor right;  ///< the same
  /// (N, 1, H, W) float, shares of the width, 0 = not known; not defined unless all pairs have
  /// them. They test; no training looks at them.
  torch::Tensor left_disparity;
  torch::Tensor right_disparity;

  std::int64_t size() const { return left.size(0); }
};

/// @returns how many of the pairs train: the first four fifths. The others test.
constexpr std::size_t training_share(std::size_t pairs) { return pairs * 4 / 5; }

/// Reads all pairs. Tells on stderr.
/// @throws DataError when a picture cannot be read, sizes differ or are no multiples of 32, there
///         are fewer than 2 pairs, or a batch is too small to train on.
TrainingPairs read_training_pairs(const PairSource& source, const ExerciseOptions& options);

}  // namespace pset3::stereo
