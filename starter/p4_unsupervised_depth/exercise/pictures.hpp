#pragma once

#include <filesystem>

#include "starter/p4_unsupervised_depth/exercise/results.hpp"

namespace pset3::stereo {

/// Draws a pair and what came of flipping it.
void draw_flip(const PairResults& pair, const std::filesystem::path& path);

/// Draws both views and what came of moving them by half their width.
void draw_shifts(const PairResults& pair, const std::filesystem::path& path);

/// Draws one view made from the other: with the disparity and with its opposite, each with its
/// difference from the photograph. What is not compared is grey.
void draw_made_view(const PairPictures& pair, const MadeView& made,
                    const std::filesystem::path& path);

/// Draws test pairs, a row each: the left view, its true and learnt disparities, and what the
/// learnt ones make of the right view.
void draw_disparities(const TrainingResults& training, const std::filesystem::path& path);

/// Draws the losses and, where there is a truth, the correlation, epoch by epoch.
void draw_curves(const TrainingResults& training, const std::filesystem::path& path);

/// Draws disparities and their errors over the columns of both views.
void draw_columns(const TrainingResults& training, const std::filesystem::path& path);

}  // namespace pset3::stereo
