#pragma once

#include <torch/torch.h>

#include "starter/common/errors.hpp"

namespace pset3::depth {

/// How maps change from a pixel to the next, in the shape of the maps.
struct ImageGradients {
  torch::Tensor vertical;    ///< the row below minus the row; 0 in the last row
  torch::Tensor horizontal;  ///< the column to the right minus the column; 0 in the last column
};

/// Given.
///
/// @param maps  (B, C, H, W) float.
ImageGradients image_gradients(const torch::Tensor& maps);

/// The structural similarity of two images: 1 for equal ones, less for others. Given.
///
/// Means, variances and the covariance are those in a window of 11x11 pixels with Gaussian weights
/// (σ = 1.5 pixels); C1 = 0.01², C2 = 0.03². Only windows that lie inside of the image count.
///
/// @param a, b  (B, C, H, W) float, H and W at least 11.
/// @returns () the mean over all windows and channels.
/// @throws std::invalid_argument when the shapes differ or are too small.
/// Source: Wang, Bovik, Sheikh, Simoncelli, "Image Quality Assessment: From Error Visibility to
/// Structural Similarity", IEEE Transactions on Image Processing 13(4), 2004, equation 13.
torch::Tensor ssim(const torch::Tensor& a, const torch::Tensor& b);

/// How much the slopes of two depth maps differ, pixel by pixel: the mean over the channels of
/// |dy_predicted − dy_truth| + |dx_predicted − dx_truth|, with the gradients above.
///
/// @param predicted, truth  (B, C, H, W) float; neither is changed.
/// @returns (B, H, W), with a gradient to `predicted`.
/// @throws NotImplemented in the starter.
/// Source: handouts/p3_supervised_depth.md, question (c); Alhashim & Wonka 2018, equation 3.
torch::Tensor depth_loss(const torch::Tensor& predicted, const torch::Tensor& truth);

}  // namespace pset3::depth
