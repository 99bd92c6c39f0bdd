#include <Eigen/Geometry>
#include <Eigen/LU>
#include <opencv2/core/eigen.hpp>
#include <optional>

#include "starter/common/data/dataset_formats.hpp"
#include "starter/common/data/mat_file.hpp"

namespace pset3 {
namespace {

const char* const kGetFramesAgain = "Get the data set again.";

/// Such files follow no common convention for K, R and T (a camera may look along +z or -z, T be
/// its centre or the origin in its frame), so they are only checked; P says all that is needed.
void check_pose(const MatValue& frames, std::size_t view) {
  for (const char* const name : {"K", "R"}) {
    const MatValue field = frames.field(name, view);
    check_matrix(field.matrix(), 3, 3, field.file(), field.place());
  }
  const MatValue field = frames.field("T", view);
  const Eigen::MatrixXd T = field.matrix();
  check_matrix(T.rows() == 1 ? Eigen::MatrixXd(T.transpose()) : T, 3, 1, field.file(),
               field.place());
}

Camera load_frame(const MatValue& frames, std::size_t view) {
  const MatValue P = frames.field("P", view);
  Camera camera = camera_from_matrix(P.matrix(), P.file(), P.place());
  check_pose(frames, view);
  camera.image = frames.field("image", view).colour_image();
  if (frames.has_field("silhouette")) {
    const MatValue silhouette = frames.field("silhouette", view);
    cv::Mat values;
    cv::eigen2cv(silhouette.matrix(), values);
    camera.silhouette = (values != 0.0) / 255;
    check_silhouette_size(camera, silhouette.file(), silhouette.place());
  }
  return camera;
}

/// @returns the point nearest to all lines of sight in the sense of least squares, or nothing when
/// they are parallel. The signs of the projections do not matter.
std::optional<Eigen::Vector3d> meeting_point(const std::vector<Camera>& cameras) {
  Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
  Eigen::Vector3d right_side = Eigen::Vector3d::Zero();
  for (const Camera& camera : cameras) {
    const Eigen::Vector3d line = camera.viewing_direction();
    const Eigen::Matrix3d across = Eigen::Matrix3d::Identity() - line * line.transpose();
    normal += across;
    right_side += across * camera.position();
  }
  Eigen::FullPivLU<Eigen::Matrix3d> lu(normal);
  lu.setThreshold(1e-6);
  if (!lu.isInvertible()) return std::nullopt;
  return Eigen::Vector3d(lu.solve(right_side));
}

/// P and -P give the same pixels. All cameras look at one object, so it is in front of each.
void put_the_object_in_front(std::vector<Camera>& cameras) {
  const auto object = meeting_point(cameras);
  if (!object) return;
  for (Camera& camera : cameras) {
    if (camera.P.row(2).dot(object->homogeneous()) < 0.0) camera.P = -camera.P;
  }
}

}  // namespace

CalibratedViews load_frames_views(const std::filesystem::path& folder) {
  const MatValue frames = MatValue::read(folder / "frames.mat", "frames", kGetFramesAgain);
  std::vector<Camera> cameras;
  for (std::size_t view = 0; view < frames.size(); ++view) {
    cameras.push_back(load_frame(frames, view));
  }
  if (cameras.empty()) {
    throw data_error({frames.file(), frames.place(), "at least one view", "none", kGetFramesAgain});
  }
  put_the_object_in_front(cameras);
  return {std::move(cameras), {}};
}

}  // namespace pset3
