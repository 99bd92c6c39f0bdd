#include <stdexcept>
#include <string>

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
  PSET3_TODO();
}

}  // namespace pset3::carving
