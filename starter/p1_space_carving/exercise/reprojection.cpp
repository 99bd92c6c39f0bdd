#include "starter/p1_space_carving/exercise/reprojection.hpp"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>

namespace pset3::carving {
namespace {

// The outline of a small cube in the picture: the sum of its three edges, a hexagon. A point is in
// it when it lies in three strips, each along one edge.
struct Outline {
  Eigen::Vector2d centre;
  Eigen::Matrix<double, 2, 3> normals;  // of the strips, a column each
  Eigen::Vector3d half_widths;          // of the strips, by length of their normal
  Eigen::Vector2d half_extent;

  Outline(const Eigen::RowVector3d& voxel, double voxel_size, const Matrix34& P) {
    const Eigen::Vector3d pixel = P * voxel.transpose().homogeneous();
    centre = pixel.head<2>() / pixel.z();
    const Eigen::Matrix<double, 2, 3> edges =
        voxel_size / pixel.z() * (P.topLeftCorner<2, 3>() - centre * P.bottomLeftCorner<1, 3>());
    normals.row(0) = -edges.row(1);
    normals.row(1) = edges.row(0);
    half_widths = (normals.transpose() * edges).cwiseAbs().rowwise().sum() / 2.0;
    half_extent = edges.cwiseAbs().rowwise().sum() / 2.0;
  }

  bool contains(double u, double v) const {
    const Eigen::Vector2d arm(u - centre.x(), v - centre.y());
    return ((normals.transpose() * arm).cwiseAbs().array() <= half_widths.array()).all();
  }
};

void fill(const Outline& outline, cv::Mat& picture) {
  const Eigen::Array2d last_pixel(picture.cols - 1.0, picture.rows - 1.0);
  const Eigen::Array2d first = (outline.centre - outline.half_extent).array().ceil().max(0.0);
  const Eigen::Array2d last =
      (outline.centre + outline.half_extent).array().floor().min(last_pixel);
  if (!(first <= last).all()) return;  // also when a corner is not a number
  const Eigen::Array2i from = first.cast<int>();
  const Eigen::Array2i to = last.cast<int>();
  for (int v = from.y(); v <= to.y(); ++v) {
    auto* row = picture.ptr<uchar>(v);
    for (int u = from.x(); u <= to.x(); ++u) {
      if (row[u] == 0 && outline.contains(u, v)) row[u] = 1;
    }
  }
}

}  // namespace

cv::Mat reproject(const Voxels& voxels, double voxel_size, const Camera& camera, cv::Size size) {
  cv::Mat picture = cv::Mat::zeros(size, CV_8UC1);
  for (Eigen::Index n = 0; n < voxels.rows(); ++n) {
    if (camera.P.row(2).dot(voxels.row(n).transpose().homogeneous()) > 0.0) {
      fill(Outline(voxels.row(n), voxel_size, camera.P), picture);
    }
  }
  return picture;
}

double intersection_over_union(const cv::Mat& a, const cv::Mat& b) {
  const cv::Mat in_a = a != 0;
  const cv::Mat in_b = b != 0;
  const int either = cv::countNonZero(in_a | in_b);
  return either == 0 ? 1.0 : static_cast<double>(cv::countNonZero(in_a & in_b)) / either;
}

Overlap reprojection_overlap(const Voxels& voxels, double voxel_size,
                             const std::vector<Camera>& cameras,
                             const std::vector<cv::Mat>& silhouettes,
                             const std::function<void()>& after_each_view) {
  Overlap overlap;
  overlap.min = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    const cv::Mat seen = reproject(voxels, voxel_size, cameras[i], silhouettes[i].size());
    const double iou = intersection_over_union(seen, silhouettes[i]);
    overlap.mean += iou / static_cast<double>(cameras.size());
    overlap.min = std::min(overlap.min, iou);
    after_each_view();
  }
  return overlap;
}

}  // namespace pset3::carving
