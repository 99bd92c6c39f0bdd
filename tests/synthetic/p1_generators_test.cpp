#include "grader/synthetic/p1_space_carving.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "grader/base/error.hpp"

// The promises of the generators, counted with a projection of the test's own.
namespace pset3::synthetic::p1 {
namespace {

using arrays::Array;
using arrays::Arrays;
using nlohmann::json;

constexpr std::uint64_t kSeeds = 20;

struct Pixel {
  long column = 0;
  long row = 0;
  double w = 0.0;
};

Pixel project(const double* P, const double* point) {
  std::array<double, 3> sum{};
  for (std::size_t r = 0; r < 3; ++r) {
    sum[r] = P[4 * r] * point[0] + P[4 * r + 1] * point[1] + P[4 * r + 2] * point[2] + P[4 * r + 3];
  }
  return {std::lround(sum[0] / sum[2]), std::lround(sum[1] / sum[2]), sum[2]};
}

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

json carve_params(const char* inside, const char* solid = "random") {
  return {{"solid", solid}, {"inside", inside}, {"width", 120}, {"height", 90}, {"voxels", 4000}};
}

struct Counts {
  long all = 0, kept = 0, behind = 0, behind_on_object = 0;
  long left = 0, right = 0, above = 0, below = 0;
  long swapped_outside = 0, swapped_differs = 0, kept_clamped = 0, kept_wrapped = 0;

  long outside() const { return left + right + above + below; }
};

Counts count(const CaseData& data) {
  const Array& silhouette = get(data.inputs, "silhouette");
  const Mask mask = {silhouette.data<std::uint8_t>(), silhouette.shape().at(0),
                     silhouette.shape().at(1)};
  Counts counts;
  for (const Point& voxel : points_of(get(data.inputs, "voxels"))) {
    const Pixel at = project(get(data.inputs, "P").data<double>(), voxel.data());
    ++counts.all;
    if (at.w <= 0.0) {
      ++counts.behind;
      counts.behind_on_object += mask.at(at.column, at.row);
      continue;
    }
    counts.left += at.column < 0 ? 1 : 0;
    counts.right += at.column >= mask.width ? 1 : 0;
    counts.above += mask.holds(at.column, 0) && at.row < 0 ? 1 : 0;
    counts.below += mask.holds(at.column, 0) && at.row >= mask.height ? 1 : 0;
    counts.kept += mask.at(at.column, at.row);
    counts.swapped_outside += mask.holds(at.row, at.column) ? 0 : 1;
    counts.swapped_differs += mask.at(at.row, at.column) != mask.at(at.column, at.row) ? 1 : 0;
    counts.kept_clamped +=
        mask.at(std::clamp(at.column, 0L, mask.width - 1), std::clamp(at.row, 0L, mask.height - 1));
    counts.kept_wrapped += mask.at(((at.column % mask.width) + mask.width) % mask.width,
                                   ((at.row % mask.height) + mask.height) % mask.height);
  }
  return counts;
}

TEST(CarveScene, ThatIsSafeProjectsEveryVoxelInsideEvenWhenSwapped) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Counts counts = count(carve_scene(carve_params("safe"), seed));
    EXPECT_EQ(counts.outside() + counts.swapped_outside + counts.behind, 0) << "seed " << seed;
    EXPECT_GE(counts.kept, 20) << "seed " << seed;
    EXPECT_LE(10 * counts.kept, 7 * counts.all) << "seed " << seed;
    EXPECT_GE(100 * counts.swapped_differs, 15 * counts.kept) << "seed " << seed;
  }
}

TEST(CarveScene, ThatIsSafeIsSoInATallImageToo) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    json params = carve_params("safe");
    std::swap(params["width"], params["height"]);
    const Counts counts = count(carve_scene(params, seed));
    EXPECT_EQ(counts.outside() + counts.swapped_outside + counts.behind, 0) << "seed " << seed;
  }
}

TEST(CarveScene, ThatIsOutsideShowsAMissingTest) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Counts counts = count(carve_scene(carve_params("outside"), seed));
    EXPECT_GE(4 * counts.outside(), counts.all) << "seed " << seed;
    EXPECT_GT(std::min({counts.left, counts.right, counts.above, counts.below}), 0) << seed;
    EXPECT_GE(20 * (counts.kept_clamped - counts.kept), counts.all) << "seed " << seed;
    EXPECT_GE(20 * (counts.kept_wrapped - counts.kept), counts.all) << "seed " << seed;
    EXPECT_GE(counts.kept, 20) << "seed " << seed;
  }
}

TEST(CarveScene, ThatIsOutsideHasAnObjectOnEveryBorder) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CaseData data = carve_scene(carve_params("outside"), seed);
    const Mask mask = {get(data.inputs, "silhouette").data<std::uint8_t>(), 90, 120};
    std::array<int, 4> on_border{};
    for (long column = 0; column < mask.width; ++column) {
      on_border[0] += mask.at(column, 0);
      on_border[1] += mask.at(column, mask.height - 1);
    }
    for (long row = 0; row < mask.height; ++row) {
      on_border[2] += mask.at(0, row);
      on_border[3] += mask.at(mask.width - 1, row);
    }
    EXPECT_GE(*std::min_element(on_border.begin(), on_border.end()), 4) << "seed " << seed;
  }
}

TEST(CarveScene, ThatIsBehindProjectsVoxelsOntoTheObjectFromBehind) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Counts counts = count(carve_scene(carve_params("behind"), seed));
    EXPECT_GE(5 * counts.behind, counts.all) << "seed " << seed;
    EXPECT_GE(counts.behind_on_object, 20) << "seed " << seed;
    EXPECT_EQ(counts.outside(), 0) << "seed " << seed;
  }
}

TEST(CarveScene, MakesEverySolidFromEverySide) {
  for (const char* solid : {"ellipsoid", "box", "animal"}) {
    for (const char* view : {"+x", "-x", "+y", "-y", "+z", "-z"}) {
      json params = carve_params("safe", solid);
      params["view"] = view;
      const Counts counts = count(carve_scene(params, 3));
      EXPECT_EQ(counts.outside(), 0) << solid << " from " << view;
      EXPECT_GE(counts.kept, 20) << solid << " from " << view;
    }
  }
}

TEST(CarveScene, HasEmptyAndFullSilhouettes) {
  json params = carve_params("outside");
  params["silhouette"] = "empty";
  EXPECT_EQ(count(carve_scene(params, 1)).kept, 0);
  params["silhouette"] = "full";
  const Counts counts = count(carve_scene(params, 1));
  EXPECT_EQ(counts.kept, counts.all - counts.outside());
  EXPECT_GT(counts.kept, 0);
}

TEST(CarveScene, ShufflesTheVoxelsOfTheGrid) {
  json params = carve_params("safe");
  auto grid = points_of(get(carve_scene(params, 5).inputs, "voxels"));
  params["order"] = "shuffled";
  auto shuffled = points_of(get(carve_scene(params, 5).inputs, "voxels"));
  EXPECT_NE(grid, shuffled);
  std::sort(grid.begin(), grid.end());
  std::sort(shuffled.begin(), shuffled.end());
  EXPECT_EQ(grid, shuffled);
}

TEST(RingScene, KeepsEveryVoxelInEveryImageAndNeedsAllViews) {
  const json params = {
      {"solid", "random"}, {"views", 6}, {"width", 100}, {"height", 120}, {"voxels", 4000}};
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Arrays inputs = ring_scene(params, seed).inputs;
    const std::vector<Point> voxels = points_of(get(inputs, "voxels"));
    const std::size_t left = carved_by_all(voxels, inputs).size();
    EXPECT_GE(left, 20U) << "seed " << seed;
    for (std::size_t view = 0; view < 6; ++view) {
      const Mask mask = mask_of(inputs, view);
      for (const Point& voxel : voxels) {
        const Pixel at = project(projection_of(inputs, view), voxel.data());
        ASSERT_TRUE(at.w > 0.0 && mask.holds(at.column, at.row) && mask.holds(at.row, at.column));
      }
      EXPECT_GE(9 * carved(voxels, projection_of(inputs, view), mask).size(), 10 * left);
    }
  }
}

/// The camera's centre and axis from P alone: P (X, 1) = 0, and the third row of P.
std::pair<Eigen::Vector3d, Eigen::Vector3d> centre_and_axis(const double* P) {
  Eigen::Matrix3d left;
  Eigen::Vector3d last;
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) left(r, c) = P[4 * r + c];
    last(r) = P[4 * r + 3];
  }
  return {-left.inverse() * last, left.row(2).transpose().normalized()};
}

using Limits = std::array<std::array<double, 2>, 3>;

/// The box that question (d) gives, worked out axis by axis.
Limits default_limits(const Arrays& inputs, std::size_t views) {
  Limits limits;
  for (auto& axis : limits) axis = {1e30, -1e30};
  for (std::size_t i = 0; i < views; ++i) {
    const Eigen::Vector3d centre = centre_and_axis(projection_of(inputs, i)).first;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      limits[axis][0] = std::min(limits[axis][0], centre(static_cast<int>(axis)));
      limits[axis][1] = std::max(limits[axis][1], centre(static_cast<int>(axis)));
    }
  }
  const double dx = limits[0][1] - limits[0][0];
  const double dy = limits[1][1] - limits[1][0];
  for (std::size_t i = 0; i < views; ++i) {
    const auto [centre, axis] = centre_and_axis(projection_of(inputs, i));
    const double z = centre.z() + 0.6 * std::sqrt(dx * dx + dy * dy) * axis.z();
    limits[2] = {std::min(limits[2][0], z), std::max(limits[2][1], z)};
  }
  limits[0] = {limits[0][0] + dx / 4.0, limits[0][1] - dx / 4.0};
  limits[1] = {limits[1][0] + dy / 4.0, limits[1][1] - dy / 4.0};
  return limits;
}

std::vector<Point> fill(const Limits& box, double side) {
  std::vector<Point> points;
  for (double x = box[0][0] + 0.5 * side; x < box[0][1]; x += side) {
    for (double y = box[1][0] + 0.5 * side; y < box[1][1]; y += side) {
      for (double z = box[2][0] + 0.5 * side; z < box[2][1]; z += side) points.push_back({x, y, z});
    }
  }
  return points;
}

void expect_whole_box_in_sight(const Arrays& inputs, std::size_t views, const Limits& box) {
  for (std::size_t view = 0; view < views; ++view) {
    const Mask mask = mask_of(inputs, view);
    for (std::size_t i = 0; i < 8; ++i) {
      const Point corner = {box[0][i & 1U], box[1][(i >> 1U) & 1U], box[2][i >> 2U]};
      const Pixel at = project(projection_of(inputs, view), corner.data());
      EXPECT_GT(at.w, 0.0);
      EXPECT_TRUE(mask.holds(at.column, at.row));
      EXPECT_TRUE(mask.holds(at.row, at.column));
    }
  }
}

TEST(BoundsScene, ShowsTheWholeDefaultBoxAndAHullThatTellsTheAxesApart) {
  const json params = {{"solid", "ellipsoid"}, {"views", 8},     {"width", 160},
                       {"height", 120},        {"better", true}, {"num_voxels", 4000}};
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Arrays inputs = bounds_scene(params, seed).inputs;
    const Limits box = default_limits(inputs, 8);
    expect_whole_box_in_sight(inputs, 8, box);
    const double volume =
        (box[0][1] - box[0][0]) * (box[1][1] - box[1][0]) * (box[2][1] - box[2][0]);
    const double side = std::cbrt(volume / 4000.0);
    const std::vector<Point> left = carved_by_all(fill(box, side), inputs);
    ASSERT_GE(left.size(), 55U) << "seed " << seed;
    std::array<double, 3> extent{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto [low, high] =
          std::minmax_element(left.begin(), left.end(),
                              [&](const Point& a, const Point& b) { return a[axis] < b[axis]; });
      extent[axis] = ((*high)[axis] - (*low)[axis]) / side;
      const double middle = 0.5 * ((*high)[axis] + (*low)[axis]);
      // The test's grid is laid a bit otherwise: half a voxel less is asked for than promised.
      EXPECT_GE(std::abs(middle - 0.5 * (box[axis][0] + box[axis][1])), 0.25 * side) << seed;
      EXPECT_GE((*low)[axis] - box[axis][0], 0.9 * side) << "seed " << seed;
    }
    std::sort(extent.begin(), extent.end());
    EXPECT_GE(extent[1] - extent[0], 0.5) << "seed " << seed;
    EXPECT_GE(extent[2] - extent[1], 0.5) << "seed " << seed;
  }
}

TEST(Box, IsABrokenNumberOfVoxelsLongOnEveryAxis) {
  for (const char* shape : {"cube", "flat", "tall", "offset", "random"}) {
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
      const Arrays inputs = box({{"shape", shape}, {"num_voxels", 8000}}, seed).inputs;
      const auto num_voxels = get(inputs, "num_voxels").item<std::int64_t>();
      EXPECT_NEAR(static_cast<double>(num_voxels), 8000.0, 500.0);
      std::array<double, 3> sides{};
      std::array<const char*, 3> names = {"xlim", "ylim", "zlim"};
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double* limits = get(inputs, names[axis]).data<double>();
        sides[axis] = limits[1] - limits[0];
        EXPECT_GE(sides[axis], 0.049);
        EXPECT_LE(sides[axis], 50.001);
      }
      const double side =
          std::cbrt(sides[0] * sides[1] * sides[2] / static_cast<double>(num_voxels));
      for (const double length : sides) {
        const double fraction = length / side - std::floor(length / side);
        EXPECT_GT(length / side, 2.99) << shape;
        EXPECT_GT(fraction, 0.149) << shape << " " << seed;
        EXPECT_LT(fraction, 0.851) << shape << " " << seed;
      }
    }
  }
}

TEST(Generators, GiveTheSameBytesForASeedAndOthersForAnother) {
  const std::map<std::string, json> params = {
      {"p1.box", {{"shape", "random"}, {"num_voxels", 1000}}},
      {"p1.carve_scene", carve_params("outside")},
      {"p1.ring_scene",
       {{"solid", "box"}, {"views", 3}, {"width", 64}, {"height", 48}, {"voxels", 1000}}},
      {"p1.bounds_scene",
       {{"solid", "random"},
        {"views", 8},
        {"width", 120},
        {"height", 100},
        {"better", false},
        {"num_voxels", 4000}}}};
  ASSERT_EQ(all_generators().size(), params.size());
  for (const auto& [name, generator] : all_generators()) {
    const json& own = params.at(name);
    const std::string first = arrays::encode(generator(own, 11).inputs);
    EXPECT_EQ(first, arrays::encode(generator(own, 11).inputs)) << name;
    EXPECT_NE(first, arrays::encode(generator(own, 12).inputs)) << name;
  }
}

std::string complaint(const json& params) {
  try {
    box(params, 1);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Generators, SayWhatIsWrongWithAParameter) {
  EXPECT_EQ(complaint({{"shape", "flat"}}),
            "generator p1.box: the parameter \"num_voxels\" is missing; add it");
  EXPECT_EQ(complaint({{"shape", "round"}, {"num_voxels", 100}}),
            "generator p1.box: the parameter \"shape\" must be one of cube, flat, tall, offset, "
            "random, but is \"round\"");
  EXPECT_EQ(complaint({{"shape", "flat"}, {"num_voxels", 2.5}}),
            "generator p1.box: the parameter \"num_voxels\" must be a whole number from 30 to "
            "10000000, but is 2.5");
  EXPECT_NE(complaint({{"shape", "flat"}, {"num_voxels", 100}, {"vewis", 3}}).find("vewis"),
            std::string::npos);
}

TEST(Generators, BoundTheOutputs) {
  const CaseData data = carve_scene(carve_params("safe"), 2);
  const std::int64_t voxels = get(data.inputs, "voxels").shape().at(0);
  const arrays::ArraySpec& survivors = data.outputs.at("survivors");
  EXPECT_EQ(survivors.dtype, arrays::DType::kF64);
  EXPECT_EQ(survivors.shape.at(0).min, 0);
  EXPECT_EQ(survivors.shape.at(0).max, 2 * voxels + 16);
  EXPECT_EQ(survivors.shape.at(1).min, 3);
}

}  // namespace
}  // namespace pset3::synthetic::p1
