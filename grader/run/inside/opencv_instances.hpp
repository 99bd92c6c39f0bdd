#pragma once

// What p1's files do with rows of voxels, cameras and silhouettes, once each: the templates are
// instantiated in the precompiled header, and compiled in the object that goes with it, so that a
// submitted file does neither again. Nothing calls these functions. Submitted files see them: the
// namespace's name is a reserved one, so that no student's name meets it.

#include <Eigen/Dense>
#include <opencv2/core.hpp>
#include <string>

// NOLINTNEXTLINE(bugprone-reserved-identifier)
namespace __pset3_instances {

using Voxels = Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>;
using Projection = Eigen::Matrix<double, 3, 4>;

inline void rows(const Voxels& voxels, Voxels& kept, Eigen::Index i) {
  kept.resize(i, 3);
  kept.row(i) = voxels.row(i);
  kept.row(0) << 0.0, 0.0, 0.0;
  kept.row(0) = Eigen::RowVector3d(0.0, 0.0, 0.0);
  kept.row(0) = Eigen::Vector3d(0.0, 0.0, 0.0).transpose();
  kept(i, 0) = voxels(i, 0);
  kept.conservativeResize(i, 3);
  kept.conservativeResize(i, Eigen::NoChange);
  kept = voxels.topRows(i);
  kept = Voxels(voxels.topRows(i));
  kept = Voxels(0, 3);
}

inline void projections(const Voxels& voxels, const Projection& P, Eigen::Index i) {
  const Eigen::Matrix3d M = P.leftCols<3>();
  const Eigen::Vector3d t = P.col(3);
  Eigen::Vector3d pixel = M * voxels.row(i).transpose() + t;
  pixel = P.leftCols<3>() * voxels.row(i).transpose() + P.col(3);
  Eigen::Vector4d point(voxels(i, 0), voxels(i, 1), voxels(i, 2), 1.0);
  point << voxels(i, 0), voxels(i, 1), voxels(i, 2), 1.0;
  point << voxels.row(i).transpose(), 1.0;
  pixel = P * point;
  pixel /= pixel(2);
  pixel = P * voxels.row(i).transpose().homogeneous();
  const Eigen::Matrix<double, 3, Eigen::Dynamic> pixels =
      P * voxels.transpose().colwise().homogeneous();
  pixel = pixels.col(i);
}

inline void boxes(const Voxels& voxels, double side) {
  const Eigen::RowVector3d lowest = voxels.colwise().minCoeff();
  const Eigen::RowVector3d highest = voxels.colwise().maxCoeff();
  const Eigen::Vector3d lower = voxels.colwise().minCoeff().array() - side;
  const Eigen::Vector3d upper = voxels.colwise().maxCoeff().array() + side;
  Eigen::Vector3d size = upper - lower;
  size = (highest - lowest).transpose();
  size = lower + side * size;
  size = size.cwiseMin(lower).cwiseMax(upper);
  size(0) = voxels.col(0).minCoeff() + voxels.col(0).maxCoeff() + size.prod();
}

inline std::string words(const cv::Mat& image, int count, double value) {
  std::string text = "of " + std::to_string(count) + " " + std::to_string(value);
  text += std::to_string(static_cast<long>(count)) + text + "x";
  text += std::to_string(image.at<uchar>(count, count) + image.at<uchar>(cv::Point(count, count)));
  return text + cv::typeToString(image.type());
}

}  // namespace __pset3_instances
