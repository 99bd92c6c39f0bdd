#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

// [[maybe_unused]] only keeps the compiler quiet about stubs.

namespace pset3::neural_nets {

Matrix sigmoid([[maybe_unused]] const Matrix& z) {
  // TODO(student): Squash each number into (0, 1) (question (b)).
  PSET3_TODO();
}

Matrix tanh([[maybe_unused]] const Matrix& z) {
  // TODO(student): Squash each number into (-1, 1) (question (b)).
  PSET3_TODO();
}

Matrix relu([[maybe_unused]] const Matrix& z) {
  // TODO(student): Set each negative number to zero (question (b)).
  PSET3_TODO();
}

Matrix sigmoid_derivative([[maybe_unused]] const Matrix& z) {
  // TODO(student): Differentiate the sigmoid at z (question (b)).
  PSET3_TODO();
}

Matrix tanh_derivative([[maybe_unused]] const Matrix& z) {
  // TODO(student): Differentiate tanh at z (question (b)).
  PSET3_TODO();
}

Matrix relu_derivative([[maybe_unused]] const Matrix& z) {
  // TODO(student): Differentiate the ReLU at z (question (b)).
  PSET3_TODO();
}

Matrix softmax(const Matrix& logits) {
  if (logits.cols() < 1) {
    throw does_not_fit("softmax", "logits (N, K) with K at least 1", shape_of(logits));
  }

  // TODO(student): Turn each row into probabilities, however large its numbers (question (b)).
  PSET3_TODO();
}

}  // namespace pset3::neural_nets
