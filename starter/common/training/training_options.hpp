#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace pset3 {

/// What the command lines of all exercises that train have in common.
struct TrainingOptions {
  std::filesystem::path data;  ///< folder or archive with the data
  std::filesystem::path out;   ///< folder for what is written; made when it is not there
  std::int64_t batch_size = 16;
  double learning_rate = 0.001;
  std::uint64_t seed = 1;
  int threads = 1;           ///< that LibTorch may use
  bool starts_anew = false;  ///< does not continue what an earlier run began
};

/// @param data  what --data names, for the help.
void add_training_options(CLI::App& app, const std::string& data, TrainingOptions& options);

/// @returns false when help was asked for and has been printed.
/// @throws std::invalid_argument that says in one line what is wrong.
bool parse_command_line(CLI::App& app, int argc, const char* const* argv);

}  // namespace pset3
