#include <fmt/format.h>
#include <Eigen/Geometry>
#include <cmath>
#include <numbers>

#include "grader/base/error.hpp"
#include "grader/worlds/look_at.hpp"
#include "grader/worlds/turntable.hpp"

namespace pset3::worlds {
namespace {

constexpr double kDegree = std::numbers::pi / 180.0;

void require_range(const char* option, double value, double low, double high) {
  // Written so that a NaN is refused too.
  if (value >= low && value <= high) return;
  throw InputError(fmt::format("turntable option {} must be from {} to {}, but is {}", option, low,
                               high, value));
}

}  // namespace

Eigen::Matrix<double, 3, 4> View::projection() const {
  Eigen::Matrix<double, 3, 4> extrinsics;
  extrinsics << R, -R * position;
  return K * extrinsics;
}

Eigen::Matrix3d look_at(const Eigen::Vector3d& position, const Eigen::Vector3d& target,
                        const Eigen::Vector3d& up) {
  const Eigen::Vector3d forward = (target - position).normalized();
  const Eigen::Vector3d right = forward.cross(up).normalized();
  Eigen::Matrix3d R;
  R << right.transpose(), forward.cross(right).transpose(), forward.transpose();
  return R;
}

void TurntableOptions::check() const {
  require_range("views", views, 2, 1000);
  require_range("width", width, 16, 8192);
  require_range("height", height, 16, 8192);
  require_range("distance", distance, 1.2, 1000.0);
  require_range("elevation_deg", elevation_deg, 0.0, 80.0);
  require_range("wobble_deg", wobble_deg, 0.0, 80.0 - elevation_deg);
  require_range("field_of_view_deg", field_of_view_deg, 1.0, 150.0);
}

std::vector<View> ring(const TurntableOptions& options) {
  options.check();
  const double focal_px = 0.5 * options.width / std::tan(0.5 * options.field_of_view_deg * kDegree);
  std::vector<View> views(static_cast<std::size_t>(options.views));
  for (std::size_t i = 0; i < views.size(); ++i) {
    View& view = views[i];
    const double azimuth = 2.0 * std::numbers::pi * static_cast<double>(i) / options.views;
    // Two waves a turn: views from high and from low alternate, which tells more than one ring.
    const double elevation =
        kDegree * (options.elevation_deg + options.wobble_deg * std::sin(2.0 * azimuth + 0.5));
    view.position = options.distance * Eigen::Vector3d(std::cos(azimuth) * std::cos(elevation),
                                                       std::sin(azimuth) * std::cos(elevation),
                                                       std::sin(elevation));
    view.R = look_at(view.position, Eigen::Vector3d::Zero(), Eigen::Vector3d::UnitZ());
    view.K << focal_px, 0.0, 0.5 * (options.width - 1),  //
        0.0, focal_px, 0.5 * (options.height - 1),       //
        0.0, 0.0, 1.0;
    view.width = options.width;
    view.height = options.height;
  }
  return views;
}

}  // namespace pset3::worlds
