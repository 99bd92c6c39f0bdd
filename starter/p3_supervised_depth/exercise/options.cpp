#include "starter/p3_supervised_depth/exercise/options.hpp"

#include <CLI/CLI.hpp>
#include <stdexcept>

namespace pset3::depth {
namespace {

constexpr int kPretrainingEpochs = 5;

/// What CLI11 reads before it becomes options.
struct Asked {
  std::vector<std::size_t> size;
  std::vector<double> range;
  bool is_full = false;
  bool pretrains = false;
  int pretraining_epochs = kPretrainingEpochs;
};

void add_network_options(CLI::App& app, NetworkSize& network, Asked& asked) {
  constexpr std::int64_t kMost = 10'000;
  app.add_option("--width", network.width, "Maps after the encoder's first convolution")
      ->check(CLI::Range(std::int64_t{2}, kMost))
      ->capture_default_str();
  app.add_option("--growth", network.growth, "Maps that each dense layer adds")
      ->check(CLI::Range(std::int64_t{1}, kMost))
      ->capture_default_str();
  app.add_option("--blocks", network.blocks, "Dense layers in the four blocks (2,4,6,4)")
      ->delimiter(',')
      ->expected(4)
      ->check(CLI::Range(std::int64_t{1}, kMost));
  app.add_flag("--full", asked.is_full, "DenseNet-161: --width 96 --growth 48 --blocks 6,12,36,24");
}

void add_options(CLI::App& app, ExerciseOptions& options, Asked& asked) {
  add_training_options(app, "Folder or .zip with pictures and depths, as of CLEVR-D or 7-Scenes",
                       options);
  app.add_option("--epochs", options.epochs, "Passes over the training pictures")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--pct", options.pct, "Share of the pictures that is used, 0 to 1")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  app.add_option("--size", asked.size, "HEIGHT WIDTH that pictures are brought to, in pixels")
      ->expected(2)
      ->check(CLI::Range(kLeastSide, std::size_t{4096}));
  app.add_option("--range", asked.range,
                 "NEAR FAR: the depths that brightness 1 and 0 stand for (4 22; 0.5 4.5 metres)")
      ->expected(2);
  add_network_options(app, options.network, asked);
  app.add_flag("--pretrain", asked.pretrains, "Question (e): train with pretraining as well");
  app.add_option("--pretraining-epochs", asked.pretraining_epochs, "Of the autoencoder")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--pretraining-rate", options.pretraining_rate, "Its learning rate")
      ->check(CLI::Range(1e-9, 1e3))
      ->capture_default_str();
}

}  // namespace

std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv) {
  ExerciseOptions options;
  // With half as many steps, half as large, the block world's network is no better than the means.
  options.batch_size = 8;
  options.learning_rate = 0.002;
  Asked asked;
  CLI::App app("Supervised monocular depth: trains your network and says how far off it is.",
               "./pset3 run p3");
  add_options(app, options, asked);
  if (!parse_command_line(app, argc, argv)) return std::nullopt;
  if (asked.is_full) options.network = {96, 48, {6, 12, 36, 24}};
  if (asked.pretrains) options.pretraining = asked.pretraining_epochs;
  if (!asked.size.empty()) options.size = PictureSize{asked.size[0], asked.size[1]};
  if (!asked.range.empty()) {
    options.scale = DepthScale{asked.range[0], asked.range[1]};
    // Written so that a NaN is refused too.
    if (!(options.scale->near > 0.0 && options.scale->far > options.scale->near)) {
      throw std::invalid_argument("--range: expected 0 < NEAR < FAR");
    }
  }
  return options;
}

}  // namespace pset3::depth
