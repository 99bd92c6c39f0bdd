#pragma once

#include <string>
#include <vector>

#include "grader/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/tensor.hpp"

namespace pset3::judge::p0 {

/// @returns a number of the check's `tolerance`, or `otherwise`.
double tolerance_of(const CaseView& view, const char* key, double otherwise);
/// Of the largest expected value, for everything that is computed in double: sums in another order
/// differ by 1e-14, float by 1e-7.
double relative_tolerance(const CaseView& view);
/// Of the largest derivative, for what is compared with central differences, whose own error is
/// below 1e-8.
double difference_tolerance(const CaseView& view);

/// An array that came back and what it should be.
struct Compared {
  std::string name;  ///< in the student's terms: "output", "d loss / d weights"
  Tensor expected;
  Tensor got;
};

/// How far two arrays may differ: `relative` times the largest expected value, which counts as at
/// least 1e-3, so that zeros may carry the rounding of the numbers that they were made of.
bool close(const Tensor& expected, const Tensor& got, double relative);
bool close(double expected, double got, double relative);

/// Passes when all arrays agree; else names the place that is farthest off.
/// @param why behind the expected value: ", by central differences"
CaseFinding compare(const std::vector<Compared>& arrays, double relative,
                    const std::string& why = "");

/// The derivative of a loss with respect to `at`, by central differences.
Compared compared_gradient(const std::string& of, const Tensor& at, const Tensor& got,
                           const std::function<double(const Tensor&)>& loss);

/// "[2, 1, 0]": where the value at a position of the memory is.
std::string index_text(const Shape& shape, std::size_t position);
/// "[5, 4, 2]"
std::string shape_text(const Shape& shape);
/// Two numbers with as many digits as it takes to tell them apart.
struct NumberPair {
  std::string expected;
  std::string got;
};
NumberPair told_apart(double expected, double got);

/// An answer of the wrong shape.
CaseFinding wrong_shape(const std::string& name, const Shape& expected, const Shape& got);

/// The sketch of what the function itself returned, without what the driver asked of others.
Sketch sketch_results(const CaseView& view);

}  // namespace pset3::judge::p0
