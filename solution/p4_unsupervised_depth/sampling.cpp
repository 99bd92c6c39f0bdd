#include "starter/p4_unsupervised_depth/sampling.hpp"

#include <stdexcept>

namespace pset3::stereo {
namespace {

void require_fit(const torch::Tensor& image, const torch::Tensor& disparity) {
  const bool fits = image.dim() == 4 && disparity.dim() == 4 && disparity.size(1) == 1 &&
                    image.size(0) == disparity.size(0) && image.size(2) == disparity.size(2) &&
                    image.size(3) == disparity.size(3);
  if (fits) return;
  throw std::invalid_argument(
      "bilinear_sampler: expected an image (B, C, H, W) and a disparity (B, 1, H, W), got " +
      c10::str(image.sizes()) + " and " + c10::str(disparity.sizes()));
}

}  // namespace

torch::Tensor bilinear_sampler(const torch::Tensor& image, const torch::Tensor& disparity) {
  require_fit(image, disparity);

  // TODO(student): Sample the image at x + disparity, between pixels linearly (question (b)).
  // BEGIN SOLUTION
  namespace functional = torch::nn::functional;
  const std::int64_t height = image.size(2);
  const std::int64_t width = image.size(3);
  // The outer edges of the outermost pixels are −1 and 1 there, and a width of 1 is one of 2.
  const auto centres = [&](std::int64_t count) {
    return (torch::arange(count, image.options()) * 2 + 1) / static_cast<double>(count) - 1;
  };
  const torch::Tensor x = centres(width).view({1, 1, width}) + 2 * disparity.squeeze(1);
  const torch::Tensor y = centres(height).view({1, height, 1}).expand_as(x);
  return functional::grid_sample(image, torch::stack({x, y}, 3),
                                 functional::GridSampleFuncOptions()
                                     .mode(torch::kBilinear)
                                     .padding_mode(torch::kBorder)
                                     .align_corners(false));
  // END SOLUTION
}

torch::Tensor generate_image_left(const torch::Tensor& right, const torch::Tensor& left_disparity) {
  // TODO(student): Sample the right view where the left one's points are in it (question (c)).
  // BEGIN SOLUTION
  return bilinear_sampler(right, -left_disparity);
  // END SOLUTION
}

torch::Tensor generate_image_right(const torch::Tensor& left,
                                   const torch::Tensor& right_disparity) {
  // TODO(student): Sample the left view where the right one's points are in it (question (c)).
  // BEGIN SOLUTION
  return bilinear_sampler(left, right_disparity);
  // END SOLUTION
}

}  // namespace pset3::stereo
