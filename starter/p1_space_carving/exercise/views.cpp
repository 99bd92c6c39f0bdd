#include "starter/p1_space_carving/exercise/views.hpp"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <array>

#include "starter/common/data/dataset.hpp"

namespace pset3::carving {
namespace {

cv::Size picture_size(const Camera& camera) {
  return camera.image.empty() ? camera.silhouette.size() : camera.image.size();
}

// Sets the silhouette that is carved with.
void choose_silhouette(const ExerciseOptions& options, std::size_t index, Camera& camera) {
  const std::string where = options.data.string() + ": view " + std::to_string(index + 1);
  if (options.silhouettes == SilhouetteSource::kEstimated) {
    if (camera.image.empty()) {
      throw DataError(where +
                      " has no photograph to estimate a silhouette from; use --silhouettes "
                      "true");
    }
    camera.silhouette = estimate_silhouette(camera.image);
  } else if (camera.silhouette.empty()) {
    throw DataError(where + " has no silhouette; use --silhouettes estimated");
  }
}

// The point at a depth along the ray through a pixel. The left block turns a pixel into a direction
// whatever the camera's skew, and w > 0 in front makes its sign right.
Eigen::Vector3d point_through(const Camera& camera, double u, double v, double depth) {
  const Eigen::Matrix3d left = camera.P.leftCols<3>();
  const Eigen::Vector3d direction = left.inverse() * Eigen::Vector3d(u, v, 1.0);
  const double along_axis = direction.dot(camera.viewing_direction());
  return camera.position() + depth / along_axis * direction;
}

}  // namespace

ExerciseViews load_exercise_views(const ExerciseOptions& options) {
  const CalibratedViews data = load_views(options.data);
  const std::vector<Camera>& all = data.cameras;
  if (all.size() < 2) {
    throw DataError(options.data.string() + ": space carving needs at least 2 views, found " +
                    std::to_string(all.size()));
  }
  ExerciseViews views;
  views.notes = data.notes;
  views.available = all.size();
  views.draft = options.draft;
  const auto wanted = options.views == 0 ? all.size() : static_cast<std::size_t>(options.views);
  for (const std::size_t index : evenly_spaced(all.size(), wanted)) {
    views.cameras.push_back(all[index]);
    choose_silhouette(options, index, views.cameras.back());
    const cv::Mat& own = all[index].silhouette;
    views.has_true_silhouettes = views.has_true_silhouettes && !own.empty();
    views.true_silhouettes.push_back(own.empty() ? views.cameras.back().silhouette : own);
  }
  return views;
}

std::vector<std::size_t> evenly_spaced(std::size_t total, std::size_t count) {
  const std::size_t taken = std::min(total, count);
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < taken; ++i) {
    indices.push_back(i * total / taken);
  }
  return indices;
}

std::vector<std::size_t> nested_order(std::size_t total) {
  std::vector<std::size_t> order;
  std::vector<std::size_t> taken;  // the same, sorted
  const auto gap_after = [&](std::size_t i) {
    return (i + 1 < taken.size() ? taken[i + 1] : total) - taken[i];
  };
  while (order.size() < total) {
    std::size_t widest = 0;
    for (std::size_t i = 1; i < taken.size(); ++i) {
      widest = gap_after(i) > gap_after(widest) ? i : widest;
    }
    const std::size_t next = taken.empty() ? 0 : taken[widest] + gap_after(widest) / 2;
    order.push_back(next);
    taken.insert(std::upper_bound(taken.begin(), taken.end(), next), next);
  }
  return order;
}

Eigen::Vector3d up_direction(const std::vector<Camera>& cameras, const Eigen::Vector3d& place) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (const Camera& camera : cameras) {
    // Up in the photograph is where the row v falls fastest: minus the gradient of v at the place.
    const Eigen::Vector3d pixel = camera.P * place.homogeneous();
    const double v = pixel.y() / pixel.z();
    const Eigen::RowVector3d gradient =
        (camera.P.row(1) - v * camera.P.row(2)).leftCols<3>() / pixel.z();
    sum -= gradient.transpose().normalized();
  }
  return sum.norm() > 1e-9 ? sum.normalized() : Eigen::Vector3d::UnitZ();
}

bool is_left_handed(const std::vector<Camera>& cameras) {
  // Right, down and forward are a right-handed frame, so that only a mirrored world turns the sign.
  return cameras.front().P.leftCols<3>().determinant() < 0.0;
}

std::vector<drawing::Segment> pyramid_of(const Camera& camera, double length) {
  const Eigen::Vector3d tip = camera.position();
  const cv::Size size = picture_size(camera);
  const double right = size.width - 1.0;
  const double bottom = size.height - 1.0;
  const std::array<Eigen::Vector3d, 4> base = {
      point_through(camera, 0.0, 0.0, length), point_through(camera, right, 0.0, length),
      point_through(camera, right, bottom, length), point_through(camera, 0.0, bottom, length)};
  std::vector<drawing::Segment> edges;
  for (std::size_t i = 0; i < base.size(); ++i) {
    edges.push_back({tip, base[i]});
    edges.push_back({base[i], base[(i + 1) % base.size()]});
  }
  return edges;
}

drawing::Points corners_of(const VoxelBounds& box) {
  drawing::Points corners(8, 3);
  for (int c = 0; c < 8; ++c) {
    corners.row(c) << box.xlim(c & 1), box.ylim(c >> 1 & 1), box.zlim(c >> 2 & 1);
  }
  return corners;
}

std::vector<drawing::Segment> edges_of(const VoxelBounds& box) {
  const drawing::Points corners = corners_of(box);
  std::vector<drawing::Segment> edges;
  for (int c = 0; c < 8; ++c) {
    for (int axis = 0; axis < 3; ++axis) {
      if ((c >> axis & 1) == 0) {
        edges.push_back({corners.row(c), corners.row(c | 1 << axis)});
      }
    }
  }
  return edges;
}

}  // namespace pset3::carving
