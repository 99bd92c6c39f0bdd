#pragma once

#include "starter/common/drawing/progress.hpp"
#include "starter/p3_supervised_depth/exercise/data.hpp"

/// The student's datasets and loaders, as the exercise uses them.
namespace pset3::depth {

/// Splits the pictures with the student's get_data_loaders and looks at an example of each part.
/// @throws Unanswered "a"; DataError when there is nothing to train or test on.
DataLoaders loaders_of(const ExerciseOptions& options, const ExerciseData& data);

/// @returns the same loader, which moves `progress` on by one with each example that it loads.
DataLoader watched(const DataLoader& loader, drawing::Progress& progress);

}  // namespace pset3::depth
