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
  // BEGIN SOLUTION
  const Index channels = input.dimension(2);
  const VolumeShape shape = conv_output_shape({input.dimension(0), input.dimension(1), channels},
                                              options.size, channels, {options.stride, 0});
  Volume output(shape.height, shape.width, channels);
  output.setConstant(-std::numeric_limits<double>::infinity());
  for (Index y = 0; y < shape.height; ++y) {
    for (Index x = 0; x < shape.width; ++x) {
      Eigen::Map<RowVector> largest(&output(y, x, 0), channels);
      for (Index i = 0; i < options.size; ++i) {
        for (Index j = 0; j < options.size; ++j) {
          const double* pixel = &input(y * options.stride + i, x * options.stride + j, 0);
          largest = largest.cwiseMax(Eigen::Map<const RowVector>(pixel, channels));
        }
      }
    }
  }
  return output;
  // END SOLUTION
}

Volume average_pool(const Volume& input, const PoolingOptions& options) {
  check_pooling("average_pool", input, options);

  // TODO(student): Take each window's mean, channel by channel (question (f)).
  // BEGIN SOLUTION
  const Index channels = input.dimension(2);
  const VolumeShape shape = conv_output_shape({input.dimension(0), input.dimension(1), channels},
                                              options.size, channels, {options.stride, 0});
  Volume output(shape.height, shape.width, channels);
  output.setZero();
  for (Index y = 0; y < shape.height; ++y) {
    for (Index x = 0; x < shape.width; ++x) {
      Eigen::Map<RowVector> mean(&output(y, x, 0), channels);
      for (Index i = 0; i < options.size; ++i) {
        for (Index j = 0; j < options.size; ++j) {
          const double* pixel = &input(y * options.stride + i, x * options.stride + j, 0);
          mean += Eigen::Map<const RowVector>(pixel, channels);
        }
      }
      mean /= static_cast<double>(options.size * options.size);
    }
  }
  return output;
  // END SOLUTION
}

Volume l2_pool(const Volume& input, const PoolingOptions& options) {
  check_pooling("l2_pool", input, options);

  // TODO(student): Take each window's L2 norm, channel by channel (question (f)).
  // BEGIN SOLUTION
  const Index channels = input.dimension(2);
  const VolumeShape shape = conv_output_shape({input.dimension(0), input.dimension(1), channels},
                                              options.size, channels, {options.stride, 0});
  Volume output(shape.height, shape.width, channels);
  output.setZero();
  for (Index y = 0; y < shape.height; ++y) {
    for (Index x = 0; x < shape.width; ++x) {
      Eigen::Map<RowVector> norm(&output(y, x, 0), channels);
      for (Index i = 0; i < options.size; ++i) {
        for (Index j = 0; j < options.size; ++j) {
          const double* pixel = &input(y * options.stride + i, x * options.stride + j, 0);
          norm += Eigen::Map<const RowVector>(pixel, channels).cwiseAbs2();
        }
      }
      norm = norm.cwiseSqrt();
    }
  }
  return output;
  // END SOLUTION
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
  // BEGIN SOLUTION
  Volume gradient(input.dimensions());
  gradient.setZero();
  for (Index y = 0; y < output_gradient.dimension(0); ++y) {
    for (Index x = 0; x < output_gradient.dimension(1); ++x) {
      for (Index c = 0; c < input.dimension(2); ++c) {
        Index row = y * options.stride;
        Index column = x * options.stride;
        for (Index i = y * options.stride; i < y * options.stride + options.size; ++i) {
          for (Index j = x * options.stride; j < x * options.stride + options.size; ++j) {
            if (!(input(i, j, c) > input(row, column, c))) continue;
            row = i;
            column = j;
          }
        }
        gradient(row, column, c) += output_gradient(y, x, c);
      }
    }
  }
  return gradient;
  // END SOLUTION
}

RowVector flatten([[maybe_unused]] const Volume& volume) {
  // TODO(student): Lay the volume out as one row (question (f)).
  // BEGIN SOLUTION
  return Eigen::Map<const RowVector>(volume.data(), volume.size());
  // END SOLUTION
}

}  // namespace pset3::neural_nets
