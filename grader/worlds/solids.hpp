#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "grader/worlds/turntable.hpp"

namespace pset3::worlds {

/// Blends two distances: the lower one, rounded off where they differ by less than `width`.
/// Keeps a Lipschitz constant of 1, so it is a distance bound when both arguments are.
double smooth_union(double first, double second, double width);

/// A ball that grows or shrinks on its way from one end to the other, stretched along the axes of
/// the world about the middle of the way: a capsule, a cone with round ends, or an ellipsoid when
/// both ends are one point.
class RoundCone {
 public:
  struct Shape {
    Eigen::Vector3d from = Eigen::Vector3d::Zero();
    Eigen::Vector3d to = Eigen::Vector3d::Zero();
    double from_radius = 0.1;
    double to_radius = 0.1;
    Eigen::Vector3d stretch = Eigen::Vector3d::Ones();
  };
  explicit RoundCone(const Shape& shape);

  /// @returns a distance bound with Lipschitz constant 1.
  double distance(const Eigen::Vector3d& point) const;
  /// @returns whether distance(point) is above `reach`. Quick, and may say no when yes is true.
  bool surely_beyond(const Eigen::Vector3d& point, double reach) const {
    // distance() shrinks what is outside of the bounding ball by the stretch, so the ball grows.
    const double far = bound_ + reach * shrinking_;
    return reach > 0.0 && (point - middle_).squaredNorm() > far * far;
  }

 private:
  Eigen::Vector3d middle_, inverse_stretch_, from_, axis_;
  double least_stretch_, from_radius_, to_radius_;
  double bound_;      ///< radius of a ball around middle_ that holds the part
  double shrinking_;  ///< greatest stretch / least stretch
  double axis_squared_, inverse_axis_squared_, radius_drop_;
  double lean_;  ///< of the side's normal, towards the thinner end
  bool nested_;  ///< one end's ball holds the other's
};

/// An ellipsoid with these half axes about the origin.
Solid ellipsoid(const Eigen::Vector3d& half_axes);

/// A box with these half sides about the origin.
Solid box(const Eigen::Vector3d& half_sides);

/// The solid, turned about the origin.
Solid turned(const Solid& solid, const Eigen::Matrix3d& turn);

/// Both solids at once.
Solid joined(const Solid& first, const Solid& second);

/// The solid, stretched along the axes.
Solid stretched(const Solid& solid, const Eigen::Vector3d& factors);

}  // namespace pset3::worlds
