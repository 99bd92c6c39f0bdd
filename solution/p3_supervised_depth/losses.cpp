#include "starter/p3_supervised_depth/losses.hpp"

namespace pset3::depth {

torch::Tensor depth_loss(const torch::Tensor& predicted, const torch::Tensor& truth) {
  // TODO(student): Compare the two maps' gradients (question (c)).
  // BEGIN SOLUTION
  const ImageGradients got = image_gradients(predicted);
  const ImageGradients wanted = image_gradients(truth);
  const torch::Tensor differences =
      (got.vertical - wanted.vertical).abs() + (got.horizontal - wanted.horizontal).abs();
  return differences.mean(1);
  // END SOLUTION
}

}  // namespace pset3::depth
