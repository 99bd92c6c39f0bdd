#pragma once

#include <Eigen/Core>
#include <string>

#include "grader/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {

/// Rows x, y, z; columns lower, upper.
using Box = Eigen::Matrix<double, 3, 2, Eigen::RowMajor>;

/// @throws std::invalid_argument when the array is not F64 (3, 2).
Box box_of(const arrays::Arrays& arrays, const std::string& name);

/// The box that the camera positions give: the given code's formula.
///
/// x and y: the extent of the positions, drawn in by a quarter on each side. z: the extent of the
/// positions and of the points 0.6 * sqrt(dx^2 + dy^2) along each ray through the middle of a
/// picture, with dx and dy the extents before they are drawn in. Source:
/// handouts/p1_space_carving.md, question (d).
Box default_box(const arrays::Arrays& inputs);

/// The student's own coarse carve of the own default box.
struct Coarse {
  Rows rows;
  Box extent = Box::Zero();
  double size = 0.0;
};
Coarse coarse_of(const arrays::Arrays& outputs);

/// How far a box reaches beyond the coarse carve, in sides: rows x, y, z; columns lower, upper.
Box margins_of(const Box& bounds, const Coarse& coarse);

/// A program that honours num_voxels widens by a whole or half number of sides, even where it is
/// the wrong number: that mistake is scored by another check.
bool margins_in_half_sides(const Box& margins, double tolerance);

/// Puts axes and ends that were mixed up back in order, where that makes sense of the box, so that
/// one mistake gives the same margins whatever the grid. @returns which order that was.
int untangle(Box& bounds, const Coarse& coarse, double tolerance);

bool asks_for_better(const CaseView& view);

}  // namespace pset3::judge::p1
