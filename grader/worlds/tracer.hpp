#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <vector>

#include "grader/worlds/turntable.hpp"

namespace pset3::worlds {

struct Ray {
  Eigen::Vector3d origin = Eigen::Vector3d::Zero();
  Eigen::Vector3d direction = Eigen::Vector3d::UnitX();  ///< a unit vector

  Eigen::Vector3d at(double way) const { return origin + way * direction; }
};

/// The rays of a view's pixels.
class Rays {
 public:
  explicit Rays(const View& view);

  /// @returns the ray through (u, v) = (column, row) from the centre of the top left pixel.
  Ray through(double u, double v) const {
    return {position_, (world_from_pixel_ * Eigen::Vector3d(u, v, 1.0)).normalized()};
  }

 private:
  Eigen::Vector3d position_;
  Eigen::Matrix3d world_from_pixel_;
};

/// Meets rays with a solid, by sphere tracing. A grid of distances, made once, carries a ray
/// through empty space; close to the surface the solid's own distance decides, so that the grid
/// changes the time and not the answer.
class Tracer {
 public:
  /// @param grid_size  points along a side of the grid: more take longer to make and save time for
  ///                   each ray. 40 is good for one small picture, 96 for many.
  explicit Tracer(const Solid& solid, int grid_size = 40);

  const Solid& solid() const { return solid_; }
  /// @returns how far along the ray it first meets the solid, if it does. The surface counts as
  /// thicker than it is by 1e-7.
  std::optional<double> hit(const Ray& ray) const;
  /// @returns the outward unit normal at a point of the surface.
  Eigen::Vector3d normal(const Eigen::Vector3d& point) const;
  /// @returns the distance to the solid, interpolated in the grid: smooth and quick, good enough
  /// for shades. At least the distance to the ball outside of it.
  double rough_distance(const Eigen::Vector3d& point) const;
  /// @returns 0 (dark) to 1 (lit): how much of a lamp that is far away in a direction is seen.
  double light(const Eigen::Vector3d& point, const Eigen::Vector3d& towards_lamp) const;

 private:
  struct Span {
    double begin = 0.0;
    double end = 0.0;
  };
  std::optional<Span> span_in_ball(const Ray& ray) const;
  double surface_between(const Ray& ray, Span span, double outside, double inside) const;
  std::size_t index(int x, int y, int z) const;
  double grid_bound(const Eigen::Vector3d& point) const;

  Solid solid_;
  int grid_size_;
  double cell_;
  double cell_error_;  ///< how far the distance at a point can be from that of its grid point
  std::vector<float> grid_;
};

}  // namespace pset3::worlds
