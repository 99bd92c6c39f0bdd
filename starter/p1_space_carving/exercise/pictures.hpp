#pragma once

#include <filesystem>

#include "starter/p1_space_carving/exercise/results.hpp"
#include "starter/p1_space_carving/exercise/views.hpp"

/// The pictures of the write-up. All throw DataError when a file cannot be written.
namespace pset3::carving {

/// silhouettes.png: for a few views the photograph, the true silhouette and the estimated one.
/// @returns false, and draws nothing, when there are no photographs.
bool draw_silhouettes(const ExerciseViews& views, const std::filesystem::path& path);

/// a_grid.png: a coarse grid as cubes, alone and among the cameras.
void draw_grid(const ExerciseViews& views, const VoxelGrid& grid,
               const std::filesystem::path& path);

/// b_first_carve.png: what the first view leaves, from that camera, from the side and from above.
void draw_first_carve(const ExerciseViews& views, const Hull& hull, const VoxelBounds& box,
                      const std::filesystem::path& path);

/// c_final_carve.png: the hull from four sides.
void draw_final_carve(const ExerciseViews& views, const drawing::Mesh& mesh,
                      const std::filesystem::path& path);

/// d_bounds.png: the hull in the loose and in the better box.
void draw_bounds(const ExerciseViews& views, const drawing::Mesh& mesh,
                 const VoxelBounds& loose_box, const VoxelBounds& better_box,
                 const std::filesystem::path& path);

/// e_views.png: volume and fit of the hull against the number of views.
void draw_view_counts(const std::vector<ViewCount>& rows, const std::filesystem::path& path);

}  // namespace pset3::carving
