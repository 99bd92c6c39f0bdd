#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {

Matrix convolve_signals(const Matrix& f, const Matrix& g) {
  if (f.size() == 0 || g.size() == 0) {
    throw does_not_fit("convolve_signals", "two signals of at least (1, 1)",
                       shape_of(f) + " and " + shape_of(g));
  }

  // TODO(student): Convolve the two signals wherever they overlap (question (e)).
  PSET3_TODO();
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
  PSET3_TODO();
}

}  // namespace pset3::neural_nets
