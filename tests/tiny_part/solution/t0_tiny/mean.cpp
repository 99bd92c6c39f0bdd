#include "starter/t0_tiny/tiny.hpp"

namespace pset3::tiny {

double mean([[maybe_unused]] const Eigen::VectorXd& values) {
  // TODO(student): Return the mean (question (a)).
  // BEGIN SOLUTION
  return values.sum() / static_cast<double>(values.size());
  // END SOLUTION
}

}  // namespace pset3::tiny
