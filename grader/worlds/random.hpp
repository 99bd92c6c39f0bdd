#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string_view>

namespace pset3::worlds {

/// @returns 64 well mixed bits of `value`: the finaliser of splitmix64.
std::uint64_t mixed(std::uint64_t value);

/// Random numbers that are the same with every compiler and standard library, unlike those of
/// <random>'s distributions. Each call takes its numbers in a fixed order.
class Random {
 public:
  /// @param stream keeps two users of one seed apart, e.g. "p1.box".
  explicit Random(std::uint64_t seed, std::string_view stream = {});

  std::uint64_t next();
  /// @returns a number in [low, high).
  double uniform(double low, double high);
  /// @returns a number in [low, high), each factor of two as likely as any other; 0 < low < high.
  double log_uniform(double low, double high);
  /// @returns a whole number in [low, high].
  int integer(int low, int high);
  bool coin() { return (next() >> 63) != 0; }

  /// @returns three numbers, each in [low, high).
  Eigen::Vector3d vector(double low, double high);
  /// @returns a unit vector, every direction as likely.
  Eigen::Vector3d direction();
  /// @returns a rotation, every one as likely.
  Eigen::Matrix3d rotation();

 private:
  std::uint64_t state_;
};

/// @returns smooth noise in [-1, 1] that changes over a distance of about 1. A function of `point`
/// and `seed` alone.
double smooth_noise(const Eigen::Vector3d& point, std::uint64_t seed);

/// @returns noise in [-1, 1] that is independent from one pair of whole numbers to the next.
double pixel_noise(std::uint64_t x, std::uint64_t y, std::uint64_t seed);

}  // namespace pset3::worlds
