#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "grader/pipeline/picture_data.hpp"

namespace pset3::pipeline {
namespace {

using nlohmann::json;

constexpr std::size_t kMostVoxels = 10000;
constexpr std::size_t kMostPixels = 96 * 96;

using Point = std::array<double, 3>;
using Key = std::array<std::int64_t, 3>;

/// In which answers a voxel is.
enum Membership : std::uint8_t { kBoth = 0, kExpectedOnly = 1, kGotOnly = 2 };

struct Box {
  Point low = {0, 0, 0};
  Point high = {0, 0, 0};
  double longest() const {
    return std::max({high[0] - low[0], high[1] - low[1], high[2] - low[2]});
  }
};

std::vector<Point> points_of(const arrays::Array& array) {
  std::vector<Point> points;
  const auto& shape = array.shape();
  if (array.dtype() != arrays::DType::kF64 || shape.size() != 2 || shape[1] != 3) return points;
  const double* values = array.data<double>();
  for (std::size_t i = 0; i + 2 < array.element_count(); i += 3) {
    points.push_back({values[i], values[i + 1], values[i + 2]});
  }
  return points;
}

Box box_of(const std::vector<Point>& a, const std::vector<Point>& b) {
  Box box;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    box.low[axis] = std::numeric_limits<double>::max();
    box.high[axis] = std::numeric_limits<double>::lowest();
    for (const auto* points : {&a, &b}) {
      for (const Point& point : *points) {
        box.low[axis] = std::min(box.low[axis], point[axis]);
        box.high[axis] = std::max(box.high[axis], point[axis]);
      }
    }
  }
  return box;
}

/// The same for points that differ by rounding alone.
Key key_of(const Point& point, const Box& box) {
  Key key{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double share = (point[axis] - box.low[axis]) / std::max(box.longest(), 1e-300);
    key[axis] = std::llround(share * 1e6);
  }
  return key;
}

/// The distance from one voxel to the next, whichever way the grid is turned: the median over some
/// voxels of the distance to the nearest.
double spacing_of(const std::vector<Point>& points) {
  std::vector<double> nearest;
  const std::size_t step = std::max<std::size_t>(1, points.size() / 40);
  for (std::size_t i = 0; i < points.size(); i += step) {
    double least = std::numeric_limits<double>::max();
    for (std::size_t j = 0; j < points.size(); ++j) {
      if (j == i) continue;
      const double distance = std::hypot(points[i][0] - points[j][0], points[i][1] - points[j][1],
                                         points[i][2] - points[j][2]);
      if (distance > 0.0) least = std::min(least, distance);
    }
    nearest.push_back(least);
  }
  if (nearest.empty()) return 0.0;
  std::nth_element(nearest.begin(),
                   nearest.begin() + static_cast<std::ptrdiff_t>(nearest.size() / 2),
                   nearest.end());
  return nearest[nearest.size() / 2];
}

/// Says of one item after the other whether it is kept, so that `keep` of `count` are, evenly.
class Thinning {
 public:
  Thinning(std::size_t keep, std::size_t count) : keep_(keep), count_(count) {}
  bool keeps_next() {
    rest_ += keep_;
    if (rest_ < count_) return false;
    rest_ -= count_;
    return true;
  }

 private:
  std::size_t keep_, count_;
  std::size_t rest_ = 0;
};

/// What is wrong comes first when there are too many: voxels of both answers are thinned out.
std::vector<std::pair<Point, Membership>> thinned(
    const std::vector<std::pair<Point, Membership>>& voxels,
    const std::array<std::size_t, 3>& counts) {
  const std::size_t wrong = counts[kExpectedOnly] + counts[kGotOnly];
  const std::size_t keep_wrong = std::min(wrong, kMostVoxels);
  const std::size_t keep_right = std::min(counts[kBoth], kMostVoxels - keep_wrong);
  Thinning wrong_ones(keep_wrong, wrong);
  Thinning right_ones(keep_right, counts[kBoth]);
  std::vector<std::pair<Point, Membership>> some;
  for (const auto& voxel : voxels) {
    Thinning& thinning = voxel.second == kBoth ? right_ones : wrong_ones;
    if (thinning.keeps_next()) some.push_back(voxel);
  }
  return some;
}

/// The silhouette that a carving was made with, made smaller, and the projection onto it.
json seen_by(const PictureRule& rule, const arrays::Arrays& inputs) {
  const auto silhouette = inputs.find(rule.silhouette);
  const auto projection = inputs.find(rule.projection);
  if (silhouette == inputs.end() || projection == inputs.end()) return nullptr;
  if (silhouette->second.shape().size() != 2 || projection->second.element_count() != 12) {
    return nullptr;
  }
  const auto rows = static_cast<std::size_t>(silhouette->second.shape()[0]);
  const auto columns = static_cast<std::size_t>(silhouette->second.shape()[1]);
  std::size_t step = 1;
  while ((rows / step) * (columns / step) > kMostPixels) ++step;
  const std::vector<double> pixels = numbers_of(silhouette->second);
  std::vector<std::uint8_t> some;
  for (std::size_t row = 0; row < rows; row += step) {
    for (std::size_t column = 0; column < columns; column += step) {
      some.push_back(pixels[row * columns + column] != 0.0 ? 1 : 0);
    }
  }
  return {{"rows", rows},
          {"columns", columns},
          {"step", step},
          {"pixels", base64_of(some)},
          {"projection", numbers_of(projection->second)}};
}

}  // namespace

json picture_of_voxels(const PictureRule& rule, const arrays::Array& expected_array,
                       const arrays::Array& got_array, const arrays::Arrays& inputs) {
  const std::vector<Point> expected = points_of(expected_array);
  const std::vector<Point> got = points_of(got_array);
  const Box box = box_of(expected, got);
  std::map<Key, std::pair<Point, Membership>> found;
  for (const Point& point : expected) found[key_of(point, box)] = {point, kExpectedOnly};
  for (const Point& point : got) {
    const auto [place, is_new] = found.try_emplace(key_of(point, box), point, kGotOnly);
    if (!is_new && place->second.second == kExpectedOnly) place->second.second = kBoth;
  }
  std::vector<std::pair<Point, Membership>> voxels;
  std::array<std::size_t, 3> counts{};
  for (const auto& [key, voxel] : found) {
    voxels.push_back(voxel);
    ++counts[voxel.second];
  }
  if (counts[kExpectedOnly] + counts[kGotOnly] == 0) return nullptr;
  const auto some = thinned(voxels, counts);
  std::vector<double> coordinates;
  std::vector<std::uint8_t> memberships;
  for (const auto& [point, membership] : some) {
    for (std::size_t axis = 0; axis < 3; ++axis) coordinates.push_back(point[axis] - box.low[axis]);
    memberships.push_back(membership);
  }
  json picture = {{"kind", "voxels"},
                  {"counts", counts},
                  {"only", rule.only},
                  {"shown", some.size()},
                  {"low", box.low},
                  {"longest", box.longest()},
                  {"side", spacing_of(expected.size() > 1 ? expected : got)},
                  {"places", packed(coordinates, 0.0, box.longest())},
                  {"memberships", base64_of(memberships)}};
  json view = seen_by(rule, inputs);
  if (!view.is_null()) picture["view"] = std::move(view);
  return picture;
}

}  // namespace pset3::pipeline
