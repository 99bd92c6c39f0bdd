#include "grader/worlds/scene.hpp"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "grader/worlds/solids.hpp"

namespace pset3::worlds {
namespace {

/// Half sizes that differ by a fifth at least, so that no two axes can be swapped unseen.
Eigen::Vector3d distinct_half_sizes(Random& random) {
  // One statement a draw: the order of arguments is the compiler's, and cases must not depend on
  // it.
  const double longest = random.uniform(0.70, 0.82);
  const double middle = random.uniform(0.48, 0.58);
  const double shortest = random.uniform(0.30, 0.40);
  Eigen::Vector3d sizes(shortest, middle, longest);
  // Every order of the axes is as likely.
  for (int i = 2; i > 0; --i) std::swap(sizes(i), sizes(random.integer(0, i)));
  return sizes;
}

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  double middle() const { return 0.5 * (low + high); }
  double half() const { return 0.5 * (high - low); }
};

/// What x / z and y / z the points have in the camera's frame.
std::pair<Extent, Extent> directions_to(const Points& points, const View& view) {
  std::pair<Extent, Extent> extents;
  for (const auto& point : points.rowwise()) {
    const Eigen::Vector3d in_camera = view.R * (point.transpose() - view.position);
    extents.first.add(in_camera.x() / in_camera.z());
    extents.second.add(in_camera.y() / in_camera.z());
  }
  return extents;
}

}  // namespace

View Placement::world_from_scene(const View& view) const {
  View moved = view;
  moved.position = world_from_scene(view.position);
  moved.R = view.R * turn.transpose();
  return moved;
}

Placement random_placement(Random& random, const Eigen::Matrix3d& turn) {
  Placement placement;
  placement.scale = random.log_uniform(0.05, 20.0);
  placement.turn = turn;
  placement.offset = placement.scale * random.vector(-6.0, 6.0);
  return placement;
}

Solid solid_named(const std::string& name, Pose pose, Random& random) {
  const bool any = pose == Pose::kAny;
  const Eigen::Vector3d half_sizes = distinct_half_sizes(random);
  const double angle = random.uniform(-1.0, 1.0) * (any ? std::numbers::pi : 0.2);
  const Eigen::Vector3d axis = name == "animal" ? Eigen::Vector3d::UnitZ() : random.direction();
  const Eigen::Matrix3d turn = Eigen::AngleAxisd(angle, axis).toRotationMatrix();
  if (name == "animal") return turned(animal(), turn);
  if (name == "random" && any) return random_solid(random.next());
  // The core gives it three different extents and enough of a body for a coarse grid.
  if (name == "random") {
    return joined(ellipsoid(0.9 * half_sizes), stretched(random_solid(random.next()), half_sizes));
  }
  return turned(name == "box" ? box(0.75 * half_sizes) : ellipsoid(half_sizes), turn);
}

Points Box::corners() const {
  Points corners(8, 3);
  for (int i = 0; i < 8; ++i) {
    const Eigen::Array3d up(i >> 2, (i >> 1) & 1, i & 1);
    corners.row(i) = (low.array() + up * sides().array()).matrix().transpose();
  }
  return corners;
}

Box box_around(const Points& points) {
  return {points.colwise().minCoeff().transpose(), points.colwise().maxCoeff().transpose()};
}

Points grid_in(const Box& box, int count) {
  const double side = std::cbrt(box.sides().prod() / count);
  const Eigen::Array3i cells = (box.sides().array() / side).round().max(1.0).cast<int>();
  const Eigen::Vector3d step = box.sides().array() / cells.cast<double>();
  Points points(static_cast<Eigen::Index>(cells.prod()), 3);
  Eigen::Index row = 0;
  for (int x = 0; x < cells.x(); ++x) {
    for (int y = 0; y < cells.y(); ++y) {
      for (int z = 0; z < cells.z(); ++z) {
        const Eigen::Vector3d cell(x + 0.5, y + 0.5, z + 0.5);
        points.row(row++) = (box.low + cell.cwiseProduct(step)).transpose();
      }
    }
  }
  return points;
}

Projected project(const Matrix34& P, const Eigen::Vector3d& point) {
  const Eigen::Vector3d pixel = P * point.homogeneous();
  return {pixel.x() / pixel.z(), pixel.y() / pixel.z(), pixel.z()};
}

std::uint8_t SilhouetteView::pixel(long column, long row) const {
  if (column < 0 || column >= width || row < 0 || row >= height) return 0;
  return silhouette[static_cast<std::size_t>(row * width + column)];
}

bool SilhouetteView::sees_object_at(const Eigen::Vector3d& point) const {
  const Projected at = project(P, point);
  return at.w > 0.0 && pixel(std::lround(at.u), std::lround(at.v)) != 0;
}

Points carved(const Points& points, const SilhouetteView& view) {
  Points kept(points.rows(), 3);
  Eigen::Index count = 0;
  for (const auto& point : points.rowwise()) {
    if (view.sees_object_at(point.transpose())) kept.row(count++) = point;
  }
  return kept.topRows(count);
}

void fit_in_square(View& view, const Points& points, Random& random) {
  const auto [x, y] = directions_to(points, view);
  const double last = std::min(view.width, view.height) - 1;
  constexpr double kMargin = 2.0;
  const double half = random.uniform(0.38, 0.42) * last - kMargin;
  const double focal_px = half / std::max(x.half(), y.half());
  const double near_edge = half + kMargin;
  const bool left = random.coin();
  const double u = left ? near_edge : last - near_edge;
  const double v = left ? last - near_edge : near_edge;
  view.K << focal_px, 0.0, u - focal_px * x.middle(),  //
      0.0, focal_px, v - focal_px * y.middle(),        //
      0.0, 0.0, 1.0;
}

void fit_about_middle(View& view, const Points& points) {
  const auto [x, y] = directions_to(points, view);
  const double u = 0.5 * (view.width - 1);
  const double v = 0.5 * (view.height - 1);
  constexpr double kMargin = 2.0;
  const double half = std::min(view.width, view.height) - 1 - std::max(u, v) - kMargin;
  if (half < 8.0) {
    throw InputError("an image of " + std::to_string(view.width) + " x " +
                     std::to_string(view.height) +
                     " pixels is too long or too small to hold (v, u)");
  }
  const double focal_px = half / std::max({-x.low, x.high, -y.low, y.high});
  view.K << focal_px, 0.0, u,  //
      0.0, focal_px, v,        //
      0.0, 0.0, 1.0;
}

arrays::Arrays arrays_of(const std::vector<SilhouetteView>& views) {
  const auto count = static_cast<std::int64_t>(views.size());
  const SilhouetteView& first = views.front();
  arrays::Array P(arrays::DType::kF64, {count, 3, 4});
  arrays::Array silhouettes(arrays::DType::kU8, {count, first.height, first.width});
  double* to_P = P.data<double>();
  std::uint8_t* to_silhouette = silhouettes.data<std::uint8_t>();
  for (const SilhouetteView& view : views) {
    const Eigen::Matrix<double, 3, 4, Eigen::RowMajor> rows = view.P;
    to_P = std::copy_n(rows.data(), rows.size(), to_P);
    to_silhouette = std::copy(view.silhouette.begin(), view.silhouette.end(), to_silhouette);
  }
  return {{"P", P}, {"silhouettes", silhouettes}};
}

}  // namespace pset3::worlds
