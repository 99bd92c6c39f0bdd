#pragma once

#include <filesystem>
#include <optional>

#include "starter/p0_neural_nets/neural_nets.hpp"

namespace pset3::neural_nets {

/// The options of the exercise's command line.
struct ExerciseOptions {
  std::filesystem::path data;  ///< folder with IDX files, as of Fashion-MNIST
  std::filesystem::path out;   ///< folder for what is written; made when it is not there
  int steps = 1500;            ///< steps of gradient descent on the images
  int spiral_steps = 4000;     ///< and on the spiral
  double learning_rate = 0.1;
  Activation activation = Activation::kTanh;
  bool partial_data = false;  ///< take what is there of files that are cut off
};

/// @returns the options, or none when help was asked for and has been printed.
/// @throws std::invalid_argument that says in one line what is wrong.
std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv);

}  // namespace pset3::neural_nets
