#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {

/// How many of the voxels of each class stay: what a mistake shows whether a program rounds to the
/// nearest pixel or cuts off, since only few voxels of a class lie where that matters.
class Shares {
 public:
  explicit Shares(std::size_t classes) : all_(classes, 0), staying_(classes, 0) {}
  void add(std::size_t index, bool stays) {
    ++all_[index];
    staying_[index] += stays ? 1 : 0;
  }
  /// Appends a number from 0 to 1 for each class; -1 for a class with too few voxels to tell.
  void append_to(std::vector<double>& sketch) const;

 private:
  std::vector<std::size_t> all_;
  std::vector<std::size_t> staying_;
};

/// How far two shares may differ and show the same mistake: the voxels that rounding decides.
inline constexpr double kShareTolerance = 0.06;

/// The box around some rows, cut into blocks of equal size.
class Blocks {
 public:
  static constexpr std::size_t kCount = 27;
  explicit Blocks(Rows rows);
  /// @returns the block that a row of the box lies in, 0 to kCount - 1.
  std::size_t of(const double* row) const;

 private:
  std::array<double, 3> lower_{};
  std::array<double, 3> size_{};
};

}  // namespace pset3::judge::p1
