#include "grader/worlds/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace pset3::worlds {
namespace {

constexpr int kFinePixels = 5;  // fine pixels along a pixel's side
constexpr int kFractions = 6;   // bits of a fine pixel in a corner's place
constexpr int kFinest = 16;     // bits of a fine pixel in the place where an edge meets a row
constexpr std::int64_t kFinePixel = std::int64_t{1} << kFinest;

cv::Point corner_of(const Eigen::Vector2d& fine_place) {
  constexpr double kScale = 1 << kFractions;
  return {static_cast<int>(std::lround(fine_place.x() * kScale)),
          static_cast<int>(std::lround(fine_place.y() * kScale))};
}

/// A side of a polygon, without its lowest row. Places are in 1 / kFinePixel of a fine pixel.
struct Edge {
  int top = 0, bottom = 0;  ///< rows
  std::int64_t column = 0;  ///< at the top
  std::int64_t step = 0;    ///< from row to row
};

/// A corner's row, and its column in 1 / kFinePixel.
struct Corner {
  explicit Corner(const cv::Point& place)
      : row((place.y + (1 << kFractions) / 2) >> kFractions),
        column(std::int64_t{place.x} << (kFinest - kFractions)) {}

  cv::Point pixel() const { return {static_cast<int>((column + kFinePixel / 2) >> kFinest), row}; }

  int row;
  std::int64_t column;
};

Edge edge_between(const Corner& a, const Corner& b) {
  const Corner& top = a.row < b.row ? a : b;
  return {top.row, std::max(a.row, b.row), top.column, (b.column - a.column) / (b.row - a.row)};
}

/// Sets the pixels of one row that lie between the first edge and the second, the third and the
/// fourth, and so on.
void fill_row(const std::vector<Edge>& edges, int row, cv::Mat& image) {
  std::vector<std::int64_t> columns;
  for (const Edge& edge : edges) {
    if (edge.top <= row && row < edge.bottom) {
      columns.push_back(edge.column + edge.step * (row - edge.top));
    }
  }
  std::sort(columns.begin(), columns.end());
  for (std::size_t i = 0; i + 1 < columns.size(); i += 2) {
    const auto first = std::max<std::int64_t>(0, (columns[i] + kFinePixel - 1) >> kFinest);
    const auto last = std::min<std::int64_t>(image.cols - 1, columns[i + 1] >> kFinest);
    for (std::int64_t column = first; column <= last; ++column) {
      image.at<std::uint8_t>(row, static_cast<int>(column)) = 1;
    }
  }
}

/// Sets the pixels in a polygon and on its outline: what cv::fillPoly of OpenCV 4.6 sets. Others
/// set other pixels at the outline, and the pictures have to be the same on every system.
void fill_polygon(const std::vector<cv::Point>& places, cv::Mat& image) {
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Corner from(places[(i + places.size() - 1) % places.size()]);
    const Corner to(places[i]);
    cv::line(image, from.pixel(), to.pixel(), cv::Scalar(1));
    if (from.row != to.row) edges.push_back(edge_between(from, to));
  }
  int first = image.rows, last = 0;
  for (const Edge& edge : edges) {
    first = std::min(first, edge.top);
    last = std::max(last, edge.bottom);
  }
  for (int row = std::max(0, first); row < std::min(last, image.rows); ++row) {
    fill_row(edges, row, image);
  }
}

Outline circle(const Eigen::Vector2d& middle, double radius) {
  constexpr int kCorners = 20;
  Outline outline;
  for (int i = 0; i < kCorners; ++i) {
    const double angle = 2.0 * std::numbers::pi * i / kCorners;
    outline.emplace_back(middle + radius * Eigen::Vector2d(std::cos(angle), std::sin(angle)));
  }
  return outline;
}

}  // namespace

Outline rounded(const Outline& outline, int times) {
  Outline points = outline;
  for (int round = 0; round < times; ++round) {
    Outline cut;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Eigen::Vector2d& next = points[(i + 1) % points.size()];
      cut.emplace_back(0.75 * points[i] + 0.25 * next);
      cut.emplace_back(0.25 * points[i] + 0.75 * next);
    }
    points = std::move(cut);
  }
  return points;
}

Outline mirrored(Outline outline) {
  for (Eigen::Vector2d& point : outline) point.x() = -point.x();
  return outline;
}

Outline symmetric(const Outline& right_half) {
  Outline all = right_half;
  const Outline left = mirrored(right_half);
  std::copy(left.rbegin(), left.rend(), std::back_inserter(all));
  return all;
}

Canvas::Canvas(int side, const Eigen::Affine2d& picture_from_drawing)
    : side_(side),
      fine_side_(side * kFinePixels),
      picture_from_drawing_(picture_from_drawing),
      drawing_from_picture_(picture_from_drawing.inverse()),
      tones_(static_cast<std::size_t>(fine_side_) * static_cast<std::size_t>(fine_side_), 0.0) {}

Eigen::Vector2d Canvas::drawing_place(int column, int row) const {
  const Eigen::Vector2d fine(column + 0.5 - 0.5 * fine_side_, row + 0.5 - 0.5 * fine_side_);
  return drawing_from_picture_ * Eigen::Vector2d(fine / kFinePixels);
}

std::vector<std::uint8_t> Canvas::mask_of(const Outline& outline) const {
  std::vector<std::uint8_t> mask(tones_.size(), 0);
  cv::Mat image(fine_side_, fine_side_, CV_8UC1, mask.data());
  std::vector<cv::Point> corners;
  const Eigen::Vector2d middle = Eigen::Vector2d::Constant(0.5 * fine_side_ - 0.5);
  for (const Eigen::Vector2d& point : outline) {
    corners.push_back(corner_of(picture_from_drawing_ * point * kFinePixels + middle));
  }
  fill_polygon(corners, image);
  return mask;
}

void Canvas::fill(const Outline& outline, const Tone& tone) {
  const std::vector<std::uint8_t> mask = mask_of(outline);
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (mask[i] == 0) continue;
    const int column = static_cast<int>(i) % fine_side_;
    const int row = static_cast<int>(i) / fine_side_;
    tones_[i] = std::clamp(tone(drawing_place(column, row)), 0.0, 1.0);
  }
}

void Canvas::fill(const Outline& outline, double tone) {
  fill(outline, [tone](const Eigen::Vector2d&) { return tone; });
}

void Canvas::stroke(const Outline& path, double width, double tone) {
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const Eigen::Vector2d along = (path[i + 1] - path[i]).normalized();
    const Eigen::Vector2d aside = 0.5 * width * Eigen::Vector2d(-along.y(), along.x());
    fill({path[i] - aside, path[i] + aside, path[i + 1] + aside, path[i + 1] - aside}, tone);
  }
  for (const Eigen::Vector2d& point : path) disc(point, 0.5 * width, tone);
}

void Canvas::disc(const Eigen::Vector2d& middle, double radius, double tone) {
  fill(circle(middle, radius), tone);
}

std::vector<double> Canvas::picture() const {
  std::vector<double> picture(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_));
  for (std::size_t i = 0; i < tones_.size(); ++i) {
    const int column = static_cast<int>(i) % fine_side_ / kFinePixels;
    const int row = static_cast<int>(i) / fine_side_ / kFinePixels;
    picture[static_cast<std::size_t>(row * side_ + column)] +=
        tones_[i] / (kFinePixels * kFinePixels);
  }
  return picture;
}

}  // namespace pset3::worlds
