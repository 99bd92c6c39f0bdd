#pragma once

#include <array>
#include <limits>
#include <vector>

#include "grader/worlds/block_world.hpp"

namespace pset3::worlds {

/// What a ray meets first.
struct Sight {
  double way = std::numeric_limits<double>::infinity();
  Eigen::Vector3d normal = Eigen::Vector3d::UnitZ();
  std::uint8_t surface = kBackgroundSurface;
};

/// Meets rays with a scene's blocks and floor. Keeps a reference to the blocks.
class BlockSight {
 public:
  /// @throws InputError when there are more than kMostBlocks.
  explicit BlockSight(const std::vector<Block>& blocks);

  Sight first(const Ray& ray) const;
  /// @returns whether a block stands in the way before `way`.
  /// @param except  the surface that the ray starts from: a block has no dents, so it never hides
  ///                what is before it.
  bool is_blocked(const Ray& ray, double way, std::uint8_t except) const;
  /// A few of the blocks, by their index.
  struct Some {
    std::array<std::uint8_t, kMostBlocks> blocks;
    std::size_t count = 0;
  };
  /// @returns the blocks that can stand between a point and a ball.
  Some between(const Eigen::Vector3d& point, const Eigen::Vector3d& centre, double radius,
               std::uint8_t except) const;

  const std::vector<Block>& blocks() const { return blocks_; }

 private:
  bool may_meet(std::size_t block, const Ray& ray, double way) const;

  const std::vector<Block>& blocks_;
  std::vector<double> bounds_;  ///< radius of a ball around each
};

}  // namespace pset3::worlds
