#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>
#include <vector>

#include "starter/common/camera.hpp"
#include "starter/common/errors.hpp"

namespace pset3::carving {

/// (N, 3): a row per voxel, its centre (x, y, z) in world units.
using Voxels = Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>;

/// A box's extent along one axis: (lower, upper) in world units, lower < upper.
using Limits = Eigen::Vector2d;

struct VoxelGrid {
  Voxels voxels;            ///< (N, 3) centres
  double voxel_size = 0.0;  ///< side of one cubic voxel in world units
};

struct VoxelBounds {
  Limits xlim = Limits::Zero();
  Limits ylim = Limits::Zero();
  Limits zlim = Limits::Zero();
};

/// Fills a box with cubic voxels on a regular grid.
///
/// @param xlim, ylim, zlim  the box in world units.
/// @param num_voxels        about how many voxels to make; at least 1.
/// @returns about num_voxels centres in any order, and the side = cbrt(volume of the box /
///          num_voxels). Fewer or more where the box is no whole number of sides long.
/// @throws std::invalid_argument when a limit is not finite with lower < upper, or num_voxels < 1
///         (given, not judged); NotImplemented in the starter.
/// Source: handouts/p1_space_carving.md, question (a).
VoxelGrid form_initial_voxels(const Limits& xlim, const Limits& ylim, const Limits& zlim,
                              int num_voxels);

/// Removes the voxels that project outside the object. Neither argument is changed, and the result
/// depends on them alone.
///
/// @param voxels  (N, 3) voxel centres in world units; N may be 0.
/// @param camera  projection P and silhouette (H, W), 1 = object, 0 = background; see Camera.
/// @returns (M, 3) the centres in front of the camera (w > 0) whose pixel, rounded to the nearest
///          or cut off, lies in the image and on the object; their values are untouched; M <= N.
///          Not judged: the order of the rows, and centres behind the camera.
/// @throws std::invalid_argument when the silhouette is empty or not CV_8UC1 (given, not judged);
///         NotImplemented in the starter.
/// Source: handouts/p1_space_carving.md, question (b); Kutulakos & Seitz, IJCV 2000.
Voxels carve(const Voxels& voxels, const Camera& camera);

/// Finds a box that holds the object.
///
/// @param cameras                 the views with their silhouettes; at least 2.
/// @param estimate_better_bounds  false: the box that the camera positions give (this is given);
///                                true: the extent of the voxel centres that a quick carve of that
///                                box with all cameras leaves, widened by one voxel side in both
///                                directions of every axis, beyond the given box where need be.
/// @param num_voxels              about how many voxels the quick carve uses; at least 1.
/// @returns the box in world units.
/// @throws std::invalid_argument for fewer than 2 cameras or num_voxels < 1 (given, not judged);
///         std::runtime_error when the quick carve leaves nothing, as with a thin object and a
///         coarse grid; NotImplemented in the starter.
/// Source: handouts/p1_space_carving.md, question (d).
VoxelBounds get_voxel_bounds(const std::vector<Camera>& cameras,
                             bool estimate_better_bounds = false, int num_voxels = 4000);

/// Guesses the silhouette of a reddish object by its colour. Given.
///
/// @param image  (H, W) CV_8UC3 in the order blue, green, red.
/// @returns (H, W) CV_8UC1: 1 where red exceeds both green and blue, else 0.
/// @throws std::invalid_argument when the image is empty or not CV_8UC3.
cv::Mat estimate_silhouette(const cv::Mat& image);

}  // namespace pset3::carving
