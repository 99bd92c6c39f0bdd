#include <limits>

#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {
namespace {

void check_pooling(const char* function, const Volume& input, const PoolingOptions& options) {
  if (input.size() > 0 && options.size >= 1 && options.stride >= 1) return;
  throw does_not_fit(function, "input [H, W, C] and windows of a size and stride of at least 1",
                     shape_of(input) + ", size " + std::to_string(options.size) + " and stride " +
                         std::to_string(options.stride));
}

}  // namespace

Volume max_pool(const Volume& input, const PoolingOptions& options) {
  check_pooling("max_pool", input, options);

  // TODO(student): Take each window's largest value, channel by channel (question (f)).
  PSET3_TODO();
}

Volume average_pool(const Volume& input, const PoolingOptions& options) {
  check_pooling("average_pool", input, options);

  // TODO(student): Take each window's mean, channel by channel (question (f)).
  PSET3_TODO();
}

Volume l2_pool(const Volume& input, const PoolingOptions& options) {
  check_pooling("l2_pool", input, options);

  // TODO(student): Take each window's L2 norm, channel by channel (question (f)).
  PSET3_TODO();
}

Volume max_pool_backward(const Volume& input, const PoolingOptions& options,
                         const Volume& output_gradient) {
  check_pooling("max_pool_backward", input, options);
  if (output_gradient.dimension(2) != input.dimension(2) ||
      !windows_cover(input, options.size, options.stride, 0, output_gradient)) {
    throw does_not_fit("max_pool_backward",
                       "output_gradient of the shape that max_pool returns for " + shape_of(input) +
                           ", size " + std::to_string(options.size) + ", stride " +
                           std::to_string(options.stride),
                       shape_of(output_gradient));
  }

  // TODO(student): Give each window's gradient to its largest value (question (f)).
  PSET3_TODO();
}

RowVector flatten([[maybe_unused]] const Volume& volume) {
  // TODO(student): Lay the volume out as one row (question (f)).
  PSET3_TODO();
}

}  // namespace pset3::neural_nets
