#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p3_supervised_depth/judge/checks.hpp"
#include "grader/parts/p3_supervised_depth/judge/closeness.hpp"
#include "grader/parts/p3_supervised_depth/judge/maps.hpp"

namespace pset3::judge::p3 {
namespace {

/// Sums of floats, a hundred times what their rounding does.
constexpr double kRelativeOfLosses = 1e-5;

/// A number for each value, in [−1, 1), the same in every run.
double direction(std::size_t place, std::size_t which) {
  std::uint64_t x = (place + 1) * 0x9E3779B97F4A7C15ULL + (which + 1) * 0xD1B54A32D192ED03ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1p-52 - 1.0;
}

DepthMaps moved(const DepthMaps& maps, std::size_t which, double step) {
  DepthMaps result = maps;
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    result.values[i] += step * direction(i, which);
  }
  return result;
}

constexpr std::size_t kDirections = 5;  // along which gradients are compared

/// How much a loss with this gradient changes along a direction.
double along(const std::vector<double>& gradient, std::size_t which) {
  double sum = 0.0;
  for (std::size_t i = 0; i < gradient.size(); ++i) sum += gradient[i] * direction(i, which);
  return sum;
}

CaseFinding compare_slope(const std::string& expected, const std::vector<double>& gradient,
                          std::size_t which, double wanted) {
  // Where a difference changes its sign within a step, the slope is that of neither side: that
  // happens to one pixel in some hundred thousand, and changes the sum by less than this.
  constexpr double kTolerance = 1e-3;
  const double got = along(gradient, which);
  double size = 0.0;
  for (const double value : gradient) size += value * value;
  if (size == 0.0) return failed(expected, "no gradient: it is 0 everywhere");
  if (std::abs(got - wanted) <= kTolerance * (std::sqrt(size) + std::abs(wanted))) {
    return passed(expected, "the same");
  }
  return failed(expected, "another one",
                fmt::format("along some direction the loss changes by {:.5g} a unit, your "
                            "gradient says {:.5g}",
                            wanted, got));
}

/// Compares a gradient with central differences along a few directions.
template <typename Loss>
CaseFinding compare_gradient(const CaseView& view, const std::string& expected, const Loss& loss) {
  constexpr double kStep = 1e-6;
  const DepthMaps predicted = maps_of(get(view.inputs, "predicted"));
  const std::vector<double> gradient = numbers(get(view.outputs, "gradient"));
  for (std::size_t which = 0; which < kDirections; ++which) {
    const double wanted =
        (loss(moved(predicted, which, kStep)) - loss(moved(predicted, which, -kStep))) /
        (2.0 * kStep);
    CaseFinding finding = compare_slope(expected, gradient, which, wanted);
    if (finding.verdict != Verdict::kPassed) return finding;
  }
  return passed(expected, "the same");
}

struct Term {
  const char* name;
  const char* words;
};
constexpr std::array<Term, 4> kTerms = {{{"ssim", "the SSIM term, clamp((1 - SSIM) / 2)"},
                                         {"gradients", "the mean of depth_loss()"},
                                         {"l1", "the mean of |predicted - truth|"},
                                         {"net", "ssim + gradients + 0.1 l1"}}};

/// @returns why a term is no number; empty when it is one.
std::string missing(const CaseView& view, std::size_t term) {
  const std::int64_t size = whole_numbers(get(view.outputs, "term_sizes"))[term];
  if (size == 1) return "";
  return size == 0 ? "a tensor that was never set" : fmt::format("{} numbers", size);
}

double term_of(const CaseView& view, const char* name) {
  return get(view.outputs, name).item<double>();
}

/// Whether the sum is that of the right terms. A term may be wrong and the sum right: who weights
/// the L1 term itself adds it as it is.
bool is_of_right_terms(const CaseView& view) {
  const NetLoss right =
      net_loss(maps_of(get(view.inputs, "predicted")), maps_of(get(view.inputs, "truth")));
  return is_near(term_of(view, "net"),
                 right.ssim + term_of(view, "own_depth_loss") + 0.1 * right.l1);
}

/// Whether no term is right, neither by itself nor as the mean of the student's own depth_loss.
bool is_no_term_right(const CaseView& view) {
  const NetLoss right =
      net_loss(maps_of(get(view.inputs, "predicted")), maps_of(get(view.inputs, "truth")));
  const double own = term_of(view, "own_depth_loss");
  const double gradients = term_of(view, "gradients");
  return !is_near(term_of(view, "ssim"), right.ssim) && !is_near(term_of(view, "l1"), right.l1) &&
         !is_near(gradients, right.gradients) && !is_near(gradients, own);
}

}  // namespace

CaseFinding judge_depth_loss(const CaseView& view) {
  const DepthMaps predicted = maps_of(get(view.inputs, "predicted"));
  const DepthMaps truth = maps_of(get(view.inputs, "truth"));
  const auto batch = static_cast<std::int64_t>(truth.batch);
  const auto height = static_cast<std::int64_t>(truth.height);
  const auto width = static_cast<std::int64_t>(truth.width);
  if (get(view.outputs, "maps_written").item<bool>()) {
    return failed("both maps as they were", "values that were written into one of them");
  }
  // A dimension of 1 that stayed where the channels were does no harm.
  return compare_values(view, "output", "for each pixel, how much the slopes differ",
                        depth_losses(predicted, truth),
                        {{batch, height, width}, {batch, 1, height, width}}, kRelativeOfLosses);
}

CaseFinding judge_depth_loss_gradient(const CaseView& view) {
  const DepthMaps truth = maps_of(get(view.inputs, "truth"));
  const std::vector<double> weights = numbers(get(view.inputs, "weights"));
  return compare_gradient(view, "the gradient of depth_loss() with respect to the prediction",
                          [&](const DepthMaps& predicted) {
                            const std::vector<double> losses = depth_losses(predicted, truth);
                            double sum = 0.0;
                            for (std::size_t i = 0; i < losses.size(); ++i) {
                              sum += weights[i] * losses[i];
                            }
                            return sum;
                          });
}

CaseFinding judge_loss_terms(const CaseView& view) {
  if (get(view.outputs, "maps_written").item<bool>()) {
    return failed("both maps as they were", "values that were written into one of them");
  }
  const NetLoss right =
      net_loss(maps_of(get(view.inputs, "predicted")), maps_of(get(view.inputs, "truth")));
  // depth_loss is judged elsewhere: here it only has to be averaged. Who does without it may be
  // right all the same.
  const double own = term_of(view, "own_depth_loss");
  const bool right_by_itself = is_near(term_of(view, "gradients"), right.gradients);
  const std::array<double, 3> wanted = {right.ssim, right_by_itself ? right.gradients : own,
                                        right.l1};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string expected = fmt::format("{}: {:.6g}", kTerms[i].words, wanted[i]);
    const std::string complaint = missing(view, i);
    if (!complaint.empty()) return failed(expected, complaint);
    const double got = term_of(view, kTerms[i].name);
    if (!is_near(got, wanted[i])) return failed(expected, fmt::format("{:.6g}", got));
  }
  return passed("the three terms", "the same");
}

CaseFinding judge_net_loss(const CaseView& view) {
  const std::string complaint = missing(view, 3);
  const double wanted =
      term_of(view, "ssim") + term_of(view, "gradients") + 0.1 * term_of(view, "l1");
  const std::string expected =
      fmt::format("ssim + gradients + 0.1 l1, of your own terms: {:.6g}", wanted);
  if (!complaint.empty()) return failed(expected, complaint);
  const double got = term_of(view, "net");
  if (is_no_term_right(view)) return blocked("p3.d.terms", expected, "no term that is right");
  return is_near(got, wanted) || is_of_right_terms(view)
             ? passed(expected, fmt::format("{:.6g}", got))
             : failed(expected, fmt::format("{:.6g}", got));
}

namespace {

/// A term of the net loss, and how it changes along each direction.
struct Slopes {
  bool is_right = false;  ///< whether the student's term has the right value
  const char* own;        ///< the output that holds the student's own gradient of it
  double weight = 1.0;
  std::function<double(const DepthMaps&)> loss;
};

/// How much the net loss has to change along a direction. A term whose value is wrong costs where
/// it is judged: here it counts as the student's own.
double wanted_slope(const CaseView& view, const std::vector<Slopes>& terms,
                    const DepthMaps& predicted, std::size_t which) {
  constexpr double kStep = 1e-6;
  double sum = 0.0;
  for (const Slopes& term : terms) {
    const double slope = term.is_right ? (term.loss(moved(predicted, which, kStep)) -
                                          term.loss(moved(predicted, which, -kStep))) /
                                             (2.0 * kStep)
                                       : along(numbers(get(view.outputs, term.own)), which);
    sum += term.weight * slope;
  }
  return sum;
}

std::vector<Slopes> net_terms(const CaseView& view, const DepthMaps& truth, bool slopes_are_right,
                              bool all_are_right) {
  const NetLoss right = net_loss(maps_of(get(view.inputs, "predicted")), truth);
  const auto is_right = [&](const char* name, double wanted) {
    return all_are_right || is_near(term_of(view, name), wanted);
  };
  return {{is_right("ssim", right.ssim), "ssim_gradient", 1.0,
           [&truth](const DepthMaps& maps) { return net_loss(maps, truth).ssim; }},
          {slopes_are_right, "own_depth_loss_gradient", 1.0,
           [&truth](const DepthMaps& maps) { return mean(depth_losses(maps, truth)); }},
          {is_right("l1", right.l1), "l1_gradient", 0.1,
           [&truth](const DepthMaps& maps) { return mean_difference(maps, truth); }}};
}

CaseFinding compare_net_gradient(const CaseView& view, const std::string& expected,
                                 const std::vector<Slopes>& terms) {
  const DepthMaps predicted = maps_of(get(view.inputs, "predicted"));
  const std::vector<double> gradient = numbers(get(view.outputs, "gradient"));
  for (std::size_t which = 0; which < kDirections; ++which) {
    CaseFinding finding =
        compare_slope(expected, gradient, which, wanted_slope(view, terms, predicted, which));
    if (finding.verdict != Verdict::kPassed) return finding;
  }
  return passed(expected, "the same");
}

}  // namespace

CaseFinding judge_net_loss_gradient(const CaseView& view) {
  const std::string expected = "the gradient of the net loss with respect to the prediction";
  const std::vector<double> gradient = numbers(get(view.outputs, "gradient"));
  const bool arrives =
      std::any_of(gradient.begin(), gradient.end(), [](double value) { return value != 0.0; });
  if (!arrives) return failed(expected, "no gradient: it is 0 everywhere");
  if (is_no_term_right(view)) return blocked("p3.d.terms", expected, "no term that is right");
  // A wrong sum has the gradient of a wrong sum, and costs as such.
  if (judge_net_loss(view).verdict != Verdict::kPassed) return passed(expected, "some");
  const DepthMaps truth = maps_of(get(view.inputs, "truth"));
  // By the student's own depth_loss(), or by the right slopes: who does without a wrong
  // depth_loss() may be right all the same.
  const double right = mean(depth_losses(maps_of(get(view.inputs, "predicted")), truth));
  std::vector<std::vector<Slopes>> candidates = {net_terms(view, truth, false, false)};
  if (is_near(term_of(view, "gradients"), right)) {
    candidates.push_back(net_terms(view, truth, true, false));
  }
  // A sum of the right terms has their gradient, whatever the program says the terms are.
  if (is_of_right_terms(view)) candidates.push_back(net_terms(view, truth, false, true));
  CaseFinding finding;
  for (const std::vector<Slopes>& terms : candidates) {
    finding = compare_net_gradient(view, expected, terms);
    if (finding.verdict == Verdict::kPassed) break;
  }
  return finding;
}

CaseFinding judge_losses(const CaseView& view) {
  if (view.outputs.count("net") == 0) {
    const CaseFinding values = judge_depth_loss(view);
    return values.verdict == Verdict::kPassed ? judge_depth_loss_gradient(view) : values;
  }
  CaseFinding finding = judge_loss_terms(view);
  for (const auto judge : {judge_net_loss, judge_net_loss_gradient}) {
    if (finding.verdict == Verdict::kPassed) finding = judge(view);
  }
  return finding;
}

}  // namespace pset3::judge::p3
