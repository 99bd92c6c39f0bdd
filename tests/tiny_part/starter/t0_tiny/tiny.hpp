#pragma once

#include <Eigen/Core>

#include "starter/common/errors.hpp"

namespace pset3::tiny {

/// Given.
double sum(const Eigen::VectorXd& values);

/// @param values  (N), N >= 1.
/// @returns their arithmetic mean. @throws NotImplemented in the starter.
double mean(const Eigen::VectorXd& values);

/// @param values  (N), N >= 1.
/// @returns the mean square of their distances from mean(values), divided by N and not by N - 1.
/// @throws NotImplemented in the starter.
double variance(const Eigen::VectorXd& values);

}  // namespace pset3::tiny
