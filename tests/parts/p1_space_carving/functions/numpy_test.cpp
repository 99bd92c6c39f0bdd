#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <string>

#include "starter/p1_space_carving/space_carving.hpp"
#include "tests/common/data/data_folder.hpp"
#include "tests/parts/p1_space_carving/functions/scenes.hpp"

namespace pset3::carving {
namespace {

void write_scene(const std::filesystem::path& folder, const Voxels& voxels,
                 const std::vector<Camera>& cameras) {
  // 17 digits give every double back.
  std::ofstream(folder / "voxels.txt") << std::setprecision(17) << voxels << "\n";
  std::ofstream projections(folder / "projections.txt");
  std::ofstream silhouettes(folder / "silhouettes.txt");
  for (const Camera& camera : cameras) {
    projections << std::setprecision(17) << camera.P << "\n";
    for (int v = 0; v < camera.silhouette.rows; ++v) {
      for (int u = 0; u < camera.silhouette.cols; ++u) {
        silhouettes << int{camera.silhouette.at<uchar>(v, u)} << " ";
      }
      silhouettes << "\n";
    }
  }
}

/// The voxels that tests/parts/p1_space_carving/functions/carve_numpy.py keeps.
std::set<std::array<double, 3>> numpy_hull(const Voxels& voxels,
                                           const std::vector<Camera>& cameras) {
  const DataFolder folder;
  write_scene(folder.path(), voxels, cameras);
  const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR
                              "/tests/parts/p1_space_carving/functions/carve_numpy.py '" +
                              folder.path().string() + "'";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  std::ifstream kept(folder.path() / "kept.txt");
  std::set<std::array<double, 3>> hull;
  for (Eigen::Index i = 0; kept >> i;) hull.insert({voxels(i, 0), voxels(i, 1), voxels(i, 2)});
  return hull;
}

TEST(Carve, AgreesWithNumPyOnRandomPoints) {
  auto cameras = ring(6);
  for (Camera& camera : cameras) draw_ball(camera, {0.3, -0.4, 0.2}, 1.1);
  const Voxels voxels = random_points(10000, 2.0, 5);
  const auto expected = numpy_hull(voxels, cameras);
  ASSERT_GT(expected.size(), 500U);
  EXPECT_EQ(as_set(carve_all(voxels, cameras)), expected);
}

TEST(Carve, AgreesWithNumPyFromTheMiddleOfThePoints) {
  // Half of the points are behind each camera, and most of the others outside its picture.
  std::vector<Camera> cameras{camera_at({0.2, 0.1, 0.05}), camera_at({0.2, 0.15, -0.05})};
  const Voxels voxels = random_points(10000, 2.0, 6);
  const auto expected = numpy_hull(voxels, cameras);
  ASSERT_GT(expected.size(), 100U);
  EXPECT_EQ(as_set(carve_all(voxels, cameras)), expected);
}

}  // namespace
}  // namespace pset3::carving
