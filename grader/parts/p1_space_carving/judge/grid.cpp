#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/lattice.hpp"

namespace pset3::judge::p1 {
namespace {

constexpr double kNoise = 1e-6;  // of a side: rounding in a program's own arithmetic

/// The box that was asked for and what came back.
struct Grid {
  std::array<double, 3> lower{};
  std::array<double, 3> upper{};
  double num_voxels = 0.0;
  double right_side = 0.0;  ///< cbrt(volume / num_voxels)
  double side = 0.0;        ///< as returned
  Rows voxels;              ///< the first of the rows that came back, if those are very many
  double rows = 0.0;        ///< how many came back
  Lattice lattice;

  /// The step that the rows really have, where there is one: what the number of rows and the ends
  /// are measured with, so that a wrong side is not charged for again.
  double step() const { return lattice.common_step(kNoise).value_or(right_side); }
  double step_along(std::size_t axis) const {
    const AxisSteps& along = lattice.axes[axis];
    const bool even = along.places > 1 && along.largest - along.smallest <= kNoise * along.largest;
    return even ? along.smallest : step();
  }
  double extent(std::size_t axis) const { return upper[axis] - lower[axis]; }
  bool side_is_right() const { return std::abs(side - right_side) <= kNoise * right_side; }
};

Grid examine_grid(const CaseView& view) {
  Grid grid;
  const std::array<const char*, 3> names = {"xlim", "ylim", "zlim"};
  double volume = 1.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double* limits = get(view.inputs, names[axis]).data<double>();
    grid.lower[axis] = limits[0];
    grid.upper[axis] = limits[1];
    volume *= limits[1] - limits[0];
  }
  grid.num_voxels = static_cast<double>(get(view.inputs, "num_voxels").item<std::int64_t>());
  grid.right_side = std::cbrt(volume / grid.num_voxels);
  grid.side = get(view.outputs, "voxel_size").item<double>();
  grid.voxels = rows_of(get(view.outputs, "voxels"));
  grid.rows = static_cast<double>(get(view.outputs, "rows").item<std::int64_t>());
  grid.lattice = lattice_of(grid.voxels, kNoise * grid.right_side);
  return grid;
}

/// The least number of rows that is taken for a grid: half of the box's length along each axis.
/// Where exactly the grid ends is another check's question.
double fewest_rows(const Grid& grid, double side) {
  double fewest = 1.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    fewest *= std::max(1.0, std::floor(0.5 * grid.extent(axis) / side));
  }
  return fewest;
}

std::string whole(double value) { return grouped(static_cast<std::int64_t>(value)); }

bool has_all_rows(const Grid& grid) { return grid.rows == static_cast<double>(grid.voxels.count); }

/// A single row, where the side that was returned leaves no room for more, or so many that not all
/// were taken: steps and ends cannot be seen.
bool is_too_coarse_or_fine(const Grid& grid) {
  if (!has_all_rows(grid)) return true;
  return grid.voxels.count == 1 && grid.side > 1.5 * grid.right_side &&
         fewest_rows(grid, grid.side) == 1.0;
}

/// What is wrong with the number of rows, where that is all there is to see.
CaseFinding number_of_rows(const Grid& grid, const std::string& expected) {
  const std::string got = fmt::format("{} rows, where about {} were asked for", whole(grid.rows),
                                      whole(grid.num_voxels));
  if (grid.side_is_right()) return failed(expected, got);
  return blocked(
      "p1.a.side", expected,
      fmt::format("{}; the side is {:.6g} instead of {:.6g}", got, grid.side, grid.right_side));
}

/// How far the grid's ends lie from where they may lie, in steps: 0 where they may.
///
/// The first row may lie on the lower face (rows as corners), half a step inside (centres) or up to
/// a step inside (upper corners, or what is left over shared by both ends). With an offset of o
/// steps and r steps of box, k rows along an axis are right for r - 1 <= k <= r + 2 - 2 o.
struct EndErrors {
  double lower = 0.0;
  double upper = 0.0;
  bool none() const { return lower == 0.0 && upper == 0.0; }
};

double beyond(double value, double least, double most) {
  if (value >= least - kNoise && value <= most + kNoise) return 0.0;
  return value < least ? value - least : value - most;
}

EndErrors end_errors(const Grid& grid, std::size_t axis, std::size_t box_axis) {
  const AxisSteps& along = grid.lattice.axes[axis];
  const double step = grid.step_along(axis);
  const double offset = (along.first - grid.lower[box_axis]) / step;
  const double inside = std::clamp(offset, 0.0, 1.0);
  return {beyond(offset, 0.0, 1.0),
          beyond((along.last - grid.upper[box_axis]) / step, inside - 2.0, 1.0 - inside)};
}

std::string spacing_complaint(const Grid& grid, std::size_t axis) {
  const AxisSteps& along = grid.lattice.axes[axis];
  if (along.places == 1) {
    // A box thinner than some voxels may hold one layer.
    return grid.extent(axis) < 3 * std::max(grid.right_side, grid.side)
               ? ""
               : fmt::format("{}: one layer only", kAxes[axis]);
  }
  for (const double wanted : {grid.side, grid.right_side}) {
    if (std::abs(along.smallest - wanted) <= kNoise * wanted &&
        std::abs(along.largest - wanted) <= kNoise * wanted) {
      return "";
    }
  }
  return fmt::format("{}: steps from {:.9g} to {:.9g}", kAxes[axis], along.smallest, along.largest);
}

/// "2.154 times that", and where this would read "1 times that": "0.02 % too large".
std::string compared(double value, double right) {
  const double excess = value / right - 1.0;
  if (std::abs(excess) >= 0.01) return fmt::format("{:.4g} times that", value / right);
  return fmt::format("{:.2g} % too {}", 100.0 * std::abs(excess), excess < 0.0 ? "small" : "large");
}

CaseFinding side_of(const Grid& grid) {
  const std::string expected = fmt::format("voxel_size = cbrt(volume of the box / {}) = {:.9g}",
                                           whole(grid.num_voxels), grid.right_side);
  if (grid.side_is_right()) return passed(expected, fmt::format("{:.9g}", grid.side));
  return failed(expected,
                fmt::format("{:.9g}, {}", grid.side, compared(grid.side, grid.right_side)));
}

CaseFinding spacing_of(const Grid& grid) {
  const std::string expected =
      fmt::format("steps of one voxel side, {:.9g}, along all axes", grid.side);
  // A side of 0 would be the step of a grid that has none.
  if (grid.voxels.count == 0) return blocked("p1.a.count", expected, "no voxels");
  if (is_too_coarse_or_fine(grid)) return number_of_rows(grid, expected);
  std::string detail;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::string complaint = spacing_complaint(grid, axis);
    if (!complaint.empty()) detail += (detail.empty() ? "" : "\n") + complaint;
  }
  if (!detail.empty()) return failed(expected, "other steps", detail);
  return passed(expected, "such steps");
}

/// Counted against the places that the student's own grid has.
CaseFinding count_of(const Grid& grid) {
  const double fewest = fewest_rows(grid, grid.step());
  const auto& axes = grid.lattice.axes;
  const std::string expected = fmt::format(
      "one row for each place of a full grid, about {} of them", whole(grid.num_voxels));
  if (is_too_coarse_or_fine(grid)) return number_of_rows(grid, expected);
  const std::string got = fmt::format("{} rows on {} x {} x {} places", whole(grid.rows),
                                      axes[0].places, axes[1].places, axes[2].places);
  if (!(static_cast<double>(grid.voxels.count) >= fewest)) {
    return failed(expected, got, "far fewer than the box has room for");
  }
  return grid.lattice.every_place_once ? passed(expected, got) : failed(expected, got);
}

CaseFinding coverage_of(const Grid& grid) {
  std::string expected = "voxels from face to face, with no layer missing or outside:";
  std::string got = "rows";
  std::string detail;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    expected +=
        fmt::format(" {} {:.6g} .. {:.6g}", kAxes[axis], grid.lower[axis], grid.upper[axis]);
    if (grid.voxels.count == 0) continue;
    const AxisSteps& along = grid.lattice.axes[axis];
    got += fmt::format(" {} {:.6g} .. {:.6g}", kAxes[axis], along.first, along.last);
    const EndErrors errors = end_errors(grid, axis, axis);
    if (errors.lower != 0.0) {
      detail += fmt::format("{}{}: the first voxels lie {:.4g} sides too far {}",
                            detail.empty() ? "" : "\n", kAxes[axis], std::abs(errors.lower),
                            errors.lower < 0 ? "down" : "up");
    }
    if (errors.upper != 0.0) {
      detail += fmt::format("{}{}: the last voxels lie {:.4g} sides too far {}",
                            detail.empty() ? "" : "\n", kAxes[axis], std::abs(errors.upper),
                            errors.upper < 0 ? "down" : "up");
    }
  }
  if (grid.voxels.count == 0) return failed(expected, "no voxels");
  if (is_too_coarse_or_fine(grid)) return number_of_rows(grid, expected);
  return detail.empty() ? passed(expected, got) : failed(expected, got, detail);
}

}  // namespace

CaseFinding judge_grid_side(const CaseView& view) { return side_of(examine_grid(view)); }
CaseFinding judge_grid_spacing(const CaseView& view) { return spacing_of(examine_grid(view)); }
CaseFinding judge_grid_count(const CaseView& view) { return count_of(examine_grid(view)); }
CaseFinding judge_grid_coverage(const CaseView& view) { return coverage_of(examine_grid(view)); }

CaseFinding judge_grid(const CaseView& view) {
  const Grid grid = examine_grid(view);
  for (const auto judge : {side_of, spacing_of, count_of}) {
    CaseFinding finding = judge(grid);
    if (finding.verdict != Verdict::kPassed) return finding;
  }
  return coverage_of(grid);
}

Sketch sketch_grid(const CaseView& view) {
  const Grid grid = examine_grid(view);
  static constexpr std::array<std::array<std::size_t, 3>, 6> kOrders = {
      {{0, 1, 2}, {1, 0, 2}, {2, 1, 0}, {0, 2, 1}, {1, 2, 0}, {2, 0, 1}}};
  const bool few = static_cast<double>(grid.voxels.count) < fewest_rows(grid, grid.step());
  Sketch sketch = {grid.side / grid.right_side,
                   !has_all_rows(grid) ? 1.0
                   : few               ? -1.0
                                       : 0.0,
                   grid.lattice.every_place_once ? 1.0 : 0.0};
  for (const AxisSteps& along : grid.lattice.axes) {
    sketch.push_back(along.smallest / grid.right_side);
    sketch.push_back(along.largest / grid.right_side);
  }
  // Axes that were mixed up are named by their order, which does not depend on the grid's kind.
  std::size_t order = 0;
  for (std::size_t i = 0; i < kOrders.size(); ++i) {
    bool fits = true;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      fits = fits && end_errors(grid, axis, kOrders[i][axis]).none();
    }
    if (!fits) continue;
    order = i;
    break;
  }
  sketch.push_back(static_cast<double>(order));
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const EndErrors errors = end_errors(grid, axis, kOrders[order][axis]);
    sketch.insert(sketch.end(), {errors.lower, errors.upper});
  }
  return sketch;
}

}  // namespace pset3::judge::p1
