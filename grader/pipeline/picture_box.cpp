#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "grader/pipeline/picture_data.hpp"

namespace pset3::pipeline {
namespace {

using arrays::Array;
using nlohmann::json;

constexpr std::size_t kMostPoints = 1500;
constexpr std::size_t kEnds = 6;  ///< lower and upper, along three axes

/// (3, 2): lower and upper end along each axis.
using Box = std::array<double, kEnds>;

bool is_finite(const Box& box) {
  return std::all_of(box.begin(), box.end(), [](double end) { return std::isfinite(end); });
}

std::vector<double> points_of(const Array* array) {
  if (array == nullptr || array->shape().size() != 2 || array->shape()[1] != 3) return {};
  std::vector<double> points = numbers_of(*array);
  const bool finite =
      std::all_of(points.begin(), points.end(), [](double value) { return std::isfinite(value); });
  return finite ? points : std::vector<double>{};
}

Box extent_of(const std::vector<double>& points, double margin) {
  Box box{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    double low = std::numeric_limits<double>::max();
    double high = std::numeric_limits<double>::lowest();
    for (std::size_t i = axis; i < points.size(); i += 3) {
      low = std::min(low, points[i]);
      high = std::max(high, points[i]);
    }
    box[2 * axis] = low - margin;
    box[2 * axis + 1] = high + margin;
  }
  return box;
}

Box box_of(const Array& array) {
  const std::vector<double> values = numbers_of(array);
  Box box{};
  std::copy_n(values.begin(), kEnds, box.begin());
  return box;
}

/// Every so many-th point, so that the picture stays small.
std::vector<double> thinned(const std::vector<double>& points) {
  const std::size_t count = points.size() / 3;
  const std::size_t step = count / kMostPoints + 1;
  std::vector<double> some;
  for (std::size_t i = 0; i < count; i += step) {
    some.insert(some.end(), points.begin() + static_cast<std::ptrdiff_t>(3 * i),
                points.begin() + static_cast<std::ptrdiff_t>(3 * i + 3));
  }
  return some;
}

/// From where to where all that is drawn reaches, along all axes together.
std::pair<double, double> range_of(const Box& a, const Box& b, const std::vector<double>& points) {
  double low = std::numeric_limits<double>::max();
  double high = std::numeric_limits<double>::lowest();
  const auto take = [&](double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  };
  std::for_each(a.begin(), a.end(), take);
  std::for_each(b.begin(), b.end(), take);
  std::for_each(points.begin(), points.end(), take);
  return {low, high};
}

}  // namespace

json picture_of_box(const PictureRule& rule, const Array& expected_array, const Array& got_array,
                    const arrays::Arrays& outputs) {
  const auto find = [&](const std::string& name) {
    const auto found = outputs.find(name);
    return found == outputs.end() ? nullptr : &found->second;
  };
  if (expected_array.element_count() != kEnds || got_array.element_count() != kEnds) return nullptr;
  const std::vector<double> points = points_of(find(rule.points));
  const Array* margin = find(rule.margin);
  const bool by_points = !points.empty() && margin != nullptr && margin->element_count() == 1;
  const Box expected =
      by_points ? extent_of(points, numbers_of(*margin)[0]) : box_of(expected_array);
  const Box got = box_of(got_array);
  if (!is_finite(expected) || !is_finite(got)) return nullptr;
  const std::vector<double> some = thinned(points);
  const auto [low, high] = range_of(expected, got, some);
  double farthest = 0.0;
  for (std::size_t i = 0; i < kEnds; ++i) {
    farthest = std::max(farthest, std::abs(expected[i] - got[i]));
  }
  if (!(farthest > 1e-6 * (high - low))) return nullptr;
  return {{"kind", "box"},
          {"expected", expected},
          {"got", got},
          {"low", low},
          {"high", high},
          {"points", packed(some, low, high)},
          {"shown", some.size() / 3},
          {"of", points.size() / 3}};
}

}  // namespace pset3::pipeline
