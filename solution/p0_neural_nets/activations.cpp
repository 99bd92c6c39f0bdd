#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

// [[maybe_unused]] only keeps the compiler quiet about stubs.

namespace pset3::neural_nets {

Matrix sigmoid([[maybe_unused]] const Matrix& z) {
  // TODO(student): Squash each number into (0, 1) (question (b)).
  // BEGIN SOLUTION
  return (1.0 + (-z.array()).exp()).inverse();
  // END SOLUTION
}

Matrix tanh([[maybe_unused]] const Matrix& z) {
  // TODO(student): Squash each number into (-1, 1) (question (b)).
  // BEGIN SOLUTION
  return z.array().tanh();
  // END SOLUTION
}

Matrix relu([[maybe_unused]] const Matrix& z) {
  // TODO(student): Set each negative number to zero (question (b)).
  // BEGIN SOLUTION
  return z.cwiseMax(0.0);
  // END SOLUTION
}

Matrix sigmoid_derivative([[maybe_unused]] const Matrix& z) {
  // TODO(student): Differentiate the sigmoid at z (question (b)).
  // BEGIN SOLUTION
  return sigmoid(z).cwiseProduct(sigmoid(-z));  // 1 − sigmoid(z), without a difference to round
  // END SOLUTION
}

Matrix tanh_derivative([[maybe_unused]] const Matrix& z) {
  // TODO(student): Differentiate tanh at z (question (b)).
  // BEGIN SOLUTION
  return z.array().cosh().square().inverse();  // 1 − tanh², without a difference to round
  // END SOLUTION
}

Matrix relu_derivative([[maybe_unused]] const Matrix& z) {
  // TODO(student): Differentiate the ReLU at z (question (b)).
  // BEGIN SOLUTION
  return (z.array() > 0.0).cast<double>();
  // END SOLUTION
}

Matrix softmax(const Matrix& logits) {
  if (logits.cols() < 1) {
    throw does_not_fit("softmax", "logits (N, K) with K at least 1", shape_of(logits));
  }

  // TODO(student): Turn each row into probabilities, however large its numbers (question (b)).
  // BEGIN SOLUTION
  // The largest exponent is 0, so nothing overflows and no sum is 0.
  const Matrix powers = (logits.colwise() - logits.rowwise().maxCoeff().eval()).array().exp();
  return powers.array().colwise() / powers.rowwise().sum().array();
  // END SOLUTION
}

}  // namespace pset3::neural_nets
