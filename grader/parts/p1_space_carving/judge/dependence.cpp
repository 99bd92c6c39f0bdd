#include "grader/parts/p1_space_carving/judge/dependence.hpp"

#include <cmath>

namespace pset3::judge::p1 {
namespace {

constexpr double kLeast = 0.1;

/// How voxels on one side of the outline fare.
struct Side {
  double count = 0.0;
  double change = 0.0;  ///< kept with the silhouette, less kept with the negative

  double mean() const { return count > 0.0 ? change / count : 0.0; }
};

}  // namespace

double dependence_on_image(const SilhouetteView& view, Rows voxels, const RowMatch& with,
                           const RowMatch& negative) {
  Side object;
  Side background;
  for (std::size_t i = 0; i < voxels.count; ++i) {
    const Pixel pixel = project(view, voxels[i]);
    const Fate fate = fate_of(view, pixel);
    if (fate == Fate::kUnclear || clearly_outside(view, pixel)) continue;
    Side& side = fate == Fate::kStays ? object : background;
    side.count += 1.0;
    side.change += (with.has(i) ? 1.0 : 0.0) - (negative.has(i) ? 1.0 : 0.0);
  }
  return 0.5 * (object.mean() - background.mean());
}

bool follows_image(double dependence) { return std::abs(dependence) >= kLeast; }

}  // namespace pset3::judge::p1
