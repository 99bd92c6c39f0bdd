#pragma once

#include <string>

#include "starter/p3_supervised_depth/data.hpp"
#include "starter/p3_supervised_depth/exercise/options.hpp"

namespace pset3::depth {

/// What is trained and tested on.
struct ExerciseData {
  RgbdImages images;
  DepthScale scale;
  std::string unit;  ///< "m", or "" where the data do not say
};

/// Reads all pictures of a data set. Depths in metres become brightness, near = bright; those
/// outside of the scale count as no reading.
/// @throws DataError when a file is not as it should be, pictures differ in size, or are smaller
///         than 32 pixels.
ExerciseData read_data(const ExerciseOptions& options);

}  // namespace pset3::depth
