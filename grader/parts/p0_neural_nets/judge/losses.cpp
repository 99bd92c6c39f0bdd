#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/closeness.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"

namespace pset3::judge::p0 {
namespace {

/// In the order of LossKind.
constexpr std::array<const char*, 4> kLosses = {"squared_error", "binary_cross_entropy",
                                                "cross_entropy", "softmax_cross_entropy"};

struct LossCase {
  std::string name;
  LossKind kind = LossKind::kSquaredError;
  Tensor predictions;
  Tensor targets;
  double value = 0.0;
  Tensor gradient;

  double true_value() const { return loss_value(kind, predictions, targets); }
};

LossCase loss_case_in(const CaseView& view) {
  for (std::size_t i = 0; i < kLosses.size(); ++i) {
    if (view.outputs.count(kLosses[i]) == 0) continue;
    return {kLosses[i],
            static_cast<LossKind>(i),
            tensor_of(view.inputs, "predictions"),
            tensor_of(view.inputs, "targets"),
            get(view.outputs, kLosses[i]).item<double>(),
            tensor_of(view.outputs, "gradient")};
  }
  throw std::logic_error("this case returns no loss");
}

/// The smallest number that a logarithm is taken of; of probabilities alone.
double smallest_probability(const LossCase& loss) {
  double smallest = 1.0;
  for (std::size_t i = 0; i < loss.predictions.values.size(); ++i) {
    const double p = loss.predictions.values[i];
    const double t = loss.targets.values[i];
    if (t > 0.0) smallest = std::min(smallest, p);
    if (t < 1.0 && loss.kind == LossKind::kBinaryCrossEntropy)
      smallest = std::min(smallest, 1.0 - p);
  }
  return smallest;
}

/// A logarithm may be taken of p + ε or of the nearest p in [ε, 1 − ε], with an ε up to 1e-7, which
/// changes value and gradient by up to ε / p.
double tolerance_for(const CaseView& view, const LossCase& loss, double otherwise) {
  if (loss.kind == LossKind::kSquaredError) return otherwise;
  const double epsilon = tolerance_of(view, "epsilon", 2e-5);
  if (loss.kind == LossKind::kSoftmaxCrossEntropy) return epsilon;
  return std::max(epsilon, 1.5e-7 / std::max(smallest_probability(loss), 1e-3));
}

/// The cross entropy of the student's own softmax, as its own cross_entropy says or as the
/// definition does.
bool follows_own_softmax(const CaseView& view, const LossCase& loss, double relative) {
  if (loss.kind != LossKind::kSoftmaxCrossEntropy) return false;
  if (own_array(view.outputs, "value") != nullptr &&
      close(get(view.outputs, "own_value").item<double>(), loss.value, relative)) {
    return true;
  }
  if (own_array(view.outputs, "softmax") == nullptr) return false;
  const Tensor own = tensor_of(view.outputs, "own_softmax");
  return close(loss_value(LossKind::kCrossEntropy, own, loss.targets), loss.value, relative);
}

/// (own softmax − t) / N
bool gradient_follows_own_softmax(const CaseView& view, const LossCase& loss, double relative) {
  if (loss.kind != LossKind::kSoftmaxCrossEntropy ||
      own_array(view.outputs, "softmax") == nullptr) {
    return false;
  }
  Tensor expected = tensor_of(view.outputs, "own_softmax");
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    expected.values[i] -= loss.targets.values[i];
    expected.values[i] /= static_cast<double>(expected.size(0));
  }
  return close(expected, loss.gradient, relative);
}

bool is_plausible_factor(double factor) {
  return std::abs(factor) >= 1e-3 && std::abs(factor) <= 1e3;
}

/// Which way the loss falls where the submission is certain and wrong: −1 where a greater
/// prediction makes it smaller, +1 where it makes it larger, 0 where nothing is asked.
Tensor signs_wanted(const LossCase& loss) {
  const bool of_logits = loss.kind == LossKind::kSoftmaxCrossEntropy;
  const Tensor p = of_logits ? softmax(loss.predictions) : loss.predictions;
  Tensor signs(p.shape);
  for (std::size_t i = 0; i < p.values.size(); ++i) {
    const double t = loss.targets.values[i];
    if (p.values[i] == 0.0 && t == 1.0) signs.values[i] = -1.0;
    const bool other_way = loss.kind != LossKind::kCrossEntropy;
    if (other_way && p.values[i] == 1.0 && t == 0.0) signs.values[i] = 1.0;
  }
  return signs;
}

/// How many samples' outputs are certain and wrong, each of which costs −log ε.
double wrong_outputs(const LossCase& loss, const Tensor& signs) {
  double count = 0.0;
  for (const double sign : signs.values) {
    const bool counts = loss.kind == LossKind::kBinaryCrossEntropy ? sign != 0.0 : sign < 0.0;
    count += counts ? 1.0 : 0.0;
  }
  return count;
}

/// −1 where all signs are the other way round, which another check scores.
double direction_of(const Tensor& gradient, const Tensor& signs) {
  for (std::size_t i = 0; i < signs.values.size(); ++i) {
    if (signs.values[i] * gradient.values[i] > 0.0) return 1.0;
  }
  return -1.0;
}

bool is_certain(const LossCase& loss) {
  return loss.kind != LossKind::kSquaredError && largest_magnitude(signs_wanted(loss)) > 0.0;
}

}  // namespace

CaseFinding judge_loss_value(const CaseView& view) {
  const LossCase loss = loss_case_in(view);
  const double relative = tolerance_for(view, loss, relative_tolerance(view));
  const double expected = loss.true_value();
  const NumberPair numbers = told_apart(expected, loss.value);
  const std::string words = fmt::format("{} = {}", loss.name, numbers.expected);
  if (close(expected, loss.value, relative)) return passed(words, numbers.got);
  if (follows_own_softmax(view, loss, relative)) {
    return passed("the cross entropy of your own softmax", numbers.got);
  }
  std::string detail;
  const double ratio = loss.value / expected;
  if (is_plausible_factor(ratio)) {
    detail = fmt::format("{} times as much, for {} samples with {} outputs each", number(ratio),
                         loss.predictions.size(0), loss.predictions.size(1));
  }
  return failed(words, numbers.got, detail);
}

CaseFinding judge_loss_gradient(const CaseView& view) {
  const LossCase loss = loss_case_in(view);
  const double relative = tolerance_for(view, loss, difference_tolerance(view));
  const Compared right =
      compared_gradient("prediction", loss.predictions, loss.gradient,
                        [&](const Tensor& p) { return loss_value(loss.kind, p, loss.targets); });
  CaseFinding finding = compare({right}, relative, ", by differences");
  if (finding.verdict == Verdict::kPassed) return finding;
  const double factor = loss.value / loss.true_value();
  if (is_plausible_factor(factor) &&
      close(scaled(right.expected, factor), loss.gradient, relative)) {
    return passed("the derivative of the value that you return", "the same");
  }
  if (gradient_follows_own_softmax(view, loss, relative)) {
    return passed("the gradient that your own softmax gives", "the same");
  }
  if (judge_loss_value(view).verdict == Verdict::kFailed) {
    return blocked("p0.c.values", finding.expected, finding.got + "; your value is wrong too");
  }
  return finding;
}

namespace {

/// The derivative where samples are confident and wrong, worked out on paper: differences of large
/// numbers would be too coarse.
Tensor slopes_of(const LossCase& loss) {
  const bool of_logits = loss.kind == LossKind::kSoftmaxCrossEntropy;
  Tensor slopes = of_logits ? softmax(loss.predictions) : loss.predictions;
  for (std::size_t i = 0; i < slopes.values.size(); ++i) {
    const double p = slopes.values[i];
    const double t = loss.targets.values[i];
    const double slope = of_logits                                    ? p - t
                         : loss.kind == LossKind::kBinaryCrossEntropy ? (p - t) / (p * (1.0 - p))
                                                                      : -t / p;
    slopes.values[i] = slope / static_cast<double>(slopes.size(0));
  }
  return slopes;
}

/// The factor that brings one array closest to another.
double factor_between(const Tensor& from, const Tensor& to) {
  return dot(from, to) / dot(from, from);
}

/// The gradient is that of the definition, but for a factor or a sign, which another check scores.
CaseFinding judge_confident_gradient(const CaseView& view, const LossCase& loss) {
  const Tensor right = slopes_of(loss);
  const double factor = factor_between(right, loss.gradient);
  const double tolerance = tolerance_for(view, loss, difference_tolerance(view));
  const std::string words = "the gradient where a sample is confident of a wrong class";
  if (is_plausible_factor(factor) && close(scaled(right, factor), loss.gradient, tolerance)) {
    return passed(words, "the same");
  }
  if (gradient_follows_own_softmax(view, loss, tolerance)) {
    return passed("the gradient that your own softmax gives", "the same");
  }
  CaseFinding finding =
      compare({{"the derivative by the prediction", right, loss.gradient}}, tolerance);
  finding.detail += "\nThe more confident and wrong a sample is, the more it has to be moved.";
  return finding;
}

/// Small probabilities, none as small as any ε: the value is that of the definition, but for a
/// factor or a sign, which another check scores.
CaseFinding judge_confident_value(const CaseView& view, const LossCase& loss) {
  const double expected = loss.true_value();
  const auto samples = static_cast<double>(loss.predictions.size(0));
  const auto outputs = static_cast<double>(loss.predictions.size(1));
  const double tolerance = tolerance_for(view, loss, relative_tolerance(view));
  for (const double factor : {1.0, samples, outputs, samples * outputs, 2.0, std::log(2.0)}) {
    if (close(expected * factor, std::abs(loss.value), tolerance) ||
        close(expected / factor, std::abs(loss.value), tolerance)) {
      return passed("the cost of small probabilities", "the same");
    }
  }
  if (loss.kind == LossKind::kSoftmaxCrossEntropy) {
    return failed(
        fmt::format("{} = {}, for samples that are certain of a wrong class", loss.name,
                    number(expected)),
        number(loss.value),
        "This loss needs no ε: it grows by as much as the wrong logit does, without end.");
  }
  return failed(
      fmt::format("{} = {}, where the smallest probability is {}", loss.name, number(expected),
                  number(smallest_probability(loss))),
      number(loss.value),
      "Only probabilities of 0 and 1 may be moved, and by a tiny bit: an ε of 1e-12, say, "
      "and 1e-7 at most.");
}

}  // namespace

CaseFinding judge_certain(const CaseView& view) {
  const LossCase loss = loss_case_in(view);
  if (!is_certain(loss)) {
    CaseFinding finding = judge_confident_value(view, loss);
    return finding.verdict == Verdict::kPassed ? judge_confident_gradient(view, loss) : finding;
  }
  const Tensor signs = signs_wanted(loss);
  // The mean over the samples, or over all values where that was mixed up, which another check
  // scores.
  const double least = tolerance_of(view, "least", 10.0) * wrong_outputs(loss, signs) /
                       static_cast<double>(loss.predictions.values.size());
  if (!(std::abs(loss.value) >= least)) {
    return failed(fmt::format("{} is large, at least {}, where a certain probability is wrong",
                              loss.name, number(least)),
                  number(loss.value));
  }
  const double way = direction_of(loss.gradient, signs);
  for (std::size_t i = 0; i < signs.values.size(); ++i) {
    const double wanted = way * signs.values[i];
    if (wanted == 0.0 || wanted * loss.gradient.values[i] > 0.0) continue;
    return failed(fmt::format("gradient{} {} 0, since the prediction is {}, the target {}",
                              index_text(loss.gradient.shape, i), wanted < 0.0 ? "<" : ">",
                              number(loss.predictions.values[i]), number(loss.targets.values[i])),
                  number(loss.gradient.values[i]));
  }
  if (loss.kind == LossKind::kSoftmaxCrossEntropy) return judge_confident_value(view, loss);
  return passed("a finite, large value and a gradient that points the right way", "the same");
}

namespace {

/// The value in units of the right one; a half where each sample that is certain of a wrong class
/// costs −log ε, whatever the ε.
double share_of_true_value(const LossCase& loss) {
  const double share = loss.value / loss.true_value();
  if (loss.kind != LossKind::kSoftmaxCrossEntropy) return share;
  const Tensor p = softmax(loss.predictions);
  double wrong = 0.0;
  for (std::size_t i = 0; i < p.values.size(); ++i) {
    wrong += loss.targets.values[i] == 1.0 && p.values[i] < 1e-15 ? 1.0 : 0.0;
  }
  const double cost = loss.value * static_cast<double>(p.size(0)) / wrong;
  return share < 0.99 && cost > 15.0 && cost < 38.0 ? 0.5 : share;
}

/// How long the gradient is, along the right one, in each sample; nothing where all are the same.
void append_slopes(const LossCase& loss, Sketch& sketch) {
  const Tensor right = slopes_of(loss);
  const auto columns = static_cast<std::size_t>(right.size(1));
  Sketch factors;
  for (std::size_t begin = 0; begin < right.values.size(); begin += columns) {
    double product = 0.0;
    double square = 0.0;
    for (std::size_t i = begin; i < begin + columns; ++i) {
      product += right.values[i] * loss.gradient.values[i];
      square += right.values[i] * right.values[i];
    }
    factors.push_back(std::round(1000.0 * product / square) / 1000.0);
  }
  if (std::count(factors.begin(), factors.end(), factors.front()) ==
      static_cast<std::ptrdiff_t>(factors.size())) {
    return;
  }
  sketch.insert(sketch.end(), factors.begin(), factors.end());
}

}  // namespace

/// Signs alone: how large the numbers are depends on ε.
Sketch sketch_certain(const CaseView& view) {
  const LossCase loss = loss_case_in(view);
  if (!is_certain(loss)) {
    Sketch sketch = {share_of_true_value(loss)};
    append_slopes(loss, sketch);
    return sketch;
  }
  const Tensor signs = signs_wanted(loss);
  const double cells = static_cast<double>(loss.predictions.values.size());
  const double least = 10.0 * wrong_outputs(loss, signs) / cells;
  Sketch sketch = {loss.value < 0.0 ? -1.0 : 1.0, std::abs(loss.value) >= least ? 1.0 : 0.0};
  if (loss.kind == LossKind::kSoftmaxCrossEntropy) sketch.push_back(share_of_true_value(loss));
  for (std::size_t i = 0; i < signs.values.size(); ++i) {
    if (signs.values[i] == 0.0) continue;
    const double slope = loss.gradient.values[i];
    sketch.push_back(slope > 0.0 ? 1.0 : slope < 0.0 ? -1.0 : 0.0);
  }
  return sketch;
}

CaseFinding judge_loss(const CaseView& view) {
  if (is_certain(loss_case_in(view))) return judge_certain(view);
  CaseFinding finding = judge_loss_value(view);
  return finding.verdict == Verdict::kPassed ? judge_loss_gradient(view) : finding;
}

Sketch sketch_loss(const CaseView& view) {
  return is_certain(loss_case_in(view)) ? sketch_certain(view) : sketch_results(view);
}

}  // namespace pset3::judge::p0
