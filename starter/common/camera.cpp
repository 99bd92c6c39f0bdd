#include "starter/common/camera.hpp"

#include <Eigen/LU>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace pset3 {
namespace {

[[noreturn]] void fail(const std::string& what, const Eigen::MatrixXd& matrix) {
  std::ostringstream message;
  message << "Camera: " << what << ", got\n" << matrix;
  throw std::invalid_argument(message.str());
}

/// The rows are measured in pixels, pixels and nothing, so only their directions count.
bool is_singular(const Eigen::Matrix3d& matrix) {
  const double determinant = matrix.rowwise().normalized().determinant();
  return !(std::abs(determinant) > 1e-12);
}

}  // namespace

Camera Camera::from_projection(const Matrix34& P) {
  if (!P.allFinite()) fail("every entry of P must be a finite number", P);
  if (is_singular(P.leftCols<3>())) fail("P's left 3x3 block must not be singular", P);
  Camera camera;
  camera.P = P;
  return camera;
}

Camera Camera::from_intrinsics(const Eigen::Matrix3d& K, const Eigen::Matrix3d& R,
                               const Eigen::Vector3d& position) {
  if (!K.allFinite()) fail("every entry of K must be a finite number", K);
  if (K.row(2) != Eigen::RowVector3d(0.0, 0.0, 1.0)) fail("K's last row must be (0, 0, 1)", K);
  if (!R.allFinite()) fail("every entry of R must be a finite number", R);
  if (!(R * R.transpose()).isIdentity(1e-6)) fail("R must be orthogonal to 1e-6", R);
  if (!position.allFinite()) fail("every entry of the position must be a finite number", position);
  Matrix34 P;
  P << K * R, -K * R * position;
  return from_projection(P);
}

Eigen::Vector3d Camera::position() const { return -P.leftCols<3>().partialPivLu().solve(P.col(3)); }

Eigen::Vector3d Camera::viewing_direction() const {
  const cv::Size size = image.empty() ? silhouette.size() : image.size();
  // w grows with the depth, so its gradient in X points into the scene, whatever the handedness.
  if (size.empty()) return P.row(2).head<3>().transpose().normalized();
  const Eigen::Vector3d middle((size.width - 1) / 2.0, (size.height - 1) / 2.0, 1.0);
  return P.leftCols<3>().partialPivLu().solve(middle).normalized();
}

}  // namespace pset3
