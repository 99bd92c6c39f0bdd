#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <cstdint>
#include <functional>
#include <vector>

namespace pset3::worlds {

/// A line or, closed, an area: points (x, y) in the drawing's own units, y pointing down.
using Outline = std::vector<Eigen::Vector2d>;

/// Cuts the corners of a closed outline off, so that it looks drawn by hand (Chaikin, 1974).
Outline rounded(const Outline& outline, int times = 2);

/// @returns the outline's right half and, backwards, its image on the left of x = 0.
Outline symmetric(const Outline& right_half);

/// @returns the same points with x turned into -x.
Outline mirrored(Outline outline);

/// A small grey picture, black at first, painted layer by layer.
class Canvas {
 public:
  /// How bright a place of the drawing is, 0 to 1.
  using Tone = std::function<double(const Eigen::Vector2d&)>;

  /// @param side                     pixels.
  /// @param picture_from_drawing     where the drawing lies in the picture, whose middle is (0, 0).
  Canvas(int side, const Eigen::Affine2d& picture_from_drawing);

  void fill(const Outline& outline, const Tone& tone);
  void fill(const Outline& outline, double tone);
  /// A line as wide as `width` through the points, with round ends.
  void stroke(const Outline& path, double width, double tone);
  void disc(const Eigen::Vector2d& middle, double radius, double tone);

  /// @returns (side, side) row-major, 0 to 1: the mean over each pixel's area.
  std::vector<double> picture() const;

 private:
  /// @returns (side * kFine, side * kFine), nonzero inside.
  std::vector<std::uint8_t> mask_of(const Outline& outline) const;
  /// @returns where the middle of a fine pixel lies in the drawing.
  Eigen::Vector2d drawing_place(int column, int row) const;

  int side_;
  int fine_side_;
  Eigen::Affine2d picture_from_drawing_;
  Eigen::Affine2d drawing_from_picture_;
  std::vector<double> tones_;  // (fine_side_, fine_side_)
};

}  // namespace pset3::worlds
