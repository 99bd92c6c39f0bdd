#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "starter/common/data/rgbd_view.hpp"
#include "starter/common/training/training_options.hpp"

namespace pset3::depth {

/// The least height and width of a picture: what the encoder can halve five times.
inline constexpr std::size_t kLeastSide = 32;

/// How large the encoder is; see EncoderOptions.
struct NetworkSize {
  std::int64_t width = 16;
  std::int64_t growth = 8;
  std::vector<std::int64_t> blocks = {2, 4, 6, 4};
};

/// From where to where depths are told apart: brightness 1 is `near`, 0 is `far`.
struct DepthScale {
  double near = 4.0;
  double far = 22.0;
};

/// The options of the exercise's command line.
struct ExerciseOptions : TrainingOptions {
  int epochs = 10;
  double pct = 0.5;                 ///< of the pictures that are used, as in LoaderOptions
  std::optional<PictureSize> size;  ///< that pictures are brought to; none = as stored
  NetworkSize network;
  std::optional<DepthScale> scale;  ///< none = what fits the kind of data
  std::optional<int> pretraining;   ///< epochs of it; none = it is left out
  double pretraining_rate = 0.001;
};

/// @returns the options, or none when help was asked for and has been printed.
/// @throws std::invalid_argument that says in one line what is wrong.
std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv);

}  // namespace pset3::depth
