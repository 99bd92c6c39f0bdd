#include <algorithm>
#include <cmath>

#include "grader/worlds/block_light.hpp"
#include "grader/worlds/block_world.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

constexpr double kEdge = 0.05;  ///< between pixels beside each other, in linear colour
constexpr int kEdgeRays = 3;    ///< rays along each side of a pixel that shows an edge

/// Takes the picture of one camera.
class Shot {
 public:
  Shot(const BlockScene& scene, const View& view)
      : view_(view),
        rays_(view),
        forward_(view.R.row(2)),
        sight_(scene.blocks),
        light_(scene, sight_),
        sights_(view.pixel_count()),
        colours_(view.pixel_count()) {
    for (int row = 0; row < view.height; ++row) {
      for (int column = 0; column < view.width; ++column) {
        const std::size_t at = view.pixel_at(column, row);
        const Ray ray = rays_.through(column, row);
        sights_[at] = sight_.first(ray);
        colours_[at] = seen(ray, sights_[at]);
      }
    }
  }

  BlockView picture(const StereoRig& rig) const {
    BlockView picture;
    picture.width = view_.width;
    picture.height = view_.height;
    for (int row = 0; row < view_.height; ++row) {
      for (int column = 0; column < view_.width; ++column) {
        const Sight& sight = sights_[view_.pixel_at(column, row)];
        const bool is_there = sight.surface != kBackgroundSurface;
        const double depth = is_there ? depth_at(rays_.through(column, row), sight) : 0.0;
        picture.depth.push_back(static_cast<float>(depth));
        picture.disparity_px.push_back(is_there ? static_cast<float>(rig.disparity_px(depth))
                                                : 0.0F);
        picture.surface.push_back(sight.surface);
        for (const double value : colour_at(column, row)) {
          picture.colour.push_back(
              static_cast<std::uint8_t>(std::lround(255.0 * screen_from_linear(value))));
        }
      }
    }
    return picture;
  }

  /// @returns (H, W) 1 where `other` sees the same point.
  /// @param step  of a point's column from this view to the other one, for a disparity of 1.
  std::vector<std::uint8_t> in_both(const View& other, double step, const StereoRig& rig) const {
    std::vector<std::uint8_t> both;
    both.reserve(sights_.size());
    for (int row = 0; row < view_.height; ++row) {
      for (int column = 0; column < view_.width; ++column) {
        both.push_back(sees(other, column, row, step, rig) ? 1 : 0);
      }
    }
    return both;
  }

 private:
  double depth_at(const Ray& ray, const Sight& sight) const {
    return sight.way * forward_.dot(ray.direction);
  }

  Vector3d seen(const Ray& ray, const Sight& sight) const {
    if (sight.surface == kBackgroundSurface) return light_.seen(ray, sight, 0.0);
    // A pixel covers more of a surface that it sees at a slant; the square root of the two sides'
    // product is a fair width for both.
    const double slant = std::max(-ray.direction.dot(sight.normal), 0.02);
    const double footprint = depth_at(ray, sight) / view_.K(0, 0) / std::sqrt(slant);
    return light_.seen(ray, sight, footprint);
  }

  bool shows_an_edge(int column, int row) const {
    const std::size_t at = view_.pixel_at(column, row);
    const int low_row = std::max(row - 1, 0);
    const int high_row = std::min(row + 1, view_.height - 1);
    const int low_column = std::max(column - 1, 0);
    const int high_column = std::min(column + 1, view_.width - 1);
    for (int r = low_row; r <= high_row; ++r) {
      for (int c = low_column; c <= high_column; ++c) {
        const std::size_t beside = view_.pixel_at(c, r);
        const double change = (colours_[beside] - colours_[at]).cwiseAbs().maxCoeff();
        if (sights_[beside].surface != sights_[at].surface || change > kEdge) return true;
      }
    }
    return false;
  }

  /// The mean over the pixel's area, linear.
  Vector3d colour_at(int column, int row) const {
    if (!shows_an_edge(column, row)) return colours_[view_.pixel_at(column, row)];
    Vector3d sum = Vector3d::Zero();
    for (int j = 0; j < kEdgeRays; ++j) {
      for (int i = 0; i < kEdgeRays; ++i) {
        const double u = column + (i + 0.5) / kEdgeRays - 0.5;
        const double v = row + (j + 0.5) / kEdgeRays - 0.5;
        const Ray ray = rays_.through(u, v);
        // A lamp's reflection is brighter than white; unclipped it would eat the edge beside it.
        sum += seen(ray, sight_.first(ray)).cwiseMin(1.0);
      }
    }
    return sum / (kEdgeRays * kEdgeRays);
  }

  bool sees(const View& other, int column, int row, double step, const StereoRig& rig) const {
    const Sight& sight = sights_[view_.pixel_at(column, row)];
    if (sight.surface == kBackgroundSurface) return false;
    const Ray ray = rays_.through(column, row);
    const double there = column + step * rig.disparity_px(depth_at(ray, sight));
    if (!(there >= 0.0 && there <= view_.width - 1)) return false;
    const Vector3d between = ray.at(sight.way) - other.position;
    const double way = between.norm();
    const Sight met = sight_.first({other.position, between / way});
    return met.way > way * (1.0 - 1e-6);
  }

  View view_;
  Rays rays_;
  Vector3d forward_;
  BlockSight sight_;
  BlockLight light_;
  std::vector<Sight> sights_;      ///< (H, W) along the ray through each pixel's centre
  std::vector<Vector3d> colours_;  ///< (H, W) linear, of the same rays
};

}  // namespace

StereoPicture photograph(const BlockScene& scene) {
  const StereoRig& rig = scene.cameras;
  const View left_view = rig.left();
  const Shot left(scene, left_view);
  const Shot right(scene, rig.right);
  StereoPicture both{left.picture(rig), right.picture(rig)};
  both.left.in_both = left.in_both(rig.right, -1.0, rig);
  both.right.in_both = right.in_both(left_view, 1.0, rig);
  return both;
}

BlockView photograph_right(const BlockScene& scene) {
  return Shot(scene, scene.cameras.right).picture(scene.cameras);
}

}  // namespace pset3::worlds
