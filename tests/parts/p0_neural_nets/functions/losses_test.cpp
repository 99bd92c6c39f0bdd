#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

namespace pset3::neural_nets {
namespace {

TEST(SquaredError, SumsOverOutputsAndAveragesOverSamples) {
  const Loss loss = squared_error(Matrix{{1.0, 2.0, 3.0}, {0.0, -1.0, 0.5}},
                                  Matrix{{1.0, 0.0, 4.0}, {0.0, 1.0, 0.0}});
  EXPECT_DOUBLE_EQ(loss.value, (4.0 + 1.0 + 4.0 + 0.25) / 2.0);
  expect_near(loss.gradient, Matrix{{0.0, 2.0, -1.0}, {0.0, -2.0, 0.5}}, 1e-15);
}

TEST(BinaryCrossEntropy, HasItsValueByHand) {
  const Loss loss =
      binary_cross_entropy(Matrix{{0.5, 0.2}, {0.9, 0.25}}, Matrix{{1.0, 0.0}, {1.0, 1.0}});
  EXPECT_NEAR(loss.value, (std::log(2.0) - std::log(0.8) - std::log(0.9) + std::log(4.0)) / 2.0,
              1e-15);
  expect_near(loss.gradient, Matrix{{-1.0, 0.625}, {-1.0 / 1.8, -2.0}}, 1e-14);
}

TEST(CrossEntropy, HasItsValueByHand) {
  const Loss loss = cross_entropy(Matrix{{0.5, 0.25, 0.25}, {0.1, 0.8, 0.1}}, one_hot({1, 1}, 3));
  EXPECT_NEAR(loss.value, (std::log(4.0) - std::log(0.8)) / 2.0, 1e-15);
  expect_near(loss.gradient, Matrix{{0.0, -2.0, 0.0}, {0.0, -0.625, 0.0}}, 1e-15);
}

TEST(SoftmaxCrossEntropy, IsTheLogarithmOfTheClassesWhereNothingIsKnown) {
  const Loss loss = softmax_cross_entropy(Matrix::Constant(3, 10, 4.0), one_hot({0, 5, 9}, 10));
  EXPECT_NEAR(loss.value, std::log(10.0), 1e-14);
}

TEST(SoftmaxCrossEntropy, IsTheCrossEntropyOfTheSoftmax) {
  RandomArrays random(4);
  const Matrix logits = random.matrix(5, 4, -3.0, 3.0);
  const Matrix targets = random.probabilities(5, 4);
  EXPECT_NEAR(softmax_cross_entropy(logits, targets).value,
              cross_entropy(softmax(logits), targets).value, 1e-14);
}

TEST(SoftmaxCrossEntropy, StaysFiniteFarOut) {
  const Matrix logits{{1000.0, -1000.0}, {-1000.0, 1000.0}};
  const Loss wrong = softmax_cross_entropy(logits, one_hot({1, 0}, 2));
  EXPECT_DOUBLE_EQ(wrong.value, 2000.0);
  expect_near(wrong.gradient, Matrix{{0.5, -0.5}, {-0.5, 0.5}}, 1e-15);
  EXPECT_EQ(softmax_cross_entropy(logits, one_hot({0, 1}, 2)).value, 0.0);
}

TEST(CrossEntropies, AreFiniteWhereAProbabilityIsZeroOrOne) {
  const Matrix certain{{0.0, 1.0}, {1.0, 0.0}};
  const Matrix other = certain.rowwise().reverse();
  for (const auto loss_of : {binary_cross_entropy, cross_entropy}) {
    const Loss right = loss_of(certain, certain);
    EXPECT_NEAR(right.value, 0.0, 1e-10);
    EXPECT_TRUE(right.gradient.allFinite());
    const Loss wrong = loss_of(certain, other);
    EXPECT_GT(wrong.value, 10.0);
    EXPECT_TRUE(std::isfinite(wrong.value));
    EXPECT_TRUE(wrong.gradient.allFinite());
    EXPECT_LT(wrong.gradient(0, 0), -1e6);  // more of the probability that is 0 would help a lot
  }
}

TEST(Losses, HaveTheGradientsThatDifferencesGive) {
  RandomArrays random(5);
  Matrix values = random.probabilities(4, 3);
  const Matrix targets = random.probabilities(4, 3);
  for (const auto loss_of :
       {squared_error, binary_cross_entropy, cross_entropy, softmax_cross_entropy}) {
    const Matrix slopes = differences(values, [&] { return loss_of(values, targets).value; });
    expect_near(values_of(loss_of(values, targets).gradient), slopes, kDifferencesTolerance);
  }
}

TEST(Losses, DoNotGrowWithTheBatch) {
  RandomArrays random(6);
  const Matrix values = random.probabilities(4, 3);
  const Matrix targets = random.probabilities(4, 3);
  for (const auto loss_of :
       {squared_error, binary_cross_entropy, cross_entropy, softmax_cross_entropy}) {
    EXPECT_NEAR(loss_of(values.replicate(5, 1), targets.replicate(5, 1)).value,
                loss_of(values, targets).value, 1e-14);
  }
}

}  // namespace
}  // namespace pset3::neural_nets
