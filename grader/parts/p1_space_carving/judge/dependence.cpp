#include "grader/parts/p1_space_carving/judge/dependence.hpp"

#include <algorithm>
#include <cmath>

namespace pset3::judge::p1 {
namespace {

constexpr double kLeast = 0.1;
constexpr std::int64_t kSquarePx = 20;  // as in the adapter

/// Ways to look a pixel up in the image: bits for columns and rows swapped, columns from the right,
/// rows from below.
constexpr unsigned kWays = 8;

Label look_up(const SilhouetteView& view, unsigned way, std::int64_t& column, std::int64_t& row) {
  if ((way & 1u) != 0) std::swap(column, row);
  if ((way & 2u) != 0) column = view.width - 1 - column;
  if ((way & 4u) != 0) row = view.height - 1 - row;
  return label_at(view, column, row);
}

/// How often voxels change in squares that changed, and in squares that did not.
struct Squares {
  double changed = 0.0;
  double unchanged = 0.0;
  double moved_in_changed = 0.0;
  double moved_in_unchanged = 0.0;

  double difference() const {
    if (changed == 0.0 || unchanged == 0.0) return 0.0;
    return moved_in_changed / changed - moved_in_unchanged / unchanged;
  }
};

double dependence_when(const SilhouetteView& view, unsigned way, Rows voxels, const RowMatch& with,
                       const RowMatch& changed) {
  Squares squares;
  for (std::size_t i = 0; i < voxels.count; ++i) {
    const Pixel pixel = project(view, voxels[i]);
    if (!pixel.in_front || !(std::max(std::abs(pixel.u), std::abs(pixel.v)) < 1e6)) continue;
    auto column = static_cast<std::int64_t>(std::llround(pixel.u));
    auto row = static_cast<std::int64_t>(std::llround(pixel.v));
    if (look_up(view, way, column, row) == Label::kOutside) continue;
    const double moved = with.has(i) == changed.has(i) ? 0.0 : 1.0;
    const bool in_changed = (column / kSquarePx + row / kSquarePx) % 2 == 1;
    (in_changed ? squares.changed : squares.unchanged) += 1.0;
    (in_changed ? squares.moved_in_changed : squares.moved_in_unchanged) += moved;
  }
  return squares.difference();
}

}  // namespace

double dependence_on_image(const SilhouetteView& view, Rows voxels, const RowMatch& with,
                           const RowMatch& changed) {
  double most = 0.0;
  for (unsigned way = 0; way < kWays; ++way) {
    most = std::max(most, dependence_when(view, way, voxels, with, changed));
  }
  return most;
}

bool follows_image(double dependence) { return dependence >= kLeast; }

}  // namespace pset3::judge::p1
