#pragma once

#include <torch/torch.h>

#include "starter/common/errors.hpp"

namespace pset3::stereo {

/// Looks a picture up beside each pixel, in its row: output(x) = image(x + disparity(x)).
///
/// Places are shares of the width: x goes from 0 to 1 along a row, and a disparity of +0.5
/// everywhere moves the picture half its width to the left. Between two pixels the value is linear.
/// Where 0 and 1 lie (in the middle of the outermost pixels, or at their outer edges) and what lies
/// beyond them (black, or the last pixel again) are yours to choose.
///
/// @param image      (B, C, H, W) float.
/// @param disparity  (B, 1, H, W) float, of either sign.
/// @returns (B, C, H, W) with gradients to image and disparity; neither of them is written into,
///          not even temporarily.
/// @throws std::invalid_argument that names both shapes when B, H or W differ: all their sizes, in
///         whatever form; NotImplemented in the starter.
/// Source: handouts/p4_unsupervised_depth.md, question (b).
torch::Tensor bilinear_sampler(const torch::Tensor& image, const torch::Tensor& disparity);

/// What the left camera sees, by the right view and the left one's disparity. A point at x of the
/// left view is at x − disparity of the right one.
///
/// @param right           (B, C, H, W) float.
/// @param left_disparity  (B, 1, H, W) float, not negative.
/// @returns (B, C, H, W) with gradients to both arguments; neither is changed.
/// @throws as bilinear_sampler.
/// Source: handouts/p4_unsupervised_depth.md, question (c); Godard et al. 2017, section 3.1.
torch::Tensor generate_image_left(const torch::Tensor& right, const torch::Tensor& left_disparity);

/// What the right camera sees, by the left view and the right one's disparity.
///
/// @param left             (B, C, H, W) float.
/// @param right_disparity  (B, 1, H, W) float, not negative.
/// @returns (B, C, H, W) with gradients to both arguments; neither is changed.
/// @throws as bilinear_sampler.
/// Source: handouts/p4_unsupervised_depth.md, question (c); Godard et al. 2017, section 3.1.
torch::Tensor generate_image_right(const torch::Tensor& left, const torch::Tensor& right_disparity);

}  // namespace pset3::stereo
