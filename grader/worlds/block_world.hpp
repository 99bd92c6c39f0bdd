#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "grader/worlds/blocks.hpp"
#include "grader/worlds/turntable.hpp"

/// The block world: spheres, cubes and cylinders on a grey floor, in the manner of CLEVR, seen by
/// two cameras. What photographs only estimate is exact here: depth, disparity, and what both
/// cameras see.
namespace pset3::worlds {

struct BlockWorldOptions {
  int width = 128;
  int height = 96;
  int fewest_blocks = 2;
  int most_blocks = 6;
  double field_of_view_deg = 49.0;  ///< across the width
  double baseline = 0.5;            ///< from the left camera to the right one, in world units
  double camera_jitter = 0.5;       ///< the cameras' place is off by at most this along each axis
  double floor_texture = 0.12;      ///< how much the floor's grey varies; 0 = none, at most 1

  /// @throws InputError with the option, its range and the value found.
  void check() const;
};

/// Two equal cameras side by side: a rectified pair. A point at depth Z is at
/// u_left = u_right + disparity, v_left = v_right, disparity = K(0, 0) * baseline / Z.
struct StereoRig {
  View right;
  double baseline = 0.5;

  /// @returns the right view's camera, moved against its own x axis by the baseline.
  View left() const;
  /// @param depth  above 0. @returns pixels.
  double disparity_px(double depth) const { return right.K(0, 0) * baseline / depth; }
};

/// All that decides what pictures look like.
struct BlockScene {
  std::vector<Block> blocks;
  StereoRig cameras;
  Eigen::Vector3d lamp = Eigen::Vector3d(-5.5, -1.5, 8.0);  ///< place of the main lamp
  double floor_texture = 0.12;
  std::uint64_t seed = 0;  ///< of the floor's texture
};

/// Draws a scene. The same seed and options make the same scene everywhere; another size of the
/// picture is another picture of the same scene.
BlockScene random_block_scene(std::uint64_t seed, const BlockWorldOptions& options = {});

/// What a pixel of BlockView::surface shows.
constexpr std::uint8_t kBackgroundSurface = 0;  ///< nothing: above the horizon
constexpr std::uint8_t kFloorSurface = 1;
constexpr std::uint8_t kFirstBlockSurface = 2;  ///< blocks[i] is kFirstBlockSurface + i
constexpr std::size_t kMostBlocks = 250;        ///< in a scene

/// What a camera sees. All arrays are row-major; all but colour are about the ray through the
/// pixel's centre and mix no two surfaces.
struct BlockView {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> colour;   ///< (H, W, 3) red green blue, the mean over the pixel's area
  std::vector<float> depth;           ///< (H, W) along the optical axis; 0 where nothing is
  std::vector<float> disparity_px;    ///< (H, W) at least 0, see StereoRig; 0 where nothing is
  std::vector<std::uint8_t> surface;  ///< (H, W) see above
  std::vector<std::uint8_t> in_both;  ///< (H, W) 1 where the other camera sees the same point
};

/// left(u) shows what right(u - disparity of the left view) shows, and right(u) what
/// left(u + disparity of the right view) shows, wherever in_both is 1.
struct StereoPicture {
  BlockView left;
  BlockView right;
};

StereoPicture photograph(const BlockScene& scene);

/// The right view alone, in half the time; in_both is empty.
BlockView photograph_right(const BlockScene& scene);

/// How depth becomes a grey value, near = bright: 1 at `near` and closer, falling evenly with depth
/// to 0 at `far`. What is beyond is background. The floor is a surface like any other. With the
/// defaults, pictures of 4:3 have nearly the mean and deviation that CLEVR-D is normalised by.
struct DepthRange {
  double near = 4.0;
  double far = 22.0;

  /// @returns 0 to 1; 0 for depth 0, which is nothing.
  double brightness(double depth) const;
};

/// @returns (H, W) 8-bit grey values of a view's depth.
std::vector<std::uint8_t> depth_picture(const BlockView& view, const DepthRange& range = {});

}  // namespace pset3::worlds
