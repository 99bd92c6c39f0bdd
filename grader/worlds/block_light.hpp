#pragma once

#include "grader/worlds/block_sight.hpp"

namespace pset3::worlds {

/// Lights a scene: a wide lamp with soft shadows, a little light from everywhere and from behind.
/// Keeps references to its arguments.
class BlockLight {
 public:
  BlockLight(const BlockScene& scene, const BlockSight& sight);

  /// @param footprint  how wide a pixel is there, in world units: finer texture blurs away.
  /// @returns the linear colour that comes back along the ray.
  Eigen::Vector3d seen(const Ray& ray, const Sight& sight, double footprint) const;

 private:
  struct Surface {
    Eigen::Vector3d point;
    Eigen::Vector3d normal;
    Eigen::Vector3d albedo;
    bool shiny = false;
    std::uint8_t id = kFloorSurface;
  };
  Surface surface_at(const Ray& ray, const Sight& sight, double footprint) const;
  double floor_grey(const Eigen::Vector3d& point, double footprint) const;
  double lamp_share(const Surface& surface) const;
  double openness(const Surface& surface) const;
  Eigen::Vector3d lit(const Surface& surface, const Ray& ray, double lamp) const;
  Eigen::Vector3d mirrored(const Ray& ray, const Surface& surface, double footprint) const;

  const BlockScene& scene_;
  const BlockSight& sight_;
  std::vector<Eigen::Vector3d> lamp_points_;  ///< spread evenly over the lamp
};

/// @returns how bright a screen shows a linear value, 0 to 1, and what a screen shows made linear.
double screen_from_linear(double value);
double linear_from_screen(double value);

}  // namespace pset3::worlds
