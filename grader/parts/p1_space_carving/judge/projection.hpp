#pragma once

#include <cstdint>

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

/// What must become of a voxel, where no right program can disagree.
///
/// Right programs round a projection to the nearest pixel, cut its fraction off, or put pixel
/// centres at halves. All of them look at a pixel whose centre is at most one pixel and a half
/// away, so a voxel is clear when all those pixels say the same; a pixel outside the image says
/// "background". A voxel behind the camera is never clear: nobody is asked to test for it.
enum class Fate : std::uint8_t { kStays, kGoes, kUnclear };
Fate fate_of(const SilhouetteView& view, const Pixel& pixel);

/// Whether every pixel that a right program may look at lies outside the image.
bool clearly_outside(const SilhouetteView& view, const Pixel& pixel);

/// Whether rounding is of no account even to programs with a common mistake: column and row
/// swapped, no test for the image's border (the next row of the picture is read instead), or
/// pixels outside moved to the border. Only such voxels are sketched, so that one mistake looks
/// the same in programs that round differently.
bool robust_to_rounding(const SilhouetteView& view, const Pixel& pixel);

}  // namespace pset3::judge::p1
