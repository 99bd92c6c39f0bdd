#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "starter/common/training/training_options.hpp"

namespace pset3::representation {

/// The options of the exercise's command line; the data are a folder with IDX files, as of
/// Fashion-MNIST.
struct ExerciseOptions : TrainingOptions {
  std::set<std::string> experiments{};        ///< their names; empty = all
  std::optional<int> epochs{};                ///< for all of those; none = each its own number
  std::optional<std::int64_t> images{};       ///< to train on, the first of the set; none = all
  std::optional<std::int64_t> test_images{};  ///< likewise
  double momentum = 0.9;
  bool is_frozen = false;  ///< fine-tuning changes the head alone
};

/// @returns the options, or none when help was asked for and has been printed.
/// @throws std::invalid_argument that says in one line what is wrong.
std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv);

}  // namespace pset3::representation
