#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {
namespace {

/// The object stands inside the ring of cameras: a box that is narrower than the ring by a quarter
/// on each side, and as high as the cameras and the points that they look at.
VoxelBounds bounds_from_cameras(const std::vector<Camera>& cameras) {
  Eigen::Vector3d lower = cameras.front().position();
  Eigen::Vector3d upper = lower;
  for (const Camera& camera : cameras) {
    lower = lower.cwiseMin(camera.position());
    upper = upper.cwiseMax(camera.position());
  }
  const Eigen::Vector3d extent = upper - lower;
  const double range = 0.6 * std::hypot(extent.x(), extent.y());
  for (const Camera& camera : cameras) {
    const Eigen::Vector3d viewpoint = camera.position() + range * camera.viewing_direction();
    lower.z() = std::min(lower.z(), viewpoint.z());
    upper.z() = std::max(upper.z(), viewpoint.z());
  }
  VoxelBounds bounds;
  bounds.xlim = Limits(lower.x() + extent.x() / 4.0, upper.x() - extent.x() / 4.0);
  bounds.ylim = Limits(lower.y() + extent.y() / 4.0, upper.y() - extent.y() / 4.0);
  bounds.zlim = Limits(lower.z(), upper.z());
  return bounds;
}

}  // namespace

VoxelBounds get_voxel_bounds(const std::vector<Camera>& cameras, bool estimate_better_bounds,
                             int num_voxels) {
  if (cameras.size() < 2 || num_voxels < 1) {
    throw std::invalid_argument("get_voxel_bounds: needs at least 2 cameras and 1 voxel, got " +
                                std::to_string(cameras.size()) + " and " +
                                std::to_string(num_voxels));
  }
  VoxelBounds loose = bounds_from_cameras(cameras);
  if (!estimate_better_bounds) return loose;

  // TODO(student): Carve a coarse grid in the loose box and return its extent (question (d)).
  PSET3_TODO();
}

}  // namespace pset3::carving
