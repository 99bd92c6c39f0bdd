#include "tests/parts/p0_neural_nets/functions/arrays.hpp"
#include "tests/parts/p0_neural_nets/functions/worked_example.hpp"

namespace pset3::neural_nets {
namespace {

/// The definition, a loop an index.
double output_at(const Volume& input, const Filters& filters, const RowVector& bias,
                 const ConvolutionOptions& options, Index y, Index x, Index k) {
  double sum = bias(k);
  for (Index i = 0; i < filters.dimension(0); ++i) {
    for (Index j = 0; j < filters.dimension(1); ++j) {
      const Index row = y * options.stride + i - options.padding;
      const Index column = x * options.stride + j - options.padding;
      if (row < 0 || row >= input.dimension(0)) continue;
      if (column < 0 || column >= input.dimension(1)) continue;
      for (Index c = 0; c < input.dimension(2); ++c) {
        sum += input(row, column, c) * filters(i, j, c, k);
      }
    }
  }
  return sum;
}

double dot(const Volume& a, const Volume& b) { return values_of(a).dot(values_of(b)); }

TEST(ConvolutionLayer, ReproducesTheLecturesExample) {
  const WorkedExample example;
  const Volume output =
      convolution_layer(example.input, example.filters, RowVector::Zero(1), {2, 0});
  ASSERT_EQ(output.dimension(0), 3);
  ASSERT_EQ(output.dimension(1), 3);
  expect_near(values_of(output), values_of(example.output), 0.0);
}

TEST(ConvolutionLayer, PadsWithZerosOnAllSides) {
  const WorkedExample example;
  const Eigen::array<Index, 3> corner = {1, 1, 0};
  const Eigen::array<Index, 3> size = {5, 5, 3};
  const Volume inner = example.input.slice(corner, size);
  const Volume output = convolution_layer(inner, example.filters, RowVector::Zero(1), {2, 1});
  expect_near(values_of(output), values_of(example.output), 0.0);
}

TEST(ConvolutionLayer, AgreesWithTheDefinition) {
  RandomArrays random(11);
  for (const ConvolutionOptions options : {ConvolutionOptions{1, 0}, {2, 1}, {3, 2}, {1, 3}}) {
    const Volume input = random.volume(5, 8, 3);
    const Filters filters = random.filters(3, 3, 4);
    const RowVector bias = random.row(4);
    if ((5 - 3 + 2 * options.padding) % options.stride != 0 ||
        (8 - 3 + 2 * options.padding) % options.stride != 0) {
      EXPECT_THROW(convolution_layer(input, filters, bias, options), std::invalid_argument);
      continue;
    }
    const Volume output = convolution_layer(input, filters, bias, options);
    for (Index y = 0; y < output.dimension(0); ++y) {
      for (Index x = 0; x < output.dimension(1); ++x) {
        for (Index k = 0; k < 4; ++k) {
          EXPECT_NEAR(output(y, x, k), output_at(input, filters, bias, options, y, x, k), 1e-13);
        }
      }
    }
  }
}

TEST(ConvolutionLayer, IsConvolveSignalsWithTheFilterTurnedRound) {
  RandomArrays random(12);
  const Matrix signal = random.matrix(6, 5);
  const Matrix kernel = random.matrix(3, 3);
  const Volume input = Eigen::TensorMap<const Volume>(signal.data(), 6, 5, 1);
  const Matrix turned = kernel.reverse();
  const Filters filters = Eigen::TensorMap<const Filters>(turned.data(), 3, 3, 1, 1);
  const Volume output = convolution_layer(input, filters, RowVector::Zero(1), {1, 2});
  expect_near(values_of(output), values_of(convolve_signals(signal, kernel)), 1e-14);
}

TEST(ConvolutionLayerBackward, HasTheGradientsThatDifferencesGive) {
  RandomArrays random(13);
  for (const ConvolutionOptions options : {ConvolutionOptions{1, 0}, {2, 1}, {2, 3}, {1, 2}}) {
    Volume input = random.volume(5, 7, 2);
    Filters filters = random.filters(3, 2, 4);
    RowVector bias = random.row(4);
    const Volume output = convolution_layer(input, filters, bias, options);
    const Volume slope = random.volume(output.dimension(0), output.dimension(1), 4);
    const auto loss = [&] { return dot(convolution_layer(input, filters, bias, options), slope); };
    const auto gradients = convolution_layer_backward(input, filters, options, slope);
    expect_near(values_of(gradients.input), differences(input, loss), kDifferencesTolerance);
    expect_near(values_of(gradients.filters), differences(filters, loss), kDifferencesTolerance);
    expect_near(gradients.bias, differences(bias, loss), kDifferencesTolerance);
    EXPECT_EQ(gradients.input.dimensions(), input.dimensions());
    EXPECT_EQ(gradients.filters.dimensions(), filters.dimensions());
  }
}

}  // namespace
}  // namespace pset3::neural_nets
