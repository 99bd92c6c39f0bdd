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
  // BEGIN SOLUTION
  const auto samples = static_cast<double>(predictions.rows());
  const Matrix difference = predictions - targets;
  return {difference.squaredNorm() / samples, difference * (2.0 / samples)};
  // END SOLUTION
}

Loss binary_cross_entropy(const Matrix& probabilities, const Matrix& targets) {
  check_batch("binary_cross_entropy", probabilities, targets);

  // TODO(student): Write the loss and its gradient, finite for 0 and 1 (question (c)).
  // BEGIN SOLUTION
  constexpr double kEpsilon = 1e-12;
  const auto samples = static_cast<double>(probabilities.rows());
  const auto t = targets.array();
  const Eigen::ArrayXXd p = probabilities.array().max(kEpsilon).min(1.0 - kEpsilon);
  const double sum = (t * p.log() + (1.0 - t) * (1.0 - p).log()).sum();
  return {-sum / samples, ((1.0 - t) / (1.0 - p) - t / p) / samples};
  // END SOLUTION
}

Loss cross_entropy(const Matrix& probabilities, const Matrix& targets) {
  check_batch("cross_entropy", probabilities, targets);

  // TODO(student): Write the loss and its gradient, finite for 0 (question (c)).
  // BEGIN SOLUTION
  constexpr double kEpsilon = 1e-12;
  const auto samples = static_cast<double>(probabilities.rows());
  const auto t = targets.array();
  const Eigen::ArrayXXd p = probabilities.array().max(kEpsilon);
  return {-(t * p.log()).sum() / samples, -t / p / samples};
  // END SOLUTION
}

Loss softmax_cross_entropy(const Matrix& logits, const Matrix& targets) {
  check_batch("softmax_cross_entropy", logits, targets);

  // TODO(student): Write both in one, finite for any logits (question (c)).
  // BEGIN SOLUTION
  const auto samples = static_cast<double>(logits.rows());
  // log softmax(z) = z − max z − log Σ exp(z − max z); no probability of 0 is ever taken the log
  // of.
  const Matrix shifted = logits.colwise() - logits.rowwise().maxCoeff().eval();
  const Eigen::VectorXd log_sum = shifted.array().exp().rowwise().sum().log();
  const Matrix log_probabilities = shifted.colwise() - log_sum;
  return {-targets.cwiseProduct(log_probabilities).sum() / samples,
          (softmax(logits) - targets) / samples};
  // END SOLUTION
}

}  // namespace pset3::neural_nets
