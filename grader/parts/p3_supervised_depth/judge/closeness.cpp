#include "grader/parts/p3_supervised_depth/judge/closeness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grader/judge/distance.hpp"
#include "grader/judge/findings.hpp"

namespace pset3::judge::p3 {
namespace {

/// The place of a value in an array, "(0, 2, 31)".
std::string place_text(std::size_t index, const std::vector<std::int64_t>& shape) {
  std::vector<std::int64_t> place(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const auto size = static_cast<std::size_t>(shape[axis]);
    place[axis] = static_cast<std::int64_t>(index % size);
    index /= size;
  }
  return shape_text(place);
}

}  // namespace

std::string shape_text(const std::vector<std::int64_t>& shape) {
  return fmt::format("({})", fmt::join(shape, ", "));
}

std::vector<std::int64_t> whole_numbers(const arrays::Array& array) {
  return {array.data<std::int64_t>(), array.data<std::int64_t>() + array.element_count()};
}

std::vector<double> numbers(const arrays::Array& array) {
  if (array.dtype() == arrays::DType::kF64) {
    return {array.data<double>(), array.data<double>() + array.element_count()};
  }
  return {array.data<float>(), array.data<float>() + array.element_count()};
}

std::string curve_text(const std::vector<double>& values) {
  std::vector<std::string> words;
  words.reserve(values.size());
  for (const double value : values) words.push_back(fmt::format("{:.4g}", value));
  return words.empty() ? "none" : fmt::format("{}", fmt::join(words, " "));
}

CaseFinding compare_values(const CaseView& view, const std::string& name,
                           const std::string& expected, const std::vector<double>& wanted,
                           const std::vector<std::vector<std::int64_t>>& shapes, double relative) {
  const std::vector<std::int64_t> shape = whole_numbers(get(view.outputs, name + "_shape"));
  const std::vector<double> got = numbers(get(view.outputs, name));
  if (std::find(shapes.begin(), shapes.end(), shape) == shapes.end() ||
      got.size() != wanted.size()) {
    return failed(expected + " of shape " + shape_text(shapes.front()),
                  "shape " + shape_text(shape));
  }
  double largest = 0.0;
  double worst = 0.0;
  std::string detail;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    largest = std::max(largest, std::abs(wanted[i]));
    const double error = distance(got[i], wanted[i]);
    if (!(error > worst)) continue;
    worst = error;
    detail =
        fmt::format("at {}: expected {:.6g}, got {:.6g}", place_text(i, shape), wanted[i], got[i]);
  }
  if (worst <= relative * largest) return passed(expected, "the same");
  return failed(
      expected,
      fmt::format("values that differ by up to {:.4g}; the largest expected one is {:.4g}", worst,
                  largest),
      detail);
}

bool is_near(double got, double wanted, double relative) {
  return std::abs(got - wanted) <= relative * std::max(1e-2, std::abs(wanted));
}

}  // namespace pset3::judge::p3
