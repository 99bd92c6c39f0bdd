#include "starter/common/drawing/colour_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "starter/common/drawing/picture.hpp"

namespace pset3::drawing {
namespace {

constexpr int kScaleWidth = 26;
constexpr int kBarWithNumbers = 120;
const cv::Scalar kNotKnown = cv::Scalar::all(190);

cv::Mat coloured(const cv::Mat& bytes, const ColourScale& scale) {
  cv::Mat colours;
  cv::applyColorMap(bytes, colours, scale.colours == 0 ? +cv::COLORMAP_VIRIDIS : scale.colours);
  return colours;
}

}  // namespace

void ColourScale::check() const {
  if (std::isfinite(darkest) && std::isfinite(brightest) && darkest != brightest) return;
  throw std::invalid_argument(
      fmt::format("a scale of colours needs two ends, not {} and {}", darkest, brightest));
}

cv::Mat colour_map(const cv::Mat& values, const ColourScale& scale, const cv::Mat& is_known) {
  scale.check();
  if (values.type() != CV_32FC1 || (!is_known.empty() && is_known.size() != values.size())) {
    throw std::invalid_argument(
        "colour_map: values must be CV_32FC1, and is_known empty or of the same size");
  }
  const double factor = 255.0 / (scale.brightest - scale.darkest);
  cv::Mat bytes;
  values.convertTo(bytes, CV_8U, factor, -factor * scale.darkest);
  cv::Mat colours = coloured(bytes, scale);
  if (!is_known.empty()) colours.setTo(kNotKnown, is_known == 0);
  return colours;
}

cv::Mat colour_bar(const ColourScale& scale, int height) {
  scale.check();
  cv::Mat picture(height, kBarWithNumbers, CV_8UC3, cv::Scalar::all(255));
  cv::Mat bytes(height, kScaleWidth, CV_8UC1);
  for (int row = 0; row < height; ++row) {
    const int level = 255 - 255 * row / std::max(height - 1, 1);
    bytes.row(row).setTo(level);
  }
  coloured(bytes, scale).copyTo(picture(cv::Rect(0, 0, kScaleWidth, height)));
  const int numbers = height < 130 ? 2 : 4;  // besides the one at the top
  TextStyle style;
  style.size_px = 18;
  for (int i = 0; i <= numbers; ++i) {
    const double share = static_cast<double>(i) / numbers;
    const double value = scale.brightest + share * (scale.darkest - scale.brightest);
    const int row = std::clamp(static_cast<int>(share * height) + 6, 15, std::max(15, height - 2));
    draw_text(picture, fmt::format("{:.{}f} {}", value, scale.decimals, scale.unit),
              {kScaleWidth + 8, row}, style);
  }
  return picture;
}

cv::Mat as_wide_as(const cv::Mat& picture, int width, int interpolation) {
  cv::Mat shown;
  const int height = std::max(1, picture.rows * width / picture.cols);
  cv::resize(picture, shown, cv::Size(width, height), 0, 0, interpolation);
  return shown;
}

}  // namespace pset3::drawing
