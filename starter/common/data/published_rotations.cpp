#include "starter/common/data/published_rotations.hpp"

#include <Eigen/SVD>
#include <sstream>

#include "starter/common/data/data_file.hpp"

namespace pset3 {
namespace {

constexpr double kExact = 1e-6;     // what Camera::from_intrinsics asks for
constexpr double kRounded = 0.001;  // three decimals, fewer than any published set has

double off_by(const Eigen::Matrix3d& R) {
  return (R * R.transpose() - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff();
}

// The nearest one in the Frobenius norm: the orthogonal factor of the polar decomposition.
Eigen::Matrix3d nearest_orthogonal(const Eigen::Matrix3d& R) {
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(R, Eigen::ComputeFullU | Eigen::ComputeFullV);
  return svd.matrixU() * svd.matrixV().transpose();
}

std::string short_text(double number) {
  std::ostringstream text;
  text.precision(2);
  text << number;
  return text.str();
}

}  // namespace

Eigen::Matrix3d PublishedRotations::take(const Eigen::Matrix3d& R, const std::string& place) {
  const double off = off_by(R);
  if (off <= kExact) return R;
  if (!(off <= kRounded)) {
    throw data_error({file_, place,
                      "a rotation matrix: R R^T is the identity matrix to within 0.001",
                      "a matrix whose R R^T is off by " + short_text(off),
                      "Check that R holds the camera's axes row by row, without a scale, and write "
                      "it with six decimals or more."});
  }
  ++replaced_;
  if (off > worst_) {
    worst_ = off;
    worst_place_ = place;
  }
  return nearest_orthogonal(R);
}

std::vector<std::string> PublishedRotations::notes() const {
  if (replaced_ == 0) return {};
  const std::string views = replaced_ == 1 ? "1 view is" : std::to_string(replaced_) + " views are";
  return {file_.string() + ": the rotations of " + views +
          " rounded; the nearest exact rotations are used. The worst is " + worst_place_ +
          ": its R R^T is off by " + short_text(worst_) + "."};
}

}  // namespace pset3
