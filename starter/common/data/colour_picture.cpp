#include "starter/common/data/colour_picture.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace pset3 {

PictureSize size_of(const cv::Mat& image) {
  return {static_cast<std::size_t>(image.rows), static_cast<std::size_t>(image.cols)};
}

std::string text_of(const PictureSize& size) {
  return std::to_string(size.width) + " x " + std::to_string(size.height) + " (width x height)";
}

cv::Mat resized(const cv::Mat& image, const std::optional<PictureSize>& size, Resizing how) {
  if (!size || *size == size_of(image)) return image;
  const cv::Size wanted(static_cast<int>(size->width), static_cast<int>(size->height));
  const bool shrinks = wanted.width <= image.cols && wanted.height <= image.rows;
  cv::Mat result;
  cv::resize(image, result, wanted, 0.0, 0.0,
             how == Resizing::kNearest ? cv::INTER_NEAREST_EXACT
             : shrinks                 ? cv::INTER_AREA
                                       : cv::INTER_LINEAR);
  return result;
}

ColourPicture colour_picture(const cv::Mat& image, const std::optional<PictureSize>& size) {
  cv::Mat pixels;
  cv::cvtColor(resized(image, size, Resizing::kMean), pixels, cv::COLOR_BGR2RGB);
  return {size_of(pixels), {pixels.datastart, pixels.dataend}};
}

cv::Mat image_of(const ColourPicture& picture) {
  cv::Mat image(static_cast<int>(picture.size.height), static_cast<int>(picture.size.width),
                CV_8UC3);
  std::copy(picture.pixels.begin(), picture.pixels.end(), image.data);
  cv::cvtColor(image, image, cv::COLOR_RGB2BGR);
  return image;
}

}  // namespace pset3
