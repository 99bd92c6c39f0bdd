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
  // BEGIN SOLUTION
  const Index size = filters.dimension(0);
  const Index in = filters.dimension(2);
  const Index out = filters.dimension(3);
  const VolumeShape shape = conv_output_shape(
      {input.dimension(0), input.dimension(1), input.dimension(2)}, size, out, options);
  const Eigen::array<std::pair<Index, Index>, 3> sides = {
      {{options.padding, options.padding}, {options.padding, options.padding}, {0, 0}}};
  const Volume padded = input.pad(sides);

  Volume output(shape.height, shape.width, out);
  for (Index y = 0; y < shape.height; ++y) {
    Eigen::Map<Matrix> outputs(&output(y, 0, 0), shape.width, out);
    outputs.rowwise() = bias;
    for (Index i = 0; i < size; ++i) {
      // Row i of each window along the output's row y: its pixels and their channels lie one behind
      // the other in memory, and the next window begins a stride further.
      const Eigen::Map<const Matrix, 0, Eigen::OuterStride<>> windows(
          &padded(y * options.stride + i, 0, 0), shape.width, size * in,
          Eigen::OuterStride<>(options.stride * in));
      const Eigen::Map<const Matrix> weights(&filters(i, 0, 0, 0), size * in, out);
      outputs.noalias() += windows * weights;
    }
  }
  return output;
  // END SOLUTION
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
  // BEGIN SOLUTION
  const Index size = filters.dimension(0);
  const Index in = filters.dimension(2);
  const Index out = filters.dimension(3);
  const Index height = output_gradient.dimension(0);
  const Index width = output_gradient.dimension(1);
  const Eigen::array<std::pair<Index, Index>, 3> sides = {
      {{options.padding, options.padding}, {options.padding, options.padding}, {0, 0}}};
  const Volume padded = input.pad(sides);
  Volume padded_gradient(padded.dimensions());
  padded_gradient.setZero();

  ConvolutionGradients gradients;
  gradients.filters = Filters(filters.dimensions()).setZero();
  gradients.bias =
      Eigen::Map<const Matrix>(output_gradient.data(), height * width, out).colwise().sum();
  // What each output took from a pixel through a weight: the pixel gets the weight's share of the
  // gradient, the weight the pixel's.
  for (Index y = 0; y < height; ++y) {
    for (Index x = 0; x < width; ++x) {
      const Eigen::Map<const RowVector> gradient(&output_gradient(y, x, 0), out);
      for (Index i = 0; i < size; ++i) {
        const Index row = y * options.stride + i;
        const Index column = x * options.stride;
        const Eigen::Map<const RowVector> pixels(&padded(row, column, 0), size * in);
        const Eigen::Map<const Matrix> weights(&filters(i, 0, 0, 0), size * in, out);
        Eigen::Map<RowVector>(&padded_gradient(row, column, 0), size * in) +=
            gradient * weights.transpose();
        Eigen::Map<Matrix>(&gradients.filters(i, 0, 0, 0), size * in, out) +=
            pixels.transpose() * gradient;
      }
    }
  }
  const Eigen::array<Index, 3> corner = {options.padding, options.padding, 0};
  gradients.input = padded_gradient.slice(corner, input.dimensions());
  return gradients;
  // END SOLUTION
}

}  // namespace pset3::neural_nets
