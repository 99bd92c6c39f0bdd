#include "starter/p2_representation_learning/exercise/options.hpp"

#include <CLI/CLI.hpp>
#include <vector>

#include "starter/p2_representation_learning/exercise/plan.hpp"

namespace pset3::representation {
namespace {

void add_options(CLI::App& app, ExerciseOptions& options, std::vector<std::string>& names) {
  std::vector<std::string> all;
  for (const Experiment& experiment : all_experiments()) all.push_back(experiment.name);
  add_training_options(app, "Folder with the images, as IDX files", options);
  app.add_option("--experiments", names, "Experiments to run, with commas between (default: all)")
      ->delimiter(',')
      ->check(CLI::IsMember(all));
  app.add_option("--epochs", options.epochs, "Epochs of each experiment (default: 10, 20 or 50)")
      ->check(CLI::Range(1, 100'000));
  app.add_option("--images", options.images, "Train on the first N images (default: all)")
      ->check(CLI::Range(1, 100'000'000));
  app.add_option("--test-images", options.test_images, "Test on the first N (default: all)")
      ->check(CLI::Range(1, 100'000'000));
  app.add_option("--momentum", options.momentum, "Of the steps")
      ->check(CLI::Range(0.0, 0.9999))
      ->capture_default_str();
  app.add_flag("--freeze", options.is_frozen, "Fine-tune the head alone");
}

}  // namespace

std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv) {
  ExerciseOptions options;
  std::vector<std::string> names;
  CLI::App app("Representation learning: the six experiments with your code.", "./pset3 run p2");
  add_options(app, options, names);
  if (!parse_command_line(app, argc, argv)) return std::nullopt;
  options.experiments = {names.begin(), names.end()};
  return options;
}

}  // namespace pset3::representation
