#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "starter/common/data/rgbd_view.hpp"
#include "starter/common/training/training_options.hpp"

namespace pset3::stereo {

/// How large the backbone is; see BackboneOptions.
struct NetworkSize {
  std::int64_t width = 16;
  std::vector<std::int64_t> blocks = {1, 1, 1, 1};
};

/// The options of the exercise's command line.
struct ExerciseOptions : TrainingOptions {
  std::size_t pair = 0;             ///< that the figures show, by its number
  std::optional<PictureSize> size;  ///< that pictures are brought to; none = as stored
  std::optional<double> per_pixel;  ///< of stored disparities; none = 4 of 8 bits, 256 of 16 bits
  bool trains = false;
  int epochs = 15;
  NetworkSize network;
  double smoothness = 2.0;  ///< its weight in the loss; see LossWeights
};

/// @returns the options, or none when help was asked for and has been printed.
/// @throws std::invalid_argument that says in one line what is wrong.
std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv);

}  // namespace pset3::stereo
