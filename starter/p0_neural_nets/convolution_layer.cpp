#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {
namespace {

void check_filters(const char* function, const Volume& input, const Filters& filters,
                   const ConvolutionOptions& options) {
  if (input.size() > 0 && filters.size() > 0 && filters.dimension(0) == filters.dimension(1) &&
      filters.dimension(2) == input.dimension(2) && options.stride >= 1 && options.padding >= 0) {
    return;
  }
  throw does_not_fit(
      function,
      "input [H, W, in], filters [F, F, in, out], a stride of at least 1 and a padding of 0 up",
      shape_of(input) + ", " + shape_of(filters) + ", " + std::to_string(options.stride) + " and " +
          std::to_string(options.padding));
}

}  // namespace

Volume convolution_layer(const Volume& input, const Filters& filters, const RowVector& bias,
                         const ConvolutionOptions& options) {
  check_filters("convolution_layer", input, filters, options);
  if (bias.size() != filters.dimension(3)) {
    throw does_not_fit("convolution_layer", "filters [F, F, in, out] and bias (out)",
                       shape_of(filters) + " and " + shape_of(bias));
  }

  // TODO(student): Correlate the padded volume with each filter, add the bias (question (e)).
  PSET3_TODO();
}

ConvolutionGradients convolution_layer_backward(const Volume& input, const Filters& filters,
                                                const ConvolutionOptions& options,
                                                const Volume& output_gradient) {
  check_filters("convolution_layer_backward", input, filters, options);
  if (output_gradient.dimension(2) != filters.dimension(3) ||
      !windows_cover(input, filters.dimension(0), options.stride, options.padding,
                     output_gradient)) {
    throw does_not_fit("convolution_layer_backward",
                       "output_gradient of the shape that convolution_layer returns for " +
                           shape_of(input) + " and " + shape_of(filters) + ", stride " +
                           std::to_string(options.stride) + ", padding " +
                           std::to_string(options.padding),
                       shape_of(output_gradient));
  }

  // TODO(student): Carry the gradient back to the input, filters and bias (question (e)).
  PSET3_TODO();
}

}  // namespace pset3::neural_nets
