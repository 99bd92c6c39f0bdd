#pragma once

#include "starter/p1_space_carving/exercise/options.hpp"
#include "starter/p1_space_carving/exercise/results.hpp"
#include "starter/p1_space_carving/exercise/views.hpp"

/// The questions, each answered with the student's functions. A step adds to the results, and
/// throws Unanswered when a function is not written, throws, or returns a value that the exercise
/// cannot continue with.
namespace pset3::carving {

/// @returns whether a side of the box is next to nothing, as where the cameras' ring is not around
/// z.
bool is_flat(const VoxelBounds& box);

/// (a) @returns a coarse grid for a picture, in the box that the camera positions give, or where
/// that is flat, in that of --box.
/// @throws DataError when it is flat and there is no --box.
VoxelGrid form_coarse_grid(const ExerciseOptions& options, const ExerciseViews& views,
                           Results& results);

/// (d) Tries the course's 4,000 voxels and then as many as make a good box.
void find_better_bounds(const ExerciseOptions& options, const ExerciseViews& views,
                        Results& results);

/// Settles which box is carved: the one asked for, else (d)'s, else the loose one.
void choose_box(const ExerciseOptions& options, Results& results);

/// (b) Fills the box and carves it with the first view.
void carve_first_view(const ExerciseOptions& options, const ExerciseViews& views, Results& results);

/// (c) Carves what is left with all other views, and measures how well the hull fits.
void carve_other_views(const ExerciseViews& views, Results& results);

/// (e) Carves with fewer views.
void vary_view_count(const ExerciseOptions& options, const ExerciseViews& views, Results& results);

}  // namespace pset3::carving
