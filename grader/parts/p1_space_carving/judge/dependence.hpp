#pragma once

#include "grader/parts/p1_space_carving/judge/projection.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {

/// How much a carve follows its image.
///
/// The adapter carves twice, with the silhouette and with the same silhouette of which every second
/// square of a chessboard is the negative. A program that looks a voxel up in the image changes its
/// mind just about the voxels that it looks up in the squares which changed. Columns and rows may
/// be swapped or counted from the other side: such a mistake costs in another check.
///
/// @param with     what is kept with the silhouette.
/// @param changed  what is kept with the changed one.
/// @returns 1 when each voxel is looked up in the image, 0 for a program that does not look.
double dependence_on_image(const SilhouetteView& view, Rows voxels, const RowMatch& with,
                           const RowMatch& changed);

/// Whether that is enough to say that the image was looked at, rightly or wrongly.
bool follows_image(double dependence);

}  // namespace pset3::judge::p1
