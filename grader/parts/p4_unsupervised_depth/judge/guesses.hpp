#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "grader/parts/p4_unsupervised_depth/judge/sampling.hpp"

/// What a sampler with a common mistake makes of a picture, on either grid.
namespace pset3::judge::p4 {

/// What is made of the two pixels that a place lies between.
enum class Mixing { kLinear, kNearest, kBefore, kAfter, kSharesSwapped };

/// Whose disparity moves a value.
enum class Mover {
  kOwn,
  kFirstImage,
  kFirstRow,
  kMean,
  kNotNegative,
  kMirrored,
  kCallBefore,
  kAtMost,
  kByWidth,
};

/// How a sampler departs from a right one.
struct Guess {
  Reading reading;
  Mixing mixing = Mixing::kLinear;
  Mover mover = Mover::kOwn;
  bool of_first_image = false;    ///< the first image is sampled for the whole batch
  bool of_first_channel = false;  ///< the first channel is sampled for all of them
  bool near_only = false;         ///< it is right where disparities are small, and not elsewhere
};

/// @returns the number of the first guess that explains a sampler's values, the same on either
///          grid; nothing when none does, or when too few values lie inside of the picture.
std::optional<std::size_t> explaining_guess(const Picture& picture, const Picture& disparity,
                                            const std::vector<float>& got);

}  // namespace pset3::judge::p4
