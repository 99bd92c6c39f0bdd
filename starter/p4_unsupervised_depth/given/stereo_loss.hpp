#pragma once

#include <torch/torch.h>

#include "starter/p4_unsupervised_depth/flip.hpp"
#include "starter/p4_unsupervised_depth/given/disparity_net.hpp"

namespace pset3::stereo {

/// What weighs how much in the loss.
struct LossWeights {
  double ssim = 0.85;        ///< of the pictures' difference; the rest of it is L1
  double consistency = 1.0;  ///< of the views' disparities
  double smoothness = 0.1;   ///< at the finest scale, half of it at each coarser one
};

/// What a prediction costs, each a tensor with one number, summed over scales and views.
struct StereoLoss {
  torch::Tensor appearance;   ///< each view against what the other one and the disparity make of it
  torch::Tensor consistency;  ///< |disparity − the other view's, sampled by it|
  torch::Tensor smoothness;   ///< |slope of the disparity| · e^−|slope of the picture|
  torch::Tensor total;        ///< the three, weighted
};

/// Compares a pair with what its own disparities make of it: no depth is needed. Given; it calls
/// generate_image_left and generate_image_right.
///
/// @param disparities  (B, 2, H/2^i, W/2^i), the left view's first.
/// @param pair         (B, 3, H, W) float in 0..1.
/// Source: Godard et al. 2017, equations 1 to 4.
StereoLoss stereo_loss(const Disparities& disparities, const StereoPair& pair,
                       const LossWeights& weights = {});

}  // namespace pset3::stereo
