#pragma once

#include <string>
#include <vector>

#include "starter/common/drawing/rendering.hpp"
#include "starter/p1_space_carving/exercise/options.hpp"
#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {

/// The views of a run.
struct ExerciseViews {
  /// With the silhouettes that are carved with.
  std::vector<Camera> cameras;
  /// As many: the data set's own silhouettes, or where it has none, those that are carved with.
  std::vector<cv::Mat> true_silhouettes;
  bool has_true_silhouettes = true;
  bool draft = false;              ///< pictures are small
  std::size_t available = 0;       ///< how many views the data set has
  std::vector<std::string> notes;  ///< of load_views, for the summary
};

/// Reads the views and picks those that the options ask for.
/// @throws DataError when the data are not what load_views wants, when photographs or silhouettes
/// are missing that the options need, or when there are fewer than 2 views.
ExerciseViews load_exercise_views(const ExerciseOptions& options);

/// @returns `count` of the indices 0 to total - 1, evenly spaced from 0 on; all of them when count
/// is not below total.
std::vector<std::size_t> evenly_spaced(std::size_t total, std::size_t count);

/// @returns the indices 0 to total - 1 in an order whose every beginning is spread over a ring of
/// cameras: each index halves the widest gap that is left. Its first 4 are among its first 8, so a
/// hull can only shrink from one to the other.
std::vector<std::size_t> nested_order(std::size_t total);

/// @returns the unit vector that points up in the photographs, seen at a place in the scene. For a
///          ring of cameras it is the ring's axis.
Eigen::Vector3d up_direction(const std::vector<Camera>& cameras, const Eigen::Vector3d& place);

/// @returns whether the data set's axes are left-handed, as the Oxford dinosaur's are.
bool is_left_handed(const std::vector<Camera>& cameras);

/// @returns the eight edges of a pyramid that shows where a camera stands and what it sees.
/// @param length  from the camera to the middle of the pyramid's base, in world units.
std::vector<drawing::Segment> pyramid_of(const Camera& camera, double length);

/// @returns the twelve edges of a box.
std::vector<drawing::Segment> edges_of(const VoxelBounds& box);

/// @returns (8, 3) its corners.
drawing::Points corners_of(const VoxelBounds& box);

}  // namespace pset3::carving
