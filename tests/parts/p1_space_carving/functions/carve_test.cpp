#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "starter/p1_space_carving/space_carving.hpp"
#include "tests/parts/p1_space_carving/functions/scenes.hpp"

namespace pset3::carving {
namespace {

/// Pixels are (x, y) of points at z = 1; the picture is 4 wide and 3 high, its object one pixel.
Camera plain_camera(int object_column, int object_row) {
  Matrix34 P;
  P << 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0;
  Camera camera = Camera::from_projection(P);
  camera.silhouette = cv::Mat::zeros(3, 4, CV_8UC1);
  camera.silhouette.at<uchar>(object_row, object_column) = 1;
  return camera;
}

Voxels point(double x, double y, double z) { return Eigen::RowVector3d(x, y, z); }

TEST(Carve, TakesTheColumnFromUAndTheRowFromV) {
  const Camera camera = plain_camera(/*object_column=*/3, /*object_row=*/1);
  EXPECT_EQ(carve(point(3.0, 1.0, 1.0), camera).rows(), 1);
  EXPECT_EQ(carve(point(1.0, 3.0, 1.0), camera).rows(), 0);
  EXPECT_EQ(carve(point(6.0, 2.0, 2.0), camera).rows(), 1);  // the same pixel from twice as far
}

TEST(Carve, RoundsToTheNearestPixel) {
  const Camera camera = plain_camera(2, 1);
  for (const double shift : {-0.49, -0.2, 0.3, 0.49}) {
    EXPECT_EQ(carve(point(2.0 + shift, 1.0, 1.0), camera).rows(), 1) << shift;
    EXPECT_EQ(carve(point(2.0, 1.0 - shift, 1.0), camera).rows(), 1) << shift;
  }
  for (const double shift : {-0.51, 0.51}) {
    EXPECT_EQ(carve(point(2.0 + shift, 1.0, 1.0), camera).rows(), 0) << shift;
    EXPECT_EQ(carve(point(2.0, 1.0 - shift, 1.0), camera).rows(), 0) << shift;
  }
}

TEST(Carve, RemovesWhatFallsOutsideTheImage) {
  Camera camera = plain_camera(0, 0);
  camera.silhouette.setTo(1);
  Voxels inside(4, 3), outside(7, 3);
  inside << 0, 0, 1, 3, 2, 1, -0.49, -0.49, 1, 3.49, 2.49, 1;
  outside << -0.51, 0, 1, 0, -0.51, 1, 3.51, 0, 1, 0, 2.51, 1, -1, -1, 1, 4, 0, 1, 1e300, -1e300, 1;
  EXPECT_EQ(carve(inside, camera), inside);
  EXPECT_EQ(carve(outside, camera).rows(), 0);
}

TEST(Carve, RemovesWhatIsBehindTheCameraOrInItsPlane) {
  Camera camera = plain_camera(0, 0);
  camera.silhouette.setTo(1);
  Voxels voxels(4, 3);
  voxels << 1, 1, 1, -1, -1, -1, 1, 1, 0, 0, 0, 0;
  EXPECT_EQ(carve(voxels, camera), point(1, 1, 1));
}

TEST(Carve, TakesAnyValueButZeroForTheObject) {
  Camera camera = plain_camera(2, 1);
  camera.silhouette *= 255;
  EXPECT_EQ(carve(point(2.0, 1.0, 1.0), camera).rows(), 1);
}

TEST(Carve, ReadsAPartOfALargerImage) {
  Camera camera = plain_camera(2, 1);
  cv::Mat larger = cv::Mat::zeros(10, 20, CV_8UC1);
  larger.at<uchar>(5, 8) = 1;
  camera.silhouette = larger(cv::Rect(6, 4, 4, 3));
  EXPECT_EQ(carve(point(2.0, 1.0, 1.0), camera).rows(), 1);
  EXPECT_EQ(carve(point(2.0, 2.0, 1.0), camera).rows(), 0);
}

TEST(Carve, KeepsAConeTowardsASingleCamera) {
  Camera camera = camera_at({0.0, -5.0, 0.0});
  draw_ball(camera, Eigen::Vector3d::Zero(), 1.0);
  const Voxels cone = carve(random_points(20000, 2.0, 1), camera);
  ASSERT_GT(cone.rows(), 1000);
  // The ball is seen under asin(1/5); a pixel's diagonal is 1/150·0.71 of the distance.
  for (Eigen::Index i = 0; i < cone.rows(); ++i) {
    const Eigen::Vector3d ray = cone.row(i).transpose() - camera.position();
    const double angle = std::acos(ray.normalized().y());
    ASSERT_LT(angle, std::asin(0.2) + 0.005);
  }
}

TEST(Carve, LeavesTheBallThatTheSilhouettesShow) {
  auto cameras = ring(24);
  const Eigen::Vector3d centre(0.2, -0.1, 0.15);
  for (Camera& camera : cameras) draw_ball(camera, centre, 0.8);
  const Voxels voxels = random_points(30000, 1.2, 2);
  const auto hull = as_set(carve_all(voxels, cameras));
  // Half a pixel's diagonal at distance 6 is 0.03.
  for (Eigen::Index i = 0; i < voxels.rows(); ++i) {
    const double distance = (voxels.row(i).transpose() - centre).norm();
    const bool kept = hull.count({voxels(i, 0), voxels(i, 1), voxels(i, 2)}) > 0;
    if (kept) {
      ASSERT_LT(distance, 1.1);
    } else {
      ASSERT_GT(distance, 0.8 - 0.03);
    }
  }
}

/// Voxels and views with silhouettes of random blots.
class RandomScenes : public testing::TestWithParam<unsigned> {
 protected:
  RandomScenes() : voxels(random_points(5000, 3.0, GetParam())), cameras(ring(4)) {
    cv::RNG random(GetParam());
    for (Camera& camera : cameras) {
      cv::Mat noise(12, 16, CV_8UC1);
      random.fill(noise, cv::RNG::UNIFORM, 0, 2);
      for (int v = 0; v < 120; ++v) {
        for (int u = 0; u < 160; ++u) {
          camera.silhouette.at<uchar>(v, u) = noise.at<uchar>(v / 10, u / 10);
        }
      }
    }
  }

  Voxels voxels;
  std::vector<Camera> cameras;
};

TEST_P(RandomScenes, KeepVoxelsUnchangedAndInTheirOrder) {
  const Voxels kept = carve(voxels, cameras[0]);
  ASSERT_GT(kept.rows(), 0);
  ASSERT_LT(kept.rows(), voxels.rows());
  Eigen::Index at = 0;
  for (Eigen::Index i = 0; i < kept.rows(); ++i) {
    while (at < voxels.rows() && voxels.row(at) != kept.row(i)) ++at;
    ASSERT_LT(at++, voxels.rows()) << "voxel " << i << " is not in the input, or out of order";
  }
}

TEST_P(RandomScenes, AreNotCarvedFurtherByTheSameView) {
  const Voxels once = carve(voxels, cameras[0]);
  EXPECT_EQ(carve(once, cameras[0]), once);
}

TEST_P(RandomScenes, AreCarvedTheSameInAnyOrderOfViews) {
  auto reversed = cameras;
  std::reverse(reversed.begin(), reversed.end());
  const Voxels hull = carve_all(voxels, cameras);
  ASSERT_GT(hull.rows(), 0);
  EXPECT_EQ(carve_all(voxels, reversed), hull);
}

TEST_P(RandomScenes, JudgeEachVoxelByItself) {
  const auto all = as_set(carve(voxels, cameras[0]));
  auto parts = as_set(carve(voxels.topRows(1234), cameras[0]));
  parts.merge(as_set(carve(voxels.bottomRows(voxels.rows() - 1234), cameras[0])));
  EXPECT_EQ(parts, all);
}

TEST_P(RandomScenes, LoseEverythingToAnEmptySilhouette) {
  cameras[0].silhouette.setTo(0);
  EXPECT_EQ(carve(voxels, cameras[0]).rows(), 0);
}

TEST_P(RandomScenes, KeepWhatASilhouetteAndItsComplementShareOut) {
  Camera complement = cameras[0];
  complement.silhouette = cv::Mat(1 - cameras[0].silhouette);  // a matrix of its own
  Camera full = cameras[0];
  full.silhouette = cv::Mat(120, 160, CV_8UC1, cv::Scalar(1));
  auto both = as_set(carve(voxels, cameras[0]));
  both.merge(as_set(carve(voxels, complement)));
  EXPECT_EQ(both, as_set(carve(voxels, full)));
}

TEST_P(RandomScenes, AreCarvedTheSameUnderAnyPositiveScaleOfP) {
  Camera scaled = cameras[0];
  scaled.P *= 0.25;  // a power of two, so that no rounding differs
  EXPECT_EQ(carve(voxels, scaled), carve(voxels, cameras[0]));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomScenes, testing::Range(0U, 10U));

TEST(Carve, KeepsEverythingInViewOfAFullSilhouette) {
  const Voxels voxels = random_points(1000, 0.5, 3);
  EXPECT_EQ(carve(voxels, camera_at({3.0, 4.0, 1.0})), voxels);
}

TEST(Carve, OfNothingIsNothing) {
  const Voxels kept = carve(Voxels(0, 3), camera_at({3.0, 4.0, 1.0}));
  EXPECT_EQ(kept.rows(), 0);
}

TEST(Carve, LeavesItsArgumentsAlone) {
  const Voxels voxels = random_points(1000, 3.0, 4);
  Camera camera = camera_at({3.0, 4.0, 1.0});
  draw_ball(camera, Eigen::Vector3d::Zero(), 1.0);
  const cv::Mat before = camera.silhouette.clone();
  const Voxels kept = carve(voxels, camera);
  EXPECT_EQ(voxels, random_points(1000, 3.0, 4));
  EXPECT_EQ(cv::norm(before, camera.silhouette, cv::NORM_INF), 0.0);
}

TEST(Carve, RefusesACameraWithoutASilhouette) {
  Camera camera = camera_at({3.0, 4.0, 1.0});
  camera.silhouette = cv::Mat();
  EXPECT_THROW(carve(point(0, 0, 0), camera), std::invalid_argument);
  for (const int type : {CV_8UC3, CV_32FC1, CV_16UC1}) {
    camera.silhouette = cv::Mat::ones(4, 4, type);
    EXPECT_THROW(carve(point(0, 0, 0), camera), std::invalid_argument);
  }
}

}  // namespace
}  // namespace pset3::carving
