#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/closeness.hpp"

namespace pset3::judge::p0 {
namespace {

struct Perceptron {
  Tensor weights;
  double bias = 0.0;
};

double score(const Perceptron& perceptron, const double* input) {
  double sum = perceptron.bias;
  for (std::size_t i = 0; i < perceptron.weights.values.size(); ++i) {
    sum += perceptron.weights.values[i] * input[i];
  }
  return sum;
}

/// @returns whether it was wrong, and is corrected.
bool correct(Perceptron& perceptron, const double* input, std::int64_t target, double rate) {
  const double said = score(perceptron, input) > 0.0 ? 1.0 : 0.0;
  const double error = static_cast<double>(target) - said;
  for (std::size_t i = 0; i < perceptron.weights.values.size(); ++i) {
    perceptron.weights.values[i] += rate * error * input[i];
  }
  perceptron.bias += rate * error;
  return error != 0.0;
}

Tensor one(double value) {
  Tensor tensor{Shape{}};
  tensor.values[0] = value;
  return tensor;
}

struct Training {
  Perceptron perceptron;
  std::vector<std::int64_t> mistakes;
};

Training train(const arrays::Arrays& inputs) {
  const Tensor samples = tensor_of(inputs, "inputs");
  const std::int64_t* targets = get(inputs, "targets").data<std::int64_t>();
  const double rate = get(inputs, "learning_rate").item<double>();
  Training training;
  training.perceptron.weights = Tensor({samples.size(1)});
  for (std::int64_t epoch = 0; epoch < get(inputs, "max_epochs").item<std::int64_t>(); ++epoch) {
    std::int64_t mistakes = 0;
    for (std::int64_t n = 0; n < samples.size(0); ++n) {
      const double* input = samples.values.data() + n * samples.size(1);
      mistakes += correct(training.perceptron, input, targets[n], rate) ? 1 : 0;
    }
    training.mistakes.push_back(mistakes);
    if (mistakes == 0) break;
  }
  return training;
}

std::vector<std::int64_t> counts_in(const arrays::Arrays& arrays, const std::string& name) {
  const arrays::Array& array = get(arrays, name);
  return {array.data<std::int64_t>(), array.data<std::int64_t>() + array.element_count()};
}

Training trained(const arrays::Arrays& outputs) {
  return {{tensor_of(outputs, "weights"), get(outputs, "bias").item<double>()},
          counts_in(outputs, "mistakes")};
}

/// Whether the result is what the student's own perceptron_update leads to. The first epoch begins
/// with weights of zero and meets samples of both classes: who has corrected none has not trained,
/// and an update that changes nothing does not excuse it.
bool follows_own_update(const CaseView& view, const Training& got, const std::string& way) {
  if (got.mistakes.empty() || got.mistakes[0] == 0) return false;
  const arrays::Array* own = own_array(view.outputs, way);
  if (own == nullptr || counts_in(view.outputs, "own_" + way + "_mistakes") != got.mistakes) {
    return false;
  }
  Tensor expected = tensor_of(view.outputs, "own_" + way);
  Tensor flat = expected;
  std::copy(got.perceptron.weights.values.begin(), got.perceptron.weights.values.end(),
            flat.values.begin());
  flat.values.back() = got.perceptron.bias;
  return close(expected, flat, relative_tolerance(view));
}

std::string list(const std::vector<std::int64_t>& counts) {
  constexpr std::size_t kMost = 12;
  const std::size_t shown = std::min(counts.size(), kMost);
  return fmt::format(
      "{}{}", fmt::join(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
      counts.size() > kMost ? ", …" : "");
}

std::string epochs(const std::vector<std::int64_t>& counts) {
  if (counts.empty()) return "no epoch at all";
  return fmt::format("{} epoch{} with {} mistakes", counts.size(), counts.size() == 1 ? "" : "s",
                     list(counts));
}

}  // namespace

CaseFinding judge_perceptron_update(const CaseView& view) {
  Perceptron expected = {tensor_of(view.inputs, "weights"),
                         get(view.inputs, "bias").item<double>()};
  const Tensor input = tensor_of(view.inputs, "input");
  const std::int64_t target = get(view.inputs, "target").item<std::int64_t>();
  const double before = score(expected, input.values.data());
  correct(expected, input.values.data(), target, get(view.inputs, "learning_rate").item<double>());
  CaseFinding finding = compare({{"weights", expected.weights, tensor_of(view.outputs, "weights")},
                                 {"bias", one(expected.bias), tensor_of(view.outputs, "bias")}},
                                relative_tolerance(view));
  if (finding.verdict == Verdict::kFailed) {
    finding.detail += fmt::format("; weights · x + bias was {}, so it said {}; the target is {}",
                                  number(before), before > 0.0 ? 1 : 0, target);
  }
  return finding;
}

CaseFinding judge_perceptron_training(const CaseView& view) {
  const Training expected = train(view.inputs);
  const Training got = trained(view.outputs);
  const bool right_counts = got.mistakes == expected.mistakes;
  CaseFinding finding = compare({{"weights", expected.perceptron.weights, got.perceptron.weights},
                                 {"bias", one(expected.perceptron.bias), one(got.perceptron.bias)}},
                                relative_tolerance(view));
  if (right_counts && finding.verdict == Verdict::kPassed) return finding;
  for (const char* way : {"by_changes", "by_predictions"}) {
    if (follows_own_update(view, got, way)) {
      return passed("what your own perceptron_update leads to", "the same");
    }
  }
  if (right_counts) {
    finding.detail += "; the numbers of mistakes are right";
    return finding;
  }
  return failed(epochs(expected.mistakes), epochs(got.mistakes));
}

}  // namespace pset3::judge::p0
