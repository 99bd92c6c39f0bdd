#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {

inline constexpr std::array<const char*, 3> kAxes = {"x", "y", "z"};

/// The different coordinates that points have along one axis.
struct AxisSteps {
  std::size_t places = 0;  ///< different coordinates
  double first = 0.0;
  double last = 0.0;
  double smallest = 0.0;  ///< step between neighbours; 0 with fewer than two places
  double largest = 0.0;
};

/// Points seen as a grid parallel to the axes.
struct Lattice {
  std::array<AxisSteps, 3> axes;
  bool every_place_once = false;  ///< a point for each combination of coordinates, and only one

  /// The step, when it is one and the same along all axes with more than one place.
  std::optional<double> common_step(double tolerance) const;
};

/// @param same coordinates that differ by no more than this are one.
Lattice lattice_of(Rows points, double same);

}  // namespace pset3::judge::p1
