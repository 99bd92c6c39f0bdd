#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

/// What the untouched starter does; linked with the stubs.
namespace pset3::neural_nets {
namespace {

const Matrix kMatrix = Matrix::Ones(2, 2);
const FullyConnected kLayer{kMatrix, RowVector::Zero(2)};

TEST(Starter, SaysThatNoMatrixFunctionIsWrittenYet) {
  EXPECT_THROW(perceptron_update({RowVector::Zero(2), 0.0}, RowVector::Ones(2), 1, 0.1),
               NotImplemented);
  EXPECT_THROW(train_perceptron(kMatrix, {0, 1}, 0.1, 3), NotImplemented);
  for (const auto activation : {sigmoid, static_cast<Matrix (*)(const Matrix&)>(tanh), relu,
                                sigmoid_derivative, tanh_derivative, relu_derivative, softmax}) {
    EXPECT_THROW(activation(kMatrix), NotImplemented);
  }
  for (const auto loss :
       {squared_error, binary_cross_entropy, cross_entropy, softmax_cross_entropy}) {
    EXPECT_THROW(loss(kMatrix, kMatrix), NotImplemented);
  }
  EXPECT_THROW(fully_connected(kMatrix, kLayer), NotImplemented);
  EXPECT_THROW(fully_connected_backward(kMatrix, kLayer, kMatrix), NotImplemented);
  Mlp mlp{{kLayer}, Activation::kRelu};
  EXPECT_THROW(mlp_forward(mlp, kMatrix), NotImplemented);
  EXPECT_THROW(mlp_backward(mlp, {{kMatrix}, {kMatrix}}, kMatrix), NotImplemented);
  EXPECT_THROW(sgd_step(mlp, kMatrix, kMatrix, 0.1), NotImplemented);
}

TEST(Starter, SaysThatNoVolumeFunctionIsWrittenYet) {
  RandomArrays random(1);
  const Volume volume = random.volume(4, 4, 2);
  const Filters filters = random.filters(3, 2, 5);
  EXPECT_THROW(convolve_signals(kMatrix, kMatrix), NotImplemented);
  EXPECT_THROW(conv_output_shape({4, 4, 2}, 3, 5, {1, 0}), NotImplemented);
  EXPECT_THROW(convolution_layer(volume, filters, RowVector::Zero(5), {1, 0}), NotImplemented);
  EXPECT_THROW(convolution_layer_backward(volume, filters, {1, 0}, random.volume(2, 2, 5)),
               NotImplemented);
  for (const auto pool : {max_pool, average_pool, l2_pool}) {
    EXPECT_THROW(pool(volume, {2, 2}), NotImplemented);
  }
  EXPECT_THROW(max_pool_backward(volume, {2, 2}, random.volume(2, 2, 2)), NotImplemented);
  EXPECT_THROW(flatten(volume), NotImplemented);
}

TEST(Starter, ChecksShapesFirst) {
  RandomArrays random(1);
  const Matrix other = Matrix::Ones(3, 3);
  Mlp mlp{{kLayer}, Activation::kRelu};
  const Volume volume = random.volume(4, 4, 2);
  EXPECT_THROW(train_perceptron(other, {0, 1}, 0.1, 3), std::invalid_argument);
  EXPECT_THROW(softmax(Matrix(2, 0)), std::invalid_argument);
  EXPECT_THROW(squared_error(kMatrix, other), std::invalid_argument);
  EXPECT_THROW(fully_connected(other, kLayer), std::invalid_argument);
  EXPECT_THROW(fully_connected_backward(kMatrix, kLayer, other), std::invalid_argument);
  EXPECT_THROW(mlp_forward(mlp, other), std::invalid_argument);
  EXPECT_THROW(mlp_backward(mlp, {}, kMatrix), std::invalid_argument);
  EXPECT_THROW(sgd_step(mlp, kMatrix, other, 0.1), std::invalid_argument);
  EXPECT_THROW(convolve_signals(Matrix(0, 0), kMatrix), std::invalid_argument);
  EXPECT_THROW(conv_output_shape({4, 4, 2}, 0, 5, {1, 0}), std::invalid_argument);
  EXPECT_THROW(convolution_layer(volume, random.filters(3, 4, 5), RowVector::Zero(5), {1, 0}),
               std::invalid_argument);
  EXPECT_THROW(
      convolution_layer_backward(volume, random.filters(3, 2, 5), {1, 0}, random.volume(4, 4, 5)),
      std::invalid_argument);
  EXPECT_THROW(max_pool(volume, {2, 0}), std::invalid_argument);
  EXPECT_THROW(max_pool_backward(volume, {2, 2}, volume), std::invalid_argument);
}

}  // namespace
}  // namespace pset3::neural_nets
