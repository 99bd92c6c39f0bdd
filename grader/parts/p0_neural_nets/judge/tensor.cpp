#include "grader/parts/p0_neural_nets/judge/tensor.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace pset3::judge::p0 {
namespace {

constexpr double kStep = 1e-5;

std::size_t count_of(const Shape& shape) {
  return static_cast<std::size_t>(
      std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()));
}

}  // namespace

Tensor::Tensor(Shape sizes) : shape(std::move(sizes)), values(count_of(shape), 0.0) {}

std::size_t Tensor::offset(std::initializer_list<std::int64_t> index) const {
  std::size_t axis = 0;
  std::int64_t place = 0;
  for (const std::int64_t i : index) place = place * shape.at(axis++) + i;
  return static_cast<std::size_t>(place);
}

Tensor tensor_of(const arrays::Arrays& arrays, const std::string& name) {
  const arrays::Array& array = get(arrays, name);
  Tensor tensor;
  tensor.shape = array.shape();
  tensor.values.assign(array.data<double>(), array.data<double>() + array.element_count());
  return tensor;
}

std::string of_layer(const std::string& name, std::size_t layer) {
  return name + "_" + std::to_string(layer);
}

const arrays::Array* own_array(const arrays::Arrays& outputs, const std::string& name) {
  const bool known = get(outputs, "own_" + name + "_known").item<bool>();
  return known ? &get(outputs, "own_" + name) : nullptr;
}

double largest_magnitude(const Tensor& tensor) {
  double largest = 0.0;
  for (const double value : tensor.values) largest = std::max(largest, std::abs(value));
  return largest;
}

double dot(const Tensor& a, const Tensor& b) {
  if (a.shape != b.shape) throw std::invalid_argument("a dot product of two shapes");
  return std::inner_product(a.values.begin(), a.values.end(), b.values.begin(), 0.0);
}

Tensor product(const Tensor& a, const Tensor& b) {
  if (a.shape != b.shape) throw std::invalid_argument("a product of two shapes");
  Tensor result = a;
  for (std::size_t i = 0; i < result.values.size(); ++i) result.values[i] *= b.values[i];
  return result;
}

Tensor scaled(const Tensor& tensor, double factor) {
  return applied(tensor, [factor](double value) { return factor * value; });
}

Tensor applied(const Tensor& tensor, const std::function<double(double)>& function) {
  Tensor result = tensor;
  std::transform(tensor.values.begin(), tensor.values.end(), result.values.begin(), function);
  return result;
}

Tensor central_differences(const Tensor& at, const std::function<double(const Tensor&)>& loss) {
  Tensor gradient(at.shape);
  Tensor moved = at;
  for (std::size_t i = 0; i < at.values.size(); ++i) {
    const double step = kStep * std::max(1.0, std::abs(at.values[i]));
    const double above = at.values[i] + step;
    const double below = at.values[i] - step;
    moved.values[i] = above;
    const double loss_above = loss(moved);
    moved.values[i] = below;
    // The distance of the two numbers as they were rounded.
    gradient.values[i] = (loss_above - loss(moved)) / (above - below);
    moved.values[i] = at.values[i];
  }
  return gradient;
}

}  // namespace pset3::judge::p0
