#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <vector>

#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {

/// @returns (H, W) CV_8UC1: 1 where the ray through a pixel's centre meets one of the cubes. Each
///          cube is seen as by a camera at infinity, which is exact to a small share of a pixel.
cv::Mat reproject(const Voxels& voxels, double voxel_size, const Camera& camera, cv::Size size);

/// @returns the number of object pixels that both have, divided by the number of those that at
///          least one of them has; 1 when neither has any.
/// @param a, b  (H, W) CV_8UC1, nonzero = object.
double intersection_over_union(const cv::Mat& a, const cv::Mat& b);

/// How well a hull fits silhouettes.
struct Overlap {
  double mean = 0.0;  ///< of the intersections over unions, over the views
  double min = 0.0;
};

/// @param silhouettes     one a camera.
/// @param after_each_view called when a view is done.
Overlap reprojection_overlap(const Voxels& voxels, double voxel_size,
                             const std::vector<Camera>& cameras,
                             const std::vector<cv::Mat>& silhouettes,
                             const std::function<void()>& after_each_view);

}  // namespace pset3::carving
