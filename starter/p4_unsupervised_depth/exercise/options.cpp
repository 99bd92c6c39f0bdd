#include "starter/p4_unsupervised_depth/exercise/options.hpp"

#include <CLI/CLI.hpp>

namespace pset3::stereo {
namespace {

/// What CLI11 reads before it becomes options.
struct Asked {
  std::vector<std::size_t> size;
  bool is_resnet18 = false;
};

void add_figure_options(CLI::App& app, ExerciseOptions& options, Asked& asked) {
  app.add_option("--pair", options.pair, "The pair that the figures show, by its number from 0")
      ->check(CLI::Range(std::size_t{0}, std::size_t{1'000'000'000}))
      ->capture_default_str();
  app.add_option("--size", asked.size, "HEIGHT WIDTH that pictures are brought to, in pixels")
      ->expected(2)
      ->check(CLI::Range(std::size_t{8}, std::size_t{4096}));
  app.add_option("--per-pixel", options.per_pixel,
                 "What a disparity of one pixel is stored as (4 of 8 bits, 256 of 16 bits)")
      ->check(CLI::Range(1e-3, 1e6));
}

void add_network_options(CLI::App& app, ExerciseOptions& options, Asked& asked) {
  constexpr std::int64_t kMost = 10'000;
  app.add_flag("--train", options.trains, "Train the network on the pairs, and test it");
  app.add_option("--epochs", options.epochs, "Passes over the training pairs")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--smoothness", options.smoothness, "Weight of smoothness in the loss")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  app.add_option("--width", options.network.width, "Maps after the backbone's first convolution")
      ->check(CLI::Range(std::int64_t{1}, kMost))
      ->capture_default_str();
  app.add_option("--blocks", options.network.blocks, "Residual blocks in the stages (1,1,1,1)")
      ->delimiter(',')
      ->expected(4)
      ->check(CLI::Range(std::int64_t{1}, kMost));
  app.add_flag("--resnet18", asked.is_resnet18, "ResNet-18: --width 64 --blocks 2,2,2,2");
}

}  // namespace

std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv) {
  ExerciseOptions options;
  options.batch_size = 8;
  options.learning_rate = 0.002;
  Asked asked;
  CLI::App app(
      "Unsupervised monocular depth: what your functions make of a stereo pair, and what a network "
      "learns through them.",
      "./pset3 run p4");
  add_training_options(app,
                       "Folder with left.png and right.png, with image_02 and image_03 as of KITTI,"
                       " or with pairs as of CLEVR-D (or their .zip)",
                       options);
  add_figure_options(app, options, asked);
  add_network_options(app, options, asked);
  if (!parse_command_line(app, argc, argv)) return std::nullopt;
  if (asked.is_resnet18) options.network = {64, {2, 2, 2, 2}};
  if (!asked.size.empty()) options.size = PictureSize{asked.size[0], asked.size[1]};
  return options;
}

}  // namespace pset3::stereo
