#include "starter/p4_unsupervised_depth/exercise/training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "starter/common/drawing/progress.hpp"
#include "starter/common/exercise/ask.hpp"
#include "starter/common/training/resumable_training.hpp"
#include "starter/p4_unsupervised_depth/exercise/tensors.hpp"
#include "starter/p4_unsupervised_depth/sampling.hpp"

namespace pset3::stereo {
namespace {

constexpr std::int64_t kSamples = 4;
constexpr const char* kName = "network";
// Of the learning rate from epoch to epoch: large steps find roughly where disparities are, small
// ones their fractions of a pixel.
constexpr double kRateDecay = 0.93;

BackboneOptions backbone_of(const NetworkSize& size) { return {size.width, size.blocks}; }

DisparityNet new_network(const ExerciseOptions& options) {
  torch::set_num_threads(options.threads);
  torch::manual_seed(options.seed);
  return DisparityNet(backbone_of(options.network));
}

Identity identity_of(const ExerciseOptions& options, const TrainingPairs& pairs) {
  return {{"training", kName},
          {"batch", std::to_string(options.batch_size)},
          {"rate", fmt::format("{:g}", options.learning_rate)},
          {"smoothness", fmt::format("{:g}", options.smoothness)},
          {"seed", std::to_string(options.seed)},
          {"network",
           fmt::format("{} {}", options.network.width, fmt::join(options.network.blocks, ","))},
          {"pictures", fingerprint({pairs.left, pairs.right})},
          {"program", fingerprint_of_program()}};
}

void set_rate(torch::optim::Adam& optimizer, double rate) {
  for (torch::optim::OptimizerParamGroup& group : optimizer.param_groups()) {
    static_cast<torch::optim::AdamOptions&>(group.options()).lr(rate);
  }
}

EpochPoint point_of(const std::vector<double>& measured) {
  EpochPoint point{measured.at(0), measured.at(1), std::nullopt};
  if (measured.size() > 2) point.correlation = measured[2];
  return point;
}

std::vector<double> measured_of(const EpochPoint& point) {
  std::vector<double> measured = {point.training_loss, point.test_loss};
  if (point.correlation) measured.push_back(*point.correlation);
  return measured;
}

}  // namespace

Trainer::Trainer(const ExerciseOptions& options, const TrainingPairs& pairs)
    : options_(options),
      pairs_(pairs),
      network_(new_network(options)),
      optimizer_(network_->parameters(), torch::optim::AdamOptions(options.learning_rate)) {}

StereoPair Trainer::views_of(const torch::Tensor& numbers) const {
  const auto floats = [&](const torch::Tensor& bytes) {
    return bytes.index_select(0, numbers).to(torch::kFloat) / 255.0;
  };
  return {floats(pairs_.left), floats(pairs_.right)};
}

StereoPair Trainer::flipped(const StereoPair& views, StereoRandomFlip& flip) const {
  std::vector<torch::Tensor> left;
  std::vector<torch::Tensor> right;
  for (std::int64_t i = 0; i < views.left.size(0); ++i) {
    const StereoPair pair = ask("a", "StereoRandomFlip", [&] {
      return flip({views.left[i], views.right[i]});
    });
    for (const torch::Tensor& view : {pair.left, pair.right}) {
      if (view.defined() && view.sizes() == views.left[i].sizes()) continue;
      throw Unanswered("a", "StereoRandomFlip returned " + shape_of(view) + "; expected " +
                                shape_of(views.left[i]));
    }
    left.push_back(pair.left);
    right.push_back(pair.right);
  }
  return {torch::stack(left), torch::stack(right)};
}

torch::Tensor Trainer::loss_of(const Disparities& disparities, const StereoPair& views) const {
  LossWeights weights;
  weights.smoothness = options_.smoothness;
  const torch::Tensor loss = ask("c", "generate_image_left or generate_image_right",
                                 [&] { return stereo_loss(disparities, views, weights).total; });
  if (std::isfinite(loss.item<double>())) return loss;
  throw Unanswered("c", "the loss is not finite; a smaller --rate may help");
}

double Trainer::train_epoch(std::uint64_t seed, drawing::Progress& progress) {
  torch::manual_seed(seed);
  StereoRandomFlip flip{Coin(0.5, seed)};
  network_->train();
  double sum = 0.0;
  const auto batches = torch::randperm(training_pairs(), torch::kInt64).split(options_.batch_size);
  for (const torch::Tensor& numbers : batches) {
    const StereoPair views = flipped(views_of(numbers), flip);
    const torch::Tensor loss = loss_of(network_->forward(views.left), views);
    optimizer_.zero_grad();
    loss.backward();
    optimizer_.step();
    sum += loss.item<double>();
    progress.advance(numbers.size(0));
  }
  return sum / static_cast<double>(batches.size());
}

void Trainer::test(const TestCallback& look) {
  const torch::NoGradGuard no_gradients;
  network_->eval();
  const torch::Tensor numbers = torch::arange(training_pairs(), pairs_.size(), torch::kInt64);
  for (const torch::Tensor& batch : numbers.split(options_.batch_size)) {
    const StereoPair views = views_of(batch);
    look(batch, views, network_->forward(views.left));
  }
}

EpochPoint Trainer::test_epoch(double training_loss, drawing::Progress& progress) {
  double sum = 0.0;
  FitSum fit;
  test([&](const torch::Tensor& numbers, const StereoPair& views, const Disparities& disparities) {
    sum += loss_of(disparities, views).item<double>() * static_cast<double>(numbers.size(0));
    if (has_truth()) {
      const torch::Tensor truth = pairs_.left_disparity.index_select(0, numbers);
      fit.add(disparities[0].narrow(1, 0, 1), truth);
    }
    progress.advance(numbers.size(0));
  });
  EpochPoint point{training_loss, sum / static_cast<double>(test_pairs()), std::nullopt};
  if (!fit.is_empty()) point.correlation = fit.fit().correlation;
  return point;
}

TrainingResults Trainer::run() {
  ResumableTraining training(kName, options_.out, identity_of(options_, pairs_), *network_,
                             optimizer_);
  if (!options_.starts_anew) training.resume(options_.epochs);
  if (training.done() < options_.epochs) {
    drawing::Progress progress(kName, (options_.epochs - training.done()) * pairs_.size());
    while (training.done() < options_.epochs) {
      set_rate(optimizer_, options_.learning_rate * std::pow(kRateDecay, training.done()));
      const double loss = train_epoch(training.next_seed(options_.seed), progress);
      training.keep(measured_of(test_epoch(loss, progress)));
    }
  }
  TrainingResults results;
  results.size = {static_cast<std::size_t>(pairs_.left.size(2)),
                  static_cast<std::size_t>(pairs_.left.size(3))};
  results.training_pairs = training_pairs();
  results.test_pairs = test_pairs();
  for (const torch::Tensor& parameter : network_->parameters()) {
    results.parameters += parameter.numel();
  }
  for (const auto& measured : training.epochs()) results.epochs.push_back(point_of(measured));
  measure(results);
  return results;
}

void Trainer::measure(TrainingResults& results) {
  FitSum fit;
  ColumnSum left_columns;
  ColumnSum right_columns;
  const std::int64_t every = std::max<std::int64_t>(test_pairs() / kSamples, 1);
  const auto truth_of = [](const torch::Tensor& truth, const torch::Tensor& numbers) {
    return truth.defined() ? truth.index_select(0, numbers) : torch::Tensor();
  };
  test([&](const torch::Tensor& numbers, const StereoPair& views, const Disparities& disparities) {
    const torch::Tensor left = disparities[0].narrow(1, 0, 1);
    const torch::Tensor truth = truth_of(pairs_.left_disparity, numbers);
    if (truth.defined()) {
      fit.add(left, truth);
    }
    left_columns.add(left, truth);
    right_columns.add(disparities[0].narrow(1, 1, 1), truth_of(pairs_.right_disparity, numbers));
    const torch::Tensor made =
        ask("c", "generate_image_left", [&] { return generate_image_left(views.right, left); });
    for (std::int64_t i = 0; i < numbers.size(0); ++i) {
      const std::int64_t number = numbers[i].item<std::int64_t>() - training_pairs();
      if (number % every != 0 || number / every >= kSamples) continue;
      const auto width = static_cast<double>(left.size(3));
      results.samples.push_back(
          {picture_of(views.left[i]), picture_of(made[i]),
           truth.defined() ? floats_of(truth[i] * width) : std::vector<float>(),
           floats_of(left[i] * width)});
    }
  });
  results.columns = {left_columns.columns("left"), right_columns.columns("right")};
  if (fit.is_empty()) return;
  results.fit = fit.fit();
  results.mean_map = fit_of_mean_map();
}

Fit Trainer::fit_of_mean_map() const {
  const torch::Tensor seen = pairs_.left_disparity.narrow(0, 0, training_pairs());
  const torch::Tensor mean = seen.sum(0, true) / (seen > 0).sum(0, true).clamp_min(1);
  const torch::Tensor truth = pairs_.left_disparity.narrow(0, training_pairs(), test_pairs());
  FitSum fit;
  fit.add(mean.expand_as(truth), truth);
  return fit.fit();
}

}  // namespace pset3::stereo
