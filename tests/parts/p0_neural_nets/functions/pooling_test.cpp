#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

namespace pset3::neural_nets {
namespace {

/// [H, W, 2]: a matrix, and in the second channel its negative.
Volume with_negative(const Matrix& matrix) {
  Volume volume(matrix.rows(), matrix.cols(), 2);
  for (Index y = 0; y < matrix.rows(); ++y) {
    for (Index x = 0; x < matrix.cols(); ++x) {
      volume(y, x, 0) = matrix(y, x);
      volume(y, x, 1) = -matrix(y, x);
    }
  }
  return volume;
}

Matrix channel(const Volume& volume, Index c) {
  return Matrix::NullaryExpr(volume.dimension(0), volume.dimension(1),
                             [&](Index y, Index x) { return volume(y, x, c); });
}

const Matrix kNumbers{{1, 2, 3, 0}, {4, -8, 6, 1}};

TEST(Pooling, HasItsValuesByHand) {
  const Volume input = with_negative(kNumbers);
  expect_near(channel(max_pool(input, {2, 2}), 0), Matrix{{4.0, 6.0}}, 0.0);
  expect_near(channel(max_pool(input, {2, 2}), 1), Matrix{{8.0, 0.0}}, 0.0);
  expect_near(channel(average_pool(input, {2, 2}), 0), Matrix{{-0.25, 2.5}}, 0.0);
  expect_near(channel(average_pool(input, {2, 2}), 1), Matrix{{0.25, -2.5}}, 0.0);
  const Matrix norms{{std::sqrt(85.0), std::sqrt(46.0)}};
  expect_near(channel(l2_pool(input, {2, 2}), 0), norms, 1e-15);
  expect_near(channel(l2_pool(input, {2, 2}), 1), norms, 1e-15);
}

TEST(Pooling, LetsWindowsOverlap) {
  const Volume output = max_pool(with_negative(kNumbers), {2, 1});
  expect_near(channel(output, 0), Matrix{{4.0, 6.0, 6.0}}, 0.0);
  expect_near(channel(output, 1), Matrix{{8.0, 8.0, 0.0}}, 0.0);
}

TEST(Pooling, RefusesWindowsThatDoNotFit) {
  const Volume input = with_negative(kNumbers);
  for (const auto pool : {max_pool, average_pool, l2_pool}) {
    expect_refused([&] { pool(input, {3, 1}); }, {"[2, 4, 2]", "3x3"});
    expect_refused([&] { pool(input, {1, 2}); }, {"[2, 4, 2]", "1x1", "stride 2"});
  }
}

TEST(MaxPoolBackward, GivesTheGradientToTheMaximum) {
  const Volume input = with_negative(kNumbers);
  Volume slope(1, 3, 2);
  slope.setValues({{{1.0, 10.0}, {2.0, 20.0}, {3.0, 30.0}}});
  const Volume gradient = max_pool_backward(input, {2, 1}, slope);
  expect_near(channel(gradient, 0), Matrix{{0, 0, 0, 0}, {1, 0, 5, 0}}, 0.0);
  expect_near(channel(gradient, 1), Matrix{{0, 0, 0, 30}, {0, 30, 0, 0}}, 0.0);
}

TEST(MaxPoolBackward, GivesTheGradientOnceWhereSeveralAreEqual) {
  Volume input(2, 2, 1);
  input.setConstant(7.0);
  Volume slope(1, 1, 1);
  slope.setConstant(3.0);
  const Volume gradient = max_pool_backward(input, {2, 2}, slope);
  EXPECT_EQ(values_of(gradient).sum(), 3.0);
  EXPECT_EQ(values_of(gradient).maxCoeff(), 3.0);
}

TEST(MaxPoolBackward, HasTheGradientThatDifferencesGive) {
  RandomArrays random(14);
  for (const PoolingOptions options : {PoolingOptions{2, 2}, {3, 1}, {2, 4}}) {
    Volume input = random.volume(6, 10, 3);
    const Volume output = max_pool(input, options);
    const Volume slope = random.volume(output.dimension(0), output.dimension(1), 3);
    const auto loss = [&] { return values_of(max_pool(input, options)).dot(values_of(slope)); };
    expect_near(values_of(max_pool_backward(input, options, slope)), differences(input, loss),
                kDifferencesTolerance);
  }
}

TEST(Flatten, GoesThroughChannelsThenColumnsThenRows) {
  Volume volume(2, 3, 2);
  volume.setValues({{{0, 1}, {2, 3}, {4, 5}}, {{6, 7}, {8, 9}, {10, 11}}});
  expect_near(flatten(volume), RowVector::LinSpaced(12, 0.0, 11.0), 0.0);
}

}  // namespace
}  // namespace pset3::neural_nets
