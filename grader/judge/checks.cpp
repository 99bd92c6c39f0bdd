#include "grader/judge/checks.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace pset3::judge {
namespace {

constexpr std::size_t kProjections = 3;

/// A weight in [-1, 1) that depends on nothing but its place.
double weight(std::uint64_t place, std::uint64_t projection) {
  std::uint64_t x = place * 0x9E3779B97F4A7C15ull + (projection + 1) * 0xD1B54A32D192ED03ull;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  x ^= x >> 31;
  return static_cast<double>(x >> 11) * 0x1p-52 - 1.0;
}

template <typename T>
void append_moments(const arrays::Array& array, Sketch& sketch) {
  const T* values = array.data<T>();
  const std::size_t count = array.element_count();
  double sum = 0.0;
  double squares = 0.0;
  std::array<double, kProjections> projections{};
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = static_cast<double>(values[i]);
    sum += value;
    squares += value * value;
    for (std::size_t k = 0; k < kProjections; ++k) projections[k] += weight(i, k) * value;
  }
  const double size = count == 0 ? 1.0 : static_cast<double>(count);
  sketch.push_back(sum / size);
  sketch.push_back(squares / size);
  for (const double projection : projections) sketch.push_back(projection / std::sqrt(size));
}

void append_array(const arrays::Array& array, Sketch& sketch) {
  for (const std::int64_t size : array.shape()) sketch.push_back(static_cast<double>(size));
  switch (array.dtype()) {
    case arrays::DType::kBool:
      return append_moments<bool>(array, sketch);
    case arrays::DType::kU8:
      return append_moments<std::uint8_t>(array, sketch);
    case arrays::DType::kI32:
      return append_moments<std::int32_t>(array, sketch);
    case arrays::DType::kI64:
      return append_moments<std::int64_t>(array, sketch);
    case arrays::DType::kF32:
      return append_moments<float>(array, sketch);
    case arrays::DType::kF64:
      return append_moments<double>(array, sketch);
  }
}

}  // namespace

Sketch sketch_arrays(const CaseView& view) {
  Sketch sketch;
  for (const auto& [name, array] : view.outputs) append_array(array, sketch);
  return sketch;
}

Check sketched(JudgeFunction judge, const std::vector<std::string>& names, double tolerance) {
  if (names.empty()) return {std::move(judge), sketch_arrays, tolerance, {}};
  const auto sketch = [names](const CaseView& view) {
    arrays::Arrays some;
    for (const std::string& name : names) {
      const auto found = view.outputs.find(name);
      if (found != view.outputs.end()) some.insert(*found);
    }
    return sketch_arrays({view.check, view.inputs, view.expected, some});
  };
  return {std::move(judge), sketch, tolerance, {}};
}

}  // namespace pset3::judge
