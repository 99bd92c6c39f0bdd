#include "grader/parts/p1_space_carving/judge/lattice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace pset3::judge::p1 {
namespace {

/// The different coordinates of points along an axis, in rising order.
std::vector<double> places_along(Rows points, std::size_t axis, double same) {
  std::vector<double> values(points.count);
  for (std::size_t i = 0; i < points.count; ++i) values[i] = points[i][axis];
  std::sort(values.begin(), values.end());
  std::vector<double> places;
  for (const double value : values) {
    if (places.empty() || value - places.back() > same) places.push_back(value);
  }
  return places;
}

AxisSteps steps_between(const std::vector<double>& places) {
  AxisSteps steps;
  steps.places = places.size();
  if (places.empty()) return steps;
  steps.first = places.front();
  steps.last = places.back();
  if (places.size() == 1) return steps;
  steps.smallest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < places.size(); ++i) {
    const double step = places[i] - places[i - 1];
    steps.smallest = std::min(steps.smallest, step);
    steps.largest = std::max(steps.largest, step);
  }
  return steps;
}

std::size_t index_of(const std::vector<double>& places, double value) {
  return static_cast<std::size_t>(
      std::distance(places.begin(), std::upper_bound(places.begin(), places.end(), value)) - 1);
}

bool fills(Rows points, const std::array<std::vector<double>, 3>& places) {
  double combinations = 1.0;
  for (const auto& along : places) combinations *= static_cast<double>(along.size());
  if (points.count == 0 || combinations != static_cast<double>(points.count)) return false;
  std::vector<bool> taken(points.count, false);
  for (std::size_t i = 0; i < points.count; ++i) {
    std::size_t place = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      place = place * places[axis].size() + index_of(places[axis], points[i][axis]);
    }
    if (taken[place]) return false;
    taken[place] = true;
  }
  return true;
}

}  // namespace

std::optional<double> Lattice::common_step(double tolerance) const {
  std::optional<double> common;
  for (const AxisSteps& along : axes) {
    if (along.places < 2) continue;
    if (!common) common = along.smallest;
    for (const double step : {along.smallest, along.largest}) {
      if (!(std::abs(step - *common) <= tolerance * *common)) return std::nullopt;
    }
  }
  return common;
}

Lattice lattice_of(Rows points, double same) {
  Lattice lattice;
  std::array<std::vector<double>, 3> places;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    places[axis] = places_along(points, axis, same);
    lattice.axes[axis] = steps_between(places[axis]);
  }
  lattice.every_place_once = fills(points, places);
  return lattice;
}

}  // namespace pset3::judge::p1
