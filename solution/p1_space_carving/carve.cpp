#include <Eigen/Geometry>
#include <stdexcept>
#include <string>
#include <vector>

#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {

Voxels carve(const Voxels& voxels, const Camera& camera) {
  const cv::Mat& silhouette = camera.silhouette;
  if (silhouette.empty() || silhouette.type() != CV_8UC1) {
    throw std::invalid_argument(
        "carve: " + std::to_string(voxels.rows()) +
        " voxels need a silhouette (H, W) CV_8UC1, got " + std::to_string(silhouette.rows) + "x" +
        std::to_string(silhouette.cols) + " " + cv::typeToString(silhouette.type()));
  }

  // TODO(student): Keep the voxels that project onto the silhouette (question (b)).
  // BEGIN SOLUTION
  const Matrix34 P = camera.P;
  std::vector<Eigen::Index> kept;
  for (Eigen::Index i = 0; i < voxels.rows(); ++i) {
    const Eigen::Vector3d pixel = P * voxels.row(i).transpose().homogeneous();
    if (!(pixel.z() > 0.0)) continue;
    // Half a pixel more, so that cutting off the fraction rounds to the nearest.
    const double u = pixel.x() / pixel.z() + 0.5;
    const double v = pixel.y() / pixel.z() + 0.5;
    const bool in_image = u >= 0.0 && u < silhouette.cols && v >= 0.0 && v < silhouette.rows;
    if (in_image && silhouette.at<uchar>(static_cast<int>(v), static_cast<int>(u)) != 0) {
      kept.push_back(i);
    }
  }
  return voxels(kept, Eigen::all);
  // END SOLUTION
}

}  // namespace pset3::carving
