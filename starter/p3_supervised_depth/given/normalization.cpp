#include "starter/p3_supervised_depth/data.hpp"

namespace pset3::depth {
namespace {

torch::Tensor a_channel_each(const std::array<double, 3>& values) {
  return torch::tensor({values[0], values[1], values[2]}, torch::kFloat).view({3, 1, 1});
}

}  // namespace

torch::Tensor normalize_colour(const torch::Tensor& colour) {
  const torch::Tensor fractions = colour.to(torch::kFloat) / 255.0;
  return (fractions - a_channel_each(kColourMean)) / a_channel_each(kColourDeviation);
}

torch::Tensor normalize_depth(const torch::Tensor& depth) {
  return (depth - kDepthMean) / kDepthDeviation;
}

}  // namespace pset3::depth
