#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/base/error.hpp"
#include "grader/worlds/random.hpp"
#include "grader/worlds/tracer.hpp"
#include "grader/worlds/turntable.hpp"

/// What the generators of scenes share. A scene's solid and cameras are made around the origin in a
/// ball of about radius 1, and then both are moved to where the world's units and origin are.
namespace pset3::worlds {

using Matrix34 = Eigen::Matrix<double, 3, 4>;
/// (N, 3), one row for each point.
using Points = Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>;

/// World from scene: world = scale * turn * scene + offset.
struct Placement {
  double scale = 1.0;
  Eigen::Matrix3d turn = Eigen::Matrix3d::Identity();
  Eigen::Vector3d offset = Eigen::Vector3d::Zero();

  Eigen::Vector3d world_from_scene(const Eigen::Vector3d& point) const {
    return scale * (turn * point) + offset;
  }
  /// The same camera, in the world.
  View world_from_scene(const View& view) const;
};

/// Units from a twentieth to twenty times the scene's, and an origin off by some scene sizes.
/// @param turn world from scene.
Placement random_placement(Random& random, const Eigen::Matrix3d& turn);

/// How a solid stands: turned any way, or within some degrees of the axes and with three different
/// extents along them.
enum class Pose { kAny, kAlongAxes };

/// @param name "ellipsoid", "box", "random" or "animal"; shape and pose come from `random`.
Solid solid_named(const std::string& name, Pose pose, Random& random);

/// An axis-aligned box.
struct Box {
  Eigen::Vector3d low = Eigen::Vector3d::Zero();
  Eigen::Vector3d high = Eigen::Vector3d::Zero();

  Eigen::Vector3d sides() const { return high - low; }
  Eigen::Vector3d middle() const { return 0.5 * (low + high); }
  /// (8, 3)
  Points corners() const;
};

/// @returns the box around all the points. There must be one.
Box box_around(const Points& points);

/// @returns (N, 3) the centres of nearly cubic cells that fill the box, N about `count`, x slowest.
Points grid_in(const Box& box, int count);

/// A pixel and the depth w of a point; u = a / w, v = b / w.
struct Projected {
  double u = 0.0;
  double v = 0.0;
  double w = 0.0;
};
Projected project(const Matrix34& P, const Eigen::Vector3d& point);

/// A calibrated silhouette, as cases hold it.
struct SilhouetteView {
  Matrix34 P = Matrix34::Zero();
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> silhouette;  ///< (H, W) row-major, 1 = object

  /// Whether the pixel nearest to the projection lies in the image and on the object, and the
  /// point before the camera.
  bool sees_object_at(const Eigen::Vector3d& point) const;
  /// 0 outside of the image.
  std::uint8_t pixel(long column, long row) const;
};

/// @returns the points that the view keeps, in their order.
Points carved(const Points& points, const SilhouetteView& view);

/// Sets K so that all the points lie in a square of the image that starts at its top left corner,
/// as big as fits and with a margin. There both (u, v) and (v, u) are pixels, so that a program
/// that swaps row and column gets a wrong answer and not a crash. The points' middle is put
/// off the square's diagonal, so that the answer is wrong indeed.
/// @param points in the view's frame; all before the camera.
void fit_in_square(View& view, const Points& points, Random& random);

/// Sets K so that all the points lie in the image, and at (v, u) too, and that the camera looks
/// along its optical axis through the middle of the image.
/// @param points in the view's frame; all before the camera.
/// @throws InputError when one side of the image is about twice the other or more.
void fit_about_middle(View& view, const Points& points);

/// (N, 3) or (rows, columns) F64.
template <typename Matrix>
arrays::Array array_of(const Matrix& matrix) {
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows = matrix;
  return arrays::Array::copy_of(rows.data(), {rows.rows(), rows.cols()});
}

/// P F64 (V, 3, 4) and silhouettes U8 (V, H, W). All views have one size.
arrays::Arrays arrays_of(const std::vector<SilhouetteView>& views);

}  // namespace pset3::worlds
