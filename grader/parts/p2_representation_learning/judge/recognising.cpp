#include "grader/parts/p2_representation_learning/judge/recognising.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "grader/parts/p2_representation_learning/judge/rules.hpp"

namespace pset3::judge::p2 {
namespace {

constexpr double kNothingToRead = -9.0;

using Formulas = std::vector<double> (*)(const CallLog&, const CallRange&);

std::vector<double> reported(const CaseView& view, const std::string& name) {
  const arrays::Array& array = get(view.outputs, name);
  return {array.data<double>(), array.data<double>() + array.element_count()};
}

/// The number of the first formula that all results keep, as sums over all epochs until then or of
/// each epoch for itself; −1 when none does.
double explaining_formula(const CallLog& log, const std::vector<CallRange>& epochs,
                          const std::vector<double>& results, Formulas formulas) {
  const std::size_t skipped = epochs.size() < results.size() ? 0 : epochs.size() - results.size();
  std::vector<std::vector<double>> wanted;
  for (const CallRange& epoch : epochs) wanted.push_back(formulas(log, epoch));
  const auto fits = [&](std::size_t formula, std::size_t first, bool adds_up) {
    double sum = 0.0;
    for (std::size_t e = 0; e < results.size(); ++e) {
      const double one = wanted[first + e][formula];
      sum = adds_up ? sum + one : one;
      if (!(std::abs(results[e] - sum) <= 2e-4 * std::max(1.0, std::abs(sum)))) return false;
    }
    return true;
  };
  if (results.empty() || results.size() > epochs.size()) return -1.0;
  for (const bool adds_up : {false, true}) {
    for (std::size_t formula = 0; formula < wanted.front().size(); ++formula) {
      for (const std::size_t first : {std::size_t{0}, skipped}) {
        if (fits(formula, first, adds_up))
          return static_cast<double>(formula) + (adds_up ? 100 : 0);
      }
    }
  }
  return -1.0;
}

/// What epochs report; where no formula explains it, the values themselves.
Sketch sketch_results(const CaseView& view, const std::string& name, Formulas formulas) {
  const CallLog log(view);
  const std::vector<double> results = reported(view, name);
  if (!log.complaint().empty()) return {kNothingToRead};
  const auto epochs = log.epochs(get(view.outputs, "losses").element_count());
  if (!epochs) return {kNothingToRead};
  const double formula = explaining_formula(log, *epochs, results, formulas);
  Sketch sketch = {formula, static_cast<double>(results.size())};
  if (formula < 0.0) sketch.insert(sketch.end(), results.begin(), results.end());
  return sketch;
}

Sketch sketch_test_result(const CaseView& view, const std::string& name, Formulas formulas) {
  const CallLog log(view);
  if (!log.complaint().empty()) return {kNothingToRead};
  const double result = get(view.outputs, name).item<double>();
  const double formula = explaining_formula(log, {{0, log.calls().size()}}, {result}, formulas);
  return formula < 0.0 ? Sketch{formula, result} : Sketch{formula};
}

void append_weights(const CallLog& log, Sketch& sketch) {
  for (const Call& call : log.calls()) {
    sketch.insert(sketch.end(), call.weights.weight.begin(), call.weights.weight.end());
  }
  sketch.insert(sketch.end(), log.after().weight.begin(), log.after().weight.end());
}

std::vector<std::size_t> order_in(const CallLog& log, const CallRange& epoch) {
  std::vector<std::size_t> order;
  for (std::size_t c = epoch.begin; c < epoch.end; ++c) {
    const auto& examples = log.calls()[c].examples;
    order.insert(order.end(), examples.begin(), examples.end());
  }
  return order;
}

}  // namespace

Sketch sketch_order(const CaseView& view) {
  const CallLog log(view);
  if (!log.complaint().empty()) return {kNothingToRead};
  const auto epochs = log.epochs(get(view.outputs, "losses").element_count());
  if (!epochs) return {kNothingToRead, static_cast<double>(log.calls().size())};
  Sketch sketch = {static_cast<double>(epochs->size())};
  std::vector<std::size_t> earlier;
  for (const CallRange& epoch : *epochs) {
    const std::vector<std::size_t> order = order_in(log, epoch);
    sketch.push_back(static_cast<double>(epoch.end - epoch.begin));
    sketch.push_back(static_cast<double>(order.size()));
    sketch.push_back(static_cast<double>(log.calls()[epoch.begin].examples.size()));
    sketch.push_back(static_cast<double>(log.calls()[epoch.end - 1].examples.size()));
    sketch.push_back(std::is_sorted(order.begin(), order.end()) ? 1.0 : 0.0);
    sketch.push_back(order == earlier ? 1.0 : 0.0);
    sketch.push_back(each_once(log, epoch) ? 1.0 : 0.0);
    earlier = order;
  }
  return sketch;
}

Sketch sketch_steps(const CaseView& view) {
  const CallLog log(view);
  if (!log.complaint().empty()) return {kNothingToRead};
  const auto epochs = log.epochs(get(view.outputs, "losses").element_count());
  if (!epochs || epochs->empty()) return {kNothingToRead};
  // From the beginning on, or after an epoch that only looks.
  for (const std::size_t begin : {std::size_t{0}, epochs->front().end}) {
    if (begin >= log.calls().size()) continue;
    const int rule = explaining_rule(view, log, *epochs, begin);
    if (rule >= 0) return {static_cast<double>(rule), begin == 0 ? 0.0 : 1.0};
  }
  Sketch sketch = {-1.0};
  append_weights(log, sketch);
  return sketch;
}

Sketch sketch_train_loss(const CaseView& view) {
  return sketch_results(view, "losses", loss_formulas);
}
Sketch sketch_train_accuracy(const CaseView& view) {
  return sketch_results(view, "accuracies", accuracy_formulas);
}
Sketch sketch_test_loss(const CaseView& view) {
  return sketch_test_result(view, "loss", loss_formulas);
}
Sketch sketch_test_accuracy(const CaseView& view) {
  return sketch_test_result(view, "accuracy", accuracy_formulas);
}

}  // namespace pset3::judge::p2
