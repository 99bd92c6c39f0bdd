#include "grader/parts/p0_neural_nets/cases/drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "grader/base/error.hpp"

namespace pset3::cases::p0 {

using arrays::Array;
using arrays::DType;

Array uniform_array(const Shape& shape, double low, double high, worlds::Random& random) {
  Array array(DType::kF64, shape);
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    array.data<double>()[i] = random.uniform(low, high);
  }
  return array;
}

Array away_from_zero(const Shape& shape, double least, double most, worlds::Random& random) {
  Array array = uniform_array(shape, least, most, random);
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    if (random.coin()) array.data<double>()[i] *= -1.0;
  }
  return array;
}

double eighth(double most, worlds::Random& random) {
  const double value = random.integer(1, static_cast<int>(8.0 * most)) / 8.0;
  return random.coin() ? value : -value;
}

std::vector<std::int64_t> two_different(int low, int high, worlds::Random& random) {
  const int first = random.integer(low, high);
  const int other = random.integer(low, high - 1);
  return {first, other < first ? other : other + 1};
}

std::vector<std::int64_t> shuffled(std::int64_t count, worlds::Random& random) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1],
              order[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))]);
  }
  return order;
}

void expect_exactly(CaseData& data, const std::string& name, const Shape& shape) {
  data.outputs[name] = arrays::exactly(DType::kF64, shape);
}

void expect_about(CaseData& data, const std::string& name, const Shape& shape) {
  arrays::ArraySpec& spec = data.outputs[name];
  spec.dtype = DType::kF64;
  spec.shape.clear();
  for (const std::int64_t size : shape) spec.shape.push_back({0, 3 * size + 16});
}

void set_some_to_zero(Array& array, worlds::Random& random) {
  const auto count = static_cast<std::int64_t>(array.element_count());
  const std::vector<std::int64_t> order = shuffled(count, random);
  for (std::int64_t i = 0; i < 1 + count / 6; ++i) {
    array.data<double>()[order[static_cast<std::size_t>(i)]] = 0.0;
  }
}

void expect_own(CaseData& data, const std::string& name, const Shape& shape) {
  expect_exactly(data, "own_" + name, shape);
  data.outputs["own_" + name + "_known"] = arrays::exactly(DType::kBool, {});
}

void expect_arguments_kept(CaseData& data) {
  data.outputs["own_changed"] = arrays::exactly(DType::kI64, {});
}

void expect_own_shape(CaseData& data) {
  data.outputs["own_shape"] = arrays::exactly(DType::kI64, {3});
  data.outputs["own_shape_known"] = arrays::exactly(DType::kBool, {});
}

void require_different(const std::string& generator, std::initializer_list<std::int64_t> sizes) {
  if (std::set<std::int64_t>(sizes).size() == sizes.size()) return;
  throw InputError(fmt::format("generator {}: its sizes must all differ, but are {}", generator,
                               fmt::join(sizes, ", ")));
}

}  // namespace pset3::cases::p0
