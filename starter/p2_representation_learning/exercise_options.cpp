#include "starter/p2_representation_learning/exercise_options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <stdexcept>
#include <vector>

#include "starter/p2_representation_learning/exercise_plan.hpp"

namespace pset3::representation {
namespace {

void add_options(CLI::App& app, ExerciseOptions& options, std::vector<std::string>& names) {
  std::vector<std::string> all;
  for (const Experiment& experiment : all_experiments()) all.push_back(experiment.name);
  app.add_option("--data", options.data, "Folder with the images, as IDX files")->required();
  app.add_option("--out", options.out, "Folder for pictures, tables and checkpoints")->required();
  app.add_option("--experiments", names, "Which, with commas between (default: all)")
      ->delimiter(',')
      ->check(CLI::IsMember(all));
  app.add_option("--epochs", options.epochs, "For each of them (default: 10, 20 or 50)")
      ->check(CLI::Range(1, 100'000));
  app.add_option("--images", options.images, "Train on the first N images (default: all)")
      ->check(CLI::Range(1, 100'000'000));
  app.add_option("--test-images", options.test_images, "Test on the first N (default: all)")
      ->check(CLI::Range(1, 100'000'000));
  app.add_option("--batch", options.batch_size, "Images in a batch")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--rate", options.learning_rate, "Learning rate")
      ->check(CLI::Range(1e-9, 1e3))
      ->capture_default_str();
  app.add_option("--momentum", options.momentum, "Of the steps")
      ->check(CLI::Range(0.0, 0.9999))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the weights, batches and rotations")
      ->capture_default_str();
  app.add_option("--threads", options.threads, "That LibTorch may use")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_flag("--freeze", options.is_frozen, "Fine-tune the head alone");
  app.add_flag("--anew", options.starts_anew, "Do not continue what an earlier run began");
}

}  // namespace

std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv) {
  ExerciseOptions options;
  std::vector<std::string> names;
  CLI::App app("Representation learning: the six experiments with your code.");
  add_options(app, options, names);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw std::invalid_argument(error.what());
  }
  options.experiments = {names.begin(), names.end()};
  return options;
}

}  // namespace pset3::representation
