#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "grader/parts/cases.hpp"

/// The generators of part p1. Each draws from the seed whatever its parameters leave open (shape,
/// pose, units, origin), so that another seed is another case of the same kind. Sizes are in
/// pixels.
namespace pset3::cases::p1 {

/// "p1.box", for form_initial_voxels: a box to fill.
///
/// @param params shape: "cube", "flat", "tall", "offset" (far from the origin) or "random";
///               num_voxels: 30 to 10,000,000, about; a cube takes the next number that is not
///               close to a cube.
/// Promise: sides from 0.05 to 50; along every axis the box is a broken number of voxels long (the
/// fraction is from .15 to .85) and at least three, or two below 1000 voxels.
/// Inputs xlim, ylim, zlim (2), num_voxels; outputs voxels (N, 3), voxel_size.
CaseData box(const nlohmann::json& params, std::uint64_t seed);

/// "p1.carve_scene", for carve: voxels around a solid, and one view of it.
///
/// @param params solid: "ellipsoid", "box", "random" or "animal"; width, height: 32 to 2000;
///               voxels: about how many, 500 to 10,000,000;
///               inside: "safe": every voxel projects into the image, and would if u and v were
///                   swapped, but swapping changes at least 15 % of the survivors;
///               "outside": at least a quarter of the voxels projects outside, some on each side,
///                   and the object touches every border; clamping the pixel to the image, wrapping
///                   it around, or reading on in the next row keeps at least 5 % voxels too many;
///               "behind": as safe, and at least a fifth of the voxels is behind the camera, many
///                   of which project onto the object with w < 0;
///               view: "random" (default; also turns the scene, and mirrors half of the images), or
///                   the side that the camera stands on: "+x", "-x", "+y", "-y", "+z", "-z";
///               frame: "any" (default); "camera_near_origin": a projection without its last column
///                   is only somewhat off; "origin_behind": P's last entry is negative;
///                   "unit_depth": so is one that is not divided by w;
///               picture: "any" (default), or "mirrored": det(P) is negative whatever the seed;
///               order of the voxels: "grid" (default) or "shuffled", with voxels that stay first
///               and last; silhouette: "rendered" (default), "empty" or "full".
/// Promise: of rendered silhouettes at least 20 voxels and 3 % survive, at most 70 %.
/// Inputs voxels (N, 3), P (3, 4), silhouette (H, W); output survivors (M, 3).
CaseData carve_scene(const nlohmann::json& params, std::uint64_t seed);

/// "p1.ring_scene", for carve_all: views all around a solid; every voxel is inside every image, as
/// in carve_scene's "safe".
///
/// @param params solid, width, height, voxels as in carve_scene; views: 2 to 100;
///               third_coordinate of the voxels' projections: "any" (default) or "large", so that a
///               carve which does not divide by it keeps nothing, whatever the seed.
/// Promise: at least 20 voxels and 1 % survive all views; each view alone leaves at least a ninth
/// more; with up to 8 views, leaving out the first or the last view leaves at least 3 more.
/// Inputs voxels (N, 3), P (V, 3, 4), silhouettes (V, H, W); outputs survivors (M, 3), alone (A,
/// 3), alone_counts (V), changed (B, 3).
CaseData ring_scene(const nlohmann::json& params, std::uint64_t seed);

/// "p1.bounds_scene", for get_voxel_bounds: wide-angle views from a ring with z up.
///
/// @param params solid: "ellipsoid", "box" or "random" (an animal is too thin for a coarse grid);
///               width, height as in carve_scene; views: 6 to 100; better: true or false;
///               num_voxels of the coarse carve: 1000 to 1,000,000;
///               hard_on: "none" (default); "whole_number_limits": a grid whose lower limits lose
///                   their fractions has no voxel on the object; "swapped_pixels": nor has one that
///                   is carved with rows and columns swapped;
///               repeats: "no_view" (default) or "first_view", which is then there twice;
///               beyond: "none" (default), or "lower" or "upper": the solid sticks out of the
///                   default box at these ends of all axes, and the coarse carve reaches into the
///                   outermost layer there; the other ends are 2.5 voxels away or more.
/// Promise: the whole default box is before every camera and inside every image, swapped or not. A
/// coarse carve of it leaves at least 60 voxels. With "none", these are at least a voxel away from
/// every face of the box; their extents differ by at least 1.5 voxels between any two axes, and
/// their middle is at least 0.75 voxels off the default box's on every axis. Where the better box
/// is asked for, carving all views with the first one's silhouette leaves some voxels, too. Inputs
/// P (V, 3, 4), silhouettes (V, H, W), better, num_voxels; outputs bounds (3, 2), default_bounds
/// (3, 2), refused, grid, with, changed, coarse (M, 3), coarse_size.
CaseData bounds_scene(const nlohmann::json& params, std::uint64_t seed);

/// "p1.nothing_left_scene", for get_voxel_bounds_of_nothing: a bounds_scene of which one
/// silhouette, neither the first nor the last, is empty.
///
/// @param params solid, views, width, height, num_voxels as in bounds_scene.
/// Promise: with the silhouette that was emptied, what bounds_scene promises.
/// Inputs P (V, 3, 4), silhouettes (V, H, W), num_voxels; outputs refused, refused_when_full, left
/// (M, 3).
CaseData nothing_left_scene(const nlohmann::json& params, std::uint64_t seed);

Generators generators();

/// What `pset3 run p1` uses when nobody names other data.
DefaultData default_data();

}  // namespace pset3::cases::p1
