#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/checks.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/closeness.hpp"

namespace pset3::judge::p4 {
namespace {

/// Between two centres the slope is that between their values.
/// @param sign  of the disparity where the image is sampled.
Wanted disparity_gradient(const CaseView& view, const Reading& reading, double sign) {
  const Picture image = image_of(view);
  const Picture disparity = disparity_of(view);
  const Picture weights = picture_of(get(view.inputs, "weights"));
  const Reading signed_reading = reading.times(sign);
  const double pixels = signed_reading.scale * pixels_of_one(reading.looked_up, image.width);
  Wanted wanted{std::vector<double>(disparity.values.size()),
                std::vector<bool>(disparity.values.size())};
  for (const Sample& sample : samples_of(image, disparity, signed_reading, kMarginPx)) {
    wanted.counts[sample.disparity] = sample.is_inside;
    if (!sample.is_inside) continue;
    const auto slope_in = [&](std::size_t row) {
      const double* values = &image.values[sample.plane + row * image.width];
      return values[sample.columns.after] - values[sample.columns.before];
    };
    const double slope = (1.0 - sample.rows.share) * slope_in(sample.rows.before) +
                         sample.rows.share * slope_in(sample.rows.after);
    wanted.values[sample.disparity] += weights.values[sample.value] * pixels * slope;
  }
  return wanted;
}

/// Whether a value lies so far from the border that nothing which is done there reaches it.
bool is_far_from_border(const Picture& picture, std::size_t value) {
  constexpr std::size_t kRing = 2;
  const std::size_t x = value % picture.width;
  const std::size_t y = value / picture.width % picture.height;
  return x >= kRing && x + kRing < picture.width && y >= kRing && y + kRing < picture.height;
}

/// Each value gives its weight to the ones that it was made of. By a right reading, what was
/// sampled beyond the outermost centres has none to give.
Wanted image_gradient(const CaseView& view, const Reading& reading, double sign) {
  const Picture image = image_of(view);
  const Picture weights = picture_of(get(view.inputs, "weights"));
  const bool is_right = words_for(reading).empty();
  Wanted wanted{std::vector<double>(image.values.size()), {}};
  for (std::size_t value = 0; value < image.values.size(); ++value) {
    wanted.counts.push_back(is_right || is_far_from_border(image, value));
  }
  for (const Sample& sample : samples_of(image, disparity_of(view), reading.times(sign))) {
    if (!sample.is_inside) continue;
    const auto give_to = [&](std::size_t row, double share) {
      double* values = &wanted.values[sample.plane + row * image.width];
      const double weight = share * weights.values[sample.value];
      values[sample.columns.before] += (1.0 - sample.columns.share) * weight;
      values[sample.columns.after] += sample.columns.share * weight;
    };
    give_to(sample.rows.before, 1.0 - sample.rows.share);
    give_to(sample.rows.after, sample.rows.share);
  }
  return wanted;
}

CaseFinding compare_image_gradient(const std::string& expected, const CaseView& view,
                                   const std::vector<Reading>& readings, double sign) {
  return compare(expected, image_of(view), floats_of(get(view.outputs, "image_gradient")), readings,
                 [&](const Reading& reading) { return image_gradient(view, reading, sign); });
}

CaseFinding compare_disparity_gradient(const CaseView& view, const std::vector<Reading>& readings,
                                       double sign) {
  return compare("the gradient to the disparity", disparity_of(view),
                 floats_of(get(view.outputs, "disparity_gradient")), readings,
                 [&](const Reading& reading) { return disparity_gradient(view, reading, sign); });
}

bool is_finite_on_pixels(const CaseView& view) {
  return get(view.outputs, "finite_on_pixels").item<std::int64_t>() == 1;
}

bool has_gradient(const CaseView& view, const std::string& name) {
  const std::vector<double> got = floats_of(get(view.outputs, name));
  return std::any_of(got.begin(), got.end(), [](double value) { return value != 0.0; });
}

/// Whether a gradient comes to the image or to the disparity.
bool has_gradients(const CaseView& view, const std::string& prefix) {
  return has_gradient(view, prefix + "image_gradient") ||
         has_gradient(view, prefix + "disparity_gradient");
}

/// Whether any gradient comes to the view and to the disparity.
CaseFinding judge_arriving(const CaseView& view) {
  const std::string expected = "gradients to the view and to the disparity";
  for (const char* name : {"image", "disparity"}) {
    if (has_gradient(view, std::string(name) + "_gradient")) continue;
    const bool image = std::string(name) == "image";
    return failed(expected, fmt::format("none to the {}", image ? "view" : "disparity"));
  }
  return passed(expected, "the same");
}

/// Compares the gradients of a view with those of the student's own sampler, whose values it has.
/// @param sampler  "plus" or "minus": the sign of the disparity.
CaseFinding compare_with_sampler(const CaseView& view, const std::string& sampler) {
  const std::string expected = fmt::format("the gradients of your own sampler at {} the disparity",
                                           sampler == "plus" ? "+" : "−");
  for (const std::string name : {"image_gradient", "disparity_gradient"}) {
    const std::vector<double> own = floats_of(get(view.outputs, sampler + "_" + name));
    const Wanted wanted{own, std::vector<bool>(own.size(), true)};
    const Picture shape = name == "image_gradient" ? image_of(view) : disparity_of(view);
    const CaseFinding finding = compare(expected, shape, floats_of(get(view.outputs, name)),
                                        {Reading{}}, [&](const Reading&) { return wanted; });
    if (finding.verdict != Verdict::kPassed) return finding;
  }
  return passed(expected, "the same");
}

/// The factor that all values are off by, where they count; nothing where there is none.
std::optional<double> common_factor(const Wanted& wanted, const std::vector<double>& got) {
  if (got.size() != wanted.values.size()) return std::nullopt;
  double products = 0.0;
  double squares = 0.0;
  double largest = 0.0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (!wanted.counts[i]) continue;
    products += wanted.values[i] * got[i];
    squares += wanted.values[i] * wanted.values[i];
    largest = std::max(largest, std::abs(wanted.values[i]));
  }
  if (!(squares > 0.0)) return std::nullopt;
  const double factor = products / squares;
  const double most = 1e-3 * largest * std::abs(factor);
  for (std::size_t i = 0; i < got.size(); ++i) {
    const bool fits = std::abs(got[i] - factor * wanted.values[i]) <= most;
    if (wanted.counts[i] && !fits) return std::nullopt;
  }
  return std::round(1000.0 * factor) / 1000.0;
}

void append_array(const CaseView& view, const std::string& name, Sketch& sketch) {
  const Sketch more =
      sketch_arrays({view.check, view.inputs, view.expected, {{name, get(view.outputs, name)}}});
  sketch.insert(sketch.end(), more.begin(), more.end());
}

/// The number of a reading, the same on either grid.
double number_of(std::size_t reading) {
  const std::size_t on_any_grid = readings_on_any_grid().size();
  const std::size_t first = reading / on_any_grid * on_any_grid;
  return static_cast<double>(reading - first < right_readings().size() ? first : reading);
}

void append_gradient(const CaseView& view, const std::string& name, Sketch& sketch) {
  if (!has_gradient(view, name)) {
    sketch.push_back(0.0);
    return;
  }
  const std::vector<double> got = floats_of(get(view.outputs, name));
  const std::vector<Reading> readings = known_readings();
  // Of two grids one may explain as a factor what the other one has as it is.
  std::optional<Sketch> found;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const Wanted wanted = name == "image_gradient" ? image_gradient(view, readings[i], 1.0)
                                                   : disparity_gradient(view, readings[i], 1.0);
    const auto factor = common_factor(wanted, got);
    if (!factor || (found && std::abs(*factor) != 1.0)) continue;
    found = Sketch{1.0, number_of(i), *factor};
    if (std::abs(*factor) == 1.0) break;
  }
  if (found) {
    sketch.insert(sketch.end(), found->begin(), found->end());
    return;
  }
  sketch.push_back(2.0);
  append_array(view, name, sketch);
}

/// Of which of the own sampler's two gradients a view's is a multiple, and of which sign.
void append_view_gradient(const CaseView& view, const std::string& name, Sketch& sketch) {
  const std::vector<double> got = floats_of(get(view.outputs, name));
  if (!has_gradient(view, name)) {
    sketch.push_back(0.0);
    return;
  }
  double number = 1.0;
  for (const std::string sampler : {"plus_", "minus_"}) {
    const std::vector<double> own = floats_of(get(view.outputs, sampler + name));
    const auto factor = common_factor({own, std::vector<bool>(own.size(), true)}, got);
    if (factor) {
      sketch.insert(sketch.end(), {number, *factor});
      return;
    }
    number += 1.0;
  }
  sketch.push_back(number);
  append_array(view, name, sketch);
}

}  // namespace

Sketch sketch_gradients(const CaseView& view) {
  Sketch sketch;
  for (const char* name : {"image_gradient", "disparity_gradient"}) {
    append_gradient(view, name, sketch);
  }
  if (!is_finite_on_pixels(view)) sketch.push_back(1.0);
  return sketch;
}

Sketch sketch_view_gradients(const CaseView& view) {
  Sketch sketch;
  for (const char* name : {"image_gradient", "disparity_gradient"}) {
    append_view_gradient(view, name, sketch);
  }
  return sketch;
}

CaseFinding judge_image_gradient(const CaseView& view, const std::vector<Reading>& readings) {
  return compare_image_gradient("the gradient to the image", view, readings, 1.0);
}

CaseFinding judge_disparity_gradient(const CaseView& view, const std::vector<Reading>& readings) {
  const CaseFinding finding = compare_disparity_gradient(view, readings, 1.0);
  if (finding.verdict != Verdict::kPassed || is_finite_on_pixels(view)) return finding;
  return failed("a gradient to the disparity at each pixel",
                "no number (NaN or infinite) where the disparity is 0 or a whole pixel");
}

CaseFinding judge_view_gradients(const CaseView& view) {
  const std::vector<double> values = floats_of(get(view.outputs, "output"));
  for (const std::string sampler : {"plus", "minus"}) {
    if (values != floats_of(get(view.outputs, sampler))) continue;
    if (get(view.outputs, "plus") == get(view.outputs, "minus")) {
      return blocked("p4.b.pixels", "the gradients of your own sampler",
                     "your bilinear_sampler() gives the same for +disparity and −disparity");
    }
    // What the sampler itself does not let through costs in (b).
    if (has_gradients(view, sampler + "_")) return compare_with_sampler(view, sampler);
    return blocked("p4.b.image_gradient", "the gradients of your own sampler",
                   "your bilinear_sampler() lets none through");
  }
  const CaseFinding arriving = judge_arriving(view);
  if (arriving.verdict != Verdict::kPassed) return arriving;
  const double sign = get(view.inputs, "sign").item<double>();
  const std::vector<Reading> readings = right_readings();
  // What the view is to be is asked elsewhere: of another one, nothing but that gradients arrive.
  const CaseFinding right = compare_with_truth("", view, readings, values, sign);
  if (right.verdict != Verdict::kPassed) return arriving;
  const CaseFinding to_image =
      compare_image_gradient("the gradient to the view", view, readings, sign);
  if (to_image.verdict != Verdict::kPassed) return to_image;
  return compare_disparity_gradient(view, readings, sign);
}

}  // namespace pset3::judge::p4
