#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace pset3::worlds {

/// Bits of a pixel in the place of a polygon's corner.
inline constexpr int kCornerFractions = 6;

/// Sets the pixels in a polygon and on its outline to 1: what cv::fillPoly of OpenCV 4.6 sets.
/// Later versions set other pixels at the outline, and the pictures of this folder have to be the
/// same on every system.
///
/// @param corners  (x, y) in 1 / 2^kCornerFractions of a pixel; they may lie outside the image.
/// @param image    (H, W) CV_8UC1.
void fill_polygon(const std::vector<cv::Point>& corners, cv::Mat& image);

}  // namespace pset3::worlds
