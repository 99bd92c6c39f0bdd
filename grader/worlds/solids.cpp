#include "grader/worlds/solids.hpp"

#include <algorithm>
#include <cmath>

#include "grader/worlds/random.hpp"

namespace pset3::worlds {
namespace {

double box_distance(const Eigen::Vector3d& point, const Eigen::Vector3d& half_sides) {
  const Eigen::Vector3d beyond = point.cwiseAbs() - half_sides;
  return beyond.cwiseMax(0.0).norm() + std::min(beyond.maxCoeff(), 0.0);
}

/// Shrunk to a bound: the gradient of |point / axes| is at most 1 / the shortest axis.
double ellipsoid_bound(const Eigen::Vector3d& point, const Eigen::Vector3d& half_axes) {
  return (point.cwiseQuotient(half_axes).norm() - 1.0) * half_axes.minCoeff();
}

Eigen::Vector3d clay(const Eigen::Vector3d&) { return {0.75, 0.42, 0.26}; }

struct Lump {
  bool is_box = false;
  Eigen::Matrix3d turn;
  Eigen::Vector3d centre;
  Eigen::Vector3d half_sizes;

  double distance(const Eigen::Vector3d& point) const {
    const Eigen::Vector3d local = turn.transpose() * (point - centre);
    return is_box ? box_distance(local, half_sizes) : ellipsoid_bound(local, half_sizes);
  }
  double reach() const {
    return centre.norm() + (is_box ? half_sizes.norm() : half_sizes.maxCoeff());
  }
};

void centre(std::vector<Lump>& lumps) {
  Eigen::Vector3d low = lumps.front().centre;
  Eigen::Vector3d high = low;
  for (const Lump& lump : lumps) {
    low = low.cwiseMin(lump.centre);
    high = high.cwiseMax(lump.centre);
  }
  for (Lump& lump : lumps) lump.centre -= 0.5 * (low + high);
}

/// The centre of each lump but the first lies inside an earlier one, so the solid is connected.
std::vector<Lump> random_lumps(Random& random) {
  std::vector<Lump> lumps(static_cast<std::size_t>(random.integer(3, 6)));
  for (std::size_t i = 0; i < lumps.size(); ++i) {
    Lump& lump = lumps[i];
    lump.is_box = random.coin();
    lump.turn = random.rotation();
    lump.half_sizes = i == 0 ? random.vector(0.18, 0.36) : random.vector(0.07, 0.24);
    lump.centre.setZero();
    if (i == 0) continue;
    const Lump& host = lumps[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))];
    const Eigen::Vector3d way = random.direction();
    // Inside boxes and ellipsoids alike: |way| = 1, so |component| <= 0.95 of the half size.
    lump.centre = host.centre + host.turn * (0.95 * way.cwiseProduct(host.half_sizes));
  }
  centre(lumps);
  return lumps;
}

double reach_of(const std::vector<Lump>& lumps) {
  double reach = 0.0;
  for (const Lump& lump : lumps) reach = std::max(reach, lump.reach());
  return reach;
}

}  // namespace

double smooth_union(double first, double second, double width) {
  const double overlap = std::max(width - std::abs(first - second), 0.0);
  return std::min(first, second) - overlap * overlap / (4.0 * width);
}

RoundCone::RoundCone(const Shape& shape)
    : middle_(0.5 * (shape.from + shape.to)),
      inverse_stretch_(shape.stretch.cwiseInverse()),
      from_((shape.from - middle_).cwiseProduct(inverse_stretch_)),
      axis_((shape.to - shape.from).cwiseProduct(inverse_stretch_)),
      least_stretch_(shape.stretch.minCoeff()),
      from_radius_(shape.from_radius),
      to_radius_(shape.to_radius),
      bound_(0.5 * (shape.to - shape.from).norm() +
             std::max(from_radius_, to_radius_) * shape.stretch.maxCoeff()),
      shrinking_(shape.stretch.maxCoeff() / shape.stretch.minCoeff()),
      axis_squared_(axis_.squaredNorm()),
      inverse_axis_squared_(1.0 / axis_squared_),
      radius_drop_(from_radius_ - to_radius_),
      lean_(radius_drop_ / std::sqrt(axis_squared_ - radius_drop_ * radius_drop_)),
      nested_(axis_squared_ <= radius_drop_ * radius_drop_) {}

double RoundCone::distance(const Eigen::Vector3d& point) const {
  const Eigen::Vector3d local = (point - middle_).cwiseProduct(inverse_stretch_) - from_;
  // One end's ball holds the other's: only the greater one shows.
  if (nested_) {
    const bool from_wins = radius_drop_ >= 0.0;
    const double to_end = from_wins ? local.norm() : (local - axis_).norm();
    return (to_end - (from_wins ? from_radius_ : to_radius_)) * least_stretch_;
  }
  // In the plane of the axis and the point, in units of the axis' length: `along` and `aside`.
  const double along = local.dot(axis_);
  const double aside =
      std::sqrt(std::max(local.squaredNorm() * axis_squared_ - along * along, 0.0));
  // The point of the surface that is nearest lies on the normal, which leans by the radii's drop.
  const double foot = along - aside * lean_;
  const double share = std::clamp(foot * inverse_axis_squared_, 0.0, 1.0);
  const double to_axis = (local - share * axis_).norm();
  return (to_axis - from_radius_ + share * radius_drop_) * least_stretch_;
}

Solid ellipsoid(const Eigen::Vector3d& half_axes) {
  return {[half_axes](const Eigen::Vector3d& point) { return ellipsoid_bound(point, half_axes); },
          clay, half_axes.maxCoeff(), -half_axes.z()};
}

Solid box(const Eigen::Vector3d& half_sides) {
  return {[half_sides](const Eigen::Vector3d& point) { return box_distance(point, half_sides); },
          clay, half_sides.norm(), -half_sides.z()};
}

Solid turned(const Solid& solid, const Eigen::Matrix3d& turn) {
  const Eigen::Matrix3d back = turn.transpose();
  return {[f = solid.distance, back](const Eigen::Vector3d& point) { return f(back * point); },
          [f = solid.colour, back](const Eigen::Vector3d& point) { return f(back * point); },
          solid.radius, -solid.radius};
}

Solid joined(const Solid& first, const Solid& second) {
  return {[f = first.distance, g = second.distance](const Eigen::Vector3d& point) {
            return std::min(f(point), g(point));
          },
          first.colour, std::max(first.radius, second.radius), std::min(first.floor, second.floor)};
}

Solid stretched(const Solid& solid, const Eigen::Vector3d& factors) {
  const Eigen::Vector3d back = factors.cwiseInverse();
  // Shrunk by the least factor, so that it stays a bound.
  return {[f = solid.distance, back, least = factors.minCoeff()](const Eigen::Vector3d& point) {
            return least * f(point.cwiseProduct(back));
          },
          [f = solid.colour, back](const Eigen::Vector3d& point) {
            return f(point.cwiseProduct(back));
          },
          solid.radius * factors.maxCoeff(), solid.floor * factors.z()};
}

Solid random_solid(std::uint64_t seed) {
  Random random(seed, "random_solid");
  const std::vector<Lump> lumps = random_lumps(random);
  Solid solid;
  solid.colour = clay;
  solid.radius = random.uniform(0.6, 1.0);
  solid.floor = -solid.radius;
  const double scale = solid.radius / reach_of(lumps);
  solid.distance = [lumps, scale, radius = solid.radius](const Eigen::Vector3d& point) {
    const Eigen::Vector3d local = point / scale;
    double nearest = lumps.front().distance(local);
    for (std::size_t i = 1; i < lumps.size(); ++i) {
      nearest = smooth_union(nearest, lumps[i].distance(local), 0.08);
    }
    // What the blend adds beyond the ball is cut off, so that the radius is a promise.
    return std::max(scale * nearest, point.norm() - radius);
  };
  return solid;
}

}  // namespace pset3::worlds
