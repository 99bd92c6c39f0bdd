#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "grader/judge/distance.hpp"
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
};

Difference difference(const std::vector<double>& wanted, const std::vector<double>& got,
                      const std::vector<bool>& counts) {
  Difference found;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!counts[i]) continue;
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

/// What is to come out by one of the two conventions, and where that counts.
struct Wanted {
  std::vector<double> values;
  std::vector<bool> counts;
};

/// Compares with what either convention gives and takes the better one.
template <typename Rule>
CaseFinding compare(const std::string& expected, const Picture& shape,
                    const std::vector<double>& got, const Rule& rule) {
  if (got.size() != shape.values.size()) {
    return failed(expected, fmt::format("{} numbers, not {}", got.size(), shape.values.size()));
  }
  Difference best;
  double wanted_there = 0.0;
  best.worst = std::numeric_limits<double>::infinity();
  for (const Grid grid : kGrids) {
    const Wanted wanted = rule(grid);
    const Difference found = difference(wanted.values, got, wanted.counts);
    if (found.worst <= kTolerance * std::max(1.0, found.largest))
      return passed(expected, "the same");
    if (!(found.worst < best.worst)) continue;
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
Wanted disparity_gradient(const CaseView& view, Grid grid) {
  const Picture image = image_of(view);
  const Picture disparity = disparity_of(view);
  const Picture weights = picture_of(get(view.inputs, "weights"));
  const std::vector<bool> counts = inside(image, disparity, 1.0, grid, kMargin);
  const double pixels = pixels_of_one(grid, image.width);
  Wanted wanted{std::vector<double>(disparity.values.size()),
                std::vector<bool>(disparity.values.size())};
  for (std::size_t place = 0; place < disparity.values.size(); ++place) {
    const std::size_t x = place % image.width;
    const std::size_t y = place / image.width % image.height;
    const std::size_t b = place / image.width / image.height;
    wanted.counts[place] = counts[image.place(b, 0, y, x)];
    if (!wanted.counts[place]) continue;
    const double column = static_cast<double>(x) + pixels * disparity.values[place];
    const auto before = static_cast<std::size_t>(std::floor(column));
    for (std::size_t c = 0; c < image.channels; ++c) {
      const double* row = &image.values[image.place(b, c, y, 0)];
      wanted.values[place] +=
          weights.values[image.place(b, c, y, x)] * pixels * (row[before + 1] - row[before]);
    }
  }
  return wanted;
}

/// Each value gives its weight to the two that it was made of. What was sampled beyond the
/// outermost centres has none to give.
Wanted image_gradient(const CaseView& view, Grid grid) {
  const Picture image = image_of(view);
  const Picture disparity = disparity_of(view);
  const Picture weights = picture_of(get(view.inputs, "weights"));
  const std::vector<bool> within = inside(image, disparity, 1.0, grid);
  const double pixels = pixels_of_one(grid, image.width);
  Wanted wanted{std::vector<double>(image.values.size()),
                std::vector<bool>(image.values.size(), true)};
  for (std::size_t place = 0; place < image.values.size(); ++place) {
    if (!within[place]) continue;
    const std::size_t x = place % image.width;
    const std::size_t y = place / image.width % image.height;
    const std::size_t plane = place / image.width / image.height;
    const std::size_t b = plane / image.channels;
    const double column =
        static_cast<double>(x) + pixels * disparity.values[disparity.place(b, 0, y, x)];
    const double before = std::min(std::floor(column), static_cast<double>(image.width) - 2.0);
    double* row = &wanted.values[place - x + static_cast<std::size_t>(before)];
    row[0] += (1.0 - (column - before)) * weights.values[place];
    row[1] += (column - before) * weights.values[place];
  }
  return wanted;
}

CaseFinding compare_with_truth(const std::string& expected, const CaseView& view, double sign,
                               const std::vector<double>& got) {
  const Picture image = image_of(view);
  const Picture disparity = disparity_of(view);
  return compare(expected, image, got, [&](Grid grid) {
    return Wanted{sampled(image, disparity, sign, grid).values,
                  inside(image, disparity, sign, grid, kMargin)};
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
  const CaseFinding by_truth = compare_with_truth(expected, view, right_sign, got);
  if (by_truth.verdict == Verdict::kPassed) return by_truth;
  const std::string other = sign == "plus" ? "minus" : "plus";
  if (got == numbers(get(view.outputs, other))) return failed(expected, "the other sign");
  const std::vector<double> own = numbers(get(view.outputs, sign));
  const Picture image = image_of(view);
  if (own.size() != image.values.size()) return failed(expected, "another picture");
  return compare(expected, image, got, [&](Grid) {
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

CaseFinding judge_samples(const CaseView& view) {
  const std::string expected = "the image at x + disparity, between pixels linearly";
  const std::string complaint = shape_complaint(view, "output");
  if (!complaint.empty()) return failed(expected, complaint);
  return compare_with_truth(expected, view, 1.0, numbers(get(view.outputs, "output")));
}

CaseFinding judge_image_gradient(const CaseView& view) {
  return compare("the gradient to the image", image_of(view),
                 numbers(get(view.outputs, "image_gradient")),
                 [&](Grid grid) { return image_gradient(view, grid); });
}

CaseFinding judge_disparity_gradient(const CaseView& view) {
  return compare("the gradient to the disparity", disparity_of(view),
                 numbers(get(view.outputs, "disparity_gradient")),
                 [&](Grid grid) { return disparity_gradient(view, grid); });
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
