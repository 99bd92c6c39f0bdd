// What a course's own test of p1 looks like: a value or two of each function.
#include <gtest/gtest.h>

#include <cmath>

#include "starter/p1_space_carving/space_carving.hpp"

namespace {

using namespace pset3::carving;

/// Looks along +z from the origin: pixel (u, v) = (50 + 100 x/z, 40 + 100 y/z).
pset3::Camera camera() {
  pset3::Matrix34 P;
  P << 100, 0, 50, 0, 0, 100, 40, 0, 0, 0, 1, 0;
  pset3::Camera camera = pset3::Camera::from_projection(P);
  camera.silhouette = cv::Mat::zeros(80, 100, CV_8UC1);
  camera.silhouette.colRange(50, 100).setTo(1);
  return camera;
}

TEST(FormInitialVoxels, FillsTheBox) {
  const VoxelGrid grid = form_initial_voxels({0, 2}, {0, 1}, {0, 1}, 2000);
  EXPECT_NEAR(grid.voxel_size, 0.1, 1e-9);
  EXPECT_NEAR(static_cast<double>(grid.voxels.rows()), 2000, 400);
  EXPECT_GE(grid.voxels.minCoeff(), 0.0);
  EXPECT_LE(grid.voxels.col(0).maxCoeff(), 2.0);
}

TEST(Carve, KeepsWhatProjectsOntoTheObject) {
  Voxels voxels(4, 3);
  voxels << 0.2, 0, 1, -0.2, 0, 1, 5, 0, 1, 0.4, 0.1, 2;
  const Voxels kept = carve(voxels, camera());
  ASSERT_EQ(kept.rows(), 2);
  EXPECT_EQ(kept(0, 0), 0.2);
  EXPECT_EQ(kept(1, 2), 2.0);
}

TEST(GetVoxelBounds, NeedsTwoViews) {
  EXPECT_THROW(get_voxel_bounds({camera()}, true), std::invalid_argument);
}

}  // namespace
