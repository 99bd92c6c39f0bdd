#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

/// What is given: arguments that do not fit are refused by a message that names all shapes.
namespace pset3::neural_nets {
namespace {

Volume zeros(Index height, Index width, Index channels) {
  return Volume(height, width, channels).setZero();
}

Filters zero_filters(Index height, Index width, Index in, Index out) {
  return Filters(height, width, in, out).setZero();
}

TEST(Shapes, OfAPerceptronMustFit) {
  const Perceptron perceptron{RowVector::Zero(3), 0.0};
  expect_refused([&] { perceptron_update(perceptron, RowVector::Zero(4), 1, 0.1); },
                 {"perceptron_update", "(3)", "(4)"});
  expect_refused([&] { perceptron_update(perceptron, RowVector::Zero(3), -1, 0.1); },
                 {"0 or 1", "-1"});
  expect_refused(
      [&] {
        train_perceptron(Matrix::Zero(5, 2), {0, 1}, 0.1, 3);
      },
      {"train_perceptron", "(5, 2)", "(2)"});
  expect_refused([&] { train_perceptron(Matrix::Zero(2, 2), {0, 1}, 0.1, 0); }, {"epoch"});
  expect_refused([&] { train_perceptron(Matrix::Zero(2, 2), {0, 2}, 0.1, 1); }, {"0 or 1", "2"});
}

TEST(Shapes, OfALossMustBeTheSame) {
  for (const auto loss :
       {squared_error, binary_cross_entropy, cross_entropy, softmax_cross_entropy}) {
    expect_refused([&] { loss(Matrix::Zero(3, 4), Matrix::Zero(4, 3)); }, {"(3, 4)", "(4, 3)"});
    expect_refused([&] { loss(Matrix::Zero(3, 4), Matrix::Zero(3, 1)); }, {"(3, 4)", "(3, 1)"});
    expect_refused([&] { loss(Matrix(0, 4), Matrix(0, 4)); }, {"(0, 4)"});
  }
  expect_refused([] { softmax(Matrix(2, 0)); }, {"softmax", "(2, 0)"});
}

TEST(Shapes, OfALayerMustFit) {
  const FullyConnected layer{Matrix::Zero(4, 2), RowVector::Zero(2)};
  expect_refused([&] { fully_connected(Matrix::Zero(3, 5), layer); }, {"(3, 5)", "(4, 2)"});
  expect_refused(
      [&] {
        fully_connected(Matrix::Zero(3, 4), {Matrix::Zero(4, 2), RowVector::Zero(3)});
      },
      {"(4, 2)", "(3)"});
  expect_refused([&] { fully_connected_backward(Matrix::Zero(3, 4), layer, Matrix::Zero(3, 4)); },
                 {"(4, 2)", "(3, 4)"});
  expect_refused([&] { fully_connected_backward(Matrix::Zero(3, 4), layer, Matrix::Zero(1, 2)); },
                 {"(3, 4)", "(1, 2)"});
}

TEST(Shapes, OfANetworkMustFit) {
  const FullyConnected first{Matrix::Zero(4, 3), RowVector::Zero(3)};
  const FullyConnected second{Matrix::Zero(3, 2), RowVector::Zero(2)};
  Mlp mlp{{first, second}, Activation::kRelu};
  expect_refused([&] { mlp_forward(mlp, Matrix::Zero(6, 3)); }, {"(6, 3)", "(4, 3)"});
  expect_refused([&] { mlp_forward({}, Matrix::Zero(6, 3)); }, {"(6, 3)"});
  expect_refused(
      [&] {
        mlp_forward({{first, first}, Activation::kRelu}, Matrix::Zero(6, 4));
      },
      {"(4, 3) + (3), (4, 3) + (3)"});
  expect_refused([&] { sgd_step(mlp, Matrix::Zero(6, 4), Matrix::Zero(6, 3), 0.1); },
                 {"(6, 4)", "(6, 3)", "(N, 2)"});
  expect_refused([&] { sgd_step(mlp, Matrix::Zero(6, 4), Matrix::Zero(6, 2), 0.0); }, {"rate"});

  MlpForward forward = mlp_forward(mlp, Matrix::Zero(6, 4));
  expect_refused([&] { mlp_backward(mlp, forward, Matrix::Zero(6, 3)); }, {"(6, 2)", "(6, 3)"});
  expect_refused([&] { mlp_backward(mlp, forward, Matrix::Zero(5, 2)); }, {"(5, 2)", "(6, 4)"});
  forward.outputs.pop_back();
  expect_refused([&] { mlp_backward(mlp, forward, Matrix::Zero(6, 2)); }, {"2 inputs", "1"});
}

TEST(Shapes, OfSignalsMustNotBeEmpty) {
  expect_refused([] { convolve_signals(Matrix(0, 3), Matrix::Zero(1, 1)); }, {"(0, 3)", "(1, 1)"});
}

TEST(Shapes, OfAConvolutionMustFit) {
  const Volume input = zeros(5, 7, 2);
  const auto layer = [&](const Filters& filters, Index bias, ConvolutionOptions options) {
    expect_refused([&] { convolution_layer(input, filters, RowVector::Zero(bias), options); },
                   {"[5, 7, 2]"});
  };
  layer(zero_filters(3, 3, 4, 6), 6, {1, 0});
  layer(zero_filters(3, 2, 2, 6), 6, {1, 0});
  layer(zero_filters(3, 3, 2, 6), 6, {0, 0});
  layer(zero_filters(3, 3, 2, 6), 6, {1, -1});
  layer(zero_filters(6, 6, 2, 6), 6, {1, 0});
  expect_refused(
      [&] {
        convolution_layer(input, zero_filters(3, 3, 4, 6), RowVector(6), {1, 0});
      },
      {"[5, 7, 2]", "[3, 3, 4, 6]"});
  expect_refused(
      [&] {
        convolution_layer(input, zero_filters(3, 3, 2, 6), RowVector(5), {1, 0});
      },
      {"[3, 3, 2, 6]", "(5)"});
  expect_refused(
      [&] {
        conv_output_shape({5, 7, 2}, 3, 4, {3, 0});
      },
      {"[5, 7, 2]", "3x3", "stride 3", "padding 0"});
  expect_refused([&] { conv_output_shape({5, 0, 2}, 3, 4, {1, 5}); }, {"[5, 0, 2]"});
}

TEST(Shapes, OfAGradientMustBeTheOutputs) {
  const Volume input = zeros(5, 7, 2);
  const Filters filters = zero_filters(3, 3, 2, 6);
  for (const Volume& gradient :
       {zeros(3, 4, 6), zeros(4, 3, 6), zeros(3, 5, 5), zeros(0, 5, 6), zeros(2, 5, 6)}) {
    expect_refused(
        [&] {
          convolution_layer_backward(input, filters, {1, 0}, gradient);
        },
        {"[5, 7, 2]", "[3, 3, 2, 6]", "; got [" + std::to_string(gradient.dimension(0))});
  }
  EXPECT_NO_THROW(convolution_layer_backward(input, filters, {1, 0}, zeros(3, 5, 6)));
  EXPECT_NO_THROW(convolution_layer_backward(input, filters, {2, 1}, zeros(3, 4, 6)));
  expect_refused(
      [&] {
        max_pool_backward(input, {3, 2}, zeros(2, 4, 2));
      },
      {"[5, 7, 2]", "[2, 4, 2]"});
  expect_refused([&] { max_pool_backward(input, {3, 2}, zeros(2, 3, 3)); }, {"[2, 3, 3]"});
  expect_refused([&] { max_pool(input, {0, 1}); }, {"[5, 7, 2]", "size 0"});
}

}  // namespace
}  // namespace pset3::neural_nets
