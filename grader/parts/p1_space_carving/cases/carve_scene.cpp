#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "grader/parts/p1_space_carving/cases/generators.hpp"
#include "grader/parts/parameters.hpp"
#include "grader/parts/tries.hpp"
#include "grader/worlds/look_at.hpp"
#include "grader/worlds/picture.hpp"
#include "grader/worlds/scene.hpp"

namespace pset3::cases::p1 {
namespace {

using Eigen::Vector3d;

struct Options {
  std::string solid, inside, view, order, silhouette, frame, picture, stored;
  int width = 0;
  int height = 0;
  int voxels = 0;
};

Options read_options(const nlohmann::json& params) {
  Parameters parameters("p1.carve_scene", params);
  Options options;
  options.solid = parameters.choice("solid", {"ellipsoid", "box", "random", "animal"});
  options.inside = parameters.choice("inside", {"safe", "outside", "behind"});
  options.view = parameters.optional_choice("view", {"random", "+x", "-x", "+y", "-y", "+z", "-z"});
  options.order = parameters.optional_choice("order", {"grid", "shuffled"});
  options.silhouette = parameters.optional_choice("silhouette", {"rendered", "empty", "full"});
  options.frame = parameters.optional_choice(
      "frame", {"any", "camera_near_origin", "origin_behind", "unit_depth"});
  options.picture = parameters.optional_choice("picture", {"any", "mirrored"});
  options.stored = parameters.optional_choice("stored", {"alone", "in_a_larger_picture"});
  options.width = parameters.integer("width", 32, 2000);
  options.height = parameters.integer("height", 32, 2000);
  options.voxels = parameters.integer("voxels", 0, 10'000'000);
  parameters.finish();
  return options;
}

struct Scene {
  worlds::SilhouetteView view;
  worlds::Points voxels;
};

/// From where the camera looks at the solid. A named side is met but for a few degrees, so that no
/// entry of P is 0 by luck.
Vector3d standpoint(const std::string& side, worlds::Random& random) {
  if (side == "random") return random.direction();
  const Vector3d axis = Vector3d::Unit(side[1] - 'x');
  return ((side[0] == '-' ? -axis : axis) + random.vector(-0.09, 0.09)).normalized();
}

worlds::View view_from(const Vector3d& position, const Options& options, worlds::Random& random) {
  worlds::View view;
  view.position = position;
  view.width = options.width;
  view.height = options.height;
  Vector3d up = std::abs(position.normalized().z()) > 0.7 ? Vector3d::UnitY() : Vector3d::UnitZ();
  if (options.view == "random") {
    do up = random.direction();
    while (std::abs(up.dot(position.normalized())) > 0.9);
  }
  const Vector3d target = 0.05 * random.vector(-1.0, 1.0);
  view.R = worlds::look_at(position, target, up);
  return view;
}

/// Sets K so that the solid is a bit greater than the image, both ways.
void fit_beyond_borders(worlds::View& view, const worlds::Tracer& tracer, worlds::Random& random) {
  worlds::View probe = view;
  constexpr int kProbe = 96;
  probe.width = probe.height = kProbe;
  const double focal_px = 0.5 * kProbe * view.position.norm() / (1.2 * tracer.solid().radius);
  probe.K << focal_px, 0.0, 0.5 * kProbe, 0.0, focal_px, 0.5 * kProbe, 0.0, 0.0, 1.0;
  const std::vector<std::uint8_t> mask = worlds::silhouette_of(tracer, probe);
  Vector3d low = Vector3d::Constant(kProbe);
  Vector3d high = Vector3d::Zero();
  for (int row = 0; row < kProbe; ++row) {
    for (int column = 0; column < kProbe; ++column) {
      if (mask[probe.pixel_at(column, row)] == 0) continue;
      low = low.cwiseMin(Vector3d(column, row, 0));
      high = high.cwiseMax(Vector3d(column, row, 0));
    }
  }
  const std::array<int, 2> size_px = {view.width, view.height};
  for (int axis = 0; axis < 2; ++axis) {
    const double image_px = size_px[static_cast<std::size_t>(axis)];
    const double zoom =
        random.uniform(1.08, 1.4) * image_px / std::max(high(axis) - low(axis), 1.0);
    const double middle = 0.5 * (low(axis) + high(axis)) - 0.5 * kProbe;
    view.K(axis, axis) = zoom * focal_px;
    view.K(axis, 2) = 0.5 * (image_px - 1.0) - zoom * middle;
  }
}

/// Turns the picture's first `rows` rows upside down; det(P) changes its sign.
void mirror(worlds::View& view, int rows) {
  view.K(1, 1) = -view.K(1, 1);
  view.K(1, 2) = rows - 1.0 - view.K(1, 2);
}

/// A grid around the solid, which is in the middle of `placement`.
worlds::Points grid_around(const worlds::Solid& solid, const worlds::Placement& placement,
                           int count, worlds::Random& random) {
  const Vector3d half = placement.scale * solid.radius * random.vector(1.04, 1.22);
  return worlds::grid_in({placement.offset - half, placement.offset + half}, count);
}

/// Appends the mirror images, on the other side of the camera, of every third point: they project
/// to the same pixels, with the other sign of w.
worlds::Points with_points_behind(const worlds::Points& points, const Vector3d& camera) {
  const Eigen::Index behind = (points.rows() + 2) / 3;
  worlds::Points all(points.rows() + behind, 3);
  all.topRows(points.rows()) = points;
  for (Eigen::Index i = 0; i < behind; ++i) {
    all.row(points.rows() + i) = 2.0 * camera.transpose() - points.row(3 * i);
  }
  return all;
}

void shuffle(worlds::Points& points, worlds::Random& random) {
  for (Eigen::Index i = points.rows() - 1; i > 0; --i) {
    points.row(i).swap(points.row(random.integer(0, static_cast<int>(i))));
  }
}

/// Moves the world's origin to a point of the scene.
void put_origin_at(const Vector3d& point, worlds::Placement& placement) {
  placement.offset.setZero();
  placement.offset = -placement.world_from_scene(point);
}

/// To within a quarter of the scene's unit of the camera, or some units behind it: the camera looks
/// at the middle of the scene. There P's last entry is negative.
void place_origin(const Options& options, const Vector3d& camera, worlds::Placement& placement,
                  worlds::Random& random) {
  if (options.frame == "camera_near_origin") {
    put_origin_at(camera + random.vector(-0.25, 0.25), placement);
  } else if (options.frame == "origin_behind") {
    const Vector3d behind = random.uniform(1.0, 3.0) * camera.normalized();
    put_origin_at(camera + behind + random.vector(-0.25, 0.25), placement);
  }
}

/// Puts voxels on the object first and last, where a loop with a wrong limit does not look.
void put_kept_voxels_at_both_ends(const worlds::SilhouetteView& view, worlds::Points& points) {
  Eigen::Index first = 0;
  Eigen::Index last = points.rows() - 1;
  while (first < last && !view.sees_object_at(points.row(first).transpose())) ++first;
  while (first < last && !view.sees_object_at(points.row(last).transpose())) --last;
  points.row(0).swap(points.row(first));
  points.row(points.rows() - 1).swap(points.row(last));
}

/// Moves the first voxel, at its depth, to where it projects into pixel (0, 0), both rounded and
/// cut off. A number that stands for "no pixel yet" may not be that of a pixel.
void put_first_voxel_at_first_pixel(const worlds::SilhouetteView& view, worlds::Points& points) {
  const double w = worlds::project(view.P, points.row(0).transpose()).w;
  const Vector3d projected = w * Vector3d(0.2, 0.2, 1.0);
  points.row(0) = view.P.leftCols<3>().inverse() * (projected - view.P.col(3));
}

std::vector<std::uint8_t> silhouette_for(const Options& options, const worlds::Tracer& tracer,
                                         const worlds::View& view) {
  if (options.silhouette == "rendered") return worlds::silhouette_of(tracer, view);
  return std::vector<std::uint8_t>(view.pixel_count(), options.silhouette == "full" ? 1 : 0);
}

Scene make_scene(const Options& options, worlds::Random& random) {
  const worlds::Tracer tracer(worlds::solid_named(options.solid, worlds::Pose::kAny, random));
  worlds::Placement placement = worlds::random_placement(
      random, options.view == "random" ? random.rotation() : Eigen::Matrix3d::Identity());
  const double distance = tracer.solid().radius * random.uniform(3.2, 5.0);
  worlds::View view = view_from(distance * standpoint(options.view, random), options, random);
  place_origin(options, view.position, placement, random);
  Scene scene;
  scene.voxels = grid_around(tracer.solid(), placement, std::max(options.voxels, 500), random);
  worlds::View placed = placement.world_from_scene(view);
  if (options.inside == "outside") {
    fit_beyond_borders(view, tracer, random);
  } else {
    worlds::fit_in_square(placed, scene.voxels, random);
    view.K = placed.K;
  }
  if (options.view == "random" && (random.coin() || options.picture == "mirrored")) {
    // A square at the top left stays there.
    mirror(view, options.inside == "outside" ? view.height : std::min(view.width, view.height));
  }
  placed.K = view.K;
  // P means the same whatever positive number it is multiplied with.
  scene.view = {random.log_uniform(0.01, 10.0) * placed.projection(), view.width, view.height,
                silhouette_for(options, tracer, view)};
  if (options.frame == "unit_depth") {
    scene.view.P /= worlds::project(scene.view.P, placement.offset).w;
  }
  if (options.inside == "behind") scene.voxels = with_points_behind(scene.voxels, placed.position);
  if (options.order == "shuffled") {
    shuffle(scene.voxels, random);
    put_kept_voxels_at_both_ends(scene.view, scene.voxels);
    if (options.silhouette == "full") put_first_voxel_at_first_pixel(scene.view, scene.voxels);
  }
  if (options.voxels == 0) scene.voxels.resize(0, 3);
  return scene;
}

/// What programs with a mistake would keep, and where the voxels are.
struct Tally {
  long all = 0, kept = 0, swapped_differs = 0, swapped_outside = 0;
  long left = 0, right = 0, above = 0, below = 0;
  long clamped = 0, wrapped = 0, read_on = 0;  ///< kept although outside of the image
  long behind = 0, behind_on_object = 0;

  long outside() const { return left + right + above + below; }
};

void count_outside(const worlds::SilhouetteView& view, long column, long row, Tally& tally) {
  const long width = view.width;
  const long height = view.height;
  long& side = column < 0        ? tally.left
               : column >= width ? tally.right
               : row < 0         ? tally.above
                                 : tally.below;
  ++side;
  tally.clamped += view.pixel(std::clamp(column, 0L, width - 1), std::clamp(row, 0L, height - 1));
  tally.wrapped +=
      view.pixel(((column % width) + width) % width, ((row % height) + height) % height);
  const long index = row * width + column;
  if (index >= 0 && index < width * height)
    tally.read_on += view.pixel(index % width, index / width);
}

Tally tally_of(const Scene& scene) {
  Tally tally;
  for (const auto& voxel : scene.voxels.rowwise()) {
    const worlds::SilhouetteView& view = scene.view;
    const worlds::Projected at = worlds::project(view.P, voxel.transpose());
    const long column = std::lround(at.u);
    const long row = std::lround(at.v);
    const bool inside = column >= 0 && column < view.width && row >= 0 && row < view.height;
    ++tally.all;
    if (at.w <= 0.0) {
      ++tally.behind;
      tally.behind_on_object += view.pixel(column, row);
    } else if (inside) {
      tally.kept += view.pixel(column, row);
      tally.swapped_differs += view.pixel(column, row) != view.pixel(row, column) ? 1 : 0;
      tally.swapped_outside += row >= view.width || column >= view.height ? 1 : 0;
    } else {
      count_outside(view, column, row, tally);
    }
  }
  return tally;
}

/// Whether the object covers a twentieth of each border of the image or more.
bool touches_all_borders(const worlds::SilhouetteView& view) {
  long top = 0, bottom = 0, left = 0, right = 0;
  for (long column = 0; column < view.width; ++column) {
    top += view.pixel(column, 0);
    bottom += view.pixel(column, view.height - 1);
  }
  for (long row = 0; row < view.height; ++row) {
    left += view.pixel(0, row);
    right += view.pixel(view.width - 1, row);
  }
  return 20 * std::min(top, bottom) >= view.width && 20 * std::min(left, right) >= view.height;
}

bool keeps_promises(const Options& options, const Scene& scene) {
  if (options.voxels == 0) return true;
  const Tally tally = tally_of(scene);
  const bool rendered = options.silhouette == "rendered";
  if (rendered) {
    const long least = std::max(20L, tally.all * 3 / 100 + 1);
    if (tally.kept < least || tally.kept > tally.all * 7 / 10) return false;
  }
  if (options.inside == "outside") {
    const long per_side = tally.all / 50 + 1;
    const bool everywhere =
        std::min({tally.left, tally.right, tally.above, tally.below}) >= per_side;
    const long too_many = tally.all / 20 + 1;
    return everywhere && 4 * tally.outside() >= tally.all &&
           (!rendered || (touches_all_borders(scene.view) &&
                          std::min({tally.clamped, tally.wrapped, tally.read_on}) >= too_many));
  }
  if (tally.outside() + tally.swapped_outside > 0) return false;
  if (rendered && 100 * tally.swapped_differs < 15 * tally.kept) return false;
  return options.inside == "safe" ||
         (5 * tally.behind >= tally.all && (!rendered || tally.behind_on_object >= 20));
}

}  // namespace

constexpr std::int64_t kMarginPx = 9;

CaseData carve_scene(const nlohmann::json& params, std::uint64_t seed) {
  const Options options = read_options(params);
  worlds::Random random(seed, "p1.carve_scene");
  const Scene scene = first_success("p1.carve_scene " + params.dump(), [&] {
    Scene attempt = make_scene(options, random);
    return keeps_promises(options, attempt) ? std::optional(std::move(attempt)) : std::nullopt;
  });
  CaseData data;
  data.inputs["voxels"] = worlds::array_of(scene.voxels);
  data.inputs["P"] = worlds::array_of(scene.view.P);
  data.inputs["silhouette"] =
      arrays::Array::copy_of(scene.view.silhouette.data(), {scene.view.height, scene.view.width});
  if (options.stored != "alone") data.inputs["margin"] = arrays::Array::scalar(kMarginPx);
  data.outputs["survivors"] = {arrays::DType::kF64, {{0, 2 * scene.voxels.rows() + 16}, {3, 3}}};
  data.outputs["changed_pixels"] = arrays::exactly(arrays::DType::kI64, {});
  return data;
}

}  // namespace pset3::cases::p1
