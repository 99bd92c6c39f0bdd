#include "starter/p3_supervised_depth/exercise_training.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <utility>

#include "starter/common/ask.hpp"
#include "starter/common/progress.hpp"
#include "starter/p3_supervised_depth/exercise_loading.hpp"
#include "starter/p3_supervised_depth/exercise_testing.hpp"
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

/// @returns those of `tensors` whose names are in `wanted`.
NamedTensors part_of(const NamedTensors& tensors, const NamedTensors& wanted) {
  NamedTensors part;
  for (const auto& [name, tensor] : tensors) {
    if (wanted.count(name) > 0) part[name] = tensor;
  }
  return part;
}

double checked(double value, const char* function) {
  if (std::isfinite(value)) return value;
  throw Unanswered("d", fmt::format("{} returned {}; a smaller --rate may help", function, value));
}

}  // namespace

/// A training while it runs.
struct Trainer::Training {
  Outcome outcome;
  Identity identity;
  std::filesystem::path file;
  std::shared_ptr<DenseDepth> model;
  std::unique_ptr<torch::optim::Adam> optimizer;

  int done() const { return static_cast<int>(outcome.epochs.size()); }
  void keep() const {
    Checkpoint checkpoint;
    checkpoint.tensors = state_of(*model);
    checkpoint.tensors.merge(adam_state_of(*optimizer, *model));
    for (const EpochPoint& epoch : outcome.epochs) {
      checkpoint.epochs.push_back({epoch.training_loss, epoch.test_loss});
    }
    write_checkpoint(file, identity, checkpoint);
  }
};

Trainer::Trainer(const ExerciseOptions& options, const ExerciseData& data)
    : options_(options),
      data_(data),
      loaders_(loaders_of(options, data)),
      data_fingerprint_(fingerprint({data.images.colours, data.images.depths, data.images.valid})),
      program_fingerprint_(fingerprint_of_program()) {
  torch::set_num_threads(options.threads);
}

std::int64_t Trainer::check_network() const {
  return ask("b", "DenseDepth", [&] {
    torch::manual_seed(options_.seed);
    DenseDepth model{DenseEncoder(encoder_options(options_.network))};
    std::int64_t parameters = 0;
    for (const torch::Tensor& parameter : model.parameters()) parameters += parameter.numel();
    if (parameters == 0) {
      throw Unanswered("b", "DenseDepth has no parameters; register_module makes them known");
    }
    const torch::NoGradGuard no_gradients;
    model.eval();
    const std::int64_t height = data_.images.colours.size(2);
    const std::int64_t width = data_.images.colours.size(3);
    const torch::Tensor depths = model.forward(torch::zeros({2, 3, height, width}));
    if (depths.defined() && depths.sizes() == torch::IntArrayRef{2, 1, height, width}) {
      return parameters;
    }
    throw Unanswered("b", fmt::format("the depths of 2 images are {}; expected [2, 1, {}, {}]",
                                      shape_of(depths), height, width));
  });
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

void Trainer::resume(Training& training) const {
  if (options_.starts_anew || !std::filesystem::exists(training.file)) return;
  const std::string& name = training.outcome.name;
  const auto before = read_checkpoint(training.file, training.identity);
  if (!before || static_cast<int>(before->epochs.size()) > options_.epochs ||
      !set_state(part_of(before->tensors, state_of(*training.model)), *training.model) ||
      !set_adam_state(before->tensors, *training.model, *training.optimizer)) {
    std::cerr << name << ": the checkpoint is of other code, data or settings; starting anew\n";
    return;
  }
  for (const std::vector<double>& epoch : before->epochs) {
    training.outcome.epochs.push_back({epoch.at(0), epoch.at(1)});
  }
  std::cerr << (training.done() == options_.epochs
                    ? name + ": finished in an earlier run; --anew trains again\n"
                    : fmt::format("{}: goes on after epoch {} of {}\n", name, training.done(),
                                  options_.epochs));
}

void Trainer::train_epoch(Training& training, const DataLoaders& watched_loaders) const {
  const auto batches = watched_loaders.train.batches();
  double loss_sum = 0.0;
  for (const auto& indices : batches) {
    loss_sum += checked(ask("d", "train_step",
                            [&] {
                              return train_step(*training.model, *training.optimizer,
                                                watched_loaders.train.load(indices));
                            }),
                        "train_step");
  }
  const double test_loss =
      checked(ask("d", "evaluate", [&] { return evaluate(*training.model, watched_loaders.test); }),
              "evaluate");
  // As the checkpoint keeps them, so that tables do not change when a run is continued.
  const double training_loss = loss_sum / static_cast<double>(batches.size());
  training.outcome.epochs.push_back(
      {static_cast<float>(training_loss), static_cast<float>(test_loss)});
  training.keep();
}

Outcome Trainer::train_and_test(const std::string& name, const NamedTensors& encoder,
                                std::vector<Sample>* samples) {
  Training training;
  training.outcome.name = name;
  training.file = options_.out / (name + ".safetensors");
  training.identity = identity_of(name);
  if (!encoder.empty()) training.identity["encoder at the start"] = fingerprint_of(encoder);
  torch::manual_seed(options_.seed);
  ask("b", "DenseDepth", [&] {
    DenseEncoder fresh(encoder_options(options_.network));
    if (!encoder.empty()) set_state(encoder, *fresh);
    training.model = std::make_shared<DenseDepth>(fresh);
    return 0;
  });
  training.optimizer = std::make_unique<torch::optim::Adam>(
      training.model->parameters(), torch::optim::AdamOptions(options_.learning_rate));
  resume(training);
  const std::int64_t left = options_.epochs - training.done();
  if (left > 0) {
    drawing::Progress progress(
        name, left * (loaders_.train.dataset().size() + loaders_.test.dataset().size()));
    const DataLoaders watched_loaders = {watched(loaders_.train, progress),
                                         watched(loaders_.test, progress)};
    while (training.done() < options_.epochs) {
      // An epoch's order does not depend on where an earlier run stopped.
      torch::manual_seed(options_.seed +
                         1'000'003 * static_cast<std::uint64_t>(training.done() + 1));
      train_epoch(training, watched_loaders);
    }
  }
  training.outcome.errors = errors_of(*training.model, loaders_.test, data_.scale, samples);
  return training.outcome;
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
