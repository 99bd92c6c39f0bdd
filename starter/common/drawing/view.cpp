#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "starter/common/drawing/rendering.hpp"

namespace pset3::drawing {
namespace {

constexpr double kPi = 3.14159265358979323846;

double radians(double degrees) { return degrees * kPi / 180.0; }

// Two unit vectors that span the ground.
struct Ground {
  Eigen::Vector3d towards;  // from the object to the first eye
  Eigen::Vector3d aside;
};

Ground ground_of(const ViewOptions& options) {
  const Eigen::Vector3d up = options.world_up.normalized();
  const Eigen::Vector3d towards = (options.from - options.from.dot(up) * up).normalized();
  return {towards, up.cross(towards)};
}

// Axes only; the eye is found later.
View orient(const ViewOptions& options, double azimuth) {
  const auto [towards, aside] = ground_of(options);
  const double elevation = radians(options.elevation_deg);
  const Eigen::Vector3d level = std::cos(azimuth) * towards + std::sin(azimuth) * aside;
  View view;
  view.forward =
      -(std::cos(elevation) * level + std::sin(elevation) * options.world_up.normalized());
  view.right = view.forward.cross(options.world_up).normalized();
  view.up = view.right.cross(view.forward);
  if (options.left_handed_world) {
    view.right = -view.right;
  }
  const double longer = std::tan(radians(options.field_of_view_deg) / 2.0);
  const double shape = options.width_over_height;
  view.half_width = shape >= 1.0 ? longer : longer * shape;
  view.half_height = shape >= 1.0 ? longer / shape : longer;
  return view;
}

// How far the points stick out beyond the four sides of a picture whose eye is at the centre.
struct Reach {
  double right = -std::numeric_limits<double>::infinity();
  double left = right;
  double top = right;
  double bottom = right;

  void include(const Points& points, const Eigen::Vector3d& centre, const View& view,
               double share) {
    for (Eigen::Index n = 0; n < points.rows(); ++n) {
      const Eigen::Vector3d arm = points.row(n).transpose() - centre;
      const double width = share * view.half_width * view.forward.dot(arm);
      const double height = share * view.half_height * view.forward.dot(arm);
      right = std::max(right, view.right.dot(arm) - width);
      left = std::max(left, -view.right.dot(arm) - width);
      top = std::max(top, view.up.dot(arm) - height);
      bottom = std::max(bottom, -view.up.dot(arm) - height);
    }
  }
};

// Steps back until the sides are clear of every point, and aside until the slack is even.
void place_eye(const Reach& reach, const Eigen::Vector3d& centre, double share, View& view) {
  const double for_width = (reach.right + reach.left) / (2.0 * share * view.half_width);
  const double for_height = (reach.top + reach.bottom) / (2.0 * share * view.half_height);
  view.eye = centre - std::max(for_width, for_height) * view.forward +
             (reach.right - reach.left) / 2.0 * view.right +
             (reach.top - reach.bottom) / 2.0 * view.up;
}

}  // namespace

void ViewOptions::check() const {
  if (!(world_up.cross(from).norm() > 1e-9 * world_up.norm() * from.norm())) {
    throw std::invalid_argument("`from` must not be parallel to `world_up`");
  }
  if (!(field_of_view_deg > 0.0 && field_of_view_deg < 120.0 && width_over_height > 0.0 &&
        margin >= 0.0 && margin < 0.5 && std::abs(elevation_deg) < 90.0)) {
    throw std::invalid_argument(
        "a view needs 0 < field of view < 120 degrees, width / height > 0, 0 <= margin < 0.5 and "
        "|elevation| < 90 degrees");
  }
}

std::vector<View> views_around(const Points& points, int count, const ViewOptions& options) {
  options.check();
  if (points.rows() == 0 || count < 1) {
    throw std::invalid_argument("views need at least one point and one eye");
  }
  const double share = 1.0 - 2.0 * options.margin;
  const Eigen::Vector3d centre =
      (points.colwise().minCoeff() + points.colwise().maxCoeff()).transpose() / 2.0;
  std::vector<View> views;
  Reach reach;
  for (int i = 0; i < count; ++i) {
    views.push_back(orient(options, 2.0 * kPi * i / count));
    reach.include(points, centre, views.back(), share);
  }
  for (View& view : views) {
    place_eye(reach, centre, share, view);
  }
  return views;
}

double lowest(const Points& points, const Eigen::Vector3d& direction) {
  return (points * direction.normalized()).minCoeff();
}

}  // namespace pset3::drawing
