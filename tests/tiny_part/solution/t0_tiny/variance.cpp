#include "starter/t0_tiny/tiny.hpp"

namespace pset3::tiny {

double variance([[maybe_unused]] const Eigen::VectorXd& values) {
  // TODO(student): Return the mean square distance from the mean (question (b)).
  // BEGIN SOLUTION
  return (values.array() - mean(values)).square().sum() / static_cast<double>(values.size());
  // END SOLUTION
}

}  // namespace pset3::tiny
