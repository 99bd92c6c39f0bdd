#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "grader/arrays/array.hpp"

// A projection of the tests' own, to count what the generators promise.
namespace pset3::cases::p1 {

struct Pixel {
  long column = 0;
  long row = 0;
  double w = 0.0;
};

/// The pixel that a point lands on, and its third homogeneous coordinate: P is (3, 4), row-major.
Pixel project(const double* P, const double* point);

/// A silhouette of 0 and 1; 0 outside.
struct Mask {
  const std::uint8_t* data = nullptr;
  long height = 0;
  long width = 0;

  bool holds(long column, long row) const {
    return column >= 0 && column < width && row >= 0 && row < height;
  }
  int at(long column, long row) const {
    return holds(column, row) ? data[row * width + column] : 0;
  }
};

using Point = std::array<double, 3>;

/// The rows of an (N, 3) array.
std::vector<Point> points_of(const arrays::Array& array);

/// The points in front of the camera that land on the mask, in their order.
std::vector<Point> carved(const std::vector<Point>& points, const double* P, const Mask& mask);

/// One view of inputs with "silhouettes" (V, H, W) and "P" (V, 3, 4).
Mask mask_of(const arrays::Arrays& inputs, std::size_t view);
const double* projection_of(const arrays::Arrays& inputs, std::size_t view);

/// What is left after every view.
std::vector<Point> carved_by_all(std::vector<Point> points, const arrays::Arrays& inputs);

}  // namespace pset3::cases::p1
