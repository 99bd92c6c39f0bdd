#include <opencv2/core.hpp>
#include <stdexcept>
#include <string>

#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {

cv::Mat estimate_silhouette(const cv::Mat& image) {
  if (image.empty() || image.type() != CV_8UC3) {
    throw std::invalid_argument("estimate_silhouette: image must be (H, W) CV_8UC3, got " +
                                std::to_string(image.rows) + "x" + std::to_string(image.cols) +
                                " " + cv::typeToString(image.type()));
  }
  cv::Mat blue, green, red;
  cv::extractChannel(image, blue, 0);
  cv::extractChannel(image, green, 1);
  cv::extractChannel(image, red, 2);
  return ((red > green) & (red > blue)) / 255;
}

}  // namespace pset3::carving
