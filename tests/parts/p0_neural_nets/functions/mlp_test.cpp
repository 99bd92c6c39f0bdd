#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

namespace pset3::neural_nets {
namespace {

Mlp random_mlp(RandomArrays& random, const std::vector<Index>& widths, Activation activation) {
  Mlp mlp{{}, activation};
  for (std::size_t i = 1; i < widths.size(); ++i) {
    mlp.layers.push_back(random.layer(widths[i - 1], widths[i]));
  }
  return mlp;
}

/// |x₁ − x₂| − 1 by two ReLUs.
Mlp distance_mlp() {
  const FullyConnected first{Matrix{{1.0, -1.0}, {-1.0, 1.0}}, RowVector::Zero(2)};
  const FullyConnected second{Matrix{{1.0}, {1.0}}, RowVector{{-1.0}}};
  return {{first, second}, Activation::kRelu};
}

TEST(MlpForward, KeepsWhatGoesInAndComesOut) {
  const MlpForward forward = mlp_forward(distance_mlp(), Matrix{{3.0, 1.0}, {0.0, 5.0}});
  ASSERT_EQ(forward.inputs.size(), 2U);
  ASSERT_EQ(forward.outputs.size(), 2U);
  expect_near(forward.inputs[0], Matrix{{3.0, 1.0}, {0.0, 5.0}}, 0.0);
  expect_near(forward.outputs[0], Matrix{{2.0, -2.0}, {-5.0, 5.0}}, 0.0);
  expect_near(forward.inputs[1], Matrix{{2.0, 0.0}, {0.0, 5.0}}, 0.0);
  expect_near(forward.outputs[1], Matrix{{1.0}, {4.0}}, 0.0);
}

TEST(MlpForward, HasNoActivationBehindTheLastLayer) {
  const Mlp mlp{{{Matrix{{-2.0}}, RowVector{{0.0}}}}, Activation::kRelu};
  expect_near(mlp_forward(mlp, Matrix{{3.0}}).outputs.back(), Matrix{{-6.0}}, 0.0);
}

TEST(MlpBackward, HasItsValuesByHand) {
  const Mlp mlp = distance_mlp();
  const auto gradients =
      mlp_backward(mlp, mlp_forward(mlp, Matrix{{3.0, 1.0}, {0.0, 5.0}}), Matrix{{1.0}, {2.0}});
  ASSERT_EQ(gradients.size(), 2U);
  expect_near(gradients[1].weights, Matrix{{2.0}, {10.0}}, 0.0);
  expect_near(gradients[1].bias, Matrix{{3.0}}, 0.0);
  // Each sample passes one of the ReLUs: (1, 0) and (0, 2).
  expect_near(gradients[0].weights, Matrix{{3.0, 0.0}, {1.0, 10.0}}, 0.0);
  expect_near(gradients[0].bias, Matrix{{1.0, 2.0}}, 0.0);
  expect_near(gradients[0].inputs, Matrix{{1.0, -1.0}, {-2.0, 2.0}}, 0.0);
}

TEST(MlpBackward, HasTheGradientsThatDifferencesGive) {
  for (const Activation activation : {Activation::kSigmoid, Activation::kTanh, Activation::kRelu}) {
    RandomArrays random(8);
    Mlp mlp = random_mlp(random, {3, 6, 4, 2}, activation);
    Matrix samples = random.matrix(5, 3);
    const Matrix targets = one_hot({0, 1, 1, 0, 1}, 2);
    const auto loss = [&] {
      return softmax_cross_entropy(mlp_forward(mlp, samples).outputs.back(), targets).value;
    };
    const MlpForward forward = mlp_forward(mlp, samples);
    ASSERT_GT(forward.outputs[0].cwiseAbs().minCoeff(), 1e-4);  // no kink within a difference
    ASSERT_GT(forward.outputs[1].cwiseAbs().minCoeff(), 1e-4);
    const auto gradients =
        mlp_backward(mlp, forward, softmax_cross_entropy(forward.outputs.back(), targets).gradient);
    for (std::size_t i = 0; i < 3; ++i) {
      expect_near(values_of(gradients[i].weights), differences(mlp.layers[i].weights, loss),
                  kDifferencesTolerance);
      expect_near(gradients[i].bias, differences(mlp.layers[i].bias, loss), kDifferencesTolerance);
    }
    expect_near(values_of(gradients[0].inputs), differences(samples, loss), kDifferencesTolerance);
  }
}

TEST(SgdStep, GoesDownhillByTheGradientTimesTheRate) {
  // One layer of zeros: probabilities of ½, so the gradient at the logits is ±¼ for two samples.
  Mlp mlp{{{Matrix::Zero(1, 2), RowVector::Zero(2)}}, Activation::kTanh};
  const double loss = sgd_step(mlp, Matrix{{2.0}, {4.0}}, one_hot({0, 1}, 2), 0.5);
  EXPECT_NEAR(loss, std::log(2.0), 1e-15);
  expect_near(mlp.layers[0].weights, Matrix{{-0.25, 0.25}}, 1e-15);
  expect_near(mlp.layers[0].bias, Matrix{{0.0, 0.0}}, 1e-15);
}

TEST(SgdStep, LowersTheLossUntilXorIsLearnt) {
  RandomArrays random(9);
  Mlp mlp = random_mlp(random, {2, 8, 2}, Activation::kTanh);
  const Matrix corners{{0.0, 0.0}, {0.0, 1.0}, {1.0, 0.0}, {1.0, 1.0}};
  const Matrix targets = one_hot({0, 1, 1, 0}, 2);
  double before = sgd_step(mlp, corners, targets, 0.1);
  for (int step = 0; step < 3000; ++step) {
    const double loss = sgd_step(mlp, corners, targets, 0.1);
    EXPECT_LT(loss, before);
    before = loss;
  }
  EXPECT_LT(before, 0.05);
}

}  // namespace
}  // namespace pset3::neural_nets
