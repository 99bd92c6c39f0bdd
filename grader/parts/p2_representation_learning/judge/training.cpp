#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p2_representation_learning/judge/call_log.hpp"
#include "grader/parts/p2_representation_learning/judge/checks.hpp"

namespace pset3::judge::p2 {
namespace {

/// A log with its epochs, or why there are none.
struct Training {
  explicit Training(const CaseView& view)
      : log(view),
        results(get(view.outputs, "losses").element_count()),
        asked(static_cast<std::size_t>(get(view.inputs, "epochs").item<std::int64_t>())) {
    if (log.complaint().empty()) epochs = log.epochs(results);
  }

  std::string complaint() const {
    if (!log.complaint().empty()) return log.complaint();
    return epochs ? "" : "an epoch that does not see each example once";
  }
  /// The first call after epoch 0.
  std::size_t first_learning_call() const { return epochs->front().end; }

  CallLog log;
  std::size_t results = 0;
  std::size_t asked = 0;  ///< epochs with updates
  std::optional<std::vector<CallRange>> epochs;
};

std::optional<CaseFinding> blocked_by_order(const Training& training, const std::string& expected) {
  const std::string complaint = training.complaint();
  if (complaint.empty()) return std::nullopt;
  return blocked("p2.c.order", expected, complaint);
}

/// That something stayed as it was says nothing where nothing was learnt.
std::optional<CaseFinding> blocked_by_idleness(const CallLog& log, const std::string& expected) {
  if (!log.complaint().empty()) return blocked("p2.c.order", expected, log.complaint());
  if (difference(log.before(), log.after()) > 0.0) return std::nullopt;
  return blocked("p2.c.steps", expected, "no parameter at all was changed");
}

/// The weights that a call met, or those at the end.
const LinearWeights& weights_at(const CallLog& log, std::size_t call) {
  return call < log.calls().size() ? log.calls()[call].weights : log.after();
}

void accumulate(double factor, const LinearWeights& gradient, LinearWeights& velocity) {
  const auto add = [&](const std::vector<double>& from, std::vector<double>& to) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = factor * to[i] + from[i];
  };
  add(gradient.weight, velocity.weight);
  add(gradient.bias, velocity.bias);
}

LinearWeights stepped(const LinearWeights& from, double rate, const LinearWeights& velocity) {
  LinearWeights to = from;
  for (std::size_t i = 0; i < to.weight.size(); ++i) to.weight[i] -= rate * velocity.weight[i];
  for (std::size_t i = 0; i < to.bias.size(); ++i) to.bias[i] -= rate * velocity.bias[i];
  return to;
}

struct StepError {
  std::size_t step = 0;   ///< counted from 1
  double expected = 0.0;  ///< by how much some weight moves
  double got = 0.0;
  double error = 0.0;
};

/// The first step that is not SGD with momentum, when updates begin at a call.
std::optional<StepError> first_wrong_step(const CaseView& view, const CallLog& log,
                                          std::size_t begin) {
  // Gradients in float are right to some 1e-6 of their size; weights are rounded to 1e-7.
  constexpr double kOfStep = 1e-4;
  constexpr double kRounding = 1e-6;
  const double rate = get(view.inputs, "learning_rate").item<double>();
  const double momentum = get(view.inputs, "momentum").item<double>();
  LinearWeights velocity = log.gradient(log.calls()[begin]);
  for (std::size_t c = begin; c < log.calls().size(); ++c) {
    const Call& call = log.calls()[c];
    if (c > begin) accumulate(momentum, log.gradient(call), velocity);
    const LinearWeights wanted = stepped(call.weights, rate, velocity);
    const LinearWeights& got = weights_at(log, c + 1);
    const double moved = difference(wanted, call.weights);
    const double error = difference(wanted, got);
    if (error <= kOfStep * moved + kRounding) continue;
    return StepError{c - begin + 1, moved, difference(got, call.weights), error};
  }
  return std::nullopt;
}

/// The results' epochs: a program with another number of epochs has the first or the last of them.
template <typename Fits>
bool results_fit(const Training& training, std::size_t results, const Fits& fits) {
  const std::size_t epochs = training.epochs->size();
  if (results == 0 || results > epochs) return false;
  for (const std::size_t first : {std::size_t{0}, epochs - results}) {
    bool all = true;
    for (std::size_t e = 0; e < results; ++e) all = all && fits(e, first + e);
    if (all) return true;
  }
  return false;
}

std::vector<double> values_of(const arrays::Array& array) {
  return {array.data<double>(), array.data<double>() + array.element_count()};
}

std::string listed(const std::vector<double>& values) {
  std::vector<std::string> words;
  for (const double value : values) words.push_back(fmt::format("{:.5g}", value));
  return words.empty() ? "none" : fmt::format("{}", fmt::join(words, ", "));
}

/// All examples in the order in which an epoch saw them.
std::vector<std::size_t> order_of(const CallLog& log, const CallRange& epoch) {
  std::vector<std::size_t> order;
  for (std::size_t c = epoch.begin; c < epoch.end; ++c) {
    const auto& examples = log.calls()[c].examples;
    order.insert(order.end(), examples.begin(), examples.end());
  }
  return order;
}

bool full_batches(const CallLog& log, const CallRange& epoch) {
  for (std::size_t c = epoch.begin; c < epoch.end; ++c) {
    const std::size_t size = log.calls()[c].examples.size();
    const bool last = c + 1 == epoch.end;
    if (size > log.batch_size() || (!last && size < log.batch_size())) return false;
  }
  return true;
}

/// How epochs go through the data; empty when it is right.
std::string order_complaint(const Training& training) {
  constexpr std::size_t kEnough = 20;  // examples: no shuffle gives the same order twice
  const CallLog& log = training.log;
  std::vector<std::size_t> earlier;
  for (std::size_t e = 0; e < training.epochs->size(); ++e) {
    const CallRange& epoch = (*training.epochs)[e];
    if (!each_once(log, epoch)) {
      return fmt::format("epoch {} does not see each of {} examples once", e, log.example_count());
    }
    if (!full_batches(log, epoch)) {
      return fmt::format("epoch {} has batches of other sizes than {}", e, log.batch_size());
    }
    if (e == 0) continue;
    std::vector<std::size_t> order = order_of(log, epoch);
    if (order == earlier && order.size() >= kEnough) {
      return fmt::format("epochs {} and {} go through the examples in the same order", e - 1, e);
    }
    earlier = std::move(order);
  }
  return "";
}

}  // namespace

CaseFinding judge_epoch_zero(const CaseView& view) {
  const Training training(view);
  const std::string expected = fmt::format(
      "{} results: epoch 0, which leaves the weights as they are, and {} epochs with updates",
      training.asked + 1, training.asked);
  if (auto finding = blocked_by_order(training, expected)) return *finding;
  const std::size_t epochs = training.epochs->size();
  if (training.results != training.asked + 1 || epochs != training.asked + 1) {
    return failed(expected, fmt::format("{} results of {} epochs", training.results, epochs));
  }
  for (std::size_t c = 0; c <= training.first_learning_call(); ++c) {
    const double moved = difference(weights_at(training.log, c), training.log.before());
    if (moved == 0.0) continue;
    return failed(expected, fmt::format("weights that move by up to {:.4g} in epoch 0", moved));
  }
  return passed(expected, "the same");
}

CaseFinding judge_steps(const CaseView& view) {
  const Training training(view);
  const std::string expected =
      "each step changes the weights by stochastic gradient descent with momentum on the batch's "
      "mean cross entropy";
  if (auto finding = blocked_by_order(training, expected)) return *finding;
  const CallLog& log = training.log;
  std::optional<StepError> wrong = first_wrong_step(view, log, 0);
  // Updates in epoch 0 are judged by another check.
  if (!wrong) return passed(expected, "the same");
  const std::size_t begin = training.first_learning_call();
  if (begin >= log.calls().size()) return failed(expected, "one epoch without updates");
  wrong = first_wrong_step(view, log, begin);
  if (!wrong) return passed(expected, "the same");
  return failed(expected, fmt::format("step {} is another one", wrong->step),
                fmt::format("step {}: a weight should move by up to {:.5g}, yours moves by up to "
                            "{:.5g}; the largest difference is {:.3g}",
                            wrong->step, wrong->expected, wrong->got, wrong->error));
}

CaseFinding judge_order(const CaseView& view) {
  const Training training(view);
  const std::string expected = fmt::format(
      "each epoch sees each of {} examples once, in batches of {} (the last may be smaller), in a "
      "new order",
      training.log.example_count(), training.log.batch_size());
  std::string complaint = training.complaint();
  if (complaint.empty()) complaint = order_complaint(training);
  return complaint.empty() ? passed(expected, "the same") : failed(expected, complaint);
}

CaseFinding judge_training_mode(const CaseView& view) {
  const Training training(view);
  const std::string expected = "a model in training mode in the epochs with updates";
  if (auto finding = blocked_by_order(training, expected)) return *finding;
  const auto& calls = training.log.calls();
  const std::size_t begin = std::min(training.first_learning_call(), calls.size() - 1);
  const auto wrong = std::count_if(calls.begin() + static_cast<std::ptrdiff_t>(begin), calls.end(),
                                   [](const Call& call) { return !call.training; });
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected,
                fmt::format("evaluation mode in {} of {} batches", wrong, calls.size() - begin));
}

CaseFinding judge_frozen(const CaseView& view) {
  const CallLog log(view);
  const std::string expected =
      "only model.parameters_to_train() change; the harness's model has one that is not among them";
  if (log.frozen_changed()) {
    return failed(expected, "the parameter that is not among them changed too");
  }
  const std::string left = state_left(view);
  if (!left.empty())
    return failed("what the whole program shares is as it was before train()", left);
  const bool is_to_learn = get(view.inputs, "epochs").item<std::int64_t>() > 0;
  const auto idle = blocked_by_idleness(log, expected);
  return is_to_learn && idle ? *idle : passed(expected, "the same");
}

CaseFinding judge_train_loss(const CaseView& view) {
  const Training training(view);
  const std::string expected = "the mean cross entropy of each epoch's batches";
  if (auto finding = blocked_by_order(training, expected)) return *finding;
  const std::vector<double> losses = values_of(get(view.outputs, "losses"));
  std::vector<Tally> right;
  std::vector<double> wanted;
  for (const CallRange& epoch : *training.epochs) {
    right.push_back(tally(training.log, epoch));
    wanted.push_back(right.back().mean_of_batches);
  }
  const std::string wanted_text = expected + ": " + listed(wanted);
  const bool fits = results_fit(
      training, losses.size(),
      [&](std::size_t result, std::size_t epoch) { return right[epoch].is_loss(losses[result]); });
  return fits ? passed(wanted_text, listed(losses)) : failed(wanted_text, listed(losses));
}

CaseFinding judge_train_accuracy(const CaseView& view) {
  const Training training(view);
  const std::string expected = "each epoch's share of images that got their label";
  if (auto finding = blocked_by_order(training, expected)) return *finding;
  const std::vector<double> accuracies = values_of(get(view.outputs, "accuracies"));
  std::vector<Tally> right;
  std::vector<double> wanted;
  for (const CallRange& epoch : *training.epochs) {
    right.push_back(tally(training.log, epoch));
    wanted.push_back(right.back().accuracy());
  }
  const std::string wanted_text = expected + ": " + listed(wanted);
  const bool fits =
      results_fit(training, accuracies.size(), [&](std::size_t result, std::size_t epoch) {
        return right[epoch].is_accuracy(accuracies[result]);
      });
  return fits ? passed(wanted_text, listed(accuracies)) : failed(wanted_text, listed(accuracies));
}

CaseFinding judge_told(const CaseView& view) {
  const bool told = get(view.inputs, "told").item<std::int64_t>() != 0;
  const std::vector<double> losses = values_of(get(view.outputs, "losses"));
  const std::string expected =
      told ? fmt::format("tell(epoch, result) after each of {} epochs, from 0 on", losses.size())
           : "results also where there is nobody to tell";
  if (!told) return passed(expected, "the same");
  const arrays::Array& epochs = get(view.outputs, "told_epochs");
  const auto* numbers = epochs.data<std::int64_t>();
  const std::vector<std::int64_t> got = {numbers, numbers + epochs.element_count()};
  std::vector<std::int64_t> wanted(losses.size());
  // Who has no epoch 0 begins with 1: that costs as a missing epoch.
  const std::int64_t asked = get(view.inputs, "epochs").item<std::int64_t>();
  const bool from_one =
      !got.empty() && got.front() == 1 && static_cast<std::int64_t>(losses.size()) <= asked;
  std::iota(wanted.begin(), wanted.end(), from_one ? 1 : 0);
  if (got != wanted) {
    return failed(expected, got.empty() ? "tell() was never called"
                                        : fmt::format("tell() of epochs {}", fmt::join(got, ", ")));
  }
  if (values_of(get(view.outputs, "told_losses")) != losses ||
      values_of(get(view.outputs, "told_accuracies")) !=
          values_of(get(view.outputs, "accuracies"))) {
    return failed(expected, "tell() with other results than train() returns");
  }
  // Each epoch's passes come between two calls of tell().
  const auto* calls = get(view.outputs, "told_calls").data<std::int64_t>();
  for (std::size_t e = 0; e + 1 < got.size(); ++e) {
    if (calls[e] < calls[e + 1]) continue;
    return failed(expected, "tell() called for several epochs at once");
  }
  return passed(expected, "the same");
}

CaseFinding judge_train(const CaseView& view) {
  CaseFinding finding = judge_order(view);
  for (const auto judge : {judge_epoch_zero, judge_steps, judge_training_mode, judge_frozen,
                           judge_train_loss, judge_train_accuracy, judge_told}) {
    if (finding.verdict == Verdict::kPassed) finding = judge(view);
  }
  return finding;
}

}  // namespace pset3::judge::p2
