#include "grader/parts/p2_representation_learning/judge/rules.hpp"

#include <algorithm>

namespace pset3::judge::p2 {
namespace {

void scale(double factor, LinearWeights& weights) {
  for (double& value : weights.weight) value *= factor;
  for (double& value : weights.bias) value *= factor;
}

void add(double factor, const LinearWeights& more, LinearWeights& weights) {
  for (std::size_t i = 0; i < weights.weight.size(); ++i) {
    weights.weight[i] += factor * more.weight[i];
  }
  for (std::size_t i = 0; i < weights.bias.size(); ++i) weights.bias[i] += factor * more.bias[i];
}

/// The rules that are tried, in this order.
std::vector<StepRule> step_rules(double rate, double momentum) {
  const StepRule right{0.0, momentum, rate};
  std::vector<StepRule> rules = {right};
  const auto with = [&](const auto& change) {
    StepRule rule = right;
    change(rule);
    rules.push_back(rule);
  };
  with([](StepRule& rule) { rule.keeps_gradients = 1.0; });
  with([](StepRule& rule) { rule.momentum = 0.0; });
  with([](StepRule& rule) { rule.nesterov = true; });
  with([](StepRule& rule) { rule.sums = true; });
  with([](StepRule& rule) { rule.of_softmax = true; });
  with([](StepRule& rule) { rule.forgets_last = true; });
  with([](StepRule& rule) { rule.anew = true; });
  with([](StepRule& rule) { rule.fills_velocity = true; });
  with([](StepRule& rule) { rule.fills_gradients = true; });
  with([](StepRule& rule) { rule.fills_gradients = true, rule.keeps_gradients = 1.0; });
  with([](StepRule& rule) { rule.rate = 0.0; });
  with([](StepRule& rule) { rule.rate = -rule.rate; });
  with([](StepRule& rule) { rule.rate = 0.001, rule.momentum = 0.9; });
  with([](StepRule& rule) { rule.rate = 0.001; });
  with([](StepRule& rule) { rule.momentum = 0.9; });
  with([](StepRule& rule) { std::swap(rule.rate, rule.momentum); });
  with([](StepRule& rule) { rule.rate = 0.01; });
  with([](StepRule& rule) { rule.rate = 0.1; });
  with([](StepRule& rule) { rule.keeps_velocity = true; });
  return rules;
}

LinearWeights gradient_by(const StepRule& rule, const CallLog& log, const Call& call) {
  LinearWeights gradient = rule.of_softmax ? log.gradient_of_softmax(call) : log.gradient(call);
  if (rule.sums) scale(static_cast<double>(call.examples.size()), gradient);
  return gradient;
}

const LinearWeights& met_by(const CallLog& log, std::size_t call) {
  return call < log.calls().size() ? log.calls()[call].weights : log.after();
}

LinearWeights zeros_like(const LinearWeights& weights) {
  return {std::vector<double>(weights.weight.size()), std::vector<double>(weights.bias.size())};
}

/// The velocity, or the sum of gradients, that an epoch leaves which only should have looked.
LinearWeights left_by_epoch_zero(const StepRule& rule, const CallLog& log, std::size_t end) {
  LinearWeights left = zeros_like(log.before());
  for (std::size_t c = 0; c < end; ++c) {
    scale(rule.fills_velocity ? rule.momentum : 1.0, left);
    add(1.0, gradient_by(rule, log, log.calls()[c]), left);
  }
  return left;
}

/// The velocity with which a step was taken, whatever it came from.
LinearWeights velocity_of_step(const StepRule& rule, const CallLog& log, std::size_t call) {
  LinearWeights velocity = met_by(log, call);
  add(-1.0, met_by(log, call + 1), velocity);
  scale(1.0 / rule.rate, velocity);
  return velocity;
}

/// Whether steps from a call on can tell that the first one had a velocity: some velocity explains
/// any single step, and a call that moves nothing took no step.
bool may_go_on(const CallLog& log, std::size_t begin) {
  const bool is_single = begin + 1 >= log.calls().size();
  return !is_single && difference(met_by(log, begin + 1), met_by(log, begin)) > 0.0;
}

bool explains(const StepRule& rule, const CallLog& log, const std::vector<CallRange>& epochs,
              std::size_t begin) {
  constexpr double kOfStep = 1e-3;
  constexpr double kRounding = 1e-6;
  if ((rule.fills_velocity || rule.fills_gradients) && begin == 0) return false;
  if (rule.keeps_velocity && !may_go_on(log, begin)) return false;
  LinearWeights gradient;
  LinearWeights velocity;
  for (std::size_t c = begin; c < log.calls().size(); ++c) {
    const Call& call = log.calls()[c];
    const LinearWeights own = gradient_by(rule, log, call);
    const bool starts = std::any_of(epochs.begin(), epochs.end(),
                                    [&](const CallRange& epoch) { return epoch.begin == c; });
    if (c == begin) {
      gradient = rule.fills_gradients ? left_by_epoch_zero(rule, log, begin) : zeros_like(own);
      velocity = rule.fills_velocity ? left_by_epoch_zero(rule, log, begin) : zeros_like(own);
    }
    const bool keeps_all = rule.fills_gradients && c == begin;
    scale(keeps_all ? 1.0 : rule.keeps_gradients, gradient);
    add(1.0, own, gradient);
    scale(rule.anew && starts ? 0.0 : rule.momentum, velocity);
    add(1.0, gradient, velocity);
    if (rule.keeps_velocity && c == begin) velocity = velocity_of_step(rule, log, c);
    LinearWeights wanted = call.weights;
    const bool moves = !rule.forgets_last || c + 1 < log.calls().size();
    if (moves) {
      add(-rule.rate * (rule.nesterov ? rule.momentum : 1.0), velocity, wanted);
      if (rule.nesterov) add(-rule.rate, gradient, wanted);
    }
    const double moved = difference(wanted, call.weights);
    if (!(difference(wanted, met_by(log, c + 1)) <= kOfStep * moved + kRounding)) return false;
  }
  return true;
}

double count_of(const CallLog& log, const CallRange& calls) {
  double count = 0.0;
  for (std::size_t c = calls.begin; c < calls.end; ++c) {
    count += static_cast<double>(log.calls()[c].examples.size());
  }
  return count;
}

}  // namespace

int explaining_rule(const CaseView& view, const CallLog& log, const std::vector<CallRange>& epochs,
                    std::size_t begin) {
  const std::vector<StepRule> rules = step_rules(get(view.inputs, "learning_rate").item<double>(),
                                                 get(view.inputs, "momentum").item<double>());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (explains(rules[i], log, epochs, begin)) return static_cast<int>(i);
  }
  return -1;
}

std::vector<double> loss_formulas(const CallLog& log, const CallRange& calls) {
  const auto batches = static_cast<double>(calls.end - calls.begin);
  double sum = 0.0;
  double sum_of_sums = 0.0;
  double sum_of_softmax = 0.0;
  for (std::size_t c = calls.begin; c < calls.end; ++c) {
    const Call& call = log.calls()[c];
    sum += log.loss(call);
    sum_of_sums += log.loss(call) * static_cast<double>(call.examples.size());
    sum_of_softmax += log.loss_of_softmax(call);
  }
  const double images = count_of(log, calls);
  const auto size = static_cast<double>(log.batch_size());
  return {sum / batches,
          sum_of_sums / images,
          sum,
          sum_of_sums,
          sum_of_sums / batches,
          sum / images,
          sum / size,
          sum_of_softmax / batches,
          log.loss(log.calls()[calls.end - 1]),
          log.loss(log.calls()[calls.begin]),
          sum_of_sums / (batches * size)};
}

std::vector<double> accuracy_formulas(const CallLog& log, const CallRange& calls) {
  const auto batches = static_cast<double>(calls.end - calls.begin);
  double correct = 0.0;
  double sum_of_shares = 0.0;
  double lowest = 0.0;
  for (std::size_t c = calls.begin; c < calls.end; ++c) {
    const Call& call = log.calls()[c];
    const auto count = static_cast<double>(call.examples.size());
    correct += log.correct(call).most;
    sum_of_shares += log.correct(call).most / count;
    lowest += log.lowest_is_label(call);
  }
  const double images = count_of(log, calls);
  const auto size = static_cast<double>(log.batch_size());
  const Call& last = log.calls()[calls.end - 1];
  return {correct / images,
          sum_of_shares / batches,
          correct / (batches * size),
          correct / batches,
          correct,
          sum_of_shares,
          lowest / images,
          log.correct(last).most / static_cast<double>(last.examples.size()),
          100.0 * correct / images,
          correct / size,
          1.0 - correct / images};
}

}  // namespace pset3::judge::p2
