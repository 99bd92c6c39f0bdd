#include <cmath>
#include <stdexcept>
#include <string>

#include "starter/p3_supervised_depth/losses.hpp"

namespace pset3::depth {
namespace {

constexpr std::int64_t kWindow = 11;  // pixels
constexpr double kDeviation = 1.5;    // pixels
constexpr double kC1 = 0.01 * 0.01;   // so that dark images do not divide by zero,
constexpr double kC2 = 0.03 * 0.03;   // nor flat ones

/// (size − 10, size): row i has the window's weights in columns i to i + 10, and adds up to 1. The
/// window being a product of a column and a row, its mean of a map is a product with two such
/// matrices, whose gradient takes a tenth of the time of a convolution's.
torch::Tensor weighting(std::int64_t size, const torch::Tensor& like) {
  torch::Tensor weights = torch::zeros({size - kWindow + 1, size}, torch::kDouble);
  for (std::int64_t row = 0; row < weights.size(0); ++row) {
    for (std::int64_t i = 0; i < kWindow; ++i) {
      const auto offset = static_cast<double>(i - kWindow / 2);
      weights[row][row + i] = std::exp(-offset * offset / (2.0 * kDeviation * kDeviation));
    }
  }
  return (weights / weights.sum(1, true)).to(like.scalar_type());
}

}  // namespace

ImageGradients image_gradients(const torch::Tensor& maps) {
  // Differences to a copy of the last row or column are 0.
  const torch::Tensor below = torch::cat({maps.slice(2, 1), maps.slice(2, -1)}, 2);
  const torch::Tensor right = torch::cat({maps.slice(3, 1), maps.slice(3, -1)}, 3);
  return {below - maps, right - maps};
}

torch::Tensor ssim(const torch::Tensor& a, const torch::Tensor& b) {
  if (a.dim() != 4 || a.sizes() != b.sizes() || a.size(2) < kWindow || a.size(3) < kWindow) {
    throw std::invalid_argument(
        "ssim: expected two (B, C, H, W) of the same shape, at least 11 x 11, got " +
        c10::str(a.sizes()) + " and " + c10::str(b.sizes()));
  }
  const torch::Tensor down = weighting(a.size(2), a);
  const torch::Tensor along = weighting(a.size(3), a).t();
  const auto local_mean = [&](const torch::Tensor& values) {
    return torch::matmul(down, torch::matmul(values, along));
  };
  const torch::Tensor mean_a = local_mean(a);
  const torch::Tensor mean_b = local_mean(b);
  const torch::Tensor variance_a = local_mean(a * a) - mean_a.square();
  const torch::Tensor variance_b = local_mean(b * b) - mean_b.square();
  const torch::Tensor covariance = local_mean(a * b) - mean_a * mean_b;
  const torch::Tensor brightness =
      (2.0 * mean_a * mean_b + kC1) / (mean_a.square() + mean_b.square() + kC1);
  const torch::Tensor structure = (2.0 * covariance + kC2) / (variance_a + variance_b + kC2);
  return (brightness * structure).mean();
}

}  // namespace pset3::depth
