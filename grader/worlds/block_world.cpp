#include "grader/worlds/block_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "grader/base/error.hpp"
#include "grader/worlds/look_at.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

const Vector3d kCameraPlace(0.0, -10.1, 5.0);
const Vector3d kLookedAt(0.0, 0.0, 0.35);
const Vector3d kLampPlace(-5.5, -1.5, 8.0);
constexpr double kLampJitter = 1.5;

void require_range(const char* option, double value, double low, double high) {
  // Written so that a NaN is refused too.
  if (value >= low && value <= high) return;
  throw InputError(fmt::format("block world option {} must be from {} to {}, but is {}", option,
                               low, high, value));
}

Eigen::Matrix3d intrinsics(const BlockWorldOptions& options) {
  const double half_angle = 0.5 * options.field_of_view_deg * std::numbers::pi / 180.0;
  const double focal_px = 0.5 * options.width / std::tan(half_angle);
  Eigen::Matrix3d K;
  K << focal_px, 0.0, 0.5 * (options.width - 1),  //
      0.0, focal_px, 0.5 * (options.height - 1),  //
      0.0, 0.0, 1.0;
  return K;
}

}  // namespace

void BlockWorldOptions::check() const {
  require_range("width", width, 8, 4096);
  require_range("height", height, 8, 4096);
  require_range("fewest_blocks", fewest_blocks, 1, 50);
  require_range("most_blocks", most_blocks, fewest_blocks, 50);
  require_range("field_of_view_deg", field_of_view_deg, 5.0, 120.0);
  require_range("baseline", baseline, 0.01, 3.0);
  require_range("camera_jitter", camera_jitter, 0.0, 2.0);
  require_range("floor_texture", floor_texture, 0.0, 1.0);
}

View StereoRig::left() const {
  View view = right;
  view.position -= baseline * right.R.row(0).transpose();
  return view;
}

BlockScene random_block_scene(std::uint64_t seed, const BlockWorldOptions& options) {
  options.check();
  Random random(seed, "block world");
  BlockScene scene;
  const int count = random.integer(options.fewest_blocks, options.most_blocks);
  scene.blocks = random_blocks(count, random);
  View& view = scene.cameras.right;
  view.position = kCameraPlace + options.camera_jitter * random.vector(-1.0, 1.0);
  view.R = look_at(view.position, kLookedAt, Vector3d::UnitZ());
  view.K = intrinsics(options);
  view.width = options.width;
  view.height = options.height;
  scene.cameras.baseline = options.baseline;
  scene.lamp = kLampPlace + kLampJitter * random.vector(-1.0, 1.0);
  scene.floor_texture = options.floor_texture;
  scene.seed = random.next();
  return scene;
}

double DepthRange::brightness(double depth) const {
  if (!(depth > 0.0)) return 0.0;
  return std::clamp((far - depth) / (far - near), 0.0, 1.0);
}

std::vector<std::uint8_t> depth_picture(const BlockView& view, const DepthRange& range) {
  std::vector<std::uint8_t> grey;
  grey.reserve(view.depth.size());
  for (const float depth : view.depth) {
    grey.push_back(static_cast<std::uint8_t>(
        std::lround(255.0 * range.brightness(static_cast<double>(depth)))));
  }
  return grey;
}

}  // namespace pset3::worlds
