#include "grader/worlds/tracer.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "grader/base/parallel.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

constexpr double kSurface = 1e-7;
constexpr int kMaxSteps = 4000;

}  // namespace

Rays::Rays(const View& view)
    : position_(view.position), world_from_pixel_(view.R.transpose() * view.K.inverse()) {}

Tracer::Tracer(const Solid& solid, int grid_size)
    : solid_(solid),
      grid_size_(grid_size),
      cell_(2.0 * solid.radius / (grid_size - 1)),
      // Half a cell's diagonal, and what rounding to float loses.
      cell_error_(0.5 * std::sqrt(3.0) * cell_ + 1e-5 * solid.radius),
      grid_(static_cast<std::size_t>(grid_size * grid_size * grid_size)) {
  parallel_for(grid_size_, [this](int z) {
    for (int y = 0; y < grid_size_; ++y) {
      for (int x = 0; x < grid_size_; ++x) {
        const Vector3d point = cell_ * Vector3d(x, y, z) - Vector3d::Constant(solid_.radius);
        grid_[index(x, y, z)] = static_cast<float>(solid_.distance(point));
      }
    }
  });
}

std::size_t Tracer::index(int x, int y, int z) const {
  const int at = (z * grid_size_ + y) * grid_size_ + x;
  return static_cast<std::size_t>(at);
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

double Tracer::grid_bound(const Vector3d& point) const {
  const auto nearest = [this](double coordinate) {
    const auto line = static_cast<int>(std::lround((coordinate + solid_.radius) / cell_));
    return std::clamp(line, 0, grid_size_ - 1);
  };
  return grid_[index(nearest(point.x()), nearest(point.y()), nearest(point.z()))] - cell_error_;
}

// Narrows a span whose ends are outside and inside of the solid.
double Tracer::surface_between(const Ray& ray, Span span, double outside, double inside) const {
  for (int step = 0; step < 12; ++step) {
    const double way = span.begin + (span.end - span.begin) * outside / (outside - inside);
    const double distance = solid_.distance(ray.at(way));
    if (std::abs(distance) < 1e-5) return way;
    (distance > 0.0 ? span.begin : span.end) = way;
    (distance > 0.0 ? outside : inside) = distance;
  }
  return span.begin;
}

std::optional<double> Tracer::hit(const Ray& ray) const {
  const std::optional<Span> span = span_in_ball(ray);
  if (!span) return std::nullopt;
  double way = span->begin;
  double distance = 0.0;  // at `way` - `stride`, where that is close to the surface, else 0
  double stride = 0.0;
  for (int step = 0; step < kMaxSteps && way <= span->end; ++step) {
    const Vector3d point = ray.at(way);
    if (distance == 0.0) {
      const double bound = grid_bound(point);
      if (bound > 0.25 * cell_) {
        way += bound;
        continue;
      }
    }
    const double here = solid_.distance(point);
    if (here <= kSurface) {
      return distance > 0.0 ? surface_between(ray, {way - stride, way}, distance, here) : way;
    }
    if (distance > 0.0 && stride > distance + here) {
      // Too bold: between the two balls of empty space there is a gap. Go on from the first.
      way -= stride - distance;
      distance = 0.0;
      continue;
    }
    // As far as the surface would be if the distance shrank on as it did, and a bit beyond.
    const double slope = distance > 0.0 ? (distance - here) / stride : 1.0;
    distance = here > 2.0 * cell_ ? 0.0 : here;
    stride = here * (slope > 0.0 && distance > 0.0 ? std::clamp(1.02 / slope, 1.0, 6.0) : 1.0);
    // No bold step out of the ball: nothing would look at the gap that it may leave.
    if (way + stride > span->end) stride = here;
    way += stride;
  }
  // A ray that is still going after so many steps grazes the surface by less than can be told.
  return way <= span->end ? std::optional<double>(way) : std::nullopt;
}

Vector3d Tracer::normal(const Vector3d& point) const {
  // The corners of a tetrahedron: four distances give the slope along all axes.
  constexpr double kStep = 1e-4;
  Vector3d slope = Vector3d::Zero();
  for (const Vector3d& corner :
       {Vector3d(1, 1, 1), Vector3d(1, -1, -1), Vector3d(-1, 1, -1), Vector3d(-1, -1, 1)}) {
    slope += corner * solid_.distance(point + kStep * corner);
  }
  const double length = slope.norm();
  return length > 0.0 ? Vector3d(slope / length) : Vector3d::UnitZ();
}

double Tracer::rough_distance(const Vector3d& point) const {
  const double far = point.norm();
  const double beyond = std::max(far - solid_.radius, 0.0);
  const Vector3d place =
      (point * (beyond > 0.0 ? solid_.radius / far : 1.0)).array() / cell_ + solid_.radius / cell_;
  const auto cell_of = [this](double coordinate) {
    return std::clamp(static_cast<int>(coordinate), 0, grid_size_ - 2);
  };
  const int x = cell_of(place.x());
  const int y = cell_of(place.y());
  const int z = cell_of(place.z());
  const double dx = place.x() - x;
  const auto along_x = [&](int row, int layer) {
    const float* pair = &grid_[index(x, row, layer)];
    return pair[0] + dx * (pair[1] - pair[0]);
  };
  const auto along_y = [&](int layer) {
    const double near = along_x(y, layer);
    return near + (place.y() - y) * (along_x(y + 1, layer) - near);
  };
  const double bottom = along_y(z);
  return bottom + (place.z() - z) * (along_y(z + 1) - bottom) + beyond;
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

}  // namespace pset3::worlds
