#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/coarse.hpp"
#include "grader/parts/p1_space_carving/judge/dependence.hpp"
#include "grader/parts/p1_space_carving/judge/lattice.hpp"
#include "grader/parts/p1_space_carving/judge/projection.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {
namespace {

constexpr std::array<const char*, 2> kEnds = {"lower", "upper"};

std::string range(const Box& box, int axis) {
  return fmt::format("{} {:.6g} .. {:.6g}", kAxes[static_cast<std::size_t>(axis)], box(axis, 0),
                     box(axis, 1));
}

std::string ranges(const Box& box) {
  return range(box, 0) + ", " + range(box, 1) + ", " + range(box, 2);
}

/// How much the student's carve follows the middle view's silhouette, on the own coarse grid.
double coarse_dependence(const CaseView& view) {
  const Rows grid = rows_of(get(view.outputs, "grid"));
  const RowIndex index(grid);
  return dependence_on_image(view_among(view.inputs, view_count(view.inputs) / 2), grid,
                             match(index, rows_of(get(view.outputs, "with"))),
                             match(index, rows_of(get(view.outputs, "changed"))));
}

/// Whether something is left to put a box around, and something was carved off.
std::optional<CaseFinding> blocked_by_coarse(const CaseView& view, const Coarse& coarse) {
  const std::string expected = "a box around the coarse carve";
  if (coarse.rows.count == 0) {
    return blocked("p1.b.survivors", expected,
                   "form_initial_voxels and carve, called one after the other as get_voxel_bounds "
                   "has to, leave no voxel");
  }
  if (!(coarse.size > 0)) {
    return blocked("p1.a.side", expected,
                   "your coarse grid says that its side is " + number(coarse.size));
  }
  const Box around = box_of(view.outputs, "default_bounds");
  const Box gap = (coarse.extent - around).cwiseAbs();
  if ((gap.array() <= 2.0 * coarse.size).all()) {
    return blocked("p1.b.survivors", expected,
                   "your coarse carve still fills the default box: nothing was carved off");
  }
  if (!follows_image(coarse_dependence(view))) {
    return blocked(
        "p1.b.survivors", expected,
        "where the silhouette is changed, carve does not keep other voxels: there is no object to "
        "put a box around");
  }
  return std::nullopt;
}

bool all_equal(const Box& margins, double wanted, double tolerance) {
  // Written so that a NaN is not equal to anything.
  return ((margins.array() - wanted).abs() <= tolerance).all();
}

/// Extents of the voxels' centres, or of the cubes around them, widened by one side.
bool widened_by_one(const Box& margins, double tolerance) {
  return all_equal(margins, 1.0, tolerance) || all_equal(margins, 1.5, tolerance);
}

std::string wrong_ends(const Box& bounds, const Box& margins, const Coarse& coarse,
                       double tolerance) {
  std::string detail;
  for (int axis = 0; axis < 3; ++axis) {
    for (int end = 0; end < 2; ++end) {
      if (std::abs(margins(axis, end) - 1.0) <= tolerance) continue;
      const double sign = end == 0 ? -1.0 : 1.0;
      detail += fmt::format(
          "{}{} {}: expected {:.6g}, got {:.6g}, which is {:.4g} sides {} the coarse carve's "
          "{:.6g}",
          detail.empty() ? "" : "\n", kEnds[static_cast<std::size_t>(end)],
          kAxes[static_cast<std::size_t>(axis)], coarse.extent(axis, end) + sign * coarse.size,
          bounds(axis, end), std::abs(margins(axis, end)),
          (margins(axis, end) < 0) == (end == 0) ? "above" : "below", coarse.extent(axis, end));
    }
  }
  return detail;
}

double tolerance_of(const CaseView& view, const char* key, double otherwise) {
  return view.check.tolerance.is_object() ? view.check.tolerance.value(key, otherwise) : otherwise;
}

CaseFinding equal_boxes(const Box& wanted, const Box& got, double tolerance, const char* what) {
  const std::string expected = fmt::format("{} {}", what, ranges(wanted));
  const double scale = (wanted.col(1) - wanted.col(0)).cwiseAbs().maxCoeff();
  if (((got - wanted).array().abs() <= tolerance * scale).all()) {
    return passed(expected, "the same");
  }
  return failed(expected, ranges(got));
}

/// Whether a box was drawn around voxels of a grid with the coarse side, whichever voxels: three of
/// its ends lie whole or half sides from the grid's voxels, or along two axes both ends are as far
/// from them. A grid of another side does neither but by chance.
bool fits_grid(const Box& margins, double tolerance) {
  const auto off_grid = [](double sides) {
    return std::abs(2.0 * sides - std::round(2.0 * sides));
  };
  int on_grid = 0;
  int alike = 0;
  for (int axis = 0; axis < 3; ++axis) {
    for (int end = 0; end < 2; ++end) on_grid += off_grid(margins(axis, end)) <= 2 * tolerance;
    alike += off_grid(margins(axis, 0) - margins(axis, 1)) <= 2 * tolerance ? 1 : 0;
  }
  return on_grid >= 3 || alike >= 2;
}

}  // namespace

CaseFinding judge_default_box(const CaseView& view) {
  const Box wanted = default_box(view.inputs);
  const double tolerance = tolerance_of(view, "relative", 1e-6);
  const Box asked = box_of(view.outputs, "default_bounds");
  CaseFinding finding = equal_boxes(wanted, asked, tolerance, "the given default box:");
  if (finding.verdict != Verdict::kPassed || asks_for_better(view)) return finding;
  return equal_boxes(wanted, box_of(view.outputs, "bounds"), tolerance, "the given default box:");
}

CaseFinding judge_better_box(const CaseView& view) {
  if (!asks_for_better(view)) throw std::logic_error("this case asks for no better box");
  const Coarse coarse = coarse_of(view.outputs);
  if (auto finding = blocked_by_coarse(view, coarse)) return *finding;
  const double tolerance = tolerance_of(view, "sides", 1e-3);
  const Box bounds = box_of(view.outputs, "bounds");
  const Box margins = margins_of(bounds, coarse);
  const std::string expected = fmt::format(
      "your own coarse carve ({}) widened by one side, {:.6g}, in both directions of "
      "every axis",
      ranges(coarse.extent), coarse.size);
  if (widened_by_one(margins, tolerance)) return passed(expected, ranges(bounds));
  return failed(expected, ranges(bounds), wrong_ends(bounds, margins, coarse, tolerance));
}

CaseFinding judge_resolution(const CaseView& view) {
  if (!asks_for_better(view)) throw std::logic_error("this case asks for no better box");
  const Coarse coarse = coarse_of(view.outputs);
  if (auto finding = blocked_by_coarse(view, coarse)) return *finding;
  const std::int64_t num_voxels = get(view.inputs, "num_voxels").item<std::int64_t>();
  const std::string expected =
      fmt::format("a box made from a coarse grid of about {} voxels, of side {:.6g}",
                  grouped(num_voxels), coarse.size);
  const double tolerance = tolerance_of(view, "sides", 1e-3);
  Box bounds = box_of(view.outputs, "bounds");
  untangle(bounds, coarse, tolerance);
  const bool given =
      equal_boxes(default_box(view.inputs), bounds, 1e-6, "").verdict == Verdict::kPassed;
  if (!given && fits_grid(margins_of(bounds, coarse), tolerance)) {
    return passed(expected, ranges(bounds));
  }
  return failed(expected, "a box that fits no such grid: " + ranges(bounds),
                "the coarse carve with this side reaches " + ranges(coarse.extent));
}

CaseFinding judge_bounds(const CaseView& view) {
  CaseFinding finding = judge_default_box(view);
  if (finding.verdict != Verdict::kPassed || !asks_for_better(view)) return finding;
  return judge_better_box(view);
}

}  // namespace pset3::judge::p1
