#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <vector>

#include "grader/synthetic/turntable.hpp"

namespace pset3::synthetic {

struct Ray {
  Eigen::Vector3d origin = Eigen::Vector3d::Zero();
  Eigen::Vector3d direction = Eigen::Vector3d::UnitX();  ///< a unit vector

  Eigen::Vector3d at(double way) const { return origin + way * direction; }
};

/// @returns the ray through a pixel of a view; (u, v) = (column, row) from the centre of the top
/// left pixel.
Ray ray_through(const View& view, double u, double v);

/// Meets rays with a solid, by sphere tracing. A grid of distances, made once, carries a ray
/// through empty space; close to the surface the solid's own distance decides, so that the grid
/// changes the time and not the answer.
class Tracer {
 public:
  explicit Tracer(const Solid& solid);

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
  std::size_t index(int x, int y, int z) const;

  Solid solid_;
  double cell_;
  double cell_error_;  ///< how far the distance at a point can be from that of its grid point
  std::vector<float> grid_;
};

}  // namespace pset3::synthetic
