#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

#include "starter/p0_neural_nets/neural_nets.hpp"

/// Arrays for p0's tests, and derivatives by differences.
namespace pset3::neural_nets {

class RandomArrays {
 public:
  explicit RandomArrays(unsigned seed) : engine_(seed) {}

  double number(double lower = -1.0, double upper = 1.0) {
    return std::uniform_real_distribution<double>(lower, upper)(engine_);
  }
  Matrix matrix(Index rows, Index columns, double lower = -1.0, double upper = 1.0) {
    return Matrix::NullaryExpr(rows, columns, [&] { return number(lower, upper); });
  }
  RowVector row(Index size) { return matrix(1, size); }
  Volume volume(Index height, Index width, Index channels) {
    return filled(Volume(height, width, channels));
  }
  Filters filters(Index size, Index in, Index out) { return filled(Filters(size, size, in, out)); }
  FullyConnected layer(Index in, Index out) { return {matrix(in, out), row(out)}; }
  /// (N, K), rows that sum to 1, no number below 0.02.
  Matrix probabilities(Index rows, Index columns) {
    const Matrix positive = matrix(rows, columns, 0.1, 1.0);
    return positive.array().colwise() / positive.rowwise().sum().array();
  }

 private:
  template <typename Tensor>
  Tensor filled(Tensor tensor) {
    for (Index i = 0; i < tensor.size(); ++i) tensor.data()[i] = number();
    return tensor;
  }

  std::mt19937 engine_;
};

inline Matrix one_hot(const std::vector<int>& classes, Index count) {
  Matrix targets = Matrix::Zero(static_cast<Index>(classes.size()), count);
  for (std::size_t n = 0; n < classes.size(); ++n) {
    targets(static_cast<Index>(n), classes[n]) = 1.0;
  }
  return targets;
}

/// All values of an array in the order of memory.
template <typename Array>
RowVector values_of(const Array& array) {
  return Eigen::Map<const RowVector>(array.data(), array.size());
}

/// Central differences of `loss`, which reads `array`, for each of its numbers; off by about h²
/// from the cut series and 1e-16 / h from rounding, which is below 1e-8 for numbers near 1.
template <typename Array>
Matrix differences(Array& array, const std::function<double()>& loss) {
  constexpr double kStep = 1e-5;
  Matrix slopes(1, array.size());
  for (Index i = 0; i < array.size(); ++i) {
    double& number = array.data()[i];
    const double before = number;
    number = before + kStep;
    const double above = loss();
    number = before - kStep;
    slopes(i) = (above - loss()) / (2.0 * kStep);
    number = before;
  }
  return slopes;
}

/// The tolerance of `differences`, with room for sums of a hundred numbers.
constexpr double kDifferencesTolerance = 1e-7;

inline void expect_near(const Matrix& got, const Matrix& expected, double tolerance) {
  ASSERT_EQ(got.rows(), expected.rows());
  ASSERT_EQ(got.cols(), expected.cols());
  if (got.size() == 0) return;
  const double error = (got - expected).cwiseAbs().maxCoeff();
  EXPECT_FALSE(!(error <= tolerance)) << "error " << error << "\ngot\n"
                                      << got << "\nexpected\n"
                                      << expected;
}

/// Expects std::invalid_argument whose message has all of the words.
inline void expect_refused(const std::function<void()>& call,
                           const std::vector<std::string>& words) {
  try {
    call();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const std::invalid_argument& error) {
    for (const std::string& word : words) EXPECT_THAT(error.what(), testing::HasSubstr(word));
  }
}

}  // namespace pset3::neural_nets
