#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {
namespace {

void check_batch(const char* function, const Matrix& values, const Matrix& targets) {
  if (values.size() > 0 && values.rows() == targets.rows() && values.cols() == targets.cols()) {
    return;
  }
  throw does_not_fit(function, "two matrices of one shape, with at least one row and column",
                     shape_of(values) + " and " + shape_of(targets));
}

}  // namespace

Loss squared_error(const Matrix& predictions, const Matrix& targets) {
  check_batch("squared_error", predictions, targets);

  // TODO(student): Sum the squares over the outputs, average over the samples (question (c)).
  PSET3_TODO();
}

Loss binary_cross_entropy(const Matrix& probabilities, const Matrix& targets) {
  check_batch("binary_cross_entropy", probabilities, targets);

  // TODO(student): Write the loss and its gradient, finite for 0 and 1 (question (c)).
  PSET3_TODO();
}

Loss cross_entropy(const Matrix& probabilities, const Matrix& targets) {
  check_batch("cross_entropy", probabilities, targets);

  // TODO(student): Write the loss and its gradient, finite for 0 (question (c)).
  PSET3_TODO();
}

Loss softmax_cross_entropy(const Matrix& logits, const Matrix& targets) {
  check_batch("softmax_cross_entropy", logits, targets);

  // TODO(student): Write both in one, finite for any logits (question (c)).
  PSET3_TODO();
}

}  // namespace pset3::neural_nets
