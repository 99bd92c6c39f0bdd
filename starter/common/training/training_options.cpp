#include "starter/common/training/training_options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <stdexcept>

namespace pset3 {

void add_training_options(CLI::App& app, const std::string& data, TrainingOptions& options) {
  app.add_option("--data", options.data, data)
      ->required()
      ->option_text("PATH (default: the built-in data)");
  app.add_option("--out", options.out, "Folder for pictures, tables and checkpoints")
      ->required()
      ->option_text("DIR (default: out/PART)");
  app.add_option("--batch", options.batch_size, "Images in a batch")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--rate", options.learning_rate, "Learning rate")
      ->check(CLI::Range(1e-9, 1e3))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of all random numbers")->capture_default_str();
  app.add_option("--threads", options.threads, "That LibTorch may use")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_flag("--anew", options.starts_anew, "Do not continue what an earlier run began");
}

bool parse_command_line(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return false;
  } catch (const CLI::ParseError& error) {
    throw std::invalid_argument(error.what());
  }
  return true;
}

}  // namespace pset3
