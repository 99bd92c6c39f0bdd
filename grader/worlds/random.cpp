#include "grader/worlds/random.hpp"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace pset3::worlds {
namespace {

constexpr std::uint64_t kGoldenRatio = 0x9e3779b97f4a7c15ULL;

/// The upper 53 bits as a number in [0, 1).
double fraction(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

/// @returns the bits of a corner of the lattice of whole numbers.
std::uint64_t lattice_bits(const std::array<std::int64_t, 3>& corner, std::uint64_t seed) {
  // Odd factors without a pattern in their bits, so that no two corners close by share a sum.
  return mixed(seed + static_cast<std::uint64_t>(corner[0]) * kGoldenRatio +
               static_cast<std::uint64_t>(corner[1]) * 0xd1b54a32d192ed03ULL +
               static_cast<std::uint64_t>(corner[2]) * 0x8cb92ba72f3d8dd7ULL);
}

}  // namespace

std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

Random::Random(std::uint64_t seed, std::string_view stream) : state_(mixed(seed + kGoldenRatio)) {
  for (const char character : stream) {
    state_ = mixed(state_ + kGoldenRatio + static_cast<unsigned char>(character));
  }
}

std::uint64_t Random::next() { return mixed(state_ += kGoldenRatio); }

double Random::uniform(double low, double high) { return low + (high - low) * fraction(next()); }

double Random::log_uniform(double low, double high) {
  return std::exp(uniform(std::log(low), std::log(high)));
}

int Random::integer(int low, int high) {
  const auto count = static_cast<std::uint64_t>(high - low) + 1;
  return low + static_cast<int>(next() % count);
}

Eigen::Vector3d Random::vector(double low, double high) {
  Eigen::Vector3d result;
  for (double& coordinate : result) coordinate = uniform(low, high);
  return result;
}

Eigen::Vector3d Random::direction() {
  const double z = uniform(-1.0, 1.0);
  const double angle = uniform(0.0, 2.0 * std::numbers::pi);
  const double radius = std::sqrt(1.0 - z * z);
  return {radius * std::cos(angle), radius * std::sin(angle), z};
}

Eigen::Matrix3d Random::rotation() {
  const Eigen::Vector3d axis = direction();
  // The angle of a rotation drawn evenly has the density 1 - cos; this inverts its integral.
  const double share = uniform(0.0, 1.0);
  double angle = std::numbers::pi;
  for (int step = 0; step < 30; ++step) {
    const double excess = (angle - std::sin(angle)) / std::numbers::pi - share;
    const double slope = (1.0 - std::cos(angle)) / std::numbers::pi;
    if (slope < 1e-9) break;
    angle = std::max(angle - excess / slope, 1e-6);
  }
  return Eigen::AngleAxisd(angle, axis).toRotationMatrix();
}

double smooth_noise(const Eigen::Vector3d& point, std::uint64_t seed) {
  std::array<std::int64_t, 3> low{};
  std::array<double, 3> weight{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double place = point(static_cast<Eigen::Index>(axis));
    low[axis] = static_cast<std::int64_t>(std::floor(place));
    const double t = place - static_cast<double>(low[axis]);
    weight[axis] = t * t * (3.0 - 2.0 * t);
  }
  double sum = 0.0;
  for (int z = 0; z < 2; ++z) {
    for (int y = 0; y < 2; ++y) {
      const double left = fraction(lattice_bits({low[0], low[1] + y, low[2] + z}, seed));
      const double right = fraction(lattice_bits({low[0] + 1, low[1] + y, low[2] + z}, seed));
      const double share = (y ? weight[1] : 1.0 - weight[1]) * (z ? weight[2] : 1.0 - weight[2]);
      sum += share * (left + weight[0] * (right - left));
    }
  }
  return 2.0 * sum - 1.0;
}

double pixel_noise(std::uint64_t x, std::uint64_t y, std::uint64_t seed) {
  return 2.0 * fraction(mixed(mixed(mixed(seed + kGoldenRatio) + x) + y)) - 1.0;
}

}  // namespace pset3::worlds
