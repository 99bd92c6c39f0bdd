#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

namespace pset3::representation {

/// What the command line of the exercise says.
struct ExerciseOptions {
  std::filesystem::path data;            ///< folder with IDX files, as of Fashion-MNIST
  std::filesystem::path out;             ///< folder for what is written; made when it is not there
  std::set<std::string> experiments{};   ///< their names; empty = all
  std::optional<int> epochs{};           ///< for all of those; none = each its own number
  std::optional<std::int64_t> images{};  ///< to train on, the first of the set; none = all
  std::optional<std::int64_t> test_images{};  ///< likewise
  std::int64_t batch_size = 16;
  double learning_rate = 0.001;
  double momentum = 0.9;
  std::uint64_t seed = 1;
  int threads = 1;           ///< that LibTorch may use; more help little with small batches
  bool is_frozen = false;    ///< fine-tuning changes the head alone
  bool starts_anew = false;  ///< does not continue what an earlier run began
};

/// @returns the options, or none when help was asked for and has been printed.
/// @throws std::invalid_argument that says in one line what is wrong.
std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv);

}  // namespace pset3::representation
