#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"

/// Depth maps and what is right about them, in plain loops and in double.
namespace pset3::judge::p3 {

/// What depths are normalized with.
inline constexpr double kDepthMean = 0.480;
inline constexpr double kDepthDeviation = 0.295;

/// Values (B, C, H, W), row-major.
struct DepthMaps {
  std::size_t batch = 0;
  std::size_t channels = 0;
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<double> values;

  std::size_t place(std::size_t b, std::size_t c, std::size_t y, std::size_t x) const {
    return ((b * channels + c) * height + y) * width + x;
  }
};

/// @param array  F32 (B, C, H, W).
DepthMaps maps_of(const arrays::Array& array);

/// @returns (B, H, W), the mean over channels of how much the forward differences of two maps
///          differ, vertical and horizontal ones added.
std::vector<double> depth_losses(const DepthMaps& predicted, const DepthMaps& truth);

/// Wang et al. 2004: an 11x11 Gaussian window of deviation 1.5 that stays inside, C1 = .01²,
/// C2 = .03²; the mean over all windows, channels and images.
double similarity(const DepthMaps& a, const DepthMaps& b);

/// The mean of |predicted − truth|.
double mean_difference(const DepthMaps& predicted, const DepthMaps& truth);

/// The net loss and its terms.
struct NetLoss {
  double ssim = 0.0;
  double gradients = 0.0;
  double l1 = 0.0;
  double net() const { return ssim + gradients + 0.1 * l1; }
};
NetLoss net_loss(const DepthMaps& predicted, const DepthMaps& truth);

double mean(const std::vector<double>& values);

}  // namespace pset3::judge::p3
