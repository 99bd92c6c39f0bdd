#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace pset3::worlds {

/// A solid given by a signed distance bound: negative inside, at most the distance to the surface
/// outside.
struct Solid {
  std::function<double(const Eigen::Vector3d&)> distance;
  std::function<Eigen::Vector3d(const Eigen::Vector3d&)>
      colour;           ///< albedo (r, g, b) in 0..1 on the surface
  double radius = 1.0;  ///< of a ball around the origin that holds the solid
  double floor = -1.0;  ///< height z of the table that pictures show it on
};

/// The animal of the built-in data set, standing in a ball of radius 1 around the origin, z up.
Solid animal();

/// A random small solid for hidden cases: a smooth union of a few ellipsoids and boxes.
Solid random_solid(std::uint64_t seed);

/// A pinhole view; P = K [R | -R position], pixel centres at whole numbers, +z forward.
struct View {
  Eigen::Matrix3d K = Eigen::Matrix3d::Identity();
  Eigen::Matrix3d R = Eigen::Matrix3d::Identity();
  Eigen::Vector3d position = Eigen::Vector3d::Zero();
  int width = 0;
  int height = 0;

  Eigen::Matrix<double, 3, 4> projection() const;
  std::size_t pixel_count() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }
  /// Where a pixel of the image stands in an array (H, W), row-major.
  std::size_t pixel_at(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(column);
  }
};

struct TurntableOptions {
  int views = 36;
  int width = 640;
  int height = 480;
  double distance = 4.0;            ///< of the cameras from the origin, in world units
  double elevation_deg = 25.0;      ///< of the ring above the ground plane
  double wobble_deg = 10.0;         ///< the elevation goes up and down by this much along the ring
  double field_of_view_deg = 31.0;  ///< across the width

  /// @throws InputError with the option, its range and the value found.
  void check() const;
};

/// Cameras on a ring around the origin, all looking at it.
std::vector<View> ring(const TurntableOptions& options);

/// @returns (H, W) row-major, 1 where the ray through the pixel's centre meets the solid.
std::vector<std::uint8_t> render_silhouette(const Solid& solid, const View& view);

/// @returns (H, W, 3) row-major, red green blue, lit by a lamp that does not turn with the object,
/// with shadows, a floor and noise, so that "red above green and blue" finds most of the object and
/// not all.
std::vector<std::uint8_t> render_colour(const Solid& solid, const View& view, std::uint64_t seed);

/// Writes the built-in data set: images/NNN.png, silhouettes/NNN.png (0 and 255) and cameras.json,
/// the format that starter/common's loader reads. Progress is told as (done, total).
/// @throws GraderError when the folder cannot be written.
void write_turntable(const std::filesystem::path& folder, const TurntableOptions& options,
                     const std::function<void(int, int)>& progress = {});

}  // namespace pset3::worlds
