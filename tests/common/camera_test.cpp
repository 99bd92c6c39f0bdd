#include "starter/common/camera.hpp"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <limits>
#include <stdexcept>

namespace pset3 {
namespace {

constexpr double kTight = 1e-12;  // a few roundings of numbers around 1

Eigen::Matrix3d intrinsics() {
  Eigen::Matrix3d K;
  K << 100.0, 0.0, 50.0, 0.0, 200.0, 40.0, 0.0, 0.0, 1.0;
  return K;
}

/// Looks along the world's +x axis, with the world's z upwards in the picture.
Eigen::Matrix3d along_x() {
  Eigen::Matrix3d R;
  R << 0.0, -1.0, 0.0, 0.0, 0.0, -1.0, 1.0, 0.0, 0.0;
  return R;
}

TEST(Camera, ProjectsAPointAsWorkedByHand) {
  const Camera camera = Camera::from_intrinsics(intrinsics(), along_x(), {-4.0, 1.0, 2.0});
  // 4 in front, 0.5 to the right (towards -y), 0.25 up: u = 50 + 100/8, v = 40 - 200/16.
  const Eigen::Vector3d pixel = camera.P * Eigen::Vector4d(0.0, 0.5, 2.25, 1.0);
  EXPECT_NEAR(pixel.z(), 4.0, kTight);
  EXPECT_NEAR(pixel.x() / pixel.z(), 62.5, kTight);
  EXPECT_NEAR(pixel.y() / pixel.z(), 27.5, kTight);
}

TEST(Camera, HasPositiveDepthInFrontAndNegativeBehind) {
  const Camera camera = Camera::from_intrinsics(intrinsics(), along_x(), {0.0, 0.0, 0.0});
  EXPECT_GT(camera.P.row(2).dot(Eigen::RowVector4d(3.0, 1.0, 1.0, 1.0)), 0.0);
  EXPECT_LT(camera.P.row(2).dot(Eigen::RowVector4d(-3.0, 1.0, 1.0, 1.0)), 0.0);
}

TEST(Camera, FindsItsPositionWhateverTheScaleOfP) {
  const Eigen::Vector3d position(-4.0, 1.0, 2.0);
  const Camera camera = Camera::from_intrinsics(intrinsics(), along_x(), position);
  EXPECT_TRUE(camera.position().isApprox(position, kTight));
  EXPECT_TRUE(Camera::from_projection(-0.01 * camera.P).position().isApprox(position, kTight));
}

TEST(Camera, LooksAlongTheOpticalAxisWithoutAPicture) {
  const Camera camera = Camera::from_intrinsics(intrinsics(), along_x(), {-4.0, 1.0, 2.0});
  EXPECT_TRUE(camera.viewing_direction().isApprox(Eigen::Vector3d::UnitX(), kTight));
}

TEST(Camera, LooksThroughTheMiddleOfItsPicture) {
  Camera camera = Camera::from_intrinsics(intrinsics(), along_x(), {-4.0, 1.0, 2.0});
  camera.silhouette = cv::Mat::zeros(281, 301, CV_8UC1);
  // The middle is (150, 140): one focal length right (-y) and half a one down (-z).
  const Eigen::Vector3d expected = Eigen::Vector3d(1.0, -1.0, -0.5).normalized();
  EXPECT_TRUE(camera.viewing_direction().isApprox(expected, kTight));
}

TEST(Camera, LooksIntoTheSceneInAMirroredFrame) {
  Eigen::Matrix3d mirror = Eigen::Matrix3d::Identity();
  mirror(0, 0) = -1.0;
  Camera camera = Camera::from_intrinsics(intrinsics(), mirror * along_x(), {-4.0, 1.0, 2.0});
  ASSERT_LT(camera.P.leftCols<3>().determinant(), 0.0);
  EXPECT_GT(camera.viewing_direction().x(), 0.9);
  camera.image = cv::Mat::zeros(81, 101, CV_8UC3);
  EXPECT_TRUE(camera.viewing_direction().isApprox(Eigen::Vector3d::UnitX(), kTight));
}

TEST(Camera, RefusesAProjectionThatIsNotFiniteOrSingular) {
  const Camera camera = Camera::from_intrinsics(intrinsics(), along_x(), {-4.0, 1.0, 2.0});
  Matrix34 P = camera.P;
  P(1, 2) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(Camera::from_projection(P), std::invalid_argument);
  P = camera.P;
  P.row(2) = 2.0 * P.row(0);
  EXPECT_THROW(Camera::from_projection(P), std::invalid_argument);
  EXPECT_THROW(Camera::from_projection(Matrix34::Zero()), std::invalid_argument);
  EXPECT_NO_THROW(Camera::from_projection(1e-9 * camera.P));
}

TEST(Camera, RefusesIntrinsicsAndRotationsThatAreNone) {
  const Eigen::Vector3d position(-4.0, 1.0, 2.0);
  Eigen::Matrix3d K = intrinsics();
  K(2, 2) = 2.0;
  EXPECT_THROW(Camera::from_intrinsics(K, along_x(), position), std::invalid_argument);
  K = intrinsics();
  K(0, 0) = 0.0;
  EXPECT_THROW(Camera::from_intrinsics(K, along_x(), position), std::invalid_argument);
  const Eigen::Matrix3d stretched = 1.001 * along_x();
  EXPECT_THROW(Camera::from_intrinsics(intrinsics(), stretched, position), std::invalid_argument);
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_THROW(Camera::from_intrinsics(intrinsics(), along_x(), {infinity, 0.0, 0.0}),
               std::invalid_argument);
}

}  // namespace
}  // namespace pset3
