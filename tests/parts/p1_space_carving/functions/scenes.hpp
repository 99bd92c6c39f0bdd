#pragma once

#include <Eigen/Geometry>
#include <array>
#include <cmath>
#include <random>
#include <set>
#include <vector>

#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {

/// A camera that looks from a point at the origin, with a picture of 160x120 pixels and a
/// silhouette that is full.
inline Camera camera_at(const Eigen::Vector3d& position, double focal_px = 150.0) {
  Eigen::Matrix3d K;
  K << focal_px, 0.0, 79.5, 0.0, focal_px, 59.5, 0.0, 0.0, 1.0;
  Eigen::Matrix3d R;
  R.row(2) = -position.normalized();
  R.row(0) = R.row(2).cross(Eigen::RowVector3d::UnitZ()).normalized();
  R.row(1) = R.row(2).cross(R.row(0));
  Camera camera = Camera::from_intrinsics(K, R, position);
  camera.silhouette = cv::Mat(120, 160, CV_8UC1, cv::Scalar(1));
  return camera;
}

/// The exact silhouette of a ball: the pixels whose ray passes its centre within the radius.
inline void draw_ball(Camera& camera, const Eigen::Vector3d& centre, double radius) {
  const Eigen::Matrix3d ray_from_pixel = camera.P.leftCols<3>().inverse();
  const Eigen::Vector3d to_centre = centre - camera.position();
  for (int v = 0; v < camera.silhouette.rows; ++v) {
    for (int u = 0; u < camera.silhouette.cols; ++u) {
      const Eigen::Vector3d ray = (ray_from_pixel * Eigen::Vector3d(u, v, 1.0)).normalized();
      camera.silhouette.at<uchar>(v, u) = ray.cross(to_centre).norm() <= radius ? 1 : 0;
    }
  }
}

/// Cameras on a ring at distance 5 that goes up and down, all looking at the origin.
inline std::vector<Camera> ring(int views) {
  std::vector<Camera> cameras;
  for (int i = 0; i < views; ++i) {
    const double angle = 2.0 * 3.14159265358979 * i / views + 0.1;
    const Eigen::Vector3d side(std::cos(angle), std::sin(angle), i % 2 == 0 ? 0.5 : -0.2);
    cameras.push_back(camera_at(5.0 * side.normalized()));
  }
  return cameras;
}

inline Voxels random_points(int count, double half_extent, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> coordinate(-half_extent, half_extent);
  return Voxels::NullaryExpr(count, 3, [&] { return coordinate(random); });
}

inline std::set<std::array<double, 3>> as_set(const Voxels& voxels) {
  std::set<std::array<double, 3>> points;
  for (Eigen::Index i = 0; i < voxels.rows(); ++i) {
    points.insert({voxels(i, 0), voxels(i, 1), voxels(i, 2)});
  }
  return points;
}

inline Voxels carve_all(Voxels voxels, const std::vector<Camera>& cameras) {
  for (const Camera& camera : cameras) voxels = carve(voxels, camera);
  return voxels;
}

}  // namespace pset3::carving
