#pragma once

#include <filesystem>
#include <vector>

#include "starter/p3_supervised_depth/exercise/results.hpp"

namespace pset3::depth {

/// Draws test pictures, a row each, with true and predicted depths as colours and the scale of
/// these. Where no depth is known, the map is grey.
void draw_predictions(const Results& results, const std::filesystem::path& path);

/// Draws the losses of the training from scratch, epoch by epoch.
void draw_losses(const Outcome& outcome, const std::filesystem::path& path);

/// Draws the test losses of two trainings, and what the pretraining lost.
void draw_comparison(const Results& results, const std::filesystem::path& path);

}  // namespace pset3::depth
