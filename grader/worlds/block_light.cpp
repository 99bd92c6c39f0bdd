#include "grader/worlds/block_light.hpp"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "grader/worlds/random.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

constexpr double kLampRadius = 1.0;
constexpr int kLampPoints = 24;
constexpr double kLampLight = 0.66;  ///< on a surface that faces the lamp, at kLampDistance
constexpr double kLampDistance = 10.0;
constexpr double kSkyLight = 0.34;  ///< from above; from below it is a quarter of that
constexpr double kRimLight = 0.12;  ///< from behind and above, without shadows
const Vector3d kRimDirection = Vector3d(0.6, 0.7, 0.4).normalized();
constexpr double kFloorGrey = 0.26;  ///< linear
const Vector3d kFloorTint(0.985, 1.0, 1.012);
constexpr double kHazeBegins = 14.0;  ///< the far floor fades into the backdrop
constexpr double kHazeEnds = 45.0;
constexpr double kBackdropGrey = 0.165;

double smooth_step(double low, double high, double value) {
  const double t = std::clamp((value - low) / (high - low), 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}

Vector3d backdrop() { return kBackdropGrey * kFloorTint; }

/// Points that cover a disc evenly, on a spiral of Fibonacci's angle.
std::vector<Vector3d> points_of_lamp(const Vector3d& centre) {
  const Vector3d axis = -centre.normalized();
  const Vector3d right = axis.cross(Vector3d::UnitZ()).normalized();
  const Vector3d up = right.cross(axis);
  std::vector<Vector3d> points;
  for (int i = 0; i < kLampPoints; ++i) {
    const double radius = kLampRadius * std::sqrt((i + 0.5) / kLampPoints);
    const double angle = i * std::numbers::pi * (3.0 - std::sqrt(5.0));
    points.push_back(centre + radius * (std::cos(angle) * right + std::sin(angle) * up));
  }
  return points;
}

}  // namespace

double screen_from_linear(double value) { return std::pow(std::clamp(value, 0.0, 1.0), 1.0 / 2.2); }

double linear_from_screen(double value) { return std::pow(value, 2.2); }

BlockLight::BlockLight(const BlockScene& scene, const BlockSight& sight)
    : scene_(scene), sight_(sight), lamp_points_(points_of_lamp(scene.lamp)) {}

double BlockLight::floor_grey(const Vector3d& point, double footprint) const {
  if (scene_.floor_texture == 0.0) return kFloorGrey;
  double variation = 0.0;
  double share = 0.5;
  std::uint64_t octave = 0;
  for (const double wavelength : {1.6, 0.7, 0.3}) {
    // What is finer than two pixels would only flicker.
    const double visible = std::clamp(2.0 - 2.0 * footprint / (0.5 * wavelength), 0.0, 1.0);
    if (visible > 0.0) {
      variation += share * visible * smooth_noise(point / (0.5 * wavelength), scene_.seed + octave);
    }
    share *= 0.8;
    ++octave;
  }
  return kFloorGrey * (1.0 + 2.0 * scene_.floor_texture * variation);
}

BlockLight::Surface BlockLight::surface_at(const Ray& ray, const Sight& sight,
                                           double footprint) const {
  Surface surface{ray.at(sight.way), sight.normal, {}, false, sight.surface};
  if (sight.surface == kFloorSurface) {
    surface.point.z() = 0.0;
    surface.albedo = floor_grey(surface.point, footprint) * kFloorTint;
    return surface;
  }
  const Block& block = scene_.blocks[sight.surface - kFirstBlockSurface];
  surface.albedo =
      block_colours()[static_cast<std::size_t>(block.colour)].value.unaryExpr(&linear_from_screen);
  surface.shiny = block.shiny;
  return surface;
}

/// How much of the lamp is seen, 0 to 1.
double BlockLight::lamp_share(const Surface& surface) const {
  const BlockSight::Some between =
      sight_.between(surface.point, scene_.lamp, kLampRadius, surface.id);
  if (between.count == 0) return 1.0;
  const auto* const end = between.blocks.begin() + between.count;
  int seen = 0;
  for (const Vector3d& lamp : lamp_points_) {
    const Ray ray{surface.point, (lamp - surface.point).normalized()};
    const bool hidden = std::any_of(between.blocks.begin(), end, [&](std::uint8_t i) {
      return meet(sight_.blocks()[i], ray).has_value();
    });
    if (!hidden) ++seen;
  }
  return static_cast<double>(seen) / kLampPoints;
}

/// How much of the sky is seen, roughly: each block hides as much as a ball of its size.
double BlockLight::openness(const Surface& surface) const {
  double open = 1.0;
  for (std::size_t i = 0; i < scene_.blocks.size(); ++i) {
    if (kFirstBlockSurface + i == surface.id) continue;
    const Vector3d towards = scene_.blocks[i].centre - surface.point;
    const double far = towards.norm();
    const double size = scene_.blocks[i].half / far;
    const double facing = std::max(surface.normal.dot(towards) / far, 0.0);
    open *= 1.0 - std::min(facing * size * size, 0.8);
  }
  return open;
}

Vector3d BlockLight::lit(const Surface& surface, const Ray& ray, double lamp) const {
  const Vector3d towards_lamp = scene_.lamp - surface.point;
  const double distance = towards_lamp.norm();
  const Vector3d direction = towards_lamp / distance;
  const double fall_off = kLampDistance * kLampDistance / (distance * distance);
  const double facing = std::max(surface.normal.dot(direction), 0.0);
  const double sky = kSkyLight * openness(surface) * (0.625 + 0.375 * surface.normal.z());
  const double rim = kRimLight * std::max(surface.normal.dot(kRimDirection), 0.0);
  const Vector3d diffuse = (kLampLight * lamp * fall_off * facing + sky + rim) * surface.albedo;
  if (surface.id == kFloorSurface) return diffuse;
  const Vector3d half_way = (direction - ray.direction).normalized();
  const double aligned = std::max(surface.normal.dot(half_way), 0.0);
  const double gloss =
      surface.shiny ? 0.9 * std::pow(aligned, 140.0) : 0.06 * std::pow(aligned, 18.0);
  // A metal's highlights have its own colour, a rubber's that of the lamp.
  const Vector3d tint =
      surface.shiny ? Vector3d(0.4 * Vector3d::Ones() + 0.6 * surface.albedo) : Vector3d::Ones();
  return diffuse + lamp * fall_off * (facing > 0.0 ? gloss : 0.0) * tint;
}

/// What a polished surface shows of its surroundings.
Vector3d BlockLight::mirrored(const Ray& ray, const Surface& surface, double footprint) const {
  const Vector3d direction =
      ray.direction - 2.0 * ray.direction.dot(surface.normal) * surface.normal;
  const Ray onwards{surface.point + 1e-6 * surface.normal, direction.normalized()};
  const Sight sight = sight_.first(onwards);
  if (sight.surface == kBackgroundSurface) {
    const double height = std::clamp(direction.z(), 0.0, 1.0);
    return backdrop() * (1.0 + 2.0 * height);
  }
  const Surface other = surface_at(onwards, sight, 2.0 * footprint);
  const double haze = smooth_step(kHazeBegins, kHazeEnds, sight.way);
  return (1.0 - haze) * lit(other, onwards, lamp_share(other)) + haze * backdrop();
}

Vector3d BlockLight::seen(const Ray& ray, const Sight& sight, double footprint) const {
  if (sight.surface == kBackgroundSurface) return backdrop();
  const Surface surface = surface_at(ray, sight, footprint);
  Vector3d colour = lit(surface, ray, lamp_share(surface));
  if (surface.shiny) {
    // Mirrors more at grazing angles (Schlick, 1994).
    const double grazing = std::pow(1.0 + std::min(ray.direction.dot(surface.normal), 0.0), 5.0);
    const double share = 0.22 + 0.5 * grazing;
    const Vector3d tint = 0.35 * Vector3d::Ones() + 0.65 * surface.albedo.cwiseSqrt();
    colour = (1.0 - share) * colour + share * tint.cwiseProduct(mirrored(ray, surface, footprint));
  }
  if (surface.id != kFloorSurface) return colour;
  const double haze = smooth_step(kHazeBegins, kHazeEnds, sight.way);
  return (1.0 - haze) * colour + haze * backdrop();
}

}  // namespace pset3::worlds
