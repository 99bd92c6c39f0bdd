#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <random>

#include "starter/common/errors.hpp"

namespace pset3::stereo {

/// What two cameras side by side see of one scene, rectified: a point lies in the same row of both,
/// and in the left view further to the right.
struct StereoPair {
  torch::Tensor left;   ///< (…, H, W) float, (3, H, W) or (B, 3, H, W) as a rule
  torch::Tensor right;  ///< the same shape
};

/// A coin that can be tossed again and again. Given.
class Coin {
 public:
  /// @param probability  of heads, 0 to 1.
  /// @throws std::invalid_argument for another one.
  explicit Coin(double probability = 0.5, std::uint64_t seed = 0);

  /// @returns whether it shows heads.
  bool toss();

 private:
  double probability_;
  std::mt19937_64 generator_;
};

/// Makes more stereo pairs of those there are: seen in a mirror, a stereo pair is one again.
class StereoRandomFlip {
 public:
  explicit StereoRandomFlip(Coin coin = Coin()) : coin_(coin) {}

  /// Tosses the coin once. With heads, both views are mirrored from left to right; what the left
  /// camera saw is then what a right one would have seen, so the views change places.
  ///
  /// @param pair  is not changed, nor is the memory of its tensors.
  /// @returns the flipped pair, or the pair as it is; either way of the same shape.
  /// @throws NotImplemented in the starter.
  /// Source: handouts/p4_unsupervised_depth.md, question (a).
  StereoPair operator()(const StereoPair& pair);

 private:
  Coin coin_;
};

}  // namespace pset3::stereo
