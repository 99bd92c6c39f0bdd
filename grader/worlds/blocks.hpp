#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "grader/worlds/random.hpp"
#include "grader/worlds/tracer.hpp"

namespace pset3::worlds {

enum class BlockShape { kSphere, kCube, kCylinder };
constexpr int kBlockShapes = 3;

/// The eight colours of CLEVR.
struct BlockColour {
  std::string_view name;
  Eigen::Vector3d value;  ///< red, green, blue as a screen shows them, 0 to 1
};
const std::vector<BlockColour>& block_colours();

/// A solid that stands on the floor z = 0 or on another one: as high as it is wide.
struct Block {
  BlockShape shape = BlockShape::kCube;
  Eigen::Vector3d centre = Eigen::Vector3d::Zero();
  double half = 0.5;  ///< radius of a sphere and a cylinder, half the side of a cube
  double turn = 0.0;  ///< of a cube about the vertical, radians
  int colour = 0;     ///< index into block_colours()
  bool shiny = false;
};

/// Where a ray meets something.
struct Meeting {
  double way = 0.0;  ///< from the ray's origin
  Eigen::Vector3d normal = Eigen::Vector3d::UnitZ();
};

/// @returns where the ray first enters the block; nothing when it misses it or starts inside.
std::optional<Meeting> meet(const Block& block, const Ray& ray);

/// @returns the radius of the smallest ball around the block's centre that holds it.
double bounding_radius(const Block& block);

/// Draws blocks that stand on the floor about the origin, some on others. None cuts another.
///
/// @param count  how many, at least 1.
std::vector<Block> random_blocks(int count, Random& random);

}  // namespace pset3::worlds
