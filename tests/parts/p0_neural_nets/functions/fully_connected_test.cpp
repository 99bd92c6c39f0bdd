#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

namespace pset3::neural_nets {
namespace {

TEST(FullyConnected, MultipliesRowsByWeightsAndAddsTheBias) {
  const FullyConnected layer{Matrix{{1.0, 0.0, 2.0}, {0.0, -1.0, 3.0}}, RowVector{{0.5, 0.0, 1.0}}};
  expect_near(fully_connected(Matrix{{1.0, 2.0}, {3.0, -1.0}}, layer),
              Matrix{{1.5, -2.0, 9.0}, {3.5, 1.0, 4.0}}, 0.0);
}

TEST(FullyConnectedBackward, HasItsValuesByHand) {
  const FullyConnected layer{Matrix{{1.0, 0.0, 2.0}, {0.0, -1.0, 3.0}}, RowVector::Zero(3)};
  const auto gradients = fully_connected_backward(Matrix{{1.0, 2.0}, {3.0, -1.0}}, layer,
                                                  Matrix{{1.0, 0.0, 0.0}, {0.0, 1.0, 2.0}});
  expect_near(gradients.inputs, Matrix{{1.0, 0.0}, {4.0, 5.0}}, 0.0);
  expect_near(gradients.weights, Matrix{{1.0, 3.0, 6.0}, {2.0, -1.0, -2.0}}, 0.0);
  expect_near(gradients.bias, Matrix{{1.0, 1.0, 2.0}}, 0.0);
}

TEST(FullyConnectedBackward, HasTheGradientsThatDifferencesGive) {
  RandomArrays random(7);
  Matrix inputs = random.matrix(5, 4);
  FullyConnected layer = random.layer(4, 3);
  const Matrix slope = random.matrix(5, 3);
  const auto loss = [&] { return fully_connected(inputs, layer).cwiseProduct(slope).sum(); };
  const auto gradients = fully_connected_backward(inputs, layer, slope);
  expect_near(values_of(gradients.inputs), differences(inputs, loss), kDifferencesTolerance);
  expect_near(values_of(gradients.weights), differences(layer.weights, loss),
              kDifferencesTolerance);
  expect_near(gradients.bias, differences(layer.bias, loss), kDifferencesTolerance);
}

}  // namespace
}  // namespace pset3::neural_nets
