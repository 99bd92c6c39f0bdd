#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/checks.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/closeness.hpp"

namespace pset3::judge::p4 {
namespace {

std::string shape_complaint(const CaseView& view, const std::string& name) {
  const arrays::Array& got = get(view.outputs, name + "_shape");
  const std::vector<std::int64_t> shape = {got.data<std::int64_t>(),
                                           got.data<std::int64_t>() + got.element_count()};
  const arrays::Array& image = get(view.inputs, "image");
  // The shape is a claim of the program that was run: it need not be that of its numbers.
  const bool fits = get(view.outputs, name).element_count() == image.element_count();
  if (fits && shape == image.shape()) return "";
  return fmt::format("shape ({})", fmt::join(shape, ", "));
}

std::string of_shape(const std::string& expected, const CaseView& view) {
  return fmt::format("{}, of shape ({})", expected,
                     fmt::join(get(view.inputs, "image").shape(), ", "));
}

/// Why the student's own sampler cannot show what the views are.
std::optional<CaseFinding> blocked_by_sampler(const CaseView& view, const std::string& expected) {
  const arrays::Array& plus = get(view.outputs, "plus");
  if (plus.element_count() == 0) {
    return blocked("p4.b.zero", expected, "your bilinear_sampler() throws on this input");
  }
  if (plus != get(view.outputs, "minus")) return std::nullopt;
  return blocked("p4.b.pixels", expected,
                 "your bilinear_sampler() gives the same for +disparity and −disparity");
}

CaseFinding judge_by_own_sampler(const CaseView& view, const std::string& side,
                                 const std::string& sign) {
  const std::string expected =
      fmt::format("your own sampler at {} the disparity", sign == "plus" ? "+" : "−");
  if (auto finding = blocked_by_sampler(view, expected)) return *finding;
  const std::vector<double> got = floats_of(get(view.outputs, side));
  if (got == floats_of(get(view.outputs, sign))) return passed(expected, "the same");
  // Two signs that are wrong together make the right view: that of the sampler costs in (b).
  const double right_sign = sign == "plus" ? 1.0 : -1.0;
  const CaseFinding by_truth =
      compare_with_truth(expected, view, right_readings(), got, right_sign);
  if (by_truth.verdict == Verdict::kPassed) return by_truth;
  const std::string other = sign == "plus" ? "minus" : "plus";
  if (got == floats_of(get(view.outputs, other))) return failed(expected, "the other sign");
  const std::vector<double> own = floats_of(get(view.outputs, sign));
  const Picture image = image_of(view);
  if (own.size() != image.values.size()) return failed(expected, "another picture");
  return compare(expected, image, got, {Reading{}}, [&](const Reading&) {
    return Wanted{own, std::vector<bool>(own.size(), true)};
  });
}

/// Why what was sampled is no answer: who does nothing changes nothing either.
std::string nothing_sampled(const CaseView& view) {
  const std::vector<double> got = floats_of(get(view.outputs, "output"));
  const Picture image = image_of(view);
  if (got == image.values) return "your function returns the picture that it was given";
  if (got.size() != image.values.size()) return "";
  for (std::size_t i = 1; i < got.size(); ++i) {
    if (i % image.width != 0 && got[i] != got[i - 1]) return "";
  }
  return "your function returns one value for each row";
}

/// The check that asks what a function samples: bilinear_sampler() is given both signs.
std::string check_of_values(const CaseView& view) {
  const std::vector<double> disparity = disparity_of(view).values;
  const bool is_of_sampler =
      std::any_of(disparity.begin(), disparity.end(), [](double value) { return value < 0.0; });
  if (is_of_sampler) return "p4.b.any";
  return get(view.inputs, "sign").item<double>() < 0.0 ? "p4.c.left" : "p4.c.right";
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
  const double unwarped = error_of(view, floats_of(get(view.inputs, "image")));
  const std::string expected = fmt::format(
      "the {} view, by the true disparity: a mean difference below {:.4f}, where the views "
      "themselves differ by {:.4f}",
      side, kShare * unwarped, unwarped);
  const std::string complaint = shape_complaint(view, "output");
  if (!complaint.empty()) return failed(of_shape("the view", view), complaint);
  const double error = error_of(view, floats_of(get(view.outputs, "output")));
  const std::string got = fmt::format("a mean difference of {:.4f}", error);
  return error < kShare * unwarped ? passed(expected, got) : failed(expected, got);
}

}  // namespace

CaseFinding judge_samples(const CaseView& view, const std::vector<Reading>& readings) {
  const std::string expected = "the image at x + disparity, between pixels linearly";
  const std::string complaint = shape_complaint(view, "output");
  if (!complaint.empty()) return failed(of_shape(expected, view), complaint);
  return compare_with_truth(expected, view, readings, floats_of(get(view.outputs, "output")));
}

CaseFinding judge_arguments_unchanged(const CaseView& view) {
  const std::string expected = "the caller's tensors as they were";
  const std::string nothing = nothing_sampled(view);
  if (!nothing.empty()) return blocked(check_of_values(view), expected, nothing);
  for (const char* name : {"image", "disparity", "own_disparity"}) {
    const std::string input = std::string(name) == "image" ? "image" : "disparity";
    if (get(view.outputs, std::string(name) + "_after") == get(view.inputs, input)) continue;
    return failed(expected, fmt::format("another {}: it was changed in place", input));
  }
  const auto* written = get(view.outputs, "written_into").data<std::int64_t>();
  const bool image = written[0] != 0;
  if (image || written[1] != 0 || written[2] != 0) {
    return failed(
        expected,
        fmt::format("the {} was written into and put back", image ? "image" : "disparity"),
        "Training through such a tensor ends with \"modified by an inplace operation\".");
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

}  // namespace pset3::judge::p4
