#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace pset3 {

using Matrix34 = Eigen::Matrix<double, 3, 4>;

/// A calibrated view: a pinhole camera with its photograph and silhouette.
///
/// Pixels are (u, v) = (column, row) from the centre of the top left pixel. For a world point X,
/// (a, b, w) = P (X, 1) gives u = a / w, v = b / w, and w > 0 in front of the camera. The sign of
/// P's left 3x3 determinant says nothing about front and back: it also turns with a mirrored frame.
struct Camera {
  Matrix34 P = Matrix34::Zero();  ///< pixels from world; scaled so that w > 0 in front
  cv::Mat image;       ///< (H, W) CV_8UC3 in OpenCV's order blue, green, red; may be empty
  cv::Mat silhouette;  ///< (H, W) CV_8UC1: 1 = object, 0 = background; may be empty

  /// @param P  (3, 4) as above; its sign is taken as it is.
  /// @throws std::invalid_argument when an entry of P is not finite or its left 3x3 block is
  /// singular.
  static Camera from_projection(const Matrix34& P);

  /// P = K [R | -R position].
  ///
  /// @param K         (3, 3) intrinsics in pixels, last row (0, 0, 1).
  /// @param R         (3, 3) rotation, camera from world; the camera looks along its +z axis.
  /// @param position  (3) the camera's centre in world units.
  /// @throws std::invalid_argument when an entry is not finite, K's last row is not (0, 0, 1), K is
  /// singular, or R is not orthogonal to 1e-6.
  static Camera from_intrinsics(const Eigen::Matrix3d& K, const Eigen::Matrix3d& R,
                                const Eigen::Vector3d& position);

  /// @returns (3) the centre of projection in world units: the point with P (X, 1) = 0.
  Eigen::Vector3d position() const;

  /// @returns (3) the unit vector from the camera into the scene, through the middle of its
  /// picture; along the optical axis when there is neither image nor silhouette. In most cameras
  /// the two are the same; in the Oxford dinosaur's, whose principal point is far outside, they are
  /// not.
  Eigen::Vector3d viewing_direction() const;
};

}  // namespace pset3
