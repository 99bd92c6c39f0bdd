#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "starter/p1_space_carving/space_carving.hpp"
#include "tests/parts/p1_space_carving/functions/scenes.hpp"

namespace pset3::carving {
namespace {

TEST(FormInitialVoxels, FillsACubeWithEightVoxelsAsWorkedByHand) {
  const VoxelGrid grid = form_initial_voxels({0.0, 2.0}, {0.0, 2.0}, {0.0, 2.0}, 8);
  EXPECT_DOUBLE_EQ(grid.voxel_size, 1.0);
  Voxels expected(8, 3);
  expected << 0.5, 0.5, 0.5, 0.5, 0.5, 1.5, 0.5, 1.5, 0.5, 0.5, 1.5, 1.5,  //
      1.5, 0.5, 0.5, 1.5, 0.5, 1.5, 1.5, 1.5, 0.5, 1.5, 1.5, 1.5;
  EXPECT_EQ(as_set(grid.voxels), as_set(expected));
}

TEST(FormInitialVoxels, FillsAnOffsetBoxAsWorkedByHand) {
  const VoxelGrid grid = form_initial_voxels({-3.0, -1.0}, {10.0, 10.5}, {0.0, 1.0}, 8);
  EXPECT_DOUBLE_EQ(grid.voxel_size, 0.5);
  ASSERT_EQ(grid.voxels.rows(), 4 * 1 * 2);
  // A few roundings, since cbrt need not give 0.5 exactly.
  const Eigen::RowVector3d lowest(-2.75, 10.25, 0.25), highest(-1.25, 10.25, 0.75);
  EXPECT_TRUE(grid.voxels.colwise().minCoeff().isApprox(lowest, 1e-14));
  EXPECT_TRUE(grid.voxels.colwise().maxCoeff().isApprox(highest, 1e-14));
}

TEST(FormInitialVoxels, MakesOneVoxelOfACube) {
  const VoxelGrid grid = form_initial_voxels({1.0, 3.0}, {1.0, 3.0}, {1.0, 3.0}, 1);
  ASSERT_EQ(grid.voxels.rows(), 1);
  EXPECT_EQ(grid.voxels.row(0), Eigen::RowVector3d(2.0, 2.0, 2.0));
  EXPECT_DOUBLE_EQ(grid.voxel_size, 2.0);
}

TEST(FormInitialVoxels, MakesOneLayerOfABoxThatIsThinnerThanAVoxel) {
  const VoxelGrid grid = form_initial_voxels({0.0, 10.0}, {0.0, 10.0}, {0.0, 0.01}, 100);
  EXPECT_EQ(grid.voxels.col(2).minCoeff(), grid.voxels.col(2).maxCoeff());
}

/// Boxes of all shapes with a few thousand voxels.
class RandomBoxes : public testing::TestWithParam<unsigned> {
 protected:
  RandomBoxes() {
    std::mt19937 random(GetParam());
    std::uniform_real_distribution<double> start(-10.0, 10.0), extent(0.5, 4.0);
    for (Limits& limits : lim) {
      limits[0] = start(random);
      limits[1] = limits[0] + extent(random);
    }
    num_voxels = std::uniform_int_distribution<int>(2000, 20000)(random);
    grid = form_initial_voxels(lim[0], lim[1], lim[2], num_voxels);
  }

  std::array<Limits, 3> lim;
  int num_voxels = 0;
  VoxelGrid grid;
};

TEST_P(RandomBoxes, HaveVoxelsWhoseVolumesAddUpToTheBox) {
  const double volume = (lim[0][1] - lim[0][0]) * (lim[1][1] - lim[1][0]) * (lim[2][1] - lim[2][0]);
  EXPECT_NEAR(num_voxels * std::pow(grid.voxel_size, 3), volume, 1e-9 * volume);
}

TEST_P(RandomBoxes, HaveAboutAsManyVoxelsAsAsked) {
  // Each axis has at least 5 voxels here, rounded to a whole number: at most 10 % off, thrice.
  EXPECT_NEAR(static_cast<double>(grid.voxels.rows()), num_voxels, 0.34 * num_voxels);
}

TEST_P(RandomBoxes, AreCoveredToHalfAVoxel) {
  const double slack = grid.voxel_size * (0.5 + 1e-9);
  for (int axis = 0; axis < 3; ++axis) {
    const Limits& limits = lim[static_cast<std::size_t>(axis)];
    EXPECT_NEAR(grid.voxels.col(axis).minCoeff(), limits[0] + grid.voxel_size / 2.0, 1e-9);
    EXPECT_NEAR(grid.voxels.col(axis).maxCoeff() + grid.voxel_size / 2.0, limits[1], slack);
  }
}

TEST_P(RandomBoxes, HaveEveryVoxelOnceOnARegularGrid) {
  const Eigen::RowVector3d first = grid.voxels.colwise().minCoeff();
  std::set<std::array<long, 3>> places;
  for (Eigen::Index i = 0; i < grid.voxels.rows(); ++i) {
    const Eigen::Array3d steps = (grid.voxels.row(i) - first).transpose() / grid.voxel_size;
    ASSERT_LT((steps - steps.round()).abs().maxCoeff(), 1e-6);
    places.insert({std::lround(steps[0]), std::lround(steps[1]), std::lround(steps[2])});
  }
  EXPECT_EQ(static_cast<Eigen::Index>(places.size()), grid.voxels.rows());
  const Eigen::RowVector3d extent = grid.voxels.colwise().maxCoeff() - first;
  const double product = (extent.array() / grid.voxel_size + 1.0).prod();
  EXPECT_EQ(grid.voxels.rows(), std::lround(product));  // no gaps
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomBoxes, testing::Range(0U, 20U));

TEST(FormInitialVoxels, RefusesLimitsThatAreNotAnInterval) {
  const Limits good(0.0, 1.0);
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Limits& bad : {Limits(1.0, 0.0), Limits(1.0, 1.0), Limits(0.0, nan), Limits(nan, 1.0),
                            Limits(0.0, infinity)}) {
    EXPECT_THROW(form_initial_voxels(bad, good, good, 10), std::invalid_argument);
    EXPECT_THROW(form_initial_voxels(good, bad, good, 10), std::invalid_argument);
    EXPECT_THROW(form_initial_voxels(good, good, bad, 10), std::invalid_argument);
  }
}

TEST(FormInitialVoxels, RefusesToMakeNoVoxels) {
  const Limits limits(0.0, 1.0);
  EXPECT_THROW(form_initial_voxels(limits, limits, limits, 0), std::invalid_argument);
  EXPECT_THROW(form_initial_voxels(limits, limits, limits, -5), std::invalid_argument);
}

}  // namespace
}  // namespace pset3::carving
