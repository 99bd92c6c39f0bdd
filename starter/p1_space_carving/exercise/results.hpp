#pragma once

#include <optional>
#include <string>
#include <vector>

#include "starter/common/exercise/open_question.hpp"
#include "starter/p1_space_carving/exercise/reprojection.hpp"
#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {

/// What the student's functions made of one grid.
struct Hull {
  Voxels voxels;            ///< (N, 3) survivors
  double voxel_size = 0.0;  ///< world units

  double volume() const {
    return static_cast<double>(voxels.rows()) * voxel_size * voxel_size * voxel_size;
  }
};

/// One try of question (d).
struct BoundsTrial {
  int quick_voxels = 0;
  std::optional<VoxelBounds> box;  ///< none when the quick carve left nothing
};

/// One row of question (e)'s table.
struct ViewCount {
  std::size_t views = 0;
  Eigen::Index voxels = 0;
  double volume = 0.0;  ///< cubic world units
  Overlap overlap;      ///< with the silhouettes of all views of the run
};

/// A measured step of the student's code.
struct Timing {
  std::string what;
  double seconds = 0.0;
};

/// All that the run finds out; what is absent was not reached.
struct Results {
  std::optional<VoxelBounds> loose_box;  ///< from the camera positions
  std::vector<BoundsTrial> bounds_trials;
  std::optional<VoxelBounds> box;  ///< the one that is carved
  std::string box_origin;          ///< whose box that is
  Eigen::Index initial_voxels = 0;
  std::optional<Hull> after_first_view;
  std::optional<Hull> hull;
  Overlap overlap;  ///< of the hull
  std::vector<ViewCount> view_counts;
  std::vector<Timing> timings;
  std::vector<OpenQuestion> open_questions;
};

}  // namespace pset3::carving
