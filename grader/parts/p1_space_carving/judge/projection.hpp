#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "grader/arrays/array.hpp"

namespace pset3::judge::p1 {

/// A camera and its silhouette, as a case's inputs hold them.
struct SilhouetteView {
  const double* P = nullptr;                 ///< (3, 4) row-major, pixels from world
  const std::uint8_t* silhouette = nullptr;  ///< (H, W) row-major, nonzero = object
  std::int64_t width = 0;
  std::int64_t height = 0;
};

/// The view of the inputs "P" (3, 4) and "silhouette" (H, W).
SilhouetteView single_view(const arrays::Arrays& inputs);
/// View `index` of the inputs "P" (V, 3, 4) and "silhouettes" (V, H, W).
SilhouetteView view_among(const arrays::Arrays& inputs, std::size_t index);
std::size_t view_count(const arrays::Arrays& inputs);

/// A place in the image: u = column, v = row.
struct Pixel {
  double u = 0.0;
  double v = 0.0;
  bool in_front = false;
};
Pixel project(const SilhouetteView& view, const double* xyz);

/// What a pixel shows.
enum class Label : std::uint8_t { kObject, kBackground, kOutside };
Label label_at(const SilhouetteView& view, std::int64_t column, std::int64_t row);

/// What must become of a voxel, where no right program can disagree.
///
/// Right programs round a projection to the nearest pixel or cut its fraction off, and ask whether
/// that pixel lies in the image. A voxel is clear when all the pixels that they look at say the
/// same; a pixel outside the image says "background". A voxel behind the camera is never clear:
/// nobody is asked to test for it.
enum class Fate : std::uint8_t { kStays, kGoes, kUnclear };
Fate fate_of(const SilhouetteView& view, const Pixel& pixel);

/// Whether every pixel that a right program may look at lies outside the image.
bool clearly_outside(const SilhouetteView& view, const Pixel& pixel);

/// @returns column and row of the pixel that rounding and cutting off agree on, where they do. It
///          may lie outside of the image.
std::optional<std::array<std::int64_t, 2>> sharp_pixel(const Pixel& pixel);

}  // namespace pset3::judge::p1
