#include "grader/worlds/block_sight.hpp"

#include <string>

#include "grader/base/error.hpp"

namespace pset3::worlds {

using Eigen::Vector3d;

BlockSight::BlockSight(const std::vector<Block>& blocks) : blocks_(blocks) {
  if (blocks.size() > kMostBlocks) {
    throw InputError("a scene may have " + std::to_string(kMostBlocks) + " blocks, but has " +
                     std::to_string(blocks.size()));
  }
  for (const Block& block : blocks) bounds_.push_back(bounding_radius(block));
}

/// A quick test with the ball around the block.
bool BlockSight::may_meet(std::size_t block, const Ray& ray, double way) const {
  const Vector3d towards = blocks_[block].centre - ray.origin;
  const double along = towards.dot(ray.direction);
  const double bound = bounds_[block];
  if (along < -bound || along > way + bound) return false;
  return towards.squaredNorm() - along * along <= bound * bound;
}

Sight BlockSight::first(const Ray& ray) const {
  Sight sight;
  if (ray.direction.z() < 0.0) {
    sight.way = -ray.origin.z() / ray.direction.z();
    sight.surface = kFloorSurface;
  }
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    if (!may_meet(i, ray, sight.way)) continue;
    const std::optional<Meeting> meeting = meet(blocks_[i], ray);
    if (!meeting || meeting->way >= sight.way) continue;
    sight = {meeting->way, meeting->normal, static_cast<std::uint8_t>(kFirstBlockSurface + i)};
  }
  return sight;
}

bool BlockSight::is_blocked(const Ray& ray, double way, std::uint8_t except) const {
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    if (kFirstBlockSurface + i == except || !may_meet(i, ray, way)) continue;
    const std::optional<Meeting> meeting = meet(blocks_[i], ray);
    if (meeting && meeting->way < way) return true;
  }
  return false;
}

BlockSight::Some BlockSight::between(const Vector3d& point, const Vector3d& centre, double radius,
                                     std::uint8_t except) const {
  const double length = (centre - point).norm();
  const Vector3d direction = (centre - point) / length;
  Some found;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    if (kFirstBlockSurface + i == except) continue;
    const Vector3d towards = blocks_[i].centre - point;
    const double along = towards.dot(direction);
    if (along < -bounds_[i] || along > length + bounds_[i]) continue;
    // The cone from the point to the ball is at most as wide there as at the far side of the block.
    const double wide = radius * (along + bounds_[i]) / length + bounds_[i];
    if (towards.squaredNorm() - along * along > wide * wide) continue;
    found.blocks[found.count++] = static_cast<std::uint8_t>(i);
  }
  return found;
}

}  // namespace pset3::worlds
