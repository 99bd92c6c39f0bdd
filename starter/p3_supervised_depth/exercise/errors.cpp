#include "starter/p3_supervised_depth/exercise/errors.hpp"

#include <cmath>

#include "starter/common/errors.hpp"
#include "starter/p3_supervised_depth/data.hpp"

namespace pset3::depth {

torch::Tensor depths_of(const torch::Tensor& depths, const DepthScale& scale) {
  const torch::Tensor brightness = (depths * kDepthDeviation + kDepthMean).clamp(0.0, 1.0);
  return scale.far - (scale.far - scale.near) * brightness;
}

torch::Tensor has_depth(const torch::Tensor& depths, const torch::Tensor& valid) {
  // Half of the least grey value of 8 bits, since normalising and back may round.
  constexpr double kBackground = 0.5 / 255.0;
  return valid.logical_and(depths * kDepthDeviation + kDepthMean > kBackground);
}

void ErrorSum::add(const torch::Tensor& predicted, const torch::Tensor& truth,
                   const torch::Tensor& known) {
  const torch::Tensor d = predicted.masked_select(known).to(torch::kDouble);
  const torch::Tensor t = truth.masked_select(known).to(torch::kDouble);
  const torch::Tensor ratio = torch::maximum(d / t, t / d);
  const auto count_below = [&](double limit) {
    return static_cast<double>((ratio < limit).sum().item<std::int64_t>());
  };
  sums_.abs_rel += ((d - t).abs() / t).sum().item<double>();
  sums_.rmse += (d - t).square().sum().item<double>();
  sums_.within_1_25 += count_below(1.25);
  sums_.within_1_56 += count_below(1.25 * 1.25);
  sums_.within_1_95 += count_below(1.25 * 1.25 * 1.25);
  sums_.pixels += d.numel();
}

DepthErrors ErrorSum::errors() const {
  if (sums_.pixels == 0) {
    throw DataError(
        "test pictures: expected pixels whose depth is known, found none. Look at the depth maps, "
        "and at --range if it was given.");
  }
  const auto count = static_cast<double>(sums_.pixels);
  return {sums_.abs_rel / count,     std::sqrt(sums_.rmse / count), sums_.within_1_25 / count,
          sums_.within_1_56 / count, sums_.within_1_95 / count,     sums_.pixels};
}

}  // namespace pset3::depth
