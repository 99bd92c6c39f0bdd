#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

namespace pset3::neural_nets {
namespace {

const Matrix kCorners = (Matrix(4, 2) << 0, 0, 0, 1, 1, 0, 1, 1).finished();

TEST(PerceptronUpdate, AddsTheSampleWhereOneWasMissed) {
  const Perceptron before{RowVector{{1.0, -2.0}}, 0.5};
  // 1·1 − 2·2 + 0.5 = −2.5 says 0, so w + ½ x and b + ½.
  const Perceptron after = perceptron_update(before, RowVector{{1.0, 2.0}}, 1, 0.5);
  EXPECT_EQ(after.weights, (RowVector{{1.5, -1.0}}));
  EXPECT_EQ(after.bias, 1.0);
}

TEST(PerceptronUpdate, TakesTheSampleAwayWhereOneWasSaidWrongly) {
  const Perceptron before{RowVector{{1.0, -2.0}}, 0.5};
  const Perceptron after = perceptron_update(before, RowVector{{4.0, 1.0}}, 0, 0.25);
  EXPECT_EQ(after.weights, (RowVector{{0.0, -2.25}}));
  EXPECT_EQ(after.bias, 0.25);
}

TEST(PerceptronUpdate, LeavesWhatIsRightAlone) {
  const Perceptron before{RowVector{{1.0, -2.0}}, 0.5};
  const Perceptron same = perceptron_update(before, RowVector{{4.0, 1.0}}, 1, 0.25);
  EXPECT_EQ(same.weights, before.weights);
  EXPECT_EQ(same.bias, before.bias);
}

TEST(PerceptronUpdate, SaysZeroOnTheLineItself) {
  const Perceptron zero{RowVector::Zero(1), 0.0};
  EXPECT_EQ(perceptron_update(zero, RowVector{{3.0}}, 0, 1.0).bias, 0.0);
  EXPECT_EQ(perceptron_update(zero, RowVector{{3.0}}, 1, 1.0).bias, 1.0);
}

TEST(TrainPerceptron, LearnsOrAsByHand) {
  // By hand with η = 1: epoch 1 misses (0,1) → w = (0,1), b = 1. Epoch 2: (0,0) → b = 0; (1,0) says
  // 0 → w = (1,1), b = 1. Epoch 3: (0,0) → b = 0. Epoch 4: none.
  const PerceptronTraining training = train_perceptron(kCorners, {0, 1, 1, 1}, 1.0, 50);
  EXPECT_EQ(training.mistakes, (std::vector<int>{1, 2, 1, 0}));
  EXPECT_EQ(training.perceptron.weights, (RowVector{{1.0, 1.0}}));
  EXPECT_EQ(training.perceptron.bias, 0.0);
}

TEST(TrainPerceptron, StopsAfterMaxEpochsWhereNoLineSeparates) {
  const PerceptronTraining training = train_perceptron(kCorners, {0, 1, 1, 0}, 1.0, 30);
  ASSERT_EQ(training.mistakes.size(), 30U);
  for (const int mistakes : training.mistakes) EXPECT_GT(mistakes, 0);
}

TEST(TrainPerceptron, SeparatesEveryCloudThatALineSeparates) {
  RandomArrays random(3);
  for (int repeat = 0; repeat < 20; ++repeat) {
    const RowVector normal = random.row(3);
    const double offset = random.number(-0.3, 0.3);
    Matrix inputs(200, 3);
    std::vector<int> targets;
    while (targets.size() < 200) {
      const RowVector point = random.row(3);
      const double height = point.dot(normal) / normal.norm() + offset;
      if (std::abs(height) < 0.05) continue;  // a margin bounds the number of corrections
      inputs.row(static_cast<Index>(targets.size())) = point;
      targets.push_back(height > 0.0 ? 1 : 0);
    }
    const auto [perceptron, mistakes] = train_perceptron(inputs, targets, 0.1, 100000);
    EXPECT_EQ(mistakes.back(), 0);
    for (Index n = 0; n < inputs.rows(); ++n) {
      const double sum = inputs.row(n).dot(perceptron.weights) + perceptron.bias;
      EXPECT_EQ(sum > 0.0 ? 1 : 0, targets[static_cast<std::size_t>(n)]);
    }
  }
}

}  // namespace
}  // namespace pset3::neural_nets
