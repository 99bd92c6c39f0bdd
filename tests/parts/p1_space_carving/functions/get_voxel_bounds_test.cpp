#include <gtest/gtest.h>

#include <stdexcept>

#include "starter/p1_space_carving/space_carving.hpp"
#include "tests/parts/p1_space_carving/functions/scenes.hpp"

namespace pset3::carving {
namespace {

std::vector<Camera> views_of_a_ball() {
  auto cameras = ring(12);
  for (Camera& camera : cameras) draw_ball(camera, {0.3, -0.2, 0.1}, 0.9);
  return cameras;
}

TEST(GetVoxelBounds, GivesTheDefaultBoxAsWorkedByHand) {
  // Positions span x in (-4, 4), y in (-3, 3), so 0.6·sqrt(8² + 6²) = 6 along each direction.
  std::vector<Camera> cameras{camera_at({4.0, 0.0, 3.0}), camera_at({-4.0, 0.0, 3.0}),
                              camera_at({0.0, 3.0, 4.0}), camera_at({0.0, -3.0, 4.0})};
  const VoxelBounds bounds = get_voxel_bounds(cameras);
  EXPECT_TRUE(bounds.xlim.isApprox(Limits(-2.0, 2.0), 1e-12));
  EXPECT_TRUE(bounds.ylim.isApprox(Limits(-1.5, 1.5), 1e-12));
  // From (4, 0, 3) down by 3/5 of 6 is -0.6; from (0, 3, 4) by 4/5 of 6 is -0.8; 4 is the highest.
  EXPECT_TRUE(bounds.zlim.isApprox(Limits(-0.8, 4.0), 1e-12));
}

TEST(GetVoxelBounds, RaisesTheDefaultBoxForCamerasThatLookUp) {
  const std::vector<Camera> cameras{camera_at({4.0, 3.0, -5.0}), camera_at({-4.0, -3.0, -5.0})};
  const VoxelBounds bounds = get_voxel_bounds(cameras);
  // Both look up at 45°: 0.6·10/sqrt(2) above -5.
  EXPECT_TRUE(bounds.zlim.isApprox(Limits(-5.0, -5.0 + 6.0 / std::sqrt(2.0)), 1e-12));
}

TEST(GetVoxelBounds, IsTheExtentOfTheQuickCarveAndOneVoxelMore) {
  const auto cameras = views_of_a_ball();
  for (const int num_voxels : {4000, 30000}) {
    const VoxelBounds loose = get_voxel_bounds(cameras);
    const VoxelGrid grid = form_initial_voxels(loose.xlim, loose.ylim, loose.zlim, num_voxels);
    const Voxels hull = carve_all(grid.voxels, cameras);
    const VoxelBounds bounds = get_voxel_bounds(cameras, true, num_voxels);
    const std::array<Limits, 3> found{bounds.xlim, bounds.ylim, bounds.zlim};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto values = hull.col(static_cast<Eigen::Index>(axis));
      EXPECT_DOUBLE_EQ(found[axis][0], values.minCoeff() - grid.voxel_size);
      EXPECT_DOUBLE_EQ(found[axis][1], values.maxCoeff() + grid.voxel_size);
    }
  }
}

TEST(GetVoxelBounds, HoldsTheObjectTightly) {
  const VoxelBounds bounds = get_voxel_bounds(views_of_a_ball(), true, 30000);
  const std::array<Limits, 3> found{bounds.xlim, bounds.ylim, bounds.zlim};
  const std::array<double, 3> centre{0.3, -0.2, 0.1};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    EXPECT_LT(found[axis][0], centre[axis] - 0.9);
    EXPECT_GT(found[axis][1], centre[axis] + 0.9);
    EXPECT_LT(found[axis][1] - found[axis][0], 3.0);
  }
}

TEST(GetVoxelBounds, UsesFourThousandVoxelsUnlessTold) {
  const auto cameras = views_of_a_ball();
  EXPECT_EQ(get_voxel_bounds(cameras, true).xlim, get_voxel_bounds(cameras, true, 4000).xlim);
}

TEST(GetVoxelBounds, SaysThatTheQuickCarveLeftNothing) {
  auto cameras = views_of_a_ball();
  cameras[3].silhouette.setTo(0);
  EXPECT_THROW(get_voxel_bounds(cameras, true), std::runtime_error);
  EXPECT_NO_THROW(get_voxel_bounds(cameras));
}

TEST(GetVoxelBounds, RefusesFewerThanTwoCamerasAndNoVoxels) {
  EXPECT_THROW(get_voxel_bounds({}), std::invalid_argument);
  EXPECT_THROW(get_voxel_bounds({camera_at({4.0, 0.0, 3.0})}), std::invalid_argument);
  EXPECT_THROW(get_voxel_bounds(views_of_a_ball(), true, 0), std::invalid_argument);
}

}  // namespace
}  // namespace pset3::carving
