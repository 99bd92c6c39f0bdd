#include "starter/p0_neural_nets/exercise/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

namespace pset3::neural_nets {

std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv) {
  ExerciseOptions options;
  const std::map<std::string, Activation> activations = {
      {"sigmoid", Activation::kSigmoid}, {"tanh", Activation::kTanh}, {"relu", Activation::kRelu}};
  CLI::App app("Neural networks: trains your network on a spiral and on images.", "./pset3 run p0");
  app.add_option("--data", options.data, "Folder with the images, as IDX files")
      ->required()
      ->option_text("DIR (default: the built-in data)");
  app.add_option("--out", options.out, "Folder for pictures and tables")
      ->required()
      ->option_text("DIR (default: out/p0)");
  app.add_option("--steps", options.steps, "Steps of gradient descent on the images")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--spiral-steps", options.spiral_steps, "Steps on the spiral")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--rate", options.learning_rate, "Learning rate")
      ->check(CLI::Range(1e-9, 1e3))
      ->capture_default_str();
  app.add_option("--activation", options.activation, "Between the layers")
      ->transform(CLI::CheckedTransformer(activations, CLI::ignore_case))
      ->option_text("sigmoid|tanh|relu");
  app.add_flag("--partial-data", options.partial_data,
               "Use the images that a cut-off file still has");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw std::invalid_argument(error.what());
  }
  return options;
}

}  // namespace pset3::neural_nets
