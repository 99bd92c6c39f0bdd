#include <gtest/gtest.h>

#include <stdexcept>

#include "starter/p1_space_carving/space_carving.hpp"
#include "tests/parts/p1_space_carving/functions/scenes.hpp"

/// What the untouched starter does; linked with the stubs.
namespace pset3::carving {
namespace {

TEST(Starter, SaysThatNothingIsWrittenYet) {
  const Limits limits(0.0, 1.0);
  const auto cameras = ring(3);
  EXPECT_THROW(form_initial_voxels(limits, limits, limits, 10), NotImplemented);
  EXPECT_THROW(carve(Voxels(0, 3), cameras[0]), NotImplemented);
  EXPECT_THROW(carve(random_points(5, 1.0, 1), cameras[0]), NotImplemented);
  EXPECT_THROW(get_voxel_bounds(cameras, true), NotImplemented);
}

TEST(Starter, GivesTheChecksOfArguments) {
  const Limits limits(0.0, 1.0);
  EXPECT_THROW(form_initial_voxels(limits, limits, limits, 0), std::invalid_argument);
  EXPECT_THROW(carve(Voxels(0, 3), Camera()), std::invalid_argument);
  EXPECT_THROW(get_voxel_bounds({}), std::invalid_argument);
}

TEST(Starter, GivesTheDefaultBox) {
  const VoxelBounds bounds = get_voxel_bounds(ring(8));
  EXPECT_LT(bounds.xlim[0], -1.0);
  EXPECT_GT(bounds.xlim[1], 1.0);
  EXPECT_LT(bounds.zlim[0], 0.0);
}

}  // namespace
}  // namespace pset3::carving
