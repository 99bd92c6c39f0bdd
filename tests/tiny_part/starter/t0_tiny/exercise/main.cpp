#include <iostream>

#include "starter/t0_tiny/tiny.hpp"

/// Mean and variance of 1 to 6, by the student's functions.
int main() {
  const Eigen::VectorXd values = Eigen::VectorXd::LinSpaced(6, 1.0, 6.0);
  try {
    std::cout << "mean " << pset3::tiny::mean(values) << ", variance "
              << pset3::tiny::variance(values) << ", sum " << pset3::tiny::sum(values) << "\n";
  } catch (const std::exception& error) {
    std::cout << "open: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
