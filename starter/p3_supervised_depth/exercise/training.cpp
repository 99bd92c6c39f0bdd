#include "starter/p3_supervised_depth/exercise/training.hpp"

#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <utility>

#include "starter/common/data/data_file.hpp"
#include "starter/common/drawing/progress.hpp"
#include "starter/common/exercise/ask.hpp"
#include "starter/p3_supervised_depth/exercise/loading.hpp"
#include "starter/p3_supervised_depth/exercise/testing.hpp"
#include "starter/p3_supervised_depth/losses.hpp"
#include "starter/p3_supervised_depth/pretraining.hpp"

namespace pset3::depth {
namespace {

constexpr const char* kScratch = "scratch";
constexpr const char* kPretrained = "pretrained";
constexpr const char* kAutoencoder = "autoencoder";

EncoderOptions encoder_options(const NetworkSize& size) {
  EncoderOptions options;
  options.width = size.width;
  options.growth = size.growth;
  options.blocks = size.blocks;
  return options;
}

std::string text_of(const NetworkSize& size) {
  return fmt::format("{} {} {}", size.width, size.growth, fmt::join(size.blocks, ","));
}

double checked(double value, const char* function) {
  if (std::isfinite(value)) return value;
  throw Unanswered("d", fmt::format("{} returned {}; a smaller --rate may help", function, value));
}

/// A batch norm cannot learn from a single value, which is what an encoder makes of a small
/// picture.
/// @throws DataError
void check_last_batch(const ExerciseOptions& options, std::int64_t training_pictures,
                      const torch::Tensor& colours) {
  constexpr std::int64_t kSide = 64;  // of which the encoder makes two values
  const std::int64_t height = colours.size(2);
  const std::int64_t width = colours.size(3);
  const bool is_single = options.batch_size == 1 || training_pictures % options.batch_size == 1;
  if (!is_single || height >= kSide || width >= kSide) return;
  throw data_error({options.data, "",
                    "batches of 2 pictures or more, or pictures with a side of 64",
                    fmt::format("a batch with a single one of {} x {}, since {} train in batches "
                                "of {}",
                                height, width, training_pictures, options.batch_size),
                    "Take another --batch, or larger pictures with --size."});
}

}  // namespace

std::int64_t check_network(const ExerciseOptions& options, const ExerciseData& data) {
  return ask("b", "DenseDepth", [&] {
    torch::manual_seed(options.seed);
    DenseDepth model{DenseEncoder(encoder_options(options.network))};
    std::int64_t parameters = 0;
    for (const torch::Tensor& parameter : model.parameters()) parameters += parameter.numel();
    if (parameters == 0) {
      throw Unanswered("b", "DenseDepth has no parameters; register_module makes them known");
    }
    const torch::NoGradGuard no_gradients;
    model.eval();
    const std::int64_t height = data.images.colours.size(2);
    const std::int64_t width = data.images.colours.size(3);
    const torch::Tensor depths = model.forward(torch::zeros({2, 3, height, width}));
    if (depths.defined() && depths.sizes() == torch::IntArrayRef{2, 1, height, width}) {
      return parameters;
    }
    throw Unanswered("b", fmt::format("the depths of 2 images are {}; expected [2, 1, {}, {}]",
                                      shape_of(depths), height, width));
  });
}

void check_depth_loss() {
  ask("c", "depth_loss", [] {
    const torch::Tensor loss =
        depth_loss(torch::zeros({2, 1, 12, 16}), torch::ones({2, 1, 12, 16}));
    // A channel dimension of 1 that was kept does no harm.
    if (loss.defined() && loss.numel() == 2 * 12 * 16) return;
    throw Unanswered(
        "c", "depth_loss of two [2, 1, 12, 16] is " + shape_of(loss) + "; expected [2, 12, 16]");
  });
}

Trainer::Trainer(const ExerciseOptions& options, const ExerciseData& data)
    : options_(options),
      data_(data),
      loaders_(loaders_of(options, data)),
      data_fingerprint_(fingerprint({data.images.colours, data.images.depths, data.images.valid})),
      program_fingerprint_(fingerprint_of_program()) {
  torch::set_num_threads(options.threads);
  check_last_batch(options, loaders_.train.dataset().size(), data.images.colours);
}

Identity Trainer::identity_of(const std::string& name) const {
  return {{"training", name},
          {"pct", fmt::format("{:g}", options_.pct)},
          {"batch", std::to_string(options_.batch_size)},
          {"rate", fmt::format("{:g}", options_.learning_rate)},
          {"seed", std::to_string(options_.seed)},
          {"network", text_of(options_.network)},
          {"pictures", data_fingerprint_},
          {"program", program_fingerprint_}};
}

std::vector<double> Trainer::train_epoch(DenseDepth& model, torch::optim::Adam& optimizer,
                                         const DataLoaders& watched_loaders) {
  const auto batches = watched_loaders.train.batches();
  double loss_sum = 0.0;
  for (const auto& indices : batches) {
    const Batch batch = ask("a", "get", [&] { return watched_loaders.train.load(indices); });
    loss_sum += checked(ask("d", "train_step", [&] { return train_step(model, optimizer, batch); }),
                        "train_step");
  }
  const double test_loss = checked(
      ask("d", "evaluate", [&] { return evaluate(model, watched_loaders.test); }), "evaluate");
  return {loss_sum / static_cast<double>(batches.size()), test_loss};
}

void Trainer::train(const std::string& name, DenseDepth& model, torch::optim::Adam& optimizer,
                    ResumableTraining& training) const {
  const std::int64_t left = options_.epochs - training.done();
  if (left <= 0) return;
  drawing::Progress progress(
      name, left * (loaders_.train.dataset().size() + loaders_.test.dataset().size()));
  const DataLoaders watched_loaders = {watched(loaders_.train, progress),
                                       watched(loaders_.test, progress)};
  while (training.done() < options_.epochs) {
    torch::manual_seed(training.next_seed(options_.seed));
    training.keep(train_epoch(model, optimizer, watched_loaders));
  }
}

Outcome Trainer::train_and_test(const std::string& name, const NamedTensors& encoder,
                                std::vector<Sample>* samples) const {
  Identity identity = identity_of(name);
  if (!encoder.empty()) identity["encoder at the start"] = fingerprint_of(encoder);
  torch::manual_seed(options_.seed);
  const auto model = ask("b", "DenseDepth", [&] {
    DenseEncoder fresh(encoder_options(options_.network));
    if (!encoder.empty()) set_state(encoder, *fresh);
    return std::make_shared<DenseDepth>(fresh);
  });
  torch::optim::Adam optimizer(model->parameters(),
                               torch::optim::AdamOptions(options_.learning_rate));
  ResumableTraining training(name, options_.out, std::move(identity), *model, optimizer);
  if (!options_.starts_anew) training.resume(options_.epochs);
  train(name, *model, optimizer, training);
  Outcome outcome{name, {}, {}};
  for (const std::vector<double>& epoch : training.epochs()) {
    outcome.epochs.push_back({epoch.at(0), epoch.at(1)});
  }
  outcome.errors = errors_of(*model, loaders_.test, data_.scale, samples);
  return outcome;
}

void Trainer::train_from_scratch(Results& results) {
  results.samples.clear();
  results.outcomes.push_back(train_and_test(kScratch, {}, &results.samples));
}

std::vector<double> Trainer::pretrain_encoder(NamedTensors& encoder) const {
  const auto file = options_.out / (std::string(kAutoencoder) + ".safetensors");
  Identity identity = identity_of(kAutoencoder);
  identity["epochs"] = std::to_string(*options_.pretraining);
  identity["rate"] = fmt::format("{:g}", options_.pretraining_rate);
  auto before = options_.starts_anew ? std::nullopt : read_checkpoint(file, identity);
  if (!before) {
    torch::manual_seed(options_.seed);
    const DenseEncoder fresh(encoder_options(options_.network));
    const PretrainOptions how{*options_.pretraining, options_.pretraining_rate};
    before.emplace();
    const std::vector<double> losses = ask("e", "pretrain", [&] {
      drawing::Progress progress(kAutoencoder, how.epochs * loaders_.train.dataset().size());
      return pretrain(Autoencoder(fresh), watched(loaders_.train, progress), how);
    });
    for (const double loss : losses) before->epochs.push_back({loss});
    before->tensors = state_of(*fresh);
    write_checkpoint(file, identity, *before);
  }
  encoder = before->tensors;
  std::vector<double> losses;
  for (const std::vector<double>& epoch : before->epochs) {
    losses.push_back(static_cast<float>(epoch.at(0)));
  }
  return losses;
}

void Trainer::train_pretrained(Results& results) {
  NamedTensors encoder;
  results.pretraining_losses = pretrain_encoder(encoder);
  results.outcomes.push_back(train_and_test(kPretrained, encoder, nullptr));
}

}  // namespace pset3::depth
