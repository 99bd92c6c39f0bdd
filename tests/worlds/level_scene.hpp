#pragma once

#include <cstddef>
#include <vector>

#include "grader/worlds/block_world.hpp"

namespace pset3::worlds {

inline BlockWorldOptions small(int width = 64, int height = 48) {
  BlockWorldOptions options;
  options.width = width;
  options.height = height;
  return options;
}

constexpr double kFocal = 60.0;
constexpr double kEye = 1.0;  // height of the hand-made camera above the floor

/// A camera that looks level along +y from 10 before the origin; its picture's middle is a pixel.
inline BlockScene level_scene(const std::vector<Block>& blocks) {
  BlockScene scene;
  scene.blocks = blocks;
  scene.cameras.baseline = 0.5;
  View& view = scene.cameras.right;
  view.position = {0.0, -10.0, kEye};
  view.R << 1, 0, 0, 0, 0, -1, 0, 1, 0;
  view.K << kFocal, 0, 32, 0, kFocal, 24, 0, 0, 1;
  view.width = 65;
  view.height = 49;
  return scene;
}

inline Block block(BlockShape shape, const Eigen::Vector3d& centre, double half) {
  Block made;
  made.shape = shape;
  made.centre = centre;
  made.half = half;
  made.colour = 1;
  return made;
}

inline std::size_t at(const BlockView& view, int column, int row) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(view.width) +
         static_cast<std::size_t>(column);
}

}  // namespace pset3::worlds
