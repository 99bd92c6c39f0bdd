#pragma once

#include <torch/torch.h>

#include <vector>

#include "starter/p4_unsupervised_depth/exercise/pairs.hpp"

namespace pset3::stereo {

/// @returns (3, H, W) uint8.
torch::Tensor bytes_of(const ColourPicture& picture);

/// @returns (1, H, W) float, shares of the width; 0 = not known.
torch::Tensor tensor_of(const DisparityMap& disparity);

/// @param image  (3, H, W) float; what is not in 0..1 is clamped.
ColourPicture picture_of(const torch::Tensor& image);

/// @returns the values in row-major order, as floats.
std::vector<float> floats_of(const torch::Tensor& tensor);

}  // namespace pset3::stereo
