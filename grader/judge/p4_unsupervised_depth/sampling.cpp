#include "grader/judge/p4_unsupervised_depth/sampling.hpp"

#include <algorithm>
#include <cmath>

namespace pset3::judge {
namespace {

/// Calls `visit` with the place of each value and the column that it is sampled at.
template <typename Visit>
void for_each_sample(const Picture& picture, const Picture& disparity, double sign, Grid grid,
                     const Visit& visit) {
  const double pixels = sign * pixels_of_one(grid, picture.width);
  for (std::size_t b = 0; b < picture.batch; ++b) {
    for (std::size_t c = 0; c < picture.channels; ++c) {
      for (std::size_t y = 0; y < picture.height; ++y) {
        for (std::size_t x = 0; x < picture.width; ++x) {
          const double shift = pixels * disparity.values[disparity.place(b, 0, y, x)];
          visit(picture.place(b, c, y, x), picture.place(b, c, y, 0),
                static_cast<double>(x) + shift);
        }
      }
    }
  }
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

Picture sampled(const Picture& picture, const Picture& disparity, double sign, Grid grid) {
  Picture result = picture;
  const auto last = static_cast<double>(picture.width - 1);
  for_each_sample(picture, disparity, sign, grid,
                  [&](std::size_t place, std::size_t row, double column) {
                    const double inside = std::clamp(column, 0.0, last);
                    const double before = std::min(std::floor(inside), last - 1.0);
                    const double share = inside - before;
                    const double* values = &picture.values[row + static_cast<std::size_t>(before)];
                    result.values[place] = (1.0 - share) * values[0] + share * values[1];
                  });
  return result;
}

std::vector<bool> inside(const Picture& picture, const Picture& disparity, double sign, Grid grid,
                         double margin) {
  std::vector<bool> result(picture.values.size());
  const double last = static_cast<double>(picture.width - 1) - margin;
  for_each_sample(picture, disparity, sign, grid,
                  [&](std::size_t place, std::size_t, double column) {
                    result[place] = column >= margin && column <= last;
                  });
  return result;
}

}  // namespace pset3::judge
