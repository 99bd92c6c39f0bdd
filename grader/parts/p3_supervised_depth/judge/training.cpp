#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p3_supervised_depth/judge/checks.hpp"
#include "grader/parts/p3_supervised_depth/judge/closeness.hpp"

namespace pset3::judge::p3 {
namespace {

constexpr std::size_t kWeights = 4;  // of the harness's model
using Weights = std::array<double, kWeights>;

/// Adam (Kingma & Ba 2015, algorithm 1) with the constants that LibTorch has too, or plain steps.
class Optimizer {
 public:
  Optimizer(bool adam, double rate) : adam_(adam), rate_(rate) {}

  /// @returns by how much each weight moves.
  Weights step(const Weights& gradient) {
    constexpr double kBeta1 = 0.9;
    constexpr double kBeta2 = 0.999;
    constexpr double kEpsilon = 1e-8;
    ++steps_;
    Weights moves{};
    for (std::size_t i = 0; i < kWeights; ++i) {
      mean_[i] = kBeta1 * mean_[i] + (1.0 - kBeta1) * gradient[i];
      square_[i] = kBeta2 * square_[i] + (1.0 - kBeta2) * gradient[i] * gradient[i];
      const double mean = mean_[i] / (1.0 - std::pow(kBeta1, steps_));
      const double square = square_[i] / (1.0 - std::pow(kBeta2, steps_));
      moves[i] = -rate_ * (adam_ ? mean / (std::sqrt(square) + kEpsilon) : gradient[i]);
    }
    return moves;
  }

 private:
  bool adam_;
  double rate_;
  int steps_ = 0;
  Weights mean_{};
  Weights square_{};
};

Weights row_of(const arrays::Array& array, std::size_t row) {
  Weights values{};
  std::copy_n(array.data<float>() + row * kWeights, kWeights, values.begin());
  return values;
}

std::size_t step_count(const CaseView& view) {
  return static_cast<std::size_t>(get(view.inputs, "steps").item<std::int64_t>());
}

/// How many of a record's calls are marked.
std::int64_t marked(const CaseView& view, const std::string& name, std::int64_t mark) {
  const std::vector<std::int64_t> marks = whole_numbers(get(view.outputs, name));
  return std::count(marks.begin(), marks.end(), mark);
}

std::int64_t calls(const CaseView& view) { return get(view.outputs, "call_modes").shape()[0]; }

bool are_zero(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value == 0.0; });
}

double mean_of(const std::vector<double>& values, const std::vector<std::int64_t>& weights) {
  double sum = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i] * static_cast<double>(weights[i]);
    total += static_cast<double>(weights[i]);
  }
  return sum / total;
}

bool looks_once(const CaseView& view) {
  std::vector<std::int64_t> seen = whole_numbers(get(view.outputs, "seen"));
  std::sort(seen.begin(), seen.end());
  const std::int64_t count = get(view.inputs, "images").shape()[0];
  if (static_cast<std::int64_t>(seen.size()) != count) return false;
  for (std::int64_t i = 0; i < count; ++i) {
    if (seen[static_cast<std::size_t>(i)] != i) return false;
  }
  const std::vector<std::int64_t> sizes = whole_numbers(get(view.outputs, "call_sizes"));
  std::int64_t shown = 0;
  for (const std::int64_t size : sizes) shown += size;
  return shown == count;
}

}  // namespace

CaseFinding judge_training_steps(const CaseView& view) {
  // Gradients in float are right to some 1e-5 of their size; weights are rounded to 1e-7.
  constexpr double kOfStep = 2e-3;
  constexpr double kRounding = 1e-6;
  const bool adam = get(view.inputs, "adam").item<bool>();
  const std::string expected = fmt::format(
      "in each step, {} moves the weights against the gradient of your own net loss on this batch",
      adam ? "Adam" : "the optimiser");
  if (are_zero(numbers(get(view.outputs, "own_gradients")))) {
    return blocked("p3.d.net_gradient", expected, "a net loss without a gradient");
  }
  Optimizer optimizer(adam, get(view.inputs, "learning_rate").item<double>());
  for (std::size_t s = 0; s < step_count(view); ++s) {
    const Weights moves = optimizer.step(row_of(get(view.outputs, "own_gradients"), s));
    const Weights before = row_of(get(view.outputs, "weights"), s);
    const Weights after = row_of(get(view.outputs, "weights"), s + 1);
    for (std::size_t i = 0; i < kWeights; ++i) {
      const double got = after[i] - before[i];
      if (std::abs(got - moves[i]) <= kOfStep * std::abs(moves[i]) + kRounding) continue;
      return failed(expected, fmt::format("step {} is another one", s + 1),
                    fmt::format("step {}: weight {} should move by {:.5g}, yours moves by {:.5g}",
                                s + 1, i, moves[i], got));
    }
  }
  return passed(expected, "the same");
}

CaseFinding judge_step_losses(const CaseView& view) {
  const std::vector<double> got = numbers(get(view.outputs, "losses"));
  const std::vector<double> wanted = numbers(get(view.outputs, "own_losses"));
  if (are_zero(wanted)) {
    return blocked("p3.d.terms", "your net loss before each step", "a net loss that is always 0");
  }
  for (std::size_t s = 0; s < wanted.size(); ++s) {
    if (is_near(got[s], wanted[s])) continue;
    return failed(fmt::format("your net loss before step {}: {:.6g}", s + 1, wanted[s]),
                  fmt::format("{:.6g}", got[s]));
  }
  return passed("your net loss before each step", "the same");
}

CaseFinding judge_step_mode(const CaseView& view) {
  const std::string expected = "a model in training mode, whatever mode it was in before";
  const std::int64_t wrong = marked(view, "call_modes", 0);
  if (calls(view) == 0) return blocked("p3.d.steps", expected, "the model was not asked");
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected, fmt::format("evaluation mode in {} of {} calls", wrong, calls(view)));
}

CaseFinding judge_evaluation_loss(const CaseView& view) {
  const bool training = marked(view, "call_modes", 1) > 0;
  const std::vector<double> losses =
      numbers(get(view.outputs, training ? "own_losses_in_training" : "own_losses"));
  const std::vector<std::int64_t> sizes = whole_numbers(get(view.outputs, "own_sizes"));
  const std::vector<std::int64_t> ones(sizes.size(), 1);
  const double of_batches = mean_of(losses, ones);
  const double got = get(view.outputs, "loss").item<double>();
  const std::string expected =
      fmt::format("the mean of your net losses of the batches: {:.6g}", of_batches);
  if (are_zero(losses)) return blocked("p3.d.terms", expected, "a net loss that is always 0");
  const bool right = is_near(got, of_batches) || is_near(got, mean_of(losses, sizes));
  return right ? passed(expected, fmt::format("{:.6g}", got))
               : failed(expected, fmt::format("{:.6g}", got));
}

CaseFinding judge_evaluation_pass(const CaseView& view) {
  const std::string expected =
      fmt::format("each of {} examples is looked at once", get(view.inputs, "images").shape()[0]);
  if (looks_once(view)) return passed(expected, "the same");
  return failed(expected, "some were looked at several times or not at all");
}

CaseFinding judge_evaluation_mode(const CaseView& view) {
  const std::string expected = "a model in evaluation mode, whatever mode it was in before";
  const std::int64_t wrong = marked(view, "call_modes", 1);
  if (calls(view) == 0) return blocked("p3.d.once", expected, "the model was not asked");
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected, fmt::format("training mode in {} of {} calls", wrong, calls(view)));
}

CaseFinding judge_no_gradients(const CaseView& view) {
  const std::string expected = "no gradients are kept, and the weights stay";
  if (calls(view) == 0) return blocked("p3.d.once", expected, "the model was not asked");
  if (numbers(get(view.outputs, "weights_before")) != numbers(get(view.outputs, "weights_after"))) {
    return failed(expected, "the weights changed");
  }
  if (get(view.outputs, "keeps_gradients").item<bool>()) {
    return failed(expected, "the weights have gradients afterwards");
  }
  if (!get(view.outputs, "gradients_are_back").item<bool>()) {
    return failed(expected, "gradients are still switched off when evaluate() has returned");
  }
  const std::int64_t recorded = marked(view, "call_gradient_modes", 1);
  if (recorded == 0) return passed(expected, "the same");
  return failed(expected,
                fmt::format("gradients are recorded in {} of {} calls", recorded, calls(view)));
}

CaseFinding judge_unknown_pixels(const CaseView& view) {
  return view.outputs.count("seen") == 0 ? judge_training_steps(view) : judge_evaluation_loss(view);
}

CaseFinding judge_training(const CaseView& view) {
  if (view.outputs.count("net") != 0) return judge_losses(view);
  const bool steps = view.outputs.count("seen") == 0;
  CaseFinding finding = steps ? judge_step_mode(view) : judge_evaluation_pass(view);
  const std::vector<CaseFinding (*)(const CaseView&)> others =
      steps ? std::vector<CaseFinding (*)(const CaseView&)>{judge_training_steps, judge_step_losses}
            : std::vector<CaseFinding (*)(const CaseView&)>{
                  judge_evaluation_mode, judge_no_gradients, judge_evaluation_loss};
  for (const auto judge : others) {
    if (finding.verdict == Verdict::kPassed) finding = judge(view);
  }
  return finding;
}

}  // namespace pset3::judge::p3
