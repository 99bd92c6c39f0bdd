#include "grader/judge/output_pair.hpp"

#include <algorithm>
#include <cmath>

namespace pset3::judge {
namespace {

using arrays::Array;
using arrays::Arrays;
using arrays::DType;

/// Rounding of another order of operations.
constexpr double kNoiseF64 = 1e-6;
constexpr double kNoiseF32 = 2e-4;

bool is_floating(const Array& array) {
  return array.dtype() == DType::kF64 || array.dtype() == DType::kF32;
}

std::int64_t product(const std::vector<std::int64_t>& shape) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return count;
}

bool is_asked_for(const std::string& name, const Array& array) {
  return is_floating(array) && name.rfind("own_", 0) != 0 && array.element_count() > 0;
}

template <typename T>
std::vector<double> as_doubles(const Array& array) {
  return {array.data<T>(), array.data<T>() + array.element_count()};
}

}  // namespace

std::vector<double> numbers_of(const Array& array) {
  switch (array.dtype()) {
    case DType::kBool:
      return as_doubles<bool>(array);
    case DType::kU8:
      return as_doubles<std::uint8_t>(array);
    case DType::kI32:
      return as_doubles<std::int32_t>(array);
    case DType::kI64:
      return as_doubles<std::int64_t>(array);
    case DType::kF32:
      return as_doubles<float>(array);
    case DType::kF64:
      return as_doubles<double>(array);
  }
  return {};
}

std::vector<std::int64_t> shape_of(const std::string& name, const Array& array,
                                   const Arrays& arrays) {
  const auto told = arrays.find(name + "_shape");
  if (told == arrays.end() || told->second.dtype() != DType::kI64) return array.shape();
  const auto* sizes = told->second.data<std::int64_t>();
  return {sizes, sizes + told->second.element_count()};
}

std::vector<std::string> axes_of(DType dtype, std::size_t rank) {
  if (rank == 1) return {"value"};
  if (rank == 2) return {"row", "column"};
  const bool is_tensor = dtype == DType::kF32;
  std::vector<std::string> axes =
      is_tensor ? std::vector<std::string>{"item", "channel", "row", "column"}
                : std::vector<std::string>{"row", "column", "channel", "filter"};
  if (rank == 3 && is_tensor) return {"slice", "row", "column"};
  axes.resize(rank, "slice");
  return axes;
}

bool OutputPair::near(double a, double b) const { return std::abs(a - b) <= noise; }

bool OutputPair::near(const std::vector<double>& a, const std::vector<double>& b) const {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](double x, double y) { return near(x, y); });
}

bool OutputPair::is_made(double made, double value) const {
  return std::isfinite(made) && std::abs(made - value) <= relative * std::abs(made) + 1e-3 * noise;
}

double OutputPair::largest() const {
  double largest = 0.0;
  for (const double value : right) largest = std::max(largest, std::abs(value));
  return largest;
}

std::size_t count_of(const std::vector<OutputPair>& pairs) {
  std::size_t count = 0;
  for (const OutputPair& pair : pairs) count += pair.got.size();
  return count;
}

std::vector<OutputPair> pairs_of(const Arrays& inputs, const Arrays& expected,
                                 const Arrays& outputs) {
  std::vector<OutputPair> pairs;
  for (const auto& [name, right] : expected) {
    const auto got = outputs.find(name);
    if (got == outputs.end() || !is_asked_for(name, right) || !is_floating(got->second)) continue;
    OutputPair pair;
    pair.name = name;
    pair.dtype = right.dtype();
    pair.shape = shape_of(name, right, expected);
    pair.inputs = &inputs;
    pair.expected = &expected;
    pair.axes = axes_of(pair.dtype, pair.shape.size());
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(product(pair.shape), 0));
    if (shape_of(name, got->second, outputs) != pair.shape) continue;
    pair.got = numbers_of(got->second);
    pair.right = numbers_of(right);
    if (count == 0 || pair.got.size() < count || pair.right.size() < count) continue;
    pair.got.resize(count);
    pair.right.resize(count);
    pair.relative = right.dtype() == DType::kF64 ? kNoiseF64 : kNoiseF32;
    pair.noise = pair.largest() * pair.relative;
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace pset3::judge
