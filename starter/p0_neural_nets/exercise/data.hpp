#pragma once

#include <filesystem>
#include <string>

#include "starter/p0_neural_nets/exercise/training.hpp"

namespace pset3::neural_nets {

constexpr int kSpiralArms = 3;

/// Points on the arms of a spiral, with noise; the class is the arm. All within the unit circle.
///
/// @param seed  the same points for the same seed.
Samples spiral(int points_per_arm, unsigned seed);

/// Pictures as samples: one row for each picture, its pixels from 0 (black) to 1.
struct ImageData {
  Samples training;
  Samples unseen;
  Index height = 0;
  Index width = 0;
  std::string note;  ///< what is odd about the files; empty where nothing is
};

/// Reads train-… and t10k-… of a folder.
/// @throws DataError when a file is not as it should be, the sizes of the two sets differ, or a
///         label is no class from 0 to 9.
ImageData read_images(const std::filesystem::path& folder, bool partial_data);

}  // namespace pset3::neural_nets
