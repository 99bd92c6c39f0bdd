#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <string>

#include "starter/common/data/rgbd_view.hpp"

namespace pset3 {

PictureSize size_of(const cv::Mat& image);

/// @returns "640 x 480 (width x height)", for messages.
std::string text_of(const PictureSize& size);

/// How a picture is brought to another size.
enum class Resizing {
  kMean,     ///< by the mean over the area of each new pixel; bilinear when it grows
  kNearest,  ///< by the value nearest to each new pixel's centre: none is made up
};

/// @returns the image itself where no size or its own is wanted.
cv::Mat resized(const cv::Mat& image, const std::optional<PictureSize>& size, Resizing how);

/// @param image  CV_8UC3 blue, green, red, as OpenCV reads it.
ColourPicture colour_picture(const cv::Mat& image, const std::optional<PictureSize>& size);

/// @returns CV_8UC3 blue, green, red, as OpenCV writes it.
cv::Mat image_of(const ColourPicture& picture);

}  // namespace pset3
