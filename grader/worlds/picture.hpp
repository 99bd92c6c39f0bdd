#pragma once

#include <cstdint>
#include <vector>

#include "grader/worlds/tracer.hpp"

namespace pset3::worlds {

/// What one view shows. The two agree: a pixel's silhouette is whether the ray through its centre
/// meets the solid, and its colour is the solid's there. Along the outline the colour blends with
/// what lies beside, as in a photograph.
struct Picture {
  std::vector<std::uint8_t> silhouette;  ///< (H, W) row-major, 1 = object
  std::vector<std::uint8_t> colour;      ///< (H, W, 3) row-major, red green blue
};

Picture take_picture(const Tracer& tracer, const View& view, std::uint64_t seed);

/// As render_silhouette, with a tracer that is there already.
std::vector<std::uint8_t> silhouette_of(const Tracer& tracer, const View& view);

}  // namespace pset3::worlds
