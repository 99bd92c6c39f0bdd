#pragma once

#include "grader/parts/p1_space_carving/judge/projection.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {

/// How much a carve follows its image: by how much more often it keeps the voxels on the object
/// with the silhouette than with the silhouette's negative, beside the same for the background.
///
/// @param with      what is kept with the silhouette.
/// @param negative  what is kept when object and background change places.
/// @returns 1 for a right carve, -1 when it keeps the background, 0 for one that does not look.
double dependence_on_image(const SilhouetteView& view, Rows voxels, const RowMatch& with,
                           const RowMatch& negative);

/// Whether that is enough to say that the image was looked at, rightly or wrongly.
bool follows_image(double dependence);

}  // namespace pset3::judge::p1
