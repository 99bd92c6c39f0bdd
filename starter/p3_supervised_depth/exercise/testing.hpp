#pragma once

#include <vector>

#include "starter/p3_supervised_depth/exercise/errors.hpp"
#include "starter/p3_supervised_depth/training.hpp"

/// How far the student's network is from the truth, and what it is compared with.
namespace pset3::depth {

/// @param samples  where a few of the pictures go, with their depths; may be null.
/// @returns the errors on all pictures of `loader`. @throws Unanswered "b"
DepthErrors errors_of(DepthModel& model, const DataLoader& loader, const DepthScale& scale,
                      std::vector<Sample>* samples);

/// Sets the errors of predicting the training pictures' mean depth, and each pixel's own.
/// @throws Unanswered "a"
void measure_means(const DataLoaders& loaders, const DepthScale& scale, Results& results);

}  // namespace pset3::depth
