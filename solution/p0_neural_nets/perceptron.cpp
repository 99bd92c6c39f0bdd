#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {
namespace {

void check_target_and_rate(const char* function, int target, double learning_rate) {
  if ((target == 0 || target == 1) && learning_rate > 0.0) return;
  throw does_not_fit(function, "targets of 0 or 1 and a learning rate above 0",
                     std::to_string(target) + " and " + std::to_string(learning_rate));
}

}  // namespace

Perceptron perceptron_update(const Perceptron& perceptron, const RowVector& input, int target,
                             double learning_rate) {
  if (input.size() != perceptron.weights.size()) {
    throw does_not_fit("perceptron_update", "weights (D) and an input (D)",
                       shape_of(perceptron.weights) + " and " + shape_of(input));
  }
  check_target_and_rate("perceptron_update", target, learning_rate);

  // TODO(student): Correct the perceptron where it says the wrong thing (question (a)).
  // BEGIN SOLUTION
  const int says = perceptron.weights.dot(input) + perceptron.bias > 0.0 ? 1 : 0;
  const double step = learning_rate * (target - says);
  return {perceptron.weights + step * input, perceptron.bias + step};
  // END SOLUTION
}

PerceptronTraining train_perceptron(const Matrix& inputs, const std::vector<int>& targets,
                                    double learning_rate, int max_epochs) {
  if (inputs.rows() != static_cast<Index>(targets.size()) || max_epochs < 1) {
    throw does_not_fit(
        "train_perceptron", "inputs (N, D), targets (N) and at least 1 epoch",
        shape_of(inputs) + ", " + shape_of(targets) + " and " + std::to_string(max_epochs));
  }
  for (const int target : targets) {
    check_target_and_rate("train_perceptron", target, learning_rate);
  }

  // TODO(student): Go through the samples until an epoch has no mistake (question (a)).
  // BEGIN SOLUTION
  PerceptronTraining training{{RowVector::Zero(inputs.cols()), 0.0}, {}};
  Perceptron& perceptron = training.perceptron;
  for (int epoch = 0; epoch < max_epochs; ++epoch) {
    int mistakes = 0;
    for (Index n = 0; n < inputs.rows(); ++n) {
      const int target = targets[static_cast<std::size_t>(n)];
      const int says = perceptron.weights.dot(inputs.row(n)) + perceptron.bias > 0.0 ? 1 : 0;
      if (says == target) continue;
      perceptron = perceptron_update(perceptron, inputs.row(n), target, learning_rate);
      ++mistakes;
    }
    training.mistakes.push_back(mistakes);
    if (mistakes == 0) break;
  }
  return training;
  // END SOLUTION
}

}  // namespace pset3::neural_nets
