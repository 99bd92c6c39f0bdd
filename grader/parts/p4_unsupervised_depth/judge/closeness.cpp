#include "grader/parts/p4_unsupervised_depth/judge/closeness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "grader/judge/distance.hpp"
#include "grader/judge/findings.hpp"

namespace pset3::judge::p4 {
namespace {

/// Values are 0 to 1; a place in float is right to some 1e-5 of a pixel.
constexpr double kTolerance = 1e-4;
/// How far values are off where it counts.
struct Difference {
  double worst = 0.0;
  double largest = 0.0;  ///< of what is expected
  std::size_t place = 0;
  bool is_of_something = false;  ///< whether any value counts
};

Difference difference(const std::vector<double>& wanted, const std::vector<double>& got,
                      const std::vector<bool>& counts) {
  Difference found;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!counts[i]) continue;
    found.is_of_something = true;
    found.largest = std::max(found.largest, std::abs(wanted[i]));
    const double error = distance(got[i], wanted[i]);
    if (!(error <= found.worst)) {
      found.worst = error;
      found.place = i;
    }
  }
  return found;
}

std::string place_text(const Picture& picture, std::size_t place) {
  const std::size_t x = place % picture.width;
  const std::size_t y = place / picture.width % picture.height;
  const std::size_t plane = place / picture.width / picture.height;
  return fmt::format("({}, {}, {}, {})", plane / picture.channels, plane % picture.channels, y, x);
}

}  // namespace

std::vector<double> floats_of(const arrays::Array& array) {
  return {array.data<float>(), array.data<float>() + array.element_count()};
}

Picture image_of(const CaseView& view) { return picture_of(get(view.inputs, "image")); }
Picture disparity_of(const CaseView& view) { return picture_of(get(view.inputs, "disparity")); }

CaseFinding compare(const std::string& expected, const Picture& shape,
                    const std::vector<double>& got, const std::vector<Reading>& readings,
                    const std::function<Wanted(const Reading&)>& rule) {
  if (got.size() != shape.values.size()) {
    return failed(expected, fmt::format("{} numbers, not {}", got.size(), shape.values.size()));
  }
  Difference best;
  double wanted_there = 0.0;
  best.worst = std::numeric_limits<double>::infinity();
  for (const Reading& reading : readings) {
    const Wanted wanted = rule(reading);
    const Difference found = difference(wanted.values, got, wanted.counts);
    const std::string words = words_for(reading);
    if (!words.empty() && !found.is_of_something) continue;
    if (found.worst <= kTolerance * std::max(1.0, found.largest)) {
      return passed(expected, words.empty() ? "the same" : "the same, but " + words);
    }
    if (!words.empty() || !(found.worst < best.worst)) continue;
    best = found;
    wanted_there = wanted.values[found.place];
  }
  return failed(expected, fmt::format("values that differ by up to {:.4g}", best.worst),
                fmt::format("at {}: expected {:.6g}, got {:.6g}", place_text(shape, best.place),
                            wanted_there, got[best.place]));
}

CaseFinding compare_with_truth(const std::string& expected, const CaseView& view,
                               const std::vector<Reading>& readings, const std::vector<double>& got,
                               double sign) {
  const Picture image = image_of(view);
  const Picture disparity = disparity_of(view);
  // Without a disparity no place is beyond the picture, that of the outermost centres neither.
  const bool moves = std::any_of(disparity.values.begin(), disparity.values.end(),
                                 [](double value) { return value != 0.0; });
  const double margin = moves ? kMarginPx : -kMarginPx;
  return compare(expected, image, got, readings, [&](const Reading& reading) {
    const std::vector<Sample> samples = samples_of(image, disparity, reading.times(sign), margin);
    return Wanted{sampled(image, samples).values, inside(samples)};
  });
}

}  // namespace pset3::judge::p4
