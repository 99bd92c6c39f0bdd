#include "tests/parts/p1_space_carving/cases/projection.hpp"

#include <algorithm>
#include <cmath>

namespace pset3::cases::p1 {

using arrays::Array;
using arrays::Arrays;

Pixel project(const double* P, const double* point) {
  std::array<double, 3> sum{};
  for (std::size_t r = 0; r < 3; ++r) {
    sum[r] = P[4 * r] * point[0] + P[4 * r + 1] * point[1] + P[4 * r + 2] * point[2] + P[4 * r + 3];
  }
  return {std::lround(sum[0] / sum[2]), std::lround(sum[1] / sum[2]), sum[2]};
}

std::vector<Point> points_of(const Array& array) {
  std::vector<Point> points(static_cast<std::size_t>(array.shape().at(0)));
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::copy_n(array.data<double>() + 3 * i, 3, points[i].begin());
  }
  return points;
}

std::vector<Point> carved(const std::vector<Point>& points, const double* P, const Mask& mask) {
  std::vector<Point> kept;
  for (const Point& point : points) {
    const Pixel at = project(P, point.data());
    if (at.w > 0.0 && mask.at(at.column, at.row) == 1) kept.push_back(point);
  }
  return kept;
}

Mask mask_of(const Arrays& inputs, std::size_t view) {
  const Array& all = get(inputs, "silhouettes");
  const long height = all.shape().at(1);
  const long width = all.shape().at(2);
  return {all.data<std::uint8_t>() + static_cast<long>(view) * height * width, height, width};
}

const double* projection_of(const Arrays& inputs, std::size_t view) {
  return get(inputs, "P").data<double>() + 12 * view;
}

std::vector<Point> carved_by_all(std::vector<Point> points, const Arrays& inputs) {
  const auto views = static_cast<std::size_t>(get(inputs, "P").shape().at(0));
  for (std::size_t i = 0; i < views; ++i) {
    points = carved(points, projection_of(inputs, i), mask_of(inputs, i));
  }
  return points;
}

}  // namespace pset3::cases::p1
