#include "starter/t0_tiny/tiny.hpp"

namespace pset3::tiny {

double sum(const Eigen::VectorXd& values) { return values.sum(); }

}  // namespace pset3::tiny
