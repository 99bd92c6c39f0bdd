#include "grader/synthetic/tracer.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "grader/synthetic/parallel.hpp"

namespace pset3::synthetic {
namespace {

using Eigen::Vector3d;

constexpr int kGridSize = 56;
constexpr double kSurface = 1e-7;
constexpr int kMaxSteps = 4000;

}  // namespace

Ray ray_through(const View& view, double u, double v) {
  const Vector3d in_camera = view.K.inverse() * Vector3d(u, v, 1.0);
  return {view.position, (view.R.transpose() * in_camera).normalized()};
}

Tracer::Tracer(const Solid& solid)
    : solid_(solid),
      cell_(2.0 * solid.radius / (kGridSize - 1)),
      // Half a cell's diagonal, and what rounding to float loses.
      cell_error_(0.5 * std::sqrt(3.0) * cell_ + 1e-5 * solid.radius),
      grid_(static_cast<std::size_t>(kGridSize) * kGridSize * kGridSize) {
  parallel_for(kGridSize, [this](int z) {
    for (int y = 0; y < kGridSize; ++y) {
      for (int x = 0; x < kGridSize; ++x) {
        const Vector3d point = cell_ * Vector3d(x, y, z) - Vector3d::Constant(solid_.radius);
        grid_[index(x, y, z)] = static_cast<float>(solid_.distance(point));
      }
    }
  });
}

std::size_t Tracer::index(int x, int y, int z) const {
  return static_cast<std::size_t>((z * kGridSize + y) * kGridSize + x);
}

std::optional<Tracer::Span> Tracer::span_in_ball(const Ray& ray) const {
  const double middle = -ray.origin.dot(ray.direction);
  const double aside_squared = ray.at(middle).squaredNorm();
  const double half_squared = solid_.radius * solid_.radius - aside_squared;
  if (half_squared <= 0.0) return std::nullopt;
  const Span span = {std::max(middle - std::sqrt(half_squared), 0.0),
                     middle + std::sqrt(half_squared)};
  if (span.end <= span.begin) return std::nullopt;
  return span;
}

std::optional<double> Tracer::hit(const Ray& ray) const {
  const std::optional<Span> span = span_in_ball(ray);
  if (!span) return std::nullopt;
  double way = span->begin;
  for (int step = 0; step < kMaxSteps && way <= span->end; ++step) {
    const Vector3d point = ray.at(way);
    const Eigen::Array3i nearest =
        ((point.array() + solid_.radius) / cell_ + 0.5).cast<int>().max(0).min(kGridSize - 1);
    const double bound = grid_[index(nearest.x(), nearest.y(), nearest.z())] - cell_error_;
    if (bound > 0.25 * cell_) {
      way += bound;
      continue;
    }
    const double distance = solid_.distance(point);
    if (distance <= kSurface) return way;
    way += distance;
  }
  // A ray that is still going after so many steps grazes the surface by less than can be told.
  return way <= span->end ? std::optional<double>(way) : std::nullopt;
}

Vector3d Tracer::normal(const Vector3d& point) const {
  constexpr double kStep = 1e-4;
  Vector3d slope;
  for (int axis = 0; axis < 3; ++axis) {
    const Vector3d step = kStep * Vector3d::Unit(axis);
    slope(axis) = solid_.distance(point + step) - solid_.distance(point - step);
  }
  const double length = slope.norm();
  return length > 0.0 ? Vector3d(slope / length) : Vector3d::UnitZ();
}

double Tracer::rough_distance(const Vector3d& point) const {
  const double beyond = point.norm() - solid_.radius;
  const Vector3d inside = beyond > 0.0 ? Vector3d(point * (solid_.radius / point.norm())) : point;
  const Eigen::Array3d place = (inside.array() + solid_.radius) / cell_;
  const Eigen::Array3i low = place.cast<int>().max(0).min(kGridSize - 2);
  const Eigen::Array3d share = place - low.cast<double>();
  double sum = 0.0;
  for (int i = 0; i < 8; ++i) {
    const Eigen::Array3i step(i & 1, (i >> 1) & 1, i >> 2);
    const Eigen::Array3i corner = low + step;
    const Eigen::Array3d weight = (step == 1).select(share, 1.0 - share);
    sum += weight.prod() * grid_[index(corner.x(), corner.y(), corner.z())];
  }
  return sum + std::max(beyond, 0.0);
}

double Tracer::light(const Vector3d& point, const Vector3d& towards_lamp) const {
  const Ray ray = {point, towards_lamp};
  const std::optional<Span> span = span_in_ball(ray);
  if (!span) return 1.0;
  // The lamp is a disc: what passes the solid closely is partly hidden. A wider angle is softer.
  constexpr double kSharpness = 9.0;
  double seen = 1.0;
  double way = std::max(span->begin, 0.03);
  for (int step = 0; step < 80 && way < span->end; ++step) {
    const double distance = rough_distance(ray.at(way));
    seen = std::min(seen, 0.5 + 0.5 * kSharpness * distance / way);
    if (seen <= 0.0) return 0.0;
    way += std::clamp(0.8 * distance, 0.012, 0.2);
  }
  return seen * seen * (3.0 - 2.0 * seen);
}

}  // namespace pset3::synthetic
