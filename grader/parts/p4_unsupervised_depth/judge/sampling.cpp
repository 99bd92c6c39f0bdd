#include "grader/parts/p4_unsupervised_depth/judge/sampling.hpp"

#include <algorithm>
#include <cmath>

namespace pset3::judge::p4 {
namespace {

/// @returns the share of the way from 0 to 1 at which a pixel's centre lies.
double place_of(Grid grid, std::size_t pixel, std::size_t count) {
  const auto index = static_cast<double>(pixel);
  if (grid == Grid::kEdges) return (index + 0.5) / static_cast<double>(count);
  return count == 1 ? 0.0 : index / static_cast<double>(count - 1);
}

/// @returns the pixel, with a fraction, whose centre lies there.
double pixel_at(Grid grid, double place, std::size_t count) {
  const double pixels = place * pixels_of_one(grid, count);
  return grid == Grid::kEdges ? pixels - 0.5 : pixels;
}

/// Without a detour through places where that would only round.
double column_of(const Reading& reading, std::size_t x, double disparity, std::size_t width) {
  const double shift = reading.scale * disparity * pixels_of_one(reading.looked_up, width);
  if (reading.is_consistent()) return static_cast<double>(x) + shift;
  return pixel_at(reading.looked_up, place_of(reading.made, x, width), width) + shift;
}

Between between(double index, std::size_t count) {
  const auto last = static_cast<double>(count - 1);
  const double within = std::clamp(index, 0.0, last);
  const double before = std::min(std::floor(within), std::max(0.0, last - 1.0));
  const auto first = static_cast<std::size_t>(before);
  return {first, std::min(first + 1, count - 1), within - before};
}

bool is_within(double index, std::size_t count, double margin) {
  return index >= margin && index <= static_cast<double>(count - 1) - margin;
}

}  // namespace

Picture picture_of(const arrays::Array& array) {
  const auto& shape = array.shape();
  Picture picture;
  picture.batch = static_cast<std::size_t>(shape.at(0));
  picture.channels = static_cast<std::size_t>(shape.at(1));
  picture.height = static_cast<std::size_t>(shape.at(2));
  picture.width = static_cast<std::size_t>(shape.at(3));
  picture.values.assign(array.data<float>(), array.data<float>() + array.element_count());
  return picture;
}

double pixels_of_one(Grid grid, std::size_t width) {
  return static_cast<double>(grid == Grid::kEdges ? width : width - 1);
}

std::vector<Reading> right_readings() {
  return {{Grid::kEdges, Grid::kEdges, 1.0}, {Grid::kCentres, Grid::kCentres, 1.0}};
}

std::vector<Reading> readings_on_any_grid() {
  std::vector<Reading> readings = right_readings();
  readings.push_back({Grid::kCentres, Grid::kEdges, 1.0});
  readings.push_back({Grid::kEdges, Grid::kCentres, 1.0});
  return readings;
}

std::vector<Reading> known_readings() {
  std::vector<Reading> readings = readings_on_any_grid();
  for (const double factor : {-1.0, 0.5, 2.0}) {
    for (const Reading& reading : readings_on_any_grid()) readings.push_back(reading.times(factor));
  }
  return readings;
}

std::string words_for(const Reading& reading) {
  std::string words;
  if (reading.scale < 0.0) words = "to the other side";
  if (reading.scale == 0.5) words = "half as far";
  if (reading.scale == 2.0) words = "twice as far";
  if (reading.is_consistent()) return words;
  return words + (words.empty() ? "" : ", ") + "on two grids that do not agree";
}

std::vector<Sample> samples_of(const Picture& picture, const Picture& disparity,
                               const Reading& reading, double margin) {
  std::vector<Sample> samples;
  samples.reserve(picture.values.size());
  for (std::size_t value = 0; value < picture.values.size(); ++value) {
    const std::size_t x = value % picture.width;
    const std::size_t y = value / picture.width % picture.height;
    const std::size_t b = value / picture.width / picture.height / picture.channels;
    const std::size_t shift = disparity.place(b, 0, y, x);
    const double column = column_of(reading, x, disparity.values[shift], picture.width);
    const double row = reading.is_consistent() ? static_cast<double>(y)
                                               : column_of(reading, y, 0.0, picture.height);
    samples.push_back(
        {value, value - y * picture.width - x, shift, between(row, picture.height),
         between(column, picture.width),
         is_within(column, picture.width, margin) && is_within(row, picture.height, 0.0)});
  }
  return samples;
}

Picture sampled(const Picture& picture, const std::vector<Sample>& samples) {
  Picture result = picture;
  for (const Sample& sample : samples) {
    const auto in_row = [&](std::size_t row) {
      const double* values = &picture.values[sample.plane + row * picture.width];
      return (1.0 - sample.columns.share) * values[sample.columns.before] +
             sample.columns.share * values[sample.columns.after];
    };
    result.values[sample.value] = (1.0 - sample.rows.share) * in_row(sample.rows.before) +
                                  sample.rows.share * in_row(sample.rows.after);
  }
  return result;
}

std::vector<bool> inside(const std::vector<Sample>& samples) {
  std::vector<bool> result;
  result.reserve(samples.size());
  for (const Sample& sample : samples) result.push_back(sample.is_inside);
  return result;
}

}  // namespace pset3::judge::p4
