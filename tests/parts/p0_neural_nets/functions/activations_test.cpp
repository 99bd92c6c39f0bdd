#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

namespace pset3::neural_nets {
namespace {

using Function = Matrix (*)(const Matrix&);

TEST(Activations, HaveTheirKnownValues) {
  const Matrix z{{0.0, std::log(3.0), -2.0}};
  expect_near(sigmoid(z), Matrix{{0.5, 0.75, 0.11920292202211755}}, 1e-15);
  expect_near(tanh(z), Matrix{{0.0, 0.8, -0.9640275800758169}}, 1e-15);
  expect_near(relu(z), Matrix{{0.0, std::log(3.0), 0.0}}, 0.0);
  expect_near(sigmoid_derivative(z), Matrix{{0.25, 0.1875, 0.10499358540350651}}, 1e-15);
  expect_near(tanh_derivative(z), Matrix{{1.0, 0.36, 0.07065082485316447}}, 1e-15);
  expect_near(relu_derivative(z), Matrix{{0.0, 1.0, 0.0}}, 0.0);
}

TEST(Activations, StayFiniteFarOut) {
  const Matrix z{{-1000.0, -745.0, 745.0, 1000.0}};
  expect_near(sigmoid(z), Matrix{{0.0, 0.0, 1.0, 1.0}}, 1e-300);
  expect_near(tanh(z), Matrix{{-1.0, -1.0, 1.0, 1.0}}, 0.0);
  expect_near(sigmoid_derivative(z), Matrix::Zero(1, 4), 1e-300);
  expect_near(tanh_derivative(z), Matrix::Zero(1, 4), 1e-300);
}

TEST(Activations, AreAccurateInTheirTails) {
  // Where z is large, both derivatives are the first term of their series, with a relative error of
  // the next one.
  const double tail = std::exp(-40.0);
  const Matrix z{{40.0, -40.0}};
  const Matrix ones = Matrix::Ones(1, 2);
  expect_near(sigmoid_derivative(z) / tail, ones, 1e-12);
  expect_near(tanh_derivative(z / 2.0) / (4.0 * tail), ones, 1e-12);
  EXPECT_NEAR(sigmoid(z)(1) / tail, 1.0, 1e-12);
}

TEST(Activations, HaveTheDerivativesThatDifferencesGive) {
  RandomArrays random(1);
  Matrix z = random.matrix(3, 5, -3.0, 3.0);
  ASSERT_GT(z.cwiseAbs().minCoeff(), 1e-3);  // the ReLU has no derivative at 0
  const std::vector<std::pair<Function, Function>> pairs = {
      {sigmoid, sigmoid_derivative}, {tanh, tanh_derivative}, {relu, relu_derivative}};
  for (const auto& [function, derivative] : pairs) {
    const Matrix slopes = differences(z, [&, f = function] { return f(z).sum(); });
    expect_near(values_of(derivative(z)), slopes, kDifferencesTolerance);
  }
}

TEST(Activations, TakeAnyShape) {
  for (const Function function : {sigmoid, static_cast<Function>(tanh), relu, sigmoid_derivative,
                                  tanh_derivative, relu_derivative}) {
    EXPECT_EQ(function(Matrix(0, 0)).size(), 0);
    EXPECT_EQ(function(Matrix::Ones(4, 1)).rows(), 4);
  }
}

TEST(Softmax, GivesProbabilities) {
  const Matrix logits{{std::log(1.0), std::log(2.0), std::log(5.0)}, {7.0, 7.0, 7.0}};
  const double third = 1.0 / 3.0;
  expect_near(softmax(logits), Matrix{{0.125, 0.25, 0.625}, {third, third, third}}, 1e-15);
}

TEST(Softmax, DoesNotSeeANumberAddedToARow) {
  RandomArrays random(2);
  const Matrix logits = random.matrix(4, 6, -2.0, 2.0);
  const Matrix lifted = logits.array() + 1000.0;
  expect_near(softmax(lifted), softmax(logits), 1e-12);  // 1000 takes 3 of the 16 digits
}

TEST(Softmax, StaysFiniteFarOut) {
  const Matrix logits{{1000.0, 0.0, -1000.0}, {-1000.0, -1000.0, -1001.0}, {1e308, -1e308, 0.0}};
  const double e = std::exp(1.0);
  const Matrix expected{
      {1.0, 0.0, 0.0}, {e / (2 * e + 1), e / (2 * e + 1), 1 / (2 * e + 1)}, {1.0, 0.0, 0.0}};
  expect_near(softmax(logits), expected, 1e-15);
}

}  // namespace
}  // namespace pset3::neural_nets
