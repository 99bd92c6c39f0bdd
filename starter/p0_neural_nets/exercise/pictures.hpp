#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "starter/p0_neural_nets/exercise/data.hpp"

namespace pset3::neural_nets {

/// b_activations.png: the activations and their derivatives.
/// @throws Unanswered where one of them is not written.
void draw_activations(const std::filesystem::path& path);

/// @returns a square picture: what the network says everywhere around the spiral, each arm's colour
///          as strong as its probability, and the points on it.
cv::Mat picture_of_spiral(const Mlp& mlp, const Samples& points);

/// d_spiral.png: the pictures beside each other, each with the line under it.
void draw_spirals(const std::vector<cv::Mat>& pictures, const std::vector<std::string>& captions,
                  const std::filesystem::path& path);

/// d_filters.png: the first layer's weights, a picture a unit, those that matter most first.
void draw_filters(const Mlp& mlp, Index height, Index width, const std::filesystem::path& path);

/// d_loss.png: the loss against the steps, one chart for each network.
struct LossCurve {
  std::string title;
  std::vector<Milestone> milestones;
};
void draw_losses(const std::vector<LossCurve>& curves, const std::filesystem::path& path);

/// e_convolution.png: the lecture's convolution layer, worked out by the student's
/// convolution_layer.
/// @throws Unanswered where that is not written.
void draw_worked_example(const std::filesystem::path& path);

}  // namespace pset3::neural_nets
