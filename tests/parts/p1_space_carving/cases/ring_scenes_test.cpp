#include <gtest/gtest.h>

#include <Eigen/LU>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "grader/parts/p1_space_carving/cases/generators.hpp"
#include "tests/parts/p1_space_carving/cases/projection.hpp"

// Many views: nothing leaves the images, all views are needed, and hulls tell the axes apart.
namespace pset3::cases::p1 {
namespace {

using arrays::Arrays;
using nlohmann::json;

constexpr std::uint64_t kSeeds = 20;

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

TEST(RingScene, WithLargeThirdCoordinatesIsLostWithoutTheDivision) {
  const json params = {{"solid", "random"}, {"views", 6},     {"width", 100},
                       {"height", 120},     {"voxels", 4000}, {"third_coordinate", "large"}};
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Arrays inputs = ring_scene(params, seed).inputs;
    const std::vector<Point> voxels = points_of(get(inputs, "voxels"));
    EXPECT_GE(carved_by_all(voxels, inputs).size(), 20U) << "seed " << seed;
    for (std::size_t view = 0; view < 6; ++view) {
      for (const Point& voxel : voxels) {
        const Pixel at = project(projection_of(inputs, view), voxel.data());
        const double larger = static_cast<double>(std::max(at.column, at.row));
        // Neither as it is, nor divided by the voxel's own height.
        ASSERT_GT(at.w * larger, 200.0);
        ASSERT_GT(at.w * larger, 200.0 * std::abs(voxel[2]));
      }
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

std::vector<double> centres(const std::array<double, 2>& limits, double side) {
  std::vector<double> centres;
  for (int i = 0; limits[0] + (i + 0.5) * side < limits[1]; ++i) {
    centres.push_back(limits[0] + (i + 0.5) * side);
  }
  return centres;
}

std::vector<Point> fill(const Limits& box, double side) {
  std::vector<Point> points;
  for (const double x : centres(box[0], side)) {
    for (const double y : centres(box[1], side)) {
      for (const double z : centres(box[2], side)) points.push_back({x, y, z});
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

constexpr std::size_t kViews = 8;
// Such scenes take many attempts.
constexpr std::uint64_t kFewSeeds = 5;

/// A scene of that kind, its default box, and the coarse grid's side there.
struct CoarseCase {
  Arrays inputs;
  Limits box;
  double side = 0.0;
};

CoarseCase coarse_case(const char* hard_on, std::uint64_t seed) {
  const json params = {{"solid", "random"}, {"views", kViews}, {"width", 120},
                       {"height", 120},     {"better", true},  {"num_voxels", 4000},
                       {"hard_on", hard_on}};
  CoarseCase made;
  made.inputs = bounds_scene(params, seed).inputs;
  made.box = default_limits(made.inputs, kViews);
  double volume = 1.0;
  for (const auto& limits : made.box) volume *= limits[1] - limits[0];
  made.side = std::cbrt(volume / 4000.0);
  return made;
}

TEST(BoundsScene, LeavesSomethingWithTheFirstViewsSilhouette) {
  for (std::uint64_t seed = 0; seed < kFewSeeds; ++seed) {
    const CoarseCase made = coarse_case("none", seed);
    std::vector<Point> left = fill(made.box, made.side);
    for (std::size_t view = 0; view < kViews; ++view) {
      left = carved(left, projection_of(made.inputs, view), mask_of(made.inputs, 0));
    }
    EXPECT_GT(left.size(), 0U) << "seed " << seed;
  }
}

TEST(BoundsScene, CanBeHardOnLimitsWithoutFractions) {
  for (std::uint64_t seed = 0; seed < kFewSeeds; ++seed) {
    const CoarseCase made = coarse_case("whole_number_limits", seed);
    std::vector<Point> grid = fill(made.box, made.side);
    EXPECT_GE(carved_by_all(grid, made.inputs).size(), 55U) << "seed " << seed;
    for (Point& point : grid) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        point[axis] += std::trunc(made.box[axis][0]) - made.box[axis][0];
      }
    }
    EXPECT_EQ(carved_by_all(grid, made.inputs).size(), 0U) << "seed " << seed;
  }
}

TEST(BoundsScene, CanReachTheEndsOfTheDefaultBox) {
  for (const char* beyond : {"lower", "upper"}) {
    const json params = {{"solid", "random"}, {"views", kViews}, {"width", 120},
                         {"height", 120},     {"better", true},  {"num_voxels", 4000},
                         {"beyond", beyond}};
    for (std::uint64_t seed = 0; seed < kFewSeeds; ++seed) {
      const Arrays inputs = bounds_scene(params, seed).inputs;
      const Limits box = default_limits(inputs, kViews);
      double volume = 1.0;
      for (const auto& limits : box) volume *= limits[1] - limits[0];
      const double side = std::cbrt(volume / 4000.0);
      const std::vector<Point> left = carved_by_all(fill(box, side), inputs);
      ASSERT_GE(left.size(), 50U) << beyond << seed;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto [low, high] =
            std::minmax_element(left.begin(), left.end(),
                                [&](const Point& a, const Point& b) { return a[axis] < b[axis]; });
        const double below = ((*low)[axis] - box[axis][0]) / side;
        const double above = (box[axis][1] - (*high)[axis]) / side;
        // The test's grid is laid otherwise: by up to a voxel more or less than promised.
        const bool lower = std::string(beyond) == "lower";
        EXPECT_LT(lower ? below : above, 1.75) << beyond << seed;
        EXPECT_GT(lower ? above : below, 1.5) << beyond << seed;
      }
    }
  }
}

TEST(BoundsScene, CanBeHardOnSwappedRowsAndColumns) {
  for (std::uint64_t seed = 0; seed < kFewSeeds; ++seed) {
    const CoarseCase made = coarse_case("swapped_pixels", seed);
    std::vector<Point> left = fill(made.box, made.side);
    EXPECT_GE(carved_by_all(left, made.inputs).size(), 55U) << "seed " << seed;
    for (std::size_t view = 0; view < kViews; ++view) {
      const Mask mask = mask_of(made.inputs, view);
      const double* P = projection_of(made.inputs, view);
      const auto goes = [&](const Point& point) {
        const Pixel at = project(P, point.data());
        return mask.at(at.row, at.column) == 0;
      };
      left.erase(std::remove_if(left.begin(), left.end(), goes), left.end());
    }
    EXPECT_EQ(left.size(), 0U) << "seed " << seed;
  }
}

}  // namespace
}  // namespace pset3::cases::p1
