#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"

/// What p0's judging functions compute with: arrays of doubles and plain loops over them, apart
/// from any library that a submission might use.
namespace pset3::judge::p0 {

using Shape = std::vector<std::int64_t>;

/// A dense array, the last index fastest.
struct Tensor {
  Shape shape;
  std::vector<double> values;

  Tensor() = default;
  /// Zeros.
  explicit Tensor(Shape sizes);

  std::int64_t size(std::size_t axis) const { return shape.at(axis); }
  template <typename... Index>
  double& operator()(Index... index) {
    return values.at(offset({index...}));
  }
  template <typename... Index>
  double operator()(Index... index) const {
    return values.at(offset({index...}));
  }

 private:
  std::size_t offset(std::initializer_list<std::int64_t> index) const;
};

/// @throws std::invalid_argument when there is no array of that name and type F64.
Tensor tensor_of(const arrays::Arrays& arrays, const std::string& name);

/// "weights_0", as arrays of layers are named.
std::string of_layer(const std::string& name, std::size_t layer);

/// @returns the student's own result of another function, which travels as "own_NAME", or nullptr
/// where the driver could not get one.
const arrays::Array* own_array(const arrays::Arrays& outputs, const std::string& name);

double largest_magnitude(const Tensor& tensor);
/// @returns Σ a · b, for the loss L = Σ output_gradient · output whose gradient is asked for.
double dot(const Tensor& a, const Tensor& b);
/// @returns element by element.
Tensor product(const Tensor& a, const Tensor& b);
Tensor scaled(const Tensor& tensor, double factor);
Tensor applied(const Tensor& tensor, const std::function<double(double)>& function);

/// The derivative of `loss` at each value of `at` by central differences of 1e-5 (more for values
/// above 1, in proportion). For the functions of p0 the error is below 1e-8 of the largest
/// derivative: the step squared and the rounding of a loss divided by the step are both near 1e-10.
Tensor central_differences(const Tensor& at, const std::function<double(const Tensor&)>& loss);

}  // namespace pset3::judge::p0
