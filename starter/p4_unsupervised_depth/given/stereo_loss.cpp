#include "starter/p4_unsupervised_depth/given/stereo_loss.hpp"

#include <cmath>

#include "starter/p4_unsupervised_depth/sampling.hpp"

namespace pset3::stereo {
namespace {

/// (1 − SSIM) / 2 in windows of 3x3 pixels, clamped to 0..1.
torch::Tensor dissimilarity(const torch::Tensor& a, const torch::Tensor& b) {
  constexpr double kC1 = 0.01 * 0.01;
  constexpr double kC2 = 0.03 * 0.03;
  const auto mean = [](const torch::Tensor& values) { return torch::avg_pool2d(values, 3, 1); };
  const torch::Tensor mean_a = mean(a);
  const torch::Tensor mean_b = mean(b);
  const torch::Tensor variances = mean(a * a) + mean(b * b) - mean_a.square() - mean_b.square();
  const torch::Tensor covariance = mean(a * b) - mean_a * mean_b;
  const torch::Tensor brightness =
      (2.0 * mean_a * mean_b + kC1) / (mean_a.square() + mean_b.square() + kC1);
  const torch::Tensor structure = (2.0 * covariance + kC2) / (variances + kC2);
  return ((1.0 - brightness * structure) / 2.0).clamp(0.0, 1.0);
}

torch::Tensor appearance_of(const torch::Tensor& generated, const torch::Tensor& view,
                            double ssim_weight) {
  return ssim_weight * dissimilarity(generated, view).mean() +
         (1.0 - ssim_weight) * (generated - view).abs().mean();
}

torch::Tensor slope(const torch::Tensor& maps, std::int64_t dimension) {
  const std::int64_t count = maps.size(dimension) - 1;
  return maps.narrow(dimension, 1, count) - maps.narrow(dimension, 0, count);
}

/// Disparities may jump where the picture does.
torch::Tensor roughness_of(const torch::Tensor& disparity, const torch::Tensor& view) {
  const auto along = [&](std::int64_t dimension) {
    const torch::Tensor edges = slope(view, dimension).abs().mean(1, true);
    return (slope(disparity, dimension).abs() * torch::exp(-edges)).mean();
  };
  return along(2) + along(3);
}

}  // namespace

StereoLoss stereo_loss(const Disparities& disparities, const StereoPair& pair,
                       const LossWeights& weights) {
  StereoLoss loss;
  loss.appearance = loss.consistency = loss.smoothness = torch::zeros({});
  StereoPair views = pair;
  for (std::size_t scale = 0; scale < kScales; ++scale) {
    if (scale > 0) views = {torch::avg_pool2d(views.left, 2), torch::avg_pool2d(views.right, 2)};
    const torch::Tensor left = disparities.at(scale).narrow(1, 0, 1);
    const torch::Tensor right = disparities.at(scale).narrow(1, 1, 1);
    loss.appearance =
        loss.appearance +
        appearance_of(generate_image_left(views.right, left), views.left, weights.ssim) +
        appearance_of(generate_image_right(views.left, right), views.right, weights.ssim);
    loss.consistency = loss.consistency + (generate_image_left(right, left) - left).abs().mean() +
                       (generate_image_right(left, right) - right).abs().mean();
    loss.smoothness =
        loss.smoothness + (roughness_of(left, views.left) + roughness_of(right, views.right)) /
                              std::exp2(static_cast<double>(scale));
  }
  loss.total = loss.appearance + weights.consistency * loss.consistency +
               weights.smoothness * loss.smoothness;
  return loss;
}

}  // namespace pset3::stereo
