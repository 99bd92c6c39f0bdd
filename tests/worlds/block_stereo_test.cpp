#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "grader/worlds/block_world.hpp"
#include "tests/worlds/level_scene.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

TEST(BlockStereo, DisparityIsFocalLengthTimesBaselineByDepth) {
  const BlockScene scene = level_scene({block(BlockShape::kSphere, {0.0, 0.0, kEye}, 0.75)});
  const StereoPicture both = photograph(scene);
  EXPECT_NEAR(both.right.disparity_px[at(both.right, 32, 24)], 60.0 * 0.5 / 9.25, 1e-5);
  for (const BlockView& view : {both.left, both.right}) {
    for (std::size_t pixel = 0; pixel < view.depth.size(); ++pixel) {
      if (view.depth[pixel] == 0.0F) continue;
      EXPECT_NEAR(view.disparity_px[pixel] * view.depth[pixel], 30.0, 1e-4);
    }
  }
}

TEST(BlockStereo, APointIsSeenInBothViewsItsDisparityApart) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const BlockScene scene = random_block_scene(seed, small());
    const StereoPicture both = photograph(scene);
    const View& right = scene.cameras.right;
    const View left = scene.cameras.left();
    EXPECT_NEAR((left.position - right.position).norm(), 0.5, 1e-12);
    EXPECT_EQ(left.R, right.R);
    const Eigen::Matrix3d ray_from_pixel = right.K.inverse();
    for (int row = 0; row < 48; ++row) {
      for (int column = 0; column < 64; ++column) {
        const std::size_t pixel = at(both.right, column, row);
        const double depth = both.right.depth[pixel];
        const Vector3d in_camera = depth * (ray_from_pixel * Vector3d(column, row, 1.0));
        const Vector3d point = right.position + right.R.transpose() * in_camera;
        const Vector3d seen = left.projection() * point.homogeneous();
        EXPECT_NEAR(seen.x() / seen.z() - column, both.right.disparity_px[pixel], 1e-4);
        EXPECT_NEAR(seen.y() / seen.z(), row, 1e-4);
        EXPECT_NEAR(seen.z(), depth, 1e-5);
      }
    }
  }
}

/// How the two views of a picture are related: u_other = u + sign * disparity.
struct Side {
  const BlockView& own;
  const BlockView& other;
  double sign;
};

/// The other view's values beside the place where a pixel's point is seen there.
struct Beside {
  std::size_t low, high;  // columns around it
  double share;           // of the high one
};
Beside beside(const Side& side, int column, int row) {
  const std::size_t pixel = at(side.own, column, row);
  const double place = column + side.sign * static_cast<double>(side.own.disparity_px[pixel]);
  const double inside = std::clamp(place, 0.0, side.own.width - 1.0);
  const int low = std::min(static_cast<int>(inside), side.own.width - 2);
  return {at(side.own, low, row), at(side.own, low + 1, row), inside - low};
}

void expect_in_both_is_right(const Side& side, int& hidden, int& hidden_behind_nearer) {
  for (int row = 0; row < side.own.height; ++row) {
    for (int column = 0; column < side.own.width; ++column) {
      const std::size_t pixel = at(side.own, column, row);
      const double disparity = side.own.disparity_px[pixel];
      const double place = column + side.sign * disparity;
      const bool in_picture = place >= 0.0 && place <= side.own.width - 1.0;
      if (!in_picture) {
        EXPECT_EQ(side.own.in_both[pixel], 0);
      }
      if (!in_picture || side.own.surface[pixel] != kFloorSurface) continue;
      const Beside around = beside(side, column, row);
      const double low = side.other.disparity_px[around.low];
      const double high = side.other.disparity_px[around.high];
      if (side.own.in_both[pixel] == 1) {
        // On a plane, disparity is linear in the picture.
        const bool both_floor = side.other.surface[around.low] == kFloorSurface &&
                                side.other.surface[around.high] == kFloorSurface;
        const double there = (1.0 - around.share) * low + around.share * high;
        if (both_floor) {
          EXPECT_NEAR(there, disparity, 1e-4);
        }
      } else {
        ++hidden;
        if (std::max(low, high) > disparity + 1e-3) ++hidden_behind_nearer;
      }
    }
  }
}

TEST(BlockStereo, InBothIsWhereTheOtherCameraSeesTheSamePoint) {
  int hidden = 0;
  int hidden_behind_nearer = 0;
  double seen = 0.0;
  double all = 0.0;
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const StereoPicture both = photograph(random_block_scene(seed, small(128, 96)));
    expect_in_both_is_right({both.right, both.left, 1.0}, hidden, hidden_behind_nearer);
    expect_in_both_is_right({both.left, both.right, -1.0}, hidden, hidden_behind_nearer);
    for (const BlockView& view : {both.left, both.right}) {
      all += static_cast<double>(view.in_both.size());
      seen += static_cast<double>(std::count(view.in_both.begin(), view.in_both.end(), 1));
    }
  }
  // The pixels beside an outline may both miss what hides the floor there by less than a pixel.
  EXPECT_GT(hidden, 500);
  EXPECT_GT(hidden_behind_nearer, hidden * 95 / 100);
  EXPECT_GT(seen / all, 0.85);
  EXPECT_LT(seen / all, 0.99);
}

/// Mean absolute difference, 0 to 1, between a view and what the other one shows `scale` times the
/// disparity aside, where both see the same.
double error_of_warp(const Side& side, double scale) {
  BlockView scaled = side.own;
  for (float& disparity : scaled.disparity_px) disparity *= static_cast<float>(scale);
  double sum = 0.0;
  int count = 0;
  for (int row = 0; row < side.own.height; ++row) {
    for (int column = 0; column < side.own.width; ++column) {
      const std::size_t pixel = at(side.own, column, row);
      if (side.own.in_both[pixel] == 0) continue;
      const Beside around = beside({scaled, side.other, side.sign}, column, row);
      for (std::size_t channel = 0; channel < 3; ++channel) {
        const double low = side.other.colour[3 * around.low + channel];
        const double high = side.other.colour[3 * around.high + channel];
        const double warped = (1.0 - around.share) * low + around.share * high;
        sum += std::abs(warped - side.own.colour[3 * pixel + channel]);
        ++count;
      }
    }
  }
  return sum / count / 255.0;
}

TEST(BlockStereo, OneViewWarpedByTheTrueDisparityIsTheOther) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const StereoPicture both = photograph(random_block_scene(seed, small(256, 192)));
    for (const Side& side : {Side{both.left, both.right, -1.0}, Side{both.right, both.left, 1.0}}) {
      const double right = error_of_warp(side, 1.0);
      EXPECT_LT(right, 0.007) << seed;
      EXPECT_GT(error_of_warp(side, 0.0), 5.0 * right) << seed;
      EXPECT_GT(error_of_warp(side, -1.0), 6.0 * right) << seed;
      EXPECT_GT(error_of_warp(side, 0.8), 1.5 * right) << seed;
    }
  }
}

}  // namespace
}  // namespace pset3::worlds
