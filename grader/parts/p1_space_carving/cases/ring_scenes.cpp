#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "grader/parts/p1_space_carving/cases/generators.hpp"
#include "grader/parts/parameters.hpp"
#include "grader/parts/tries.hpp"
#include "grader/worlds/look_at.hpp"
#include "grader/worlds/picture.hpp"
#include "grader/worlds/scene.hpp"

namespace pset3::cases::p1 {
namespace {

using arrays::Array;
using arrays::DType;
using Eigen::Vector3d;

constexpr double kDegree = std::numbers::pi / 180.0;

struct RingOptions {
  std::string solid;
  int views = 0;
  int width = 0;
  int height = 0;
};

void read_views(Parameters& parameters, int fewest_views, RingOptions& options) {
  options.views = parameters.integer("views", fewest_views, 100);
  options.width = parameters.integer("width", 32, 2000);
  options.height = parameters.integer("height", 32, 2000);
}

/// How a ring of cameras goes around the origin; angles in degrees.
struct Ring {
  double distance = 4.0;
  double start_deg = 0.0;
  double elevation_deg = 25.0;
  double wobble_deg = 10.0;
};

/// Cameras on a ring, unevenly spread, each looking at a point close to the origin. K is not set.
std::vector<worlds::View> views_on(const Ring& ring, const RingOptions& options,
                                   worlds::Random& random) {
  std::vector<worlds::View> views(static_cast<std::size_t>(options.views));
  for (std::size_t i = 0; i < views.size(); ++i) {
    const double share = (static_cast<double>(i) + random.uniform(-0.15, 0.15)) / options.views;
    const double azimuth = kDegree * ring.start_deg + 2.0 * std::numbers::pi * share;
    const double elevation =
        kDegree * (ring.elevation_deg + ring.wobble_deg * std::sin(2.0 * azimuth + 1.0));
    views[i].position =
        ring.distance * Vector3d(std::cos(azimuth) * std::cos(elevation),
                                 std::sin(azimuth) * std::cos(elevation), std::sin(elevation));
    views[i].R = worlds::look_at(views[i].position, 0.02 * ring.distance * random.vector(-1.0, 1.0),
                                 Vector3d::UnitZ());
    views[i].width = options.width;
    views[i].height = options.height;
  }
  return views;
}

/// Gives every camera a K of its own, and takes the silhouettes.
/// @param views  in the scene, without K.
/// @param fit    sets the K of a view in the world.
template <typename Fit>
std::vector<worlds::SilhouetteView> silhouettes_of(const worlds::Tracer& tracer,
                                                   const std::vector<worlds::View>& views,
                                                   const worlds::Placement& placement,
                                                   worlds::Random& random, const Fit& fit) {
  std::vector<worlds::SilhouetteView> result;
  for (worlds::View view : views) {
    worlds::View placed = placement.world_from_scene(view);
    fit(placed);
    view.K = placed.K;
    result.push_back({random.log_uniform(0.01, 10.0) * placed.projection(), view.width, view.height,
                      worlds::silhouette_of(tracer, view)});
  }
  return result;
}

/// @returns what is left after all views but one (-1: after all).
worlds::Points carved_by_all(worlds::Points points,
                             const std::vector<worlds::SilhouetteView>& views, int but = -1) {
  for (std::size_t i = 0; i < views.size(); ++i) {
    if (static_cast<int>(i) != but) points = worlds::carved(points, views[i]);
  }
  return points;
}

struct RingScene {
  std::vector<worlds::SilhouetteView> views;
  worlds::Points voxels;
};

/// Makes the third coordinate of every voxel's projection so large that a pixel which is not
/// divided by it, or by a coordinate of the voxel instead, is far outside of the image.
void enlarge_third_coordinates(RingScene& scene) {
  const double largest = std::max(1.0, scene.voxels.cwiseAbs().maxCoeff());
  for (worlds::SilhouetteView& view : scene.views) {
    const Eigen::RowVector3d row = view.P.row(2).head<3>();
    const double least = (scene.voxels * row.transpose()).minCoeff() + view.P(2, 3);
    view.P *= 1e4 * largest / least;
  }
}

RingScene make_ring_scene(const RingOptions& options, int voxels, worlds::Random& random) {
  const worlds::Tracer tracer(worlds::solid_named(options.solid, worlds::Pose::kAny, random));
  const double radius = tracer.solid().radius;
  const worlds::Placement placement = worlds::random_placement(random, random.rotation());
  const Vector3d half = placement.scale * radius * random.vector(1.04, 1.22);
  RingScene scene;
  scene.voxels = worlds::grid_in({placement.offset - half, placement.offset + half}, voxels);
  const Ring ring = {radius * random.uniform(3.2, 5.0), random.uniform(0.0, 360.0),
                     random.uniform(15.0, 35.0), random.uniform(5.0, 15.0)};
  const std::vector<worlds::View> views = views_on(ring, options, random);
  scene.views = silhouettes_of(tracer, views, placement, random, [&](worlds::View& view) {
    worlds::fit_in_square(view, scene.voxels, random);
  });
  return scene;
}

bool keeps_promises(const RingScene& scene) {
  const Eigen::Index left = carved_by_all(scene.voxels, scene.views).rows();
  if (left < std::max<Eigen::Index>(20, scene.voxels.rows() / 100 + 1)) return false;
  const auto leaves_more = [&](const worlds::SilhouetteView& view) {
    return 9 * worlds::carved(scene.voxels, view).rows() >= 10 * left;
  };
  if (!std::all_of(scene.views.begin(), scene.views.end(), leaves_more)) return false;
  if (scene.views.size() > 8) return true;
  const int last = static_cast<int>(scene.views.size()) - 1;
  return carved_by_all(scene.voxels, scene.views, 0).rows() >= left + 3 &&
         carved_by_all(scene.voxels, scene.views, last).rows() >= left + 3;
}

/// @returns the box that the cameras give: handouts/p1_space_carving.md, question (d). The given
/// code looks through the middle of a picture, which fit_about_middle puts on the optical axis; so
/// the box can be had before K.
worlds::Box default_box(const std::vector<worlds::View>& views) {
  worlds::Points positions(static_cast<Eigen::Index>(views.size()), 3);
  for (std::size_t i = 0; i < views.size(); ++i) {
    positions.row(static_cast<Eigen::Index>(i)) = views[i].position.transpose();
  }
  worlds::Box box = worlds::box_around(positions);
  const double range = 0.6 * box.sides().head<2>().norm();
  for (const worlds::View& view : views) {
    const double z = view.position.z() + range * view.R(2, 2);
    box.low.z() = std::min(box.low.z(), z);
    box.high.z() = std::max(box.high.z(), z);
  }
  const Eigen::Vector2d quarter = 0.25 * box.sides().head<2>();
  box.low.head<2>() += quarter;
  box.high.head<2>() -= quarter;
  return box;
}

/// What a coarse carve leaves in programs with a mistake.
Eigen::Index left_with_the_first_silhouette(const worlds::Points& grid,
                                            std::vector<worlds::SilhouetteView> views) {
  for (worlds::SilhouetteView& view : views) view.silhouette = views.front().silhouette;
  return carved_by_all(grid, views).rows();
}

Eigen::Index left_with_rows_and_columns_swapped(const worlds::Points& grid,
                                                std::vector<worlds::SilhouetteView> views) {
  for (worlds::SilhouetteView& view : views) view.P.row(0).swap(view.P.row(1));
  return carved_by_all(grid, views).rows();
}

Eigen::Index left_without_fractions(const worlds::Box& box, int num_voxels,
                                    const std::vector<worlds::SilhouetteView>& views) {
  worlds::Points grid = worlds::grid_in(box, num_voxels);
  const Vector3d start = box.low.array().sign() * box.low.array().abs().floor();
  grid.rowwise() += (start - box.low).transpose();
  return carved_by_all(grid, views).rows();
}

bool is_before(const worlds::Points& points, const worlds::View& view, double least_depth) {
  for (const auto& point : points.rowwise()) {
    if ((view.R * (point.transpose() - view.position)).z() < least_depth) return false;
  }
  return true;
}

struct BoundsScene {
  std::vector<worlds::SilhouetteView> views;
  worlds::Box box;  ///< the default one
};

/// How far the solid is off the middle of the default box. It is as big as half of the box.
Vector3d off_the_middle(const std::string& beyond, double radius, worlds::Random& random) {
  // By a tenth of its radius or more on every axis.
  Vector3d off = radius * random.vector(0.18, 0.4);
  if (beyond != "none") off = radius * random.vector(0.7, 1.4);
  for (double& component : off) {
    const bool up = beyond == "none" ? random.coin() : beyond == "upper";
    if (!up) component = -component;
  }
  return off;
}

/// @param beyond  the ends of the default box beyond which the solid reaches: "none", "lower" or
///                "upper".
std::optional<BoundsScene> make_bounds_scene(const RingOptions& options, const std::string& beyond,
                                             worlds::Random& random) {
  const worlds::Tracer tracer(worlds::solid_named(options.solid, worlds::Pose::kAlongAxes, random));
  const double radius = tracer.solid().radius;
  const Ring ring = {radius * random.uniform(3.3, 3.9), random.uniform(0.0, 360.0),
                     random.uniform(17.0, 24.0), random.uniform(3.0, 7.0)};
  std::vector<worlds::View> views = views_on(ring, options, random);
  const Vector3d middle = default_box(views).middle();
  const Vector3d off = off_the_middle(beyond, radius, random);
  for (worlds::View& view : views) view.position -= middle + off;
  const worlds::Placement placement = worlds::random_placement(random, Eigen::Matrix3d::Identity());
  std::vector<worlds::View> placed;
  placed.reserve(views.size());
  for (const worlds::View& view : views) placed.push_back(placement.world_from_scene(view));
  BoundsScene scene;
  scene.box = default_box(placed);
  const worlds::Points corners = scene.box.corners();
  for (const worlds::View& view : placed) {
    if (!is_before(corners, view, 0.08 * placement.scale * ring.distance)) return std::nullopt;
  }
  scene.views = silhouettes_of(tracer, views, placement, random, [&](worlds::View& view) {
    worlds::fit_about_middle(view, corners);
  });
  return scene;
}

/// Whether the hull reaches into the outermost layer at the three ends, and stays away from the
/// others.
bool reaches(const std::string& beyond, const worlds::Box& found, const worlds::Box& box,
             double side) {
  const Vector3d below = (found.low - box.low) / side;
  const Vector3d above = (box.high - found.high) / side;
  const Vector3d& near = beyond == "lower" ? below : above;
  const Vector3d& far = beyond == "lower" ? above : below;
  return near.maxCoeff() <= 0.75 && far.minCoeff() >= 2.5;
}

bool keeps_promises(const BoundsScene& scene, const std::string& beyond, int num_voxels) {
  const worlds::Points coarse = carved_by_all(worlds::grid_in(scene.box, num_voxels), scene.views);
  if (coarse.rows() < 60) return false;
  const worlds::Box found = worlds::box_around(coarse);
  const double side = std::cbrt(scene.box.sides().prod() / num_voxels);
  if (beyond != "none") return reaches(beyond, found, scene.box, side);
  const Vector3d extent = found.sides() / side;
  const Vector3d off_middle = (found.middle() - scene.box.middle()) / side;
  // From centre to face: more than a whole voxel is free, however the grid is laid.
  const double gap =
      std::min((found.low - scene.box.low).minCoeff(), (scene.box.high - found.high).minCoeff()) /
      side;
  const double least_difference =
      std::min({std::abs(extent.x() - extent.y()), std::abs(extent.y() - extent.z()),
                std::abs(extent.z() - extent.x())});
  return gap >= 1.4 && least_difference >= 1.5 && off_middle.cwiseAbs().minCoeff() >= 0.75;
}

/// Whether some end of the coarse carve lies further out without a view, by most of a voxel or
/// more.
bool changes_the_extent(const worlds::Points& grid, const BoundsScene& scene, int view,
                        double side) {
  const worlds::Box with = worlds::box_around(carved_by_all(grid, scene.views));
  const worlds::Box without = worlds::box_around(carved_by_all(grid, scene.views, view));
  const double change =
      std::max((with.low - without.low).maxCoeff(), (without.high - with.high).maxCoeff());
  return change >= 0.9 * side;
}

/// Whether what programs with a mistake leave does not depend on luck: see `hard_on`.
bool is_hard_on(const std::string& mistake, const BoundsScene& scene, int num_voxels) {
  const worlds::Points grid = worlds::grid_in(scene.box, num_voxels);
  if (left_with_the_first_silhouette(grid, scene.views) < 5) return false;
  // A student's grid may be laid otherwise: half the side, so that nothing slips through.
  const int fine = 8 * num_voxels;
  if (mistake == "swapped_pixels") {
    return left_with_rows_and_columns_swapped(worlds::grid_in(scene.box, fine), scene.views) == 0;
  }
  if (mistake == "missing_views") {
    const double side = std::cbrt(scene.box.sides().prod() / num_voxels);
    const int last = static_cast<int>(scene.views.size()) - 1;
    return changes_the_extent(grid, scene, 0, side) && changes_the_extent(grid, scene, last, side);
  }
  if (mistake == "whole_number_limits") {
    return left_without_fractions(scene.box, fine, scene.views) == 0;
  }
  return true;
}

arrays::ArraySpec points_up_to(std::int64_t count) { return {DType::kF64, {{0, count}, {3, 3}}}; }

}  // namespace

CaseData ring_scene(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p1.ring_scene", params);
  RingOptions options;
  options.solid = parameters.choice("solid", {"ellipsoid", "box", "random", "animal"});
  read_views(parameters, 2, options);
  const int voxels = parameters.integer("voxels", 500, 10'000'000);
  const std::string third = parameters.optional_choice("third_coordinate", {"any", "large"});
  parameters.finish();
  worlds::Random random(seed, "p1.ring_scene");
  RingScene scene = first_success("p1.ring_scene " + params.dump(), [&] {
    RingScene attempt = make_ring_scene(options, voxels, random);
    return keeps_promises(attempt) ? std::optional(std::move(attempt)) : std::nullopt;
  });
  if (third == "large") enlarge_third_coordinates(scene);
  CaseData data;
  data.inputs = worlds::arrays_of(scene.views);
  data.inputs["voxels"] = worlds::array_of(scene.voxels);
  const std::int64_t most = 2 * scene.voxels.rows() + 16;
  data.outputs["survivors"] = points_up_to(most);
  data.outputs["changed"] = points_up_to(most);
  // With the rows of earlier calls where a program keeps these.
  data.outputs["again"] = points_up_to((options.views + 1) * most);
  for (const char* name : {"smaller", "smaller_alone"}) {
    data.outputs[name] = points_up_to((options.views + 2) * most);
  }
  data.outputs["alone"] = points_up_to(options.views * most);
  data.outputs["alone_counts"] = arrays::exactly(DType::kI64, {options.views});
  return data;
}

namespace {

struct BoundsOptions {
  RingOptions ring;
  bool better = true;
  int num_voxels = 0;
  std::string hard_on;
  std::string beyond = "none";
  std::string repeats;
};

BoundsOptions read_bounds_options(Parameters& parameters) {
  BoundsOptions options;
  options.ring.solid = parameters.choice("solid", {"ellipsoid", "box", "random"});
  read_views(parameters, 6, options.ring);
  options.better = parameters.boolean("better");
  options.num_voxels = parameters.integer("num_voxels", 1000, 1'000'000);
  options.hard_on = parameters.optional_choice(
      "hard_on", {"none", "whole_number_limits", "swapped_pixels", "missing_views"});
  options.beyond = parameters.optional_choice("beyond", {"none", "lower", "upper"});
  options.repeats = parameters.optional_choice("repeats", {"no_view", "first_view"});
  return options;
}

BoundsScene draw_bounds_scene(const std::string& what, const BoundsOptions& options,
                              worlds::Random& random) {
  return first_success(what, [&] {
    std::optional<BoundsScene> attempt = make_bounds_scene(options.ring, options.beyond, random);
    const bool good =
        attempt && keeps_promises(*attempt, options.beyond, options.num_voxels) &&
        (!options.better || is_hard_on(options.hard_on, *attempt, options.num_voxels));
    return good ? std::move(attempt) : std::optional<BoundsScene>();
  });
}

}  // namespace

CaseData bounds_scene(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p1.bounds_scene", params);
  const BoundsOptions options = read_bounds_options(parameters);
  parameters.finish();
  worlds::Random random(seed, "p1.bounds_scene");
  BoundsScene scene = draw_bounds_scene("p1.bounds_scene " + params.dump(), options, random);
  // A view that carves nothing, before others that do.
  if (options.repeats == "first_view") scene.views.insert(scene.views.begin(), scene.views.front());
  CaseData data;
  data.inputs = worlds::arrays_of(scene.views);
  data.inputs["better"] = Array::scalar(options.better);
  data.inputs["num_voxels"] = Array::scalar<std::int64_t>(options.num_voxels);
  data.outputs["bounds"] = arrays::exactly(DType::kF64, {3, 2});
  data.outputs["default_bounds"] = arrays::exactly(DType::kF64, {3, 2});
  data.outputs["refused"] = arrays::exactly(DType::kI64, {});
  for (const char* name : {"grid", "with", "changed", "coarse"}) {
    data.outputs[name] = points_up_to(8LL * options.num_voxels + 4096);
  }
  data.outputs["coarse_size"] = arrays::exactly(DType::kF64, {});
  return data;
}

CaseData nothing_left_scene(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p1.nothing_left_scene", params);
  BoundsOptions options;
  options.ring.solid = parameters.choice("solid", {"ellipsoid", "box", "random"});
  read_views(parameters, 6, options.ring);
  options.num_voxels = parameters.integer("num_voxels", 1000, 1'000'000);
  parameters.finish();
  worlds::Random random(seed, "p1.nothing_left_scene");
  BoundsScene scene = draw_bounds_scene("p1.nothing_left_scene " + params.dump(), options, random);
  const int empty = random.integer(1, options.ring.views - 2);
  auto& silhouette = scene.views[static_cast<std::size_t>(empty)].silhouette;
  std::fill(silhouette.begin(), silhouette.end(), std::uint8_t{0});
  CaseData data;
  data.inputs = worlds::arrays_of(scene.views);
  data.inputs["num_voxels"] = Array::scalar<std::int64_t>(options.num_voxels);
  data.outputs["refused"] = arrays::exactly(DType::kI64, {});
  data.outputs["refused_when_last"] = arrays::exactly(DType::kI64, {});
  data.outputs["returned_when_last"] = arrays::exactly(DType::kI64, {});
  data.outputs["refused_when_full"] = arrays::exactly(DType::kI64, {});
  data.outputs["left"] = points_up_to(8LL * options.num_voxels + 4096);
  return data;
}

}  // namespace pset3::cases::p1
