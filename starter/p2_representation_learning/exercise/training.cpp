#include "starter/p2_representation_learning/exercise/training.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <iostream>

#include "starter/common/drawing/progress.hpp"
#include "starter/common/exercise/ask.hpp"
#include "starter/p2_representation_learning/testing.hpp"
#include "starter/p2_representation_learning/training.hpp"

namespace pset3::representation {
namespace {

std::int64_t classes_of(Predicts predicts) {
  return predicts == Predicts::kRotation ? kRotations : kClasses;
}

void keep_first(std::optional<std::int64_t> count, LabelledImages& set) {
  if (!count || *count >= set.images.size(0)) return;
  set.images = set.images.slice(0, 0, *count).clone();
  set.labels = set.labels.slice(0, 0, *count).clone();
}

/// A dataset that says how often it was asked.
class Watched : public ImageDataset {
 public:
  Watched(const ImageDataset& dataset, drawing::Progress& progress)
      : dataset_(dataset), progress_(progress) {}
  std::int64_t size() const override { return dataset_.size(); }
  Example get(std::int64_t index) const override {
    progress_.advance();
    return dataset_.get(index);
  }

 private:
  const ImageDataset& dataset_;
  drawing::Progress& progress_;
};

Sample sample_of(const Example& example, std::int64_t classes) {
  const torch::Tensor& image = example.image;
  if (!image.defined() || image.sizes() != torch::IntArrayRef{1, kImageSide, kImageSide} ||
      image.scalar_type() != torch::kFloat) {
    throw Unanswered(
        "a", "get returned an image " + shape_of(image) + "; expected [1, 32, 32] of floats");
  }
  if (!example.label.defined() || example.label.dim() != 0 ||
      example.label.scalar_type() != torch::kInt64) {
    throw Unanswered("a",
                     "get returned a label " + shape_of(example.label) + "; expected [] of int64");
  }
  const auto label = example.label.item<std::int64_t>();
  if (label < 0 || label >= classes) {
    throw Unanswered("a",
                     fmt::format("get returned label {}; expected 0 to {}", label, classes - 1));
  }
  const torch::Tensor plain = (image * kStandardDeviation + kMean).clamp(0, 1).contiguous();
  const auto* first = plain.data_ptr<float>();
  return {{first, first + plain.numel()}, static_cast<int>(kImageSide), label};
}

std::vector<std::vector<double>> table_of(const std::vector<EpochPoint>& epochs) {
  std::vector<std::vector<double>> table;
  table.reserve(epochs.size());
  for (const EpochPoint& epoch : epochs) table.push_back({epoch.loss, epoch.accuracy});
  return table;
}

double checked(double value, const char* what, std::size_t epoch) {
  if (std::isfinite(value)) return value;
  throw Unanswered("c", fmt::format("train returned a {} of {} in epoch {}; a smaller --rate "
                                    "may help",
                                    what, value, epoch));
}

}  // namespace

/// An experiment while it runs.
struct Trainer::Training {
  const Experiment& experiment;
  Identity identity{};
  std::filesystem::path file{};
  ImageEmbedNet embed{nullptr};
  std::unique_ptr<ImageClassifyModel> model{};
  Outcome outcome{};

  int done() const { return static_cast<int>(outcome.epochs.size()) - 1; }
};

ExerciseData read_data(const ExerciseOptions& options, const std::vector<Experiment>& plan) {
  ExerciseData data{read_images(options.data, Split::kTrain),
                    read_images(options.data, Split::kTest)};
  keep_first(options.images, data.training);
  keep_first(options.test_images, data.test);
  const auto count = static_cast<double>(data.training.images.size(0));
  for (const Experiment& experiment : plan) {
    if (count * experiment.share >= 1.0) continue;
    throw std::invalid_argument(fmt::format("{} % of {} images is none; {} needs more of them",
                                            100.0 * experiment.share, count, experiment.name));
  }
  return data;
}

Trainer::Trainer(const ExerciseOptions& options, const ExerciseData& data)
    : options_(options),
      data_(data),
      data_fingerprint_(fingerprint({data.training.images, data.training.labels})),
      program_fingerprint_(fingerprint_of_program()) {
  torch::set_num_threads(options.threads);
}

std::unique_ptr<ImageDataset> Trainer::dataset(Split split, double share, Predicts predicts) const {
  const LabelledImages& source = split == Split::kTrain ? data_.training : data_.test;
  const Labels labels = predicts == Predicts::kRotation ? Labels::kRotation : Labels::kClass;
  return ask("a", "MNISTDatasetWrapper", [&] {
    auto made = std::make_unique<MNISTDatasetWrapper>(source, share, labels);
    if (made->size() > 0) return made;
    throw Unanswered("a", fmt::format("MNISTDatasetWrapper has size {} for {} % of {} images",
                                      made->size(), 100.0 * share, source.images.size(0)));
  });
}

std::vector<Sample> Trainer::samples(Predicts predicts, std::int64_t count) const {
  torch::manual_seed(options_.seed);
  const auto images = dataset(Split::kTrain, 1.0, predicts);
  std::vector<Sample> samples;
  for (std::int64_t i = 0; i < std::min(count, images->size()); ++i) {
    const Example example = ask("a", "get", [&] { return images->get(i); });
    samples.push_back(sample_of(example, classes_of(predicts)));
  }
  return samples;
}

void Trainer::check_networks() {
  for (const Predicts predicts : {Predicts::kClass, Predicts::kRotation}) {
    const std::int64_t classes = classes_of(predicts);
    const torch::Tensor logits = ask("b", "ImageClassifyModel", [&] {
      ImageClassifyModel model(ImageEmbedNet(), classes);
      if (!model.parameters().empty()) return model.forward(torch::zeros({2, 1, 32, 32}));
      throw Unanswered("b",
                       "ImageClassifyModel has no parameters; register_module makes them "
                       "known");
    });
    if (logits.defined() && logits.sizes() == torch::IntArrayRef{2, classes}) continue;
    throw Unanswered("b", fmt::format("the logits of 2 images are {}; expected [2, {}]",
                                      shape_of(logits), classes));
  }
}

Identity Trainer::identity_of(const Experiment& experiment) const {
  const NamedTensors start =
      experiment.starts_from == StartsFrom::kRotation ? pretrained_ : NamedTensors();
  return {{"experiment", experiment.name},
          {"share", fmt::format("{:g}", experiment.share)},
          {"batch", std::to_string(options_.batch_size)},
          {"rate", fmt::format("{:g}", options_.learning_rate)},
          {"momentum", fmt::format("{:g}", options_.momentum)},
          {"seed", std::to_string(options_.seed)},
          {"frozen", options_.is_frozen && !start.empty() ? "yes" : "no"},
          {"images", data_fingerprint_},
          {"program", program_fingerprint_},
          {"embedding at the start", start.empty() ? "new" : fingerprint_of(start)}};
}

std::filesystem::path Trainer::file_of(const Experiment& experiment) const {
  return options_.out / (experiment.name + ".safetensors");
}

void Trainer::resume(Training& training) const {
  if (options_.starts_anew || !std::filesystem::exists(training.file)) return;
  const Experiment& experiment = training.experiment;
  const auto before = read_checkpoint(training.file, training.identity);
  if (!before || before->epochs.empty() ||
      static_cast<int>(before->epochs.size()) - 1 > experiment.epochs ||
      !set_state(before->tensors, *training.model)) {
    std::cerr << experiment.name
              << ": the checkpoint is of other code, data or settings; starting anew\n";
    return;
  }
  for (const std::vector<double>& epoch : before->epochs) {
    training.outcome.epochs.push_back({epoch.at(0), epoch.at(1)});
  }
  training.outcome.stopped_after = before->stopped_after;
  const int done = training.done();
  if (done == experiment.epochs) {
    std::cerr << experiment.name << ": finished in an earlier run; --anew trains again\n";
    return;
  }
  if (done > 0) training.outcome.stopped_after.push_back(done);
  std::cerr << fmt::format("{}: goes on after epoch {} of {}; the momentum starts at 0 again\n",
                           experiment.name, done, experiment.epochs);
}

void Trainer::train_rest(Training& training) const {
  const int before = training.done();
  TrainOptions settings;
  settings.epochs = training.experiment.epochs - std::max(before, 0);
  settings.batch_size = options_.batch_size;
  settings.learning_rate = options_.learning_rate;
  settings.momentum = options_.momentum;
  const auto images =
      dataset(Split::kTrain, training.experiment.share, training.experiment.predicts);
  training.outcome.images = images->size();
  if (settings.epochs == 0) return;
  const auto keep = [&](int epoch, const EpochResult& result) {
    if (before >= 0 && epoch == 0) return;  // looked at again, since train begins with looking
    const auto number = training.outcome.epochs.size();
    // As the checkpoint keeps them, so that tables do not change when a run is continued.
    training.outcome.epochs.push_back(
        {static_cast<float>(checked(result.loss, "loss", number)),
         static_cast<float>(checked(result.accuracy, "accuracy", number))});
    write_checkpoint(training.file, training.identity,
                     {state_of(*training.model), table_of(training.outcome.epochs),
                      training.outcome.stopped_after});
  };
  const auto start = std::chrono::steady_clock::now();
  const auto results = ask("c", "train", [&] {
    drawing::Progress progress(training.experiment.name, (settings.epochs + 1) * images->size());
    return train(*training.model, Watched(*images, progress), settings, keep);
  });
  training.outcome.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const auto expected = static_cast<std::size_t>(settings.epochs) + 1;
  if (results.size() != expected) {
    throw Unanswered("c", fmt::format("train returned {} results for {} epochs; expected {}",
                                      results.size(), settings.epochs, expected));
  }
  if (training.done() == before) {  // nobody called `tell`
    for (std::size_t i = 0; i < results.size(); ++i) keep(static_cast<int>(i), results[i]);
  }
  if (training.done() != training.experiment.epochs) {
    throw Unanswered("c", fmt::format("train called tell for {} epochs; expected one call after "
                                      "each, epoch 0 too",
                                      training.done() - before));
  }
}

void Trainer::test(Training& training) {
  torch::manual_seed(options_.seed);
  try {
    const auto images = dataset(Split::kTest, 1.0, training.experiment.predicts);
    const TestResult result =
        ask("d", "test", [&] { return representation::test(*training.model, *images); });
    if (!std::isfinite(result.accuracy)) {
      throw Unanswered("d", fmt::format("test returned an accuracy of {}", result.accuracy));
    }
    training.outcome.test_accuracy = result.accuracy;
  } catch (const Unanswered& open) {
    why_not_tested_ = open.what();
  }
}

Outcome Trainer::run(const Experiment& experiment) {
  Training training{experiment};
  training.outcome.experiment = experiment;
  training.identity = identity_of(experiment);
  training.file = file_of(experiment);
  const bool is_fine_tuning = experiment.starts_from == StartsFrom::kRotation;
  torch::manual_seed(options_.seed);
  ask("b", "ImageClassifyModel", [&] {
    training.embed = ImageEmbedNet();
    if (is_fine_tuning && !set_state(pretrained_, *training.embed)) {
      throw Unanswered("e", "the embedding has other parameters than the one that was trained");
    }
    training.model = std::make_unique<ImageClassifyModel>(
        training.embed, classes_of(experiment.predicts), is_fine_tuning && options_.is_frozen);
    return 0;
  });
  resume(training);
  // Else a training that is continued would repeat the batches and rotations of its beginning.
  if (training.done() > 0) {
    torch::manual_seed(options_.seed + 1'000'003 * static_cast<std::uint64_t>(training.done()));
  }
  train_rest(training);
  test(training);
  if (experiment.predicts == Predicts::kRotation) {
    pretrained_.clear();
    for (const auto& [name, value] : state_of(*training.embed)) {
      pretrained_[name] = value.detach().clone();
    }
  }
  return training.outcome;
}

}  // namespace pset3::representation
