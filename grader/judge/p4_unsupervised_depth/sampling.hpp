#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "grader/arrays/array.hpp"

/// Sampling a picture along its rows, in plain loops and in double.
namespace pset3::judge {

/// Values (B, C, H, W), row-major.
struct Picture {
  std::size_t batch = 0;
  std::size_t channels = 0;
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<double> values;

  std::size_t place(std::size_t b, std::size_t c, std::size_t y, std::size_t x) const {
    return ((b * channels + c) * height + y) * width + x;
  }
};

/// @param array  F32 (B, C, H, W).
Picture picture_of(const arrays::Array& array);

/// Where a row's 0 and 1 lie. With edges, a share of the width is that of W pixels, with centres
/// that of W − 1.
enum class Grid { kEdges, kCentres };
constexpr std::array<Grid, 2> kGrids = {Grid::kEdges, Grid::kCentres};

/// How many pixels a disparity of 1 is.
double pixels_of_one(Grid grid, std::size_t width);

/// @param sign  of the disparity.
/// @returns the picture at x + sign · disparity, between two pixels' centres linearly; what lies
///          beyond the outermost centres is their value.
Picture sampled(const Picture& picture, const Picture& disparity, double sign, Grid grid);

/// @returns for each value of `picture`, whether it was sampled inside of it, at least `margin`
///          pixels from the outermost centres: there all conventions agree.
std::vector<bool> inside(const Picture& picture, const Picture& disparity, double sign, Grid grid,
                         double margin = 0.0);

}  // namespace pset3::judge
