#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/judge/p4_unsupervised_depth/parts.hpp"
#include "grader/judge/p4_unsupervised_depth/sampling.hpp"

namespace pset3::judge {
namespace {

/// Values are 0 to 1; a place in float is right to some 1e-5 of a pixel.
constexpr double kTolerance = 1e-4;
/// Pixels: a place that rounding may put on either side of the outermost centre tells nothing.
constexpr double kMargin = 0.01;

std::vector<double> numbers(const arrays::Array& array) {
  return {array.data<float>(), array.data<float>() + array.element_count()};
}

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
    const double error = std::abs(got[i] - wanted[i]);
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

/// What is to come out by one of the readings, and where that counts.
struct Wanted {
  std::vector<double> values;
  std::vector<bool> counts;
};

/// Compares with what each of some readings gives. The right ones come first: it is them that a
/// failure speaks of.
template <typename Rule>
CaseFinding compare(const std::string& expected, const Picture& shape,
                    const std::vector<double>& got, const std::vector<Reading>& readings,
                    const Rule& rule) {
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

Picture image_of(const CaseView& view) { return picture_of(get(view.inputs, "image")); }
Picture disparity_of(const CaseView& view) { return picture_of(get(view.inputs, "disparity")); }

std::string shape_complaint(const CaseView& view, const std::string& name) {
  const arrays::Array& got = get(view.outputs, name + "_shape");
  const std::vector<std::int64_t> shape = {got.data<std::int64_t>(),
                                           got.data<std::int64_t>() + got.element_count()};
  const arrays::Array& image = get(view.inputs, "image");
  // The shape is a claim of the program that was run: it need not be that of its numbers.
  if (get(view.outputs, name).element_count() != image.element_count()) return "another shape";
  if (shape == image.shape()) return "";
  return fmt::format("shape ({})", fmt::join(shape, ", "));
}

/// Between two centres the slope is that between their values.
Wanted disparity_gradient(const CaseView& view, const Reading& reading) {
  const Picture image = image_of(view);
  const Picture disparity = disparity_of(view);
  const Picture weights = picture_of(get(view.inputs, "weights"));
  const double pixels = reading.scale * pixels_of_one(reading.looked_up, image.width);
  Wanted wanted{std::vector<double>(disparity.values.size()),
                std::vector<bool>(disparity.values.size())};
  for (const Sample& sample : samples_of(image, disparity, reading, kMargin)) {
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
Wanted image_gradient(const CaseView& view, const Reading& reading) {
  const Picture image = image_of(view);
  const Picture weights = picture_of(get(view.inputs, "weights"));
  const bool is_right = words_for(reading).empty();
  Wanted wanted{std::vector<double>(image.values.size()), {}};
  for (std::size_t value = 0; value < image.values.size(); ++value) {
    wanted.counts.push_back(is_right || is_far_from_border(image, value));
  }
  for (const Sample& sample : samples_of(image, disparity_of(view), reading)) {
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

CaseFinding compare_with_truth(const std::string& expected, const CaseView& view,
                               const std::vector<Reading>& readings, const std::vector<double>& got,
                               double sign = 1.0) {
  const Picture image = image_of(view);
  const Picture disparity = disparity_of(view);
  return compare(expected, image, got, readings, [&](const Reading& reading) {
    const std::vector<Sample> samples = samples_of(image, disparity, reading.times(sign), kMargin);
    return Wanted{sampled(image, samples).values, inside(samples)};
  });
}

CaseFinding judge_by_own_sampler(const CaseView& view, const std::string& side,
                                 const std::string& sign) {
  const std::string expected =
      fmt::format("your own sampler at {} the disparity", sign == "plus" ? "+" : "−");
  const std::vector<double> got = numbers(get(view.outputs, side));
  if (got == numbers(get(view.outputs, sign))) return passed(expected, "the same");
  // Two signs that are wrong together make the right view: that of the sampler costs in (b).
  const double right_sign = sign == "plus" ? 1.0 : -1.0;
  const CaseFinding by_truth =
      compare_with_truth(expected, view, right_readings(), got, right_sign);
  if (by_truth.verdict == Verdict::kPassed) return by_truth;
  const std::string other = sign == "plus" ? "minus" : "plus";
  if (got == numbers(get(view.outputs, other))) return failed(expected, "the other sign");
  const std::vector<double> own = numbers(get(view.outputs, sign));
  const Picture image = image_of(view);
  if (own.size() != image.values.size()) return failed(expected, "another picture");
  return compare(expected, image, got, {Reading{}}, [&](const Reading&) {
    return Wanted{own, std::vector<bool>(own.size(), true)};
  });
}

/// The mean difference of two pictures, 0..1, where both cameras see the same.
double error_of(const CaseView& view, const std::vector<double>& picture) {
  const arrays::Array& truth = get(view.inputs, "view");
  const arrays::Array& in_both = get(view.inputs, "in_both");
  const std::size_t pixels = in_both.element_count();
  double sum = 0.0;
  std::size_t count = 0;
  for (std::size_t p = 0; p < pixels; ++p) {
    if (!in_both.data<bool>()[p]) continue;
    for (std::size_t c = 0; c < 3; ++c) {
      sum += std::abs(picture[c * pixels + p] - truth.data<std::uint8_t>()[3 * p + c] / 255.0);
    }
    count += 3;
  }
  return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

CaseFinding judge_scene(const CaseView& view, const std::string& side) {
  constexpr double kShare = 0.4;  // of the error without warping; the wrong sign has more than all
  const double unwarped = error_of(view, numbers(get(view.inputs, "image")));
  const std::string expected = fmt::format(
      "the {} view, by the true disparity: a mean difference below {:.4f}, where the views "
      "themselves differ by {:.4f}",
      side, kShare * unwarped, unwarped);
  const std::string complaint = shape_complaint(view, "output");
  if (!complaint.empty()) return failed(expected, complaint);
  const double error = error_of(view, numbers(get(view.outputs, "output")));
  const std::string got = fmt::format("a mean difference of {:.4f}", error);
  return error < kShare * unwarped ? passed(expected, got) : failed(expected, got);
}

}  // namespace

CaseFinding judge_samples(const CaseView& view, const std::vector<Reading>& readings) {
  const std::string expected = "the image at x + disparity, between pixels linearly";
  const std::string complaint = shape_complaint(view, "output");
  if (!complaint.empty()) return failed(expected, complaint);
  return compare_with_truth(expected, view, readings, numbers(get(view.outputs, "output")));
}

CaseFinding judge_image_gradient(const CaseView& view, const std::vector<Reading>& readings) {
  return compare("the gradient to the image", image_of(view),
                 numbers(get(view.outputs, "image_gradient")), readings,
                 [&](const Reading& reading) { return image_gradient(view, reading); });
}

CaseFinding judge_disparity_gradient(const CaseView& view, const std::vector<Reading>& readings) {
  return compare("the gradient to the disparity", disparity_of(view),
                 numbers(get(view.outputs, "disparity_gradient")), readings,
                 [&](const Reading& reading) { return disparity_gradient(view, reading); });
}

CaseFinding judge_arguments_unchanged(const CaseView& view) {
  const std::string expected = "the caller's tensors as they were";
  for (const char* name : {"image", "disparity"}) {
    if (get(view.outputs, std::string(name) + "_after") == get(view.inputs, name)) continue;
    return failed(expected, fmt::format("another {}: it was changed in place", name));
  }
  return passed(expected, "the same");
}

CaseFinding judge_gradients_arrive(const CaseView& view) {
  const std::string expected = "gradients to the view and to the disparity";
  for (const char* name : {"image", "disparity"}) {
    const std::vector<double> got = numbers(get(view.outputs, std::string(name) + "_gradient"));
    if (std::any_of(got.begin(), got.end(), [](double value) { return value != 0.0; })) continue;
    const bool image = std::string(name) == "image";
    return failed(expected, fmt::format("none to the {}", image ? "view" : "disparity"));
  }
  return passed(expected, "the same");
}

CaseFinding judge_left_by_own_sampler(const CaseView& view) {
  return judge_by_own_sampler(view, "left", "minus");
}
CaseFinding judge_right_by_own_sampler(const CaseView& view) {
  return judge_by_own_sampler(view, "right", "plus");
}
CaseFinding judge_left_scene(const CaseView& view) { return judge_scene(view, "left"); }
CaseFinding judge_right_scene(const CaseView& view) { return judge_scene(view, "right"); }

}  // namespace pset3::judge
