#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

namespace pset3::neural_nets {
namespace {

TEST(ConvolveSignals, MultipliesPolynomials) {
  // (1 + 2x + 3x²)(4 − x) = 4 + 7x + 10x² − 3x³
  const Matrix expected{{4.0, 7.0, 10.0, -3.0}};
  expect_near(convolve_signals(Matrix{{1.0, 2.0, 3.0}}, Matrix{{4.0, -1.0}}), expected, 0.0);
  const Matrix down = convolve_signals(Matrix{{1.0}, {2.0}, {3.0}}, Matrix{{4.0}, {-1.0}});
  expect_near(down, expected.transpose(), 0.0);
}

TEST(ConvolveSignals, LaysTheKernelOnEachImpulseUnturned) {
  const Matrix kernel{{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}};
  Matrix impulse = Matrix::Zero(3, 4);
  impulse(1, 2) = 1.0;
  Matrix expected = Matrix::Zero(4, 6);
  expected.block(1, 2, 2, 3) = kernel;
  expect_near(convolve_signals(impulse, kernel), expected, 0.0);
}

TEST(ConvolveSignals, CommutesAndIsLinear) {
  RandomArrays random(10);
  const Matrix f = random.matrix(4, 6);
  const Matrix h = random.matrix(4, 6);
  const Matrix g = random.matrix(3, 2);
  const double rounding = 1e-14;
  expect_near(convolve_signals(f, g), convolve_signals(g, f), rounding);
  expect_near(convolve_signals(2.5 * f + h, g),
              2.5 * convolve_signals(f, g) + convolve_signals(h, g), rounding);
}

TEST(ConvOutputShape, CountsTheWindows) {
  const VolumeShape plain = conv_output_shape({7, 9, 3}, 3, 5, {2, 0});
  EXPECT_EQ(plain.height, 3);
  EXPECT_EQ(plain.width, 4);
  EXPECT_EQ(plain.channels, 5);
  const VolumeShape padded = conv_output_shape({32, 28, 1}, 5, 16, {1, 2});
  EXPECT_EQ(padded.height, 32);
  EXPECT_EQ(padded.width, 28);
  EXPECT_EQ(conv_output_shape({227, 227, 3}, 11, 96, {4, 0}).height, 55);  // AlexNet's first
  EXPECT_EQ(conv_output_shape({3, 3, 1}, 3, 1, {7, 0}).height, 1);
}

TEST(ConvOutputShape, AgreesWithCountingForEveryGeometry) {
  for (Index length = 1; length <= 8; ++length) {
    for (Index size = 1; size <= 8; ++size) {
      for (Index stride = 1; stride <= 4; ++stride) {
        for (Index padding = 0; padding <= 2; ++padding) {
          Index windows = 0;
          Index start = 0;
          for (; start + size <= length + 2 * padding; start += stride) ++windows;
          const bool fits = windows > 0 && start - stride + size == length + 2 * padding;
          const VolumeShape tall{length, size, 2};  // its width takes one window without padding
          const auto call = [&] {
            return conv_output_shape(padding == 0 ? tall : VolumeShape{length, length, 2}, size, 4,
                                     {stride, padding});
          };
          if (fits) {
            EXPECT_EQ(call().height, windows);
          } else {
            EXPECT_THROW(call(), std::invalid_argument);
          }
        }
      }
    }
  }
}

TEST(ConvOutputShape, LooksAtBothAxes) {
  EXPECT_THROW(conv_output_shape({7, 8, 3}, 3, 4, {2, 0}), std::invalid_argument);
  EXPECT_THROW(conv_output_shape({8, 7, 3}, 3, 4, {2, 0}), std::invalid_argument);
  EXPECT_THROW(conv_output_shape({2, 9, 3}, 3, 4, {1, 0}), std::invalid_argument);
  EXPECT_THROW(conv_output_shape({9, 2, 3}, 3, 4, {1, 0}), std::invalid_argument);
}

}  // namespace
}  // namespace pset3::neural_nets
