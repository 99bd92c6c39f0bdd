#include "grader/worlds/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "grader/worlds/polygon.hpp"

namespace pset3::worlds {
namespace {

constexpr int kFinePixels = 5;  // fine pixels along a pixel's side

cv::Point corner_of(const Eigen::Vector2d& fine_place) {
  constexpr double kScale = 1 << kCornerFractions;
  return {static_cast<int>(std::lround(fine_place.x() * kScale)),
          static_cast<int>(std::lround(fine_place.y() * kScale))};
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
