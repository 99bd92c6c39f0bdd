#pragma once

#include <Eigen/Core>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "starter/common/drawing/mesh.hpp"

namespace pset3::drawing {

/// Share of red, green and blue light that a surface sends back, each 0 to 1, linear.
using Colour = Eigen::Vector3f;

/// A straight line between two points in world units.
struct Segment {
  Eigen::Vector3d from = Eigen::Vector3d::Zero();
  Eigen::Vector3d to = Eigen::Vector3d::Zero();
};

/// Things to be drawn, held by the ray tracer Embree.
class Scene {
 public:
  Scene();
  ~Scene();
  Scene(Scene&&) noexcept;
  Scene& operator=(Scene&&) noexcept;

  /// A surface, shaded smoothly by its normals.
  void add_mesh(const Mesh& mesh, const Colour& colour);

  /// Cubes with dark edges.
  /// @param centres  (N, 3)
  /// @param side     of each cube, in world units.
  void add_cubes(const Points& centres, double side, const Colour& colour);

  /// Round rods.
  /// @param radius  in world units.
  void add_rods(const std::vector<Segment>& segments, double radius, const Colour& colour);

 private:
  friend class Renderer;
  struct Contents;
  std::unique_ptr<Contents> contents_;
};

/// Where a picture is taken from: a pinhole with its picture in front of it.
struct View {
  Eigen::Vector3d eye = Eigen::Vector3d::Zero();       ///< world units
  Eigen::Vector3d forward = Eigen::Vector3d::UnitY();  ///< unit vectors, orthogonal
  Eigen::Vector3d right = Eigen::Vector3d::UnitX();
  Eigen::Vector3d up = Eigen::Vector3d::UnitZ();
  double half_width = 0.2;  ///< of the picture at distance 1
  double half_height = 0.2;
};

struct ViewOptions {
  Eigen::Vector3d world_up = Eigen::Vector3d::UnitZ();  ///< points up in the picture
  Eigen::Vector3d from = -Eigen::Vector3d::UnitY();     ///< from the object towards the first eye
  double elevation_deg = 12.0;                          ///< of the eyes above the horizon
  double field_of_view_deg = 24.0;                      ///< of the picture's longer side
  double width_over_height = 0.8;
  /// The world's axes are left-handed, as in some data sets; without this their pictures would be
  /// mirror images of the photographs.
  bool left_handed_world = false;
  double margin = 0.06;  ///< free share of the picture on each side

  /// @throws std::invalid_argument when `from` is parallel to `world_up` or a number is out of
  ///         range.
  void check() const;
};

/// Places eyes evenly around points, all at the same distance and height, so that pictures can
/// stand beside each other; each turns the object by 360 / count degrees further to its right.
///
/// @param points  (N, 3), N >= 1: all of them are in every picture.
/// @throws std::invalid_argument when there is no point, count < 1, or the options are wrong.
std::vector<View> views_around(const Points& points, int count, const ViewOptions& options = {});

struct RenderOptions {
  int width = 480;        ///< pixels
  int height = 600;       ///< pixels
  int ambient_rays = 10;  ///< a sample; a pixel has four samples
  Eigen::Vector3d world_up = Eigen::Vector3d::UnitZ();
  /// Height along world_up of a floor that only shows shadows; none = no floor.
  std::optional<double> floor = std::nullopt;
  Colour background = Colour(0.90F, 0.91F, 0.92F);

  /// @throws std::invalid_argument when a number is not positive.
  void check() const;
};

/// Draws a scene with one soft light, light from the sky, and shadows. The same call gives the same
/// picture.
/// @returns (height, width) CV_8UC3 in OpenCV's order blue, green, red.
/// @throws std::invalid_argument when the options are wrong.
cv::Mat render(const Scene& scene, const View& view, const RenderOptions& options = {});

/// @returns how far along `direction` the lowest of the points is: a floor for them.
double lowest(const Points& points, const Eigen::Vector3d& direction);

}  // namespace pset3::drawing
