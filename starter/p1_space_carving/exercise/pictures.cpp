#include "starter/p1_space_carving/exercise/pictures.hpp"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "starter/common/drawing/picture.hpp"
#include "starter/common/drawing/plot.hpp"
#include "starter/common/drawing/rendering.hpp"

namespace pset3::carving {
namespace {

using drawing::Colour;
using drawing::Mesh;
using drawing::Panel;
using drawing::Points;
using drawing::RenderOptions;
using drawing::Scene;
using drawing::Segment;
using drawing::View;
using drawing::ViewOptions;

const Colour kClay(0.62F, 0.40F, 0.20F);
const Colour kCubes(0.36F, 0.55F, 0.75F);
const Colour kCameras(0.55F, 0.10F, 0.06F);
const Colour kLooseBox(0.70F, 0.30F, 0.03F);
const Colour kBetterBox(0.02F, 0.17F, 0.45F);
const Colour kBox(0.12F, 0.13F, 0.15F);

constexpr double kDegree = 3.14159265358979323846 / 180.0;

int width_of(const ExerciseViews& views, int full_px) {
  return views.draft ? full_px / 3 : full_px;
}

Eigen::Vector3d centre_of(const Points& points) {
  return (points.colwise().minCoeff() + points.colwise().maxCoeff()).transpose() / 2.0;
}

double size_of(const Points& points) {
  return (points.colwise().maxCoeff() - points.colwise().minCoeff()).norm();
}

// Upright, and seen from the first camera's side.
ViewOptions view_of(const ExerciseViews& views, const Points& points) {
  const Eigen::Vector3d centre = centre_of(points);
  ViewOptions options;
  options.world_up = up_direction(views.cameras, centre);
  options.from = views.cameras.front().position() - centre;
  options.left_handed_world = is_left_handed(views.cameras);
  if (options.world_up.cross(options.from.normalized()).norm() < 1e-3) {
    options.from = options.world_up.unitOrthogonal();
  }
  return options;
}

ViewOptions turned(ViewOptions options, double azimuth_deg, double elevation_deg) {
  options.from = Eigen::AngleAxisd(azimuth_deg * kDegree, options.world_up) * options.from;
  options.elevation_deg = elevation_deg;
  return options;
}

RenderOptions picture_of(const ViewOptions& view, int width, const Points& on_floor) {
  RenderOptions options;
  options.width = width;
  options.height = static_cast<int>(std::lround(width / view.width_over_height));
  options.world_up = view.world_up;
  options.floor = drawing::lowest(on_floor, view.world_up);
  return options;
}

cv::Mat picture(const Scene& scene, const Points& points, const ViewOptions& view, int width) {
  return drawing::render(scene, drawing::views_around(points, 1, view).front(),
                         picture_of(view, width, points));
}

// How high the first camera stands above the horizon, seen from a place.
double elevation_of_first_camera(const ViewOptions& view) {
  return std::asin(std::clamp(view.world_up.dot(view.from.normalized()), -0.99, 0.99)) / kDegree;
}

Points with_pyramids(const ExerciseViews& views, double length, const Points& points,
                     std::vector<Segment>& pyramids) {
  for (const Camera& camera : views.cameras) {
    const auto edges = pyramid_of(camera, length);
    pyramids.insert(pyramids.end(), edges.begin(), edges.end());
  }
  Points all(points.rows() + 2 * static_cast<Eigen::Index>(pyramids.size()), 3);
  all.topRows(points.rows()) = points;
  Eigen::Index row = points.rows();
  for (const Segment& edge : pyramids) {
    all.row(row++) = edge.from;
    all.row(row++) = edge.to;
  }
  return all;
}

}  // namespace

void draw_grid(const ExerciseViews& views, const VoxelGrid& grid,
               const std::filesystem::path& path) {
  Scene alone;
  alone.add_cubes(grid.voxels, grid.voxel_size, kCubes);
  ViewOptions view = turned(view_of(views, grid.voxels), 35.0, 25.0);
  view.width_over_height = 1.25;

  std::vector<Segment> pyramids;
  const double reach = (views.cameras.front().position() - centre_of(grid.voxels)).norm();
  const Points all = with_pyramids(views, 0.14 * reach, grid.voxels, pyramids);
  Scene among_cameras;
  among_cameras.add_cubes(grid.voxels, grid.voxel_size, kCubes);
  among_cameras.add_rods(pyramids, 0.004 * reach, kCameras);

  drawing::SheetOptions options;
  options.columns = 2;
  const std::string caption =
      fmt::format("{} cubic voxels of side {:.4g}", grid.voxels.rows(), grid.voxel_size);
  drawing::save_picture(
      path, drawing::sheet({{picture(alone, grid.voxels, view, width_of(views, 760)), caption},
                            {picture(among_cameras, all, view, width_of(views, 760)),
                             fmt::format("among the {} cameras", views.cameras.size())}},
                           options));
}

void draw_first_carve(const ExerciseViews& views, const Hull& hull, const VoxelBounds& box,
                      const std::filesystem::path& path) {
  drawing::SurfaceOptions smooth;
  smooth.smoothing_rounds = 250;  // long flat sides across the lattice: every voxel's edge shows
  const Mesh mesh = drawing::surface_mesh(hull.voxels, hull.voxel_size, smooth);
  const Points corners = corners_of(box);
  Scene scene;
  scene.add_mesh(mesh, kClay);
  scene.add_rods(edges_of(box), 0.0025 * size_of(corners), kBox);

  ViewOptions view = view_of(views, corners);
  view.width_over_height = 0.9;
  const double elevation = elevation_of_first_camera(view);
  std::vector<Panel> panels = {
      {picture(scene, corners, turned(view, 0.0, elevation), width_of(views, 560)),
       "from the first camera"},
      {picture(scene, corners, turned(view, 50.0, 20.0), width_of(views, 560)), "50° to the side"},
      {picture(scene, corners, turned(view, 90.0, 20.0), width_of(views, 560)), "90° to the side"}};
  drawing::SheetOptions options;
  options.columns = 3;
  options.title = "After the first view";
  drawing::save_picture(path, drawing::sheet(panels, options));
}

void draw_final_carve(const ExerciseViews& views, const Mesh& mesh,
                      const std::filesystem::path& path) {
  Scene scene;
  scene.add_mesh(mesh, kClay);
  ViewOptions view = view_of(views, mesh.vertices);
  view.width_over_height = 1.2;
  view.margin = 0.04;
  const Points& points = mesh.vertices;
  std::vector<Panel> panels;
  int turn = 0;
  for (const View& each : drawing::views_around(points, 4, view)) {
    panels.push_back(
        {drawing::render(scene, each, picture_of(view, width_of(views, 520), points)),
         turn == 0 ? "from the first camera's side" : fmt::format("turned by {}°", turn)});
    turn += 90;
  }
  drawing::SheetOptions options;
  options.columns = 2;
  drawing::save_picture(path, drawing::sheet(panels, options));
}

void draw_bounds(const ExerciseViews& views, const Mesh& mesh, const VoxelBounds& loose_box,
                 const VoxelBounds& better_box, const std::filesystem::path& path) {
  const Points loose = corners_of(loose_box);
  const Points better = corners_of(better_box);
  ViewOptions view = turned(view_of(views, better), 35.0, 18.0);
  view.width_over_height = 1.0;
  std::vector<Panel> panels;
  for (const auto& [points, caption] :
       {std::pair(loose, "orange: from the cameras; blue: the better bounds"),
        std::pair(better, "the better bounds")}) {
    Scene scene;
    scene.add_mesh(mesh, kClay);
    scene.add_rods(edges_of(better_box), 0.003 * size_of(points), kBetterBox);
    if (panels.empty()) {
      scene.add_rods(edges_of(loose_box), 0.003 * size_of(points), kLooseBox);
    }
    panels.push_back({picture(scene, points, view, width_of(views, 640)), caption});
  }
  drawing::SheetOptions options;
  options.columns = 2;
  drawing::save_picture(path, drawing::sheet(panels, options));
}

void draw_view_counts(const std::vector<ViewCount>& rows, const std::filesystem::path& path) {
  drawing::Series volume{"", {}, {}};
  drawing::Series mean{"mean over the views", {}, {}};
  drawing::Series min{"worst view", {}, {}};
  for (const ViewCount& row : rows) {
    const auto views = static_cast<double>(row.views);
    for (auto* series : {&volume, &mean, &min}) {
      series->x.push_back(views);
    }
    // Relative to the hull of all views: the world's unit says little.
    volume.y.push_back(row.volume / rows.back().volume);
    mean.y.push_back(row.overlap.mean);
    min.y.push_back(row.overlap.min);
  }
  drawing::Chart volumes;
  volumes.title = "Hull volume";
  volumes.x_label = "number of views";
  volumes.y_label = "volume / volume with all views";
  volumes.series = {volume};
  volumes.y_lower = 0.0;
  volumes.x_ticks = volume.x;
  volumes.markers = true;
  volumes.log_x = true;
  drawing::Chart overlaps = volumes;
  overlaps.title = "Reprojection onto all silhouettes";
  overlaps.y_label = "intersection over union";
  overlaps.series = {mean, min};
  overlaps.y_upper = 1.0;
  drawing::save_charts(path, {volumes, overlaps});
}

}  // namespace pset3::carving
