#include <cmath>

#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/coarse.hpp"

namespace pset3::judge::p1 {
namespace {

constexpr double kTolerance = 1e-3;  // sides

/// What the numbers of a sketch mean: an end is measured from where it seems to come from.
constexpr double kFromDefaultBox = 50.0;
constexpr double kFromZero = 70.0;
constexpr double kNarrow = 90.0;
constexpr double kShareOfExtent = 110.0;

bool is_half_sides(double sides) {
  return std::abs(sides) <= 3.0 && std::abs(2.0 * sides - std::round(2.0 * sides)) <= kTolerance;
}

/// One end of the box, so that a mistake looks the same on every grid.
double origin_of(const Box& bounds, const Box& wanted, const Coarse& coarse, int axis, int end) {
  const double outwards = end == 0 ? -1.0 : 1.0;
  const auto sides_from = [&](double place) {
    return outwards * (bounds(axis, end) - place) / coarse.size;
  };
  const double margin = sides_from(coarse.extent(axis, end));
  if (is_half_sides(margin)) return margin;
  const double from_default = sides_from(wanted(axis, end));
  if (is_half_sides(from_default)) return kFromDefaultBox + from_default;
  const double from_zero = sides_from(0.0);
  if (is_half_sides(from_zero)) return kFromZero + from_zero;
  const double width = (bounds(axis, 1) - bounds(axis, 0)) / coarse.size;
  if (is_half_sides(width)) return kNarrow + width;
  return kShareOfExtent +
         margin * coarse.size / (coarse.extent(axis, 1) - coarse.extent(axis, 0) + coarse.size);
}

}  // namespace

Sketch sketch_bounds(const CaseView& view) {
  const Box wanted = default_box(view.inputs);
  const Box off = (box_of(view.outputs, "default_bounds") - wanted) /
                  (wanted.col(1) - wanted.col(0)).cwiseAbs().maxCoeff();
  Sketch sketch(off.data(), off.data() + off.size());
  const Coarse coarse = coarse_of(view.outputs);
  sketch.push_back(static_cast<double>(get(view.outputs, "refused").item<std::int64_t>()));
  Box bounds = box_of(view.outputs, "bounds");
  if (!asks_for_better(view) || coarse.rows.count == 0 || !(coarse.size > 0)) {
    bounds -= wanted;
    sketch.insert(sketch.end(), bounds.data(), bounds.data() + bounds.size());
    return sketch;
  }
  sketch.push_back(untangle(bounds, coarse, kTolerance));
  for (int axis = 0; axis < 3; ++axis) {
    for (int end = 0; end < 2; ++end) {
      sketch.push_back(origin_of(bounds, wanted, coarse, axis, end));
    }
  }
  return sketch;
}

}  // namespace pset3::judge::p1
