#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/lattice.hpp"
#include "grader/parts/p1_space_carving/judge/projection.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {
namespace {

using Matrix34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;
/// Rows x, y, z; columns lower, upper.
using Box = Eigen::Matrix<double, 3, 2, Eigen::RowMajor>;

constexpr std::array<const char*, 2> kEnds = {"lower", "upper"};

Box box_of(const arrays::Arrays& arrays, const std::string& name) {
  const arrays::Array& array = get(arrays, name);
  if (array.shape() != std::vector<std::int64_t>{3, 2}) {
    throw std::invalid_argument(name + " should be F64 (3, 2), is " + describe(array));
  }
  return Eigen::Map<const Box>(array.data<double>());
}

/// The box that the camera positions give: the given code's formula.
///
/// x and y: the extent of the positions, drawn in by a quarter on each side. z: the extent of the
/// positions and of the points 0.6 * sqrt(dx^2 + dy^2) along each ray through the middle of a
/// picture, with dx and dy the extents before they are drawn in. Source:
/// handouts/p1_space_carving.md, question (d).
Box default_box(const arrays::Arrays& inputs) {
  const std::size_t views = view_count(inputs);
  Eigen::Matrix3Xd positions(3, static_cast<Eigen::Index>(views));
  Eigen::Matrix3Xd directions(3, static_cast<Eigen::Index>(views));
  for (std::size_t v = 0; v < views; ++v) {
    const SilhouetteView view = view_among(inputs, v);
    const Matrix34 P = Eigen::Map<const Matrix34>(view.P);
    const Eigen::Vector3d middle(static_cast<double>(view.width - 1) / 2.0,
                                 static_cast<double>(view.height - 1) / 2.0, 1.0);
    const auto svd = P.leftCols<3>().jacobiSvd(Eigen::ComputeFullU | Eigen::ComputeFullV);
    const auto column = static_cast<Eigen::Index>(v);
    positions.col(column) = svd.solve(-P.col(3));
    directions.col(column) = svd.solve(middle).normalized();
  }
  Box box;
  box.col(0) = positions.rowwise().minCoeff();
  box.col(1) = positions.rowwise().maxCoeff();
  const Eigen::Vector3d extent = box.col(1) - box.col(0);
  const Eigen::RowVectorXd ahead =
      positions.row(2) + 0.6 * std::hypot(extent.x(), extent.y()) * directions.row(2);
  box(2, 0) = std::min(box(2, 0), ahead.minCoeff());
  box(2, 1) = std::max(box(2, 1), ahead.maxCoeff());
  for (int axis = 0; axis < 2; ++axis) {
    box(axis, 0) += extent[axis] / 4;
    box(axis, 1) -= extent[axis] / 4;
  }
  return box;
}

std::string range(const Box& box, int axis) {
  return fmt::format("{} {:.6g} .. {:.6g}", kAxes[static_cast<std::size_t>(axis)], box(axis, 0),
                     box(axis, 1));
}

std::string ranges(const Box& box) {
  return range(box, 0) + ", " + range(box, 1) + ", " + range(box, 2);
}

/// The student's own coarse carve of the own default box.
struct Coarse {
  Rows rows;
  Box extent = Box::Zero();
  double size = 0.0;
};

Coarse coarse_of(const arrays::Arrays& outputs) {
  Coarse coarse;
  coarse.rows = rows_of(get(outputs, "coarse"));
  coarse.size = get(outputs, "coarse_size").item<double>();
  if (coarse.rows.count == 0) return coarse;
  using Points = Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>;
  const Eigen::Map<const Points> points(coarse.rows.values,
                                        static_cast<Eigen::Index>(coarse.rows.count), 3);
  coarse.extent.col(0) = points.colwise().minCoeff().transpose();
  coarse.extent.col(1) = points.colwise().maxCoeff().transpose();
  return coarse;
}

/// Whether something is left to put a box around, and something was carved off.
std::optional<CaseFinding> blocked_by_coarse(const CaseView& view, const Coarse& coarse) {
  const std::string expected = "a box around the coarse carve";
  if (coarse.rows.count == 0) {
    return blocked("p1.b.survivors", expected, "your coarse carve leaves no voxel");
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
  return std::nullopt;
}

/// How far a box reaches beyond the coarse carve, in sides: rows x, y, z; columns lower, upper.
Box margins_of(const Box& bounds, const Coarse& coarse) {
  Box margins;
  margins.col(0) = (coarse.extent.col(0) - bounds.col(0)) / coarse.size;
  margins.col(1) = (bounds.col(1) - coarse.extent.col(1)) / coarse.size;
  return margins;
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

/// A program that honours num_voxels widens by a whole or half number of sides, even where it is
/// the wrong number: that mistake is scored by another check.
bool margins_in_half_sides(const Box& margins, double tolerance) {
  const Box rounded = (2 * margins.array()).round() / 2;
  return ((margins - rounded).array().abs() <= tolerance).all() &&
         (margins.array().abs() <= 3.0).all();
}

/// Puts axes and ends that were mixed up back in order, where that makes sense of the box, so that
/// one mistake gives the same margins whatever the grid. @returns which order that was.
int untangle(Box& bounds, const Coarse& coarse, double tolerance) {
  static constexpr std::array<std::array<int, 3>, 6> kOrders = {
      {{0, 1, 2}, {1, 0, 2}, {2, 1, 0}, {0, 2, 1}, {1, 2, 0}, {2, 0, 1}}};
  for (int order = 0; order < 12; ++order) {
    Box candidate;
    for (int axis = 0; axis < 3; ++axis) {
      const int from = kOrders[static_cast<std::size_t>(order % 6)][static_cast<std::size_t>(axis)];
      candidate.row(axis) = bounds.row(from);
      if (order >= 6) candidate.row(axis) = bounds.row(from).reverse();
    }
    if (!margins_in_half_sides(margins_of(candidate, coarse), tolerance)) continue;
    bounds = candidate;
    return order;
  }
  return 0;
}

bool asks_for_better(const CaseView& view) { return get(view.inputs, "better").item<bool>(); }

CaseFinding equal_boxes(const Box& wanted, const Box& got, double tolerance, const char* what) {
  const std::string expected = fmt::format("{} {}", what, ranges(wanted));
  const double scale = (wanted.col(1) - wanted.col(0)).cwiseAbs().maxCoeff();
  if (((got - wanted).array().abs() <= tolerance * scale).all()) {
    return passed(expected, "the same");
  }
  return failed(expected, ranges(got));
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
  if (margins_in_half_sides(margins_of(bounds, coarse), tolerance)) {
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

Sketch sketch_bounds(const CaseView& view) {
  const Box wanted = default_box(view.inputs);
  const Box off = (box_of(view.outputs, "default_bounds") - wanted) /
                  (wanted.col(1) - wanted.col(0)).cwiseAbs().maxCoeff();
  Sketch sketch(off.data(), off.data() + off.size());
  const Coarse coarse = coarse_of(view.outputs);
  if (!asks_for_better(view) || coarse.rows.count == 0 || !(coarse.size > 0)) {
    const Box bounds = box_of(view.outputs, "bounds") - wanted;
    sketch.insert(sketch.end(), bounds.data(), bounds.data() + bounds.size());
    return sketch;
  }
  Box bounds = box_of(view.outputs, "bounds");
  sketch.push_back(untangle(bounds, coarse, 1e-3));
  const Box margins = margins_of(bounds, coarse);
  sketch.insert(sketch.end(), margins.data(), margins.data() + margins.size());
  return sketch;
}

}  // namespace pset3::judge::p1
