#pragma once

#include <opencv2/core.hpp>
#include <string>

namespace pset3::drawing {

/// Which values the first and the last colour of a map stand for. Either may be the greater one.
struct ColourScale {
  double darkest = 0.0;
  double brightest = 1.0;
  std::string unit{};  ///< behind the numbers of the scale's bar
  int decimals = 1;    ///< of these numbers
  int colours = 0;     ///< one of OpenCV's colour maps; 0 = viridis

  /// @throws std::invalid_argument unless both ends are finite and differ.
  void check() const;
};

/// Shows values as colours; what is beyond the scale has its last colour.
///
/// @param values    (H, W) CV_32FC1.
/// @param is_known  (H, W) CV_8UC1, 0 where a value is not known and grey stands for it; empty =
///                  all are known.
/// @returns (H, W) CV_8UC3
cv::Mat colour_map(const cv::Mat& values, const ColourScale& scale, const cv::Mat& is_known = {});

/// @returns (height, 120) CV_8UC3: the colours from top, the brightest, to bottom, with numbers.
cv::Mat colour_bar(const ColourScale& scale, int height);

/// @returns the picture as wide as asked for, and as high as it then is.
/// @param interpolation  one of OpenCV's.
cv::Mat as_wide_as(const cv::Mat& picture, int width, int interpolation);

}  // namespace pset3::drawing
