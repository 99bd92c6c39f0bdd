#include "grader/worlds/polygon.hpp"

#include <algorithm>
#include <cstdint>
#include <opencv2/imgproc.hpp>

namespace pset3::worlds {
namespace {

constexpr int kFinest = 16;  // bits of a pixel in the place where an edge meets a row
constexpr std::int64_t kPixel = std::int64_t{1} << kFinest;

/// A side of a polygon, without its lowest row. Places are in 1 / kPixel of a pixel.
struct Edge {
  int top = 0, bottom = 0;  ///< rows
  std::int64_t column = 0;  ///< at the top
  std::int64_t step = 0;    ///< from row to row
};

/// A corner's row, and its column in 1 / kPixel.
struct Corner {
  explicit Corner(const cv::Point& place)
      : row((place.y + (1 << kCornerFractions) / 2) >> kCornerFractions),
        column(std::int64_t{place.x} << (kFinest - kCornerFractions)) {}

  cv::Point pixel() const { return {static_cast<int>((column + kPixel / 2) >> kFinest), row}; }

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
    const auto first = std::max<std::int64_t>(0, (columns[i] + kPixel - 1) >> kFinest);
    const auto last = std::min<std::int64_t>(image.cols - 1, columns[i + 1] >> kFinest);
    for (std::int64_t column = first; column <= last; ++column) {
      image.at<std::uint8_t>(row, static_cast<int>(column)) = 1;
    }
  }
}

}  // namespace

void fill_polygon(const std::vector<cv::Point>& corners, cv::Mat& image) {
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Corner from(corners[(i + corners.size() - 1) % corners.size()]);
    const Corner to(corners[i]);
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

}  // namespace pset3::worlds
