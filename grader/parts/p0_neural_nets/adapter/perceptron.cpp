// Question (a).

#include "grader/parts/p0_neural_nets/adapter/conversions.hpp"
#include "grader/parts/p0_neural_nets/adapter/functions.hpp"

namespace pset3::adapter::p0 {
namespace {

using neural_nets::Perceptron;
using neural_nets::PerceptronTraining;

Arrays perceptron_update(const Arrays& inputs) {
  Perceptron perceptron;
  perceptron.weights = row_in(inputs, "weights");
  perceptron.bias = number_in(inputs, "bias");
  const RowVector input = row_in(inputs, "input");
  const Perceptron updated = neural_nets::perceptron_update(
      perceptron, input, static_cast<int>(whole_in(inputs, "target")),
      number_in(inputs, "learning_rate"));
  Arrays outputs = {{"weights", array_of(updated.weights)}, {"bias", Array::scalar(updated.bias)}};
  put_changed(outputs, inputs,
              {{"weights", array_of(perceptron.weights)},
               {"bias", Array::scalar(perceptron.bias)},
               {"input", array_of(input)}});
  return outputs;
}

struct TrainingInputs {
  Matrix inputs;
  std::vector<int> targets;
  double learning_rate = 0.0;
  int max_epochs = 0;
};

TrainingInputs training_inputs_of(const Arrays& inputs) {
  const Array& targets = arrays::get(inputs, "targets");
  TrainingInputs result;
  result.inputs = matrix_in(inputs, "inputs");
  for (std::size_t i = 0; i < targets.element_count(); ++i) {
    result.targets.push_back(static_cast<int>(targets.data<std::int64_t>()[i]));
  }
  result.learning_rate = number_in(inputs, "learning_rate");
  result.max_epochs = static_cast<int>(whole_in(inputs, "max_epochs"));
  return result;
}

/// What counts as a mistake where update and prediction of a submission may disagree.
enum class Counting { kChanges, kPredictions };

/// Trains with the student's own perceptron_update, so that a wrong update is not counted twice.
PerceptronTraining train_with_own_update(const TrainingInputs& given, Counting counting) {
  PerceptronTraining training;
  Perceptron& perceptron = training.perceptron;
  perceptron.weights = RowVector::Zero(given.inputs.cols());
  for (int epoch = 0; epoch < given.max_epochs; ++epoch) {
    int mistakes = 0;
    for (Index i = 0; i < given.inputs.rows(); ++i) {
      const RowVector input = given.inputs.row(i);
      const int target = given.targets[static_cast<std::size_t>(i)];
      const bool says_one = perceptron.weights.dot(input) + perceptron.bias > 0;
      const Perceptron updated =
          neural_nets::perceptron_update(perceptron, input, target, given.learning_rate);
      if (updated.weights.size() != input.size()) throw std::invalid_argument("no such size");
      const bool changed = updated.bias != perceptron.bias || updated.weights != perceptron.weights;
      const bool counts = counting == Counting::kChanges ? changed : says_one != (target == 1);
      mistakes += counts ? 1 : 0;
      if (counts) perceptron = updated;
    }
    training.mistakes.push_back(mistakes);
    if (mistakes == 0) break;
  }
  return training;
}

Array counts_of(const PerceptronTraining& training) {
  return Array::of(std::vector<std::int64_t>(training.mistakes.begin(), training.mistakes.end()));
}

/// One array (D + 1): weights and bias.
RowVector flat(const Perceptron& perceptron) {
  RowVector all(perceptron.weights.size() + 1);
  all << perceptron.weights, perceptron.bias;
  return all;
}

void put_own_training(Arrays& outputs, const std::string& name, const TrainingInputs& given,
                      Counting counting) {
  PerceptronTraining own;
  put_own_row(outputs, name, given.inputs.cols() + 1, [&] {
    own = train_with_own_update(given, counting);
    return flat(own.perceptron);
  });
  outputs["own_" + name + "_mistakes"] = counts_of(own);
}

Arrays train_perceptron(const Arrays& inputs) {
  const TrainingInputs given = training_inputs_of(inputs);
  const PerceptronTraining training = neural_nets::train_perceptron(
      given.inputs, given.targets, given.learning_rate, given.max_epochs);
  Arrays outputs = {{"weights", array_of(training.perceptron.weights)},
                    {"bias", Array::scalar(training.perceptron.bias)},
                    {"mistakes", counts_of(training)}};
  const std::vector<std::int64_t> targets(given.targets.begin(), given.targets.end());
  put_changed(outputs, inputs,
              {{"inputs", array_of(given.inputs)}, {"targets", Array::of(targets)}});
  put_own_training(outputs, "by_changes", given, Counting::kChanges);
  put_own_training(outputs, "by_predictions", given, Counting::kPredictions);
  return outputs;
}

}  // namespace

std::vector<run::Entry> perceptron_entries() {
  return {{"perceptron_update", perceptron_update}, {"train_perceptron", train_perceptron}};
}

}  // namespace pset3::adapter::p0
