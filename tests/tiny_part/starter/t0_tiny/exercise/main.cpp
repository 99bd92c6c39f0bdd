#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "starter/t0_tiny/tiny.hpp"

namespace {

/// @param arguments  --data FOLDER and what else the harness gives.
Eigen::VectorXd numbers_in(const std::vector<std::string>& arguments) {
  std::ifstream file(arguments.at(1) + "/numbers.txt");
  const std::vector<double> numbers{std::istream_iterator<double>(file), {}};
  return Eigen::Map<const Eigen::VectorXd>(numbers.data(),
                                           static_cast<Eigen::Index>(numbers.size()));
}

}  // namespace

/// Mean and variance of the data, by the student's functions.
int main(int argc, char** argv) {
  const Eigen::VectorXd values = numbers_in({argv + 1, argv + argc});
  try {
    std::cout << "mean " << pset3::tiny::mean(values) << ", variance "
              << pset3::tiny::variance(values) << ", sum " << pset3::tiny::sum(values) << "\n";
  } catch (const std::exception& error) {
    std::cout << "open: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
