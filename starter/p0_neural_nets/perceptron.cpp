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
  PSET3_TODO();
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
  PSET3_TODO();
}

}  // namespace pset3::neural_nets
