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
  PSET3_TODO();
}

torch::Tensor generate_image_left(const torch::Tensor& right, const torch::Tensor& left_disparity) {
  // TODO(student): Sample the right view where the left one's points are in it (question (c)).
  PSET3_TODO();
}

torch::Tensor generate_image_right(const torch::Tensor& left,
                                   const torch::Tensor& right_disparity) {
  // TODO(student): Sample the left view where the right one's points are in it (question (c)).
  PSET3_TODO();
}

}  // namespace pset3::stereo
