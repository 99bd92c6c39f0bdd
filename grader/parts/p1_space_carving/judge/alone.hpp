#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {

/// What the student's carve keeps with each view alone.
struct Alone {
  std::vector<RowMatch> views;
  std::size_t foreign = 0;
  std::size_t repeated = 0;

  /// How many of the views keep a voxel.
  std::size_t keep(std::size_t voxel) const;
};

/// @param outputs  "alone" (A, 3) and "alone_counts" (V).
/// @returns nothing when the counts do not add up to the rows.
std::optional<Alone> alone_of(const arrays::Arrays& outputs, const RowIndex& voxels,
                              std::size_t views);

}  // namespace pset3::judge::p1
