#include "grader/worlds/blocks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace pset3::worlds {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;

/// Part of a ray, with the axis of the face through which it begins.
struct Span {
  double begin = -std::numeric_limits<double>::infinity();
  double end = std::numeric_limits<double>::infinity();
  int axis = 2;

  bool is_empty() const { return !(begin <= end); }
};

/// Cuts the span down to where the coordinate is within [-half, half].
void clip(Span& span, const Ray& ray, int axis, double half) {
  const double slope = ray.direction(axis);
  const double from = ray.origin(axis);
  if (slope == 0.0) {
    if (std::abs(from) > half) span.end = -std::numeric_limits<double>::infinity();
    return;
  }
  const double begin = (-std::copysign(half, slope) - from) / slope;
  if (begin > span.begin) {
    span.begin = begin;
    span.axis = axis;
  }
  span.end = std::min(span.end, (std::copysign(half, slope) - from) / slope);
}

Vector3d face_normal(const Ray& ray, int axis) {
  Vector3d normal = Vector3d::Zero();
  normal(axis) = -std::copysign(1.0, ray.direction(axis));
  return normal;
}

std::optional<Meeting> meet_ball(const Ray& ray, double radius) {
  const double middle = -ray.origin.dot(ray.direction);
  const double half_squared = radius * radius - ray.at(middle).squaredNorm();
  if (half_squared < 0.0) return std::nullopt;
  const double way = middle - std::sqrt(half_squared);
  if (way <= 0.0) return std::nullopt;
  return Meeting{way, ray.at(way) / radius};
}

std::optional<Meeting> meet_cube(const Ray& ray, double half) {
  Span span;
  for (int axis = 0; axis < 3; ++axis) clip(span, ray, axis, half);
  if (span.is_empty() || span.begin <= 0.0) return std::nullopt;
  return Meeting{span.begin, face_normal(ray, span.axis)};
}

std::optional<Meeting> meet_cylinder(const Ray& ray, double half) {
  Span span;
  clip(span, ray, 2, half);
  const Vector2d from = ray.origin.head<2>();
  const Vector2d along = ray.direction.head<2>();
  const double across_squared = along.squaredNorm();
  if (across_squared < 1e-24) {  // straight down
    if (from.norm() > half) return std::nullopt;
  } else {
    const double middle = -from.dot(along) / across_squared;
    const double half_squared =
        (half * half - (from + middle * along).squaredNorm()) / across_squared;
    if (half_squared < 0.0) return std::nullopt;
    const double reach = std::sqrt(half_squared);
    if (middle - reach > span.begin) {
      span.begin = middle - reach;
      span.axis = 0;  // the round side
    }
    span.end = std::min(span.end, middle + reach);
  }
  if (span.is_empty() || span.begin <= 0.0) return std::nullopt;
  if (span.axis == 2) return Meeting{span.begin, face_normal(ray, 2)};
  const Vector3d point = ray.at(span.begin);
  return Meeting{span.begin, Vector3d(point.x(), point.y(), 0.0) / half};
}

/// The vector, turned about the vertical.
Vector3d turned(const Vector3d& vector, double cosine, double sine) {
  return {cosine * vector.x() - sine * vector.y(), sine * vector.x() + cosine * vector.y(),
          vector.z()};
}

}  // namespace

const std::vector<BlockColour>& block_colours() {
  const auto screen = [](int red, int green, int blue) {
    return Vector3d(Vector3d(red, green, blue) / 255.0);
  };
  static const std::vector<BlockColour> colours = {
      {"gray", screen(87, 87, 87)},   {"red", screen(173, 35, 35)},
      {"blue", screen(42, 75, 215)},  {"green", screen(29, 105, 20)},
      {"brown", screen(129, 74, 25)}, {"purple", screen(129, 38, 192)},
      {"cyan", screen(41, 208, 208)}, {"yellow", screen(255, 238, 51)}};
  return colours;
}

std::optional<Meeting> meet(const Block& block, const Ray& ray) {
  Ray local{ray.origin - block.centre, ray.direction};
  switch (block.shape) {
    case BlockShape::kSphere:
      return meet_ball(local, block.half);
    case BlockShape::kCylinder:
      return meet_cylinder(local, block.half);
    case BlockShape::kCube:
      break;
  }
  const double cosine = std::cos(block.turn);
  const double sine = std::sin(block.turn);
  local = {turned(local.origin, cosine, -sine), turned(local.direction, cosine, -sine)};
  std::optional<Meeting> meeting = meet_cube(local, block.half);
  if (meeting) meeting->normal = turned(meeting->normal, cosine, sine);
  return meeting;
}

double bounding_radius(const Block& block) {
  switch (block.shape) {
    case BlockShape::kSphere:
      return block.half;
    case BlockShape::kCylinder:
      return block.half * std::numbers::sqrt2;
    case BlockShape::kCube:
      break;
  }
  return block.half * std::numbers::sqrt3;
}

}  // namespace pset3::worlds
