#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"

/// Sampling a picture along its rows, in plain loops and in double.
namespace pset3::judge::p4 {

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

/// Where the 0 and 1 of a row or a column lie: at the outer edges of its outermost pixels, or at
/// their centres. With edges, a share of the width is that of W pixels, with centres that of W − 1.
enum class Grid { kEdges, kCentres };

/// How many pixels a disparity of 1 is.
double pixels_of_one(Grid grid, std::size_t width);

/// How a sampler goes from a pixel to a place, and from the place to the picture.
struct Reading {
  Grid made = Grid::kEdges;       ///< of the pixels' own places
  Grid looked_up = Grid::kEdges;  ///< of the places that the picture is sampled at
  double scale = 1.0;             ///< that the disparity is taken times

  bool is_consistent() const { return made == looked_up; }
  Reading times(double factor) const { return {made, looked_up, scale * factor}; }
};

/// Both are right: one grid or the other for both steps.
std::vector<Reading> right_readings();

/// Those, and the ones of samplers that use one grid for the places and the other to look them up.
/// Zero is then not zero, and a check of its own is about that.
std::vector<Reading> readings_on_any_grid();

/// Those, and the same with a disparity that is taken the other way, half or twice. A check of its
/// own is about that too.
std::vector<Reading> known_readings();

/// @returns what a reading is, if it is not right, as one would tell the student; else empty.
std::string words_for(const Reading& reading);

/// The two rows (or columns) that a place lies between, and how far on the way to the second.
struct Between {
  std::size_t before = 0;
  std::size_t after = 0;
  double share = 0.0;
};

/// Where one value of the result comes from.
struct Sample {
  std::size_t value = 0;      ///< its place in the picture's values
  std::size_t plane = 0;      ///< where the plane (b, c) begins that it is sampled from
  std::size_t disparity = 0;  ///< the place of its disparity
  Between rows;
  Between columns;
  bool is_inside = false;  ///< at least a margin from the outermost centres, on the inner side
};

/// @param disparity  (B, 1, H, W).
/// @param margin  pixels.
/// @returns a sample for each value of the picture, in their order. What lies beyond the outermost
///          centres is sampled at them.
std::vector<Sample> samples_of(const Picture& picture, const Picture& disparity,
                               const Reading& reading, double margin = 0.0);

/// @returns the picture at each pixel's place, between pixels' centres linearly.
Picture sampled(const Picture& picture, const std::vector<Sample>& samples);

/// @returns for each sample whether it is inside: there all ways to treat the border agree.
std::vector<bool> inside(const std::vector<Sample>& samples);

}  // namespace pset3::judge::p4
