#include <cmath>

#include "starter/p2_representation_learning/data.hpp"

namespace pset3::representation {
namespace {

namespace F = torch::nn::functional;

std::string shape_of(const torch::Tensor& tensor) {
  std::ostringstream text;
  text << tensor.sizes();
  return text.str();
}

}  // namespace

torch::Tensor resize(const torch::Tensor& image) {
  if (image.dim() != 2 || image.scalar_type() != torch::kUInt8) {
    throw std::invalid_argument("resize: expected an image (H, W) uint8, got " + shape_of(image) +
                                " " + torch::toString(image.scalar_type()));
  }
  const torch::Tensor batch = image.to(torch::kFloat).div(255.0).unsqueeze(0).unsqueeze(0);
  const auto options = F::InterpolateFuncOptions()
                           .size(std::vector<std::int64_t>{kImageSide, kImageSide})
                           .mode(torch::kBilinear)
                           .align_corners(false);
  return F::interpolate(batch, options).squeeze(0);
}

torch::Tensor rotate(const torch::Tensor& image, double degrees) {
  if (image.dim() != 3) {
    throw std::invalid_argument("rotate: expected an image (1, H, W), got " + shape_of(image));
  }
  if (std::fmod(degrees, 360.0) == 0.0) return image.clone();
  // Where each pixel of the result comes from: rows point down, so a turn to the left as one sees
  // it looks up its values a turn to the right.
  const double angle = degrees * M_PI / 180.0;
  const auto cosine = static_cast<float>(std::cos(angle));
  const auto sine = static_cast<float>(std::sin(angle));
  const torch::Tensor source_from_result =
      torch::tensor({cosine, -sine, 0.0F, sine, cosine, 0.0F}).view({1, 2, 3});
  const torch::Tensor batch = image.unsqueeze(0);
  const torch::Tensor places = F::affine_grid(source_from_result, batch.sizes(), false);
  return F::grid_sample(batch, places, F::GridSampleFuncOptions().align_corners(false)).squeeze(0);
}

torch::Tensor normalize(const torch::Tensor& image) { return (image - kMean) / kStandardDeviation; }

}  // namespace pset3::representation
