#pragma once

#include <Eigen/Core>

namespace pset3::worlds {

/// @returns the rotation, camera from world, of a camera that looks from a position to a target:
/// +x to the right, +y down, +z forward. `up` shows upwards in the picture and must not be along
/// the line of sight.
Eigen::Matrix3d look_at(const Eigen::Vector3d& position, const Eigen::Vector3d& target,
                        const Eigen::Vector3d& up);

}  // namespace pset3::worlds
