#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {

Matrix convolve_signals(const Matrix& f, const Matrix& g) {
  if (f.size() == 0 || g.size() == 0) {
    throw does_not_fit("convolve_signals", "two signals of at least (1, 1)",
                       shape_of(f) + " and " + shape_of(g));
  }

  // TODO(student): Convolve the two signals wherever they overlap (question (e)).
  // BEGIN SOLUTION
  Matrix sum = Matrix::Zero(f.rows() + g.rows() - 1, f.cols() + g.cols() - 1);
  for (Index n1 = 0; n1 < f.rows(); ++n1) {
    for (Index n2 = 0; n2 < f.cols(); ++n2) {
      // g's first value comes to lie where x − n1 = 0 and y − n2 = 0.
      sum.block(n1, n2, g.rows(), g.cols()) += f(n1, n2) * g;
    }
  }
  return sum;
  // END SOLUTION
}

VolumeShape conv_output_shape(const VolumeShape& input, Index filter_size, Index filters,
                              const ConvolutionOptions& options) {
  const std::string shape = "[" + std::to_string(input.height) + ", " +
                            std::to_string(input.width) + ", " + std::to_string(input.channels) +
                            "]";
  const std::string windows = std::to_string(filters) + " filters of " +
                              std::to_string(filter_size) + "x" + std::to_string(filter_size) +
                              " with stride " + std::to_string(options.stride) + " and padding " +
                              std::to_string(options.padding);
  if (input.height < 1 || input.width < 1 || input.channels < 1 || filter_size < 1 || filters < 1 ||
      options.stride < 1 || options.padding < 0) {
    throw does_not_fit("conv_output_shape", "sizes and a stride of at least 1, a padding of 0 up",
                       shape + " and " + windows);
  }

  // TODO(student): Return the output's shape; throw std::invalid_argument where the windows do not
  // fit, with `shape` and `windows` in its message (question (e)).
  // BEGIN SOLUTION
  const Index room_down = input.height - filter_size + 2 * options.padding;
  const Index room_across = input.width - filter_size + 2 * options.padding;
  if (room_down < 0 || room_across < 0 || room_down % options.stride != 0 ||
      room_across % options.stride != 0) {
    throw does_not_fit("conv_output_shape", "windows that end at the border of " + shape, windows);
  }
  return {room_down / options.stride + 1, room_across / options.stride + 1, filters};
  // END SOLUTION
}

}  // namespace pset3::neural_nets
