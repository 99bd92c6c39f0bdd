#include "starter/p3_supervised_depth/pretraining.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "grader/parts/p3_supervised_depth/adapter/functions.hpp"
#include "grader/parts/p3_supervised_depth/adapter/watched_weights.hpp"

namespace pset3::adapter::p3 {
namespace {

using namespace depth;  // the part's own names

constexpr double kFactor = 3.0;  // between two learning rates

/// The pictures of a case, without the student's dataset; counts how often examples are asked for,
/// and how many of them ever were.
class CountedPictures : public DepthDataset {
 public:
  CountedPictures(RgbdImages source, std::int64_t begin, std::int64_t end)
      : source_(std::move(source)), begin_(begin), end_(end) {}

  /// Depths are turned round until an example of another set is asked for.
  void turn_depths_until(const CountedPictures& other) { turned_until_ = &other; }

  std::int64_t size() const override { return end_ - begin_; }
  Example get(std::int64_t index) const override {
    ++looks_;
    last_look_ = ++all_looks;
    seen_.insert(index);
    const std::int64_t picture = begin_ + index;
    const torch::Tensor depth = source_.depths[picture];
    const bool turned = turned_until_ != nullptr && turned_until_->looks() == 0;
    return {normalize_colour(source_.colours[picture]),
            normalize_depth(turned ? 1.0 - depth : depth), source_.valid[picture]};
  }
  std::int64_t looks() const { return looks_; }
  /// Whether this set was asked after the other one.
  bool is_later_than(const CountedPictures& other) const { return last_look_ > other.last_look_; }
  std::int64_t seen() const { return static_cast<std::int64_t>(seen_.size()); }

 private:
  static inline std::int64_t all_looks = 0;  // at any set

  RgbdImages source_;
  std::int64_t begin_;
  std::int64_t end_;
  const CountedPictures* turned_until_ = nullptr;
  mutable std::int64_t looks_ = 0;
  mutable std::int64_t last_look_ = 0;
  mutable std::set<std::int64_t> seen_;
};

/// The first pictures of another dataset, again and again, each time with another contrast.
class RepeatedPictures : public DepthDataset {
 public:
  RepeatedPictures(std::shared_ptr<const DepthDataset> pictures, std::int64_t count,
                   std::vector<double> contrasts)
      : pictures_(std::move(pictures)), count_(count), contrasts_(std::move(contrasts)) {}
  std::int64_t size() const override {
    return count_ * static_cast<std::int64_t>(contrasts_.size());
  }
  Example get(std::int64_t index) const override {
    Example example = pictures_->get(index % count_);
    example.image = example.image * contrasts_.at(static_cast<std::size_t>(index / count_));
    return example;
  }

 private:
  std::shared_ptr<const DepthDataset> pictures_;
  std::int64_t count_;
  std::vector<double> contrasts_;
};

PretrainOptions pretrain_options(const Arrays& inputs) {
  PretrainOptions options;
  options.epochs = static_cast<int>(run::whole(inputs, "pretraining_epochs"));
  options.learning_rate = run::real(inputs, "pretraining_rate");
  return options;
}

torch::Tensor normalized(const torch::Tensor& colours) {
  std::vector<torch::Tensor> images;
  for (std::int64_t i = 0; i < colours.size(0); ++i) images.push_back(normalize_colour(colours[i]));
  return torch::stack(images);
}

torch::Tensor painted(Autoencoder& autoencoder, const torch::Tensor& images) {
  const torch::NoGradGuard no_gradients;
  autoencoder->eval();
  return autoencoder->forward(images);
}

/// How many of some tensors are others now.
std::int64_t changed(const std::vector<torch::Tensor>& before,
                     const std::vector<torch::Tensor>& after) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < before.size(); ++i) count += before[i].equal(after[i]) ? 0 : 1;
  return count;
}

/// By how much the value that moved farthest has moved.
double largest_move(const std::vector<torch::Tensor>& before,
                    const std::vector<torch::Tensor>& after) {
  double largest = 0.0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    largest = std::max(largest, (after[i] - before[i]).abs().max().item<double>());
  }
  return largest;
}

/// What is painted of images when some of the encoder's parameters are 0.
torch::Tensor painted_without(std::vector<torch::Tensor> parameters, Autoencoder& autoencoder,
                              const torch::Tensor& images) {
  const torch::NoGradGuard no_gradients;
  const std::vector<torch::Tensor> before = copies(parameters);
  for (torch::Tensor& values : parameters) values.zero_();
  const torch::Tensor images_of_nothing = painted(autoencoder, images);
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i].copy_(before[i]);
  return images_of_nothing;
}

/// What is painted of images when norm5 is 0 whatever they show.
torch::Tensor painted_blindly(Autoencoder& autoencoder, DenseEncoder encoder,
                              const torch::Tensor& images) {
  auto parameters = encoder->named_parameters();
  return painted_without({parameters["norm5.weight"], parameters["norm5.bias"]}, autoencoder,
                         images);
}

/// Whether painted images depend on the encoder that was given. Who keeps a copy of it cannot be
/// seen to do so, and counts as well.
bool uses_encoder(Autoencoder& autoencoder, const DenseEncoder& encoder,
                  const torch::Tensor& images) {
  const auto modules = autoencoder->modules();
  const bool has_another = std::any_of(modules.begin(), modules.end(), [&](const auto& module) {
    return std::dynamic_pointer_cast<DenseEncoderImpl>(module) != nullptr &&
           module.get() != encoder.get();
  });
  return has_another || !painted_without(encoder->parameters(), autoencoder, images)
                             .equal(painted(autoencoder, images));
}

/// @returns the shape of painted images of another size, empty when that fails.
std::vector<std::int64_t> other_shape(Autoencoder& autoencoder, const torch::Tensor& sides) {
  const torch::Tensor images =
      torch::zeros({2, 3, sides[0].item<std::int64_t>(), sides[1].item<std::int64_t>()});
  try {
    return painted(autoencoder, images).sizes().vec();
  } catch (const std::exception&) {
    return {};
  }
}

/// @returns the losses of pretraining; nothing when it throws because painted images have another
///          size than the images.
std::optional<std::vector<double>> pretrained(Autoencoder& autoencoder, const DataLoader& loader,
                                              const PretrainOptions& options, bool right_size) {
  try {
    return depth::pretrain(autoencoder, loader, options);
  } catch (const c10::Error&) {
    if (right_size) throw;
    return std::nullopt;
  }
}

/// The losses of pretraining that hardly moves, on the same `count` pictures again and again, with
/// one contrast each time.
std::vector<double> losses_of(const std::vector<double>& contrasts, Autoencoder& autoencoder,
                              std::shared_ptr<const DepthDataset> pictures, std::int64_t count,
                              std::int64_t batch_size) {
  PretrainOptions options;
  options.epochs = 1;
  options.learning_rate = 1e-9;
  const auto repeated = std::make_shared<RepeatedPictures>(std::move(pictures), count, contrasts);
  return depth::pretrain(autoencoder, DataLoader(repeated, batch_size, false), options);
}

/// Whether pretraining moves the weights of an autoencoder that is not the first one.
bool another_learns(const Arrays& inputs, const DataLoader& loader) {
  const DenseEncoder encoder(encoder_options(inputs));
  Autoencoder another(encoder);
  const auto weights = [&] {
    std::vector<torch::Tensor> all = copies(another->parameters());
    for (torch::Tensor& of_encoder : copies(encoder->parameters())) all.push_back(of_encoder);
    return all;
  };
  const std::vector<torch::Tensor> before = weights();
  PretrainOptions options = pretrain_options(inputs);
  options.epochs = 1;
  depth::pretrain(another, loader, options);
  return changed(before, weights()) > 0;
}

}  // namespace

Arrays pretrain(const Arrays& inputs) {
  run::seed_everything(inputs);
  const DenseEncoder encoder(encoder_options(inputs));
  Autoencoder autoencoder(encoder);
  const auto pictures = std::make_shared<CountedPictures>(pictures_of(inputs), 0,
                                                          run::input(inputs, "colours").size(0));
  const DataLoader loader(pictures, run::whole(inputs, "batch_size"), true);
  const torch::Tensor unseen = normalized(run::input(inputs, "unseen"));
  Arrays outputs;
  run::append_output(painted(autoencoder, unseen), "before", outputs);
  run::append_output(painted_blindly(autoencoder, encoder, unseen), "blind", outputs);
  const bool used_before = uses_encoder(autoencoder, encoder, unseen);
  outputs["other_shape"] = Array::of(other_shape(autoencoder, run::input(inputs, "other_size")));
  const std::vector<torch::Tensor> weights = copies(encoder->parameters());
  const bool right_size = painted(autoencoder, unseen).sizes() == unseen.sizes();
  const std::optional<std::vector<double>> losses =
      pretrained(autoencoder, loader, pretrain_options(inputs), right_size);
  outputs["losses"] = Array::of(losses.value_or(std::vector<double>()));
  outputs["size_hinders"] = Array::scalar(!losses.has_value());
  run::append_output(painted(autoencoder, unseen), "after", outputs);
  // A painter that begins with weights of 0 shows it only when it has learnt.
  outputs["encoder_used"] =
      Array::scalar(used_before || uses_encoder(autoencoder, encoder, unseen));
  outputs["encoder_parameters"] = Array::scalar(static_cast<std::int64_t>(weights.size()));
  outputs["encoder_changed"] = Array::scalar(changed(weights, encoder->parameters()));
  outputs["pictures_seen"] = Array::scalar(pictures->seen());
  const std::vector<torch::Tensor> learnt = copies(autoencoder->parameters());
  const std::vector<std::pair<std::string, std::vector<double>>> kinds = {
      {"1", {1.0}}, {"3", {1.0, 1.0, 1.0}}, {"strong", {3.0}}, {"both", {1.0, 3.0}}};
  const std::int64_t count = run::whole(inputs, "batch_size");
  for (const auto& [name, contrasts] : kinds) {
    outputs["losses_of_" + name] = Array::of(
        losses ? losses_of(contrasts, autoencoder, pictures, count, count) : std::vector<double>());
  }
  // One batch and a half, all of the same pictures.
  outputs["losses_of_half"] =
      Array::of(losses ? losses_of({1.0, 1.0, 1.0}, autoencoder, pictures, count, 2 * count)
                       : std::vector<double>());
  outputs["hardly_moved"] = Array::scalar(largest_move(learnt, copies(autoencoder->parameters())));
  const auto few = std::make_shared<RepeatedPictures>(pictures, count, std::vector<double>{1.0});
  outputs["another_learns"] =
      Array::scalar(!losses || another_learns(inputs, DataLoader(few, count, false)));
  return outputs;
}

namespace {

/// Pictures that train and pictures that test.
struct Sets {
  Sets(const RgbdImages& source, std::int64_t split)
      : train(std::make_shared<CountedPictures>(source, 0, split)),
        test(std::make_shared<CountedPictures>(source, split, source.colours.size(0))) {}

  DataLoaders loaders(std::int64_t batch_size) const {
    return {DataLoader(train, batch_size, true), DataLoader(test, batch_size, false)};
  }

  std::shared_ptr<CountedPictures> train;
  std::shared_ptr<CountedPictures> test;
};

ComparisonOptions comparison_options(const Arrays& inputs) {
  ComparisonOptions options;
  options.encoder = encoder_options(inputs);
  options.pretraining = pretrain_options(inputs);
  options.training.epochs = static_cast<int>(run::whole(inputs, "epochs"));
  options.training.learning_rate = run::real(inputs, "learning_rate");
  return options;
}

}  // namespace

Arrays compare_pretraining(const Arrays& inputs) {
  run::seed_everything(inputs);
  const Sets sets(pictures_of(inputs), run::whole(inputs, "split"));
  const Comparison comparison = depth::compare_pretraining(
      sets.loaders(run::whole(inputs, "batch_size")), comparison_options(inputs));
  return {{"from_scratch", Array::of(comparison.from_scratch)},
          {"pretrained", Array::of(comparison.pretrained)},
          {"train_looks", Array::scalar(sets.train->looks())},
          {"test_looks", Array::scalar(sets.test->looks())}};
}

namespace {

std::vector<double> test_losses(const DenseEncoder& encoder, const DataLoaders& loaders,
                                const TrainOptions& options) {
  DenseDepth model(encoder);
  std::vector<double> losses;
  for (const EpochResult& result : train(model, loaders, options)) {
    losses.push_back(result.test_loss);
  }
  return losses;
}

/// A fair comparison of what the student's other functions do: what does not show in this one, a
/// learning rate of a step that does not step, say, need not show in the student's either.
Comparison compared_fairly(const DataLoaders& loaders, const ComparisonOptions& options) {
  Comparison comparison;
  comparison.from_scratch = test_losses(DenseEncoder(options.encoder), loaders, options.training);
  const DenseEncoder encoder(options.encoder);
  depth::pretrain(Autoencoder(encoder), loaders.train, options.pretraining);
  comparison.pretrained = test_losses(encoder, loaders, options.training);
  return comparison;
}

}  // namespace

Arrays vary_comparison(const Arrays& inputs) {
  const RgbdImages source = pictures_of(inputs);
  const std::int64_t split = run::whole(inputs, "split");
  Arrays outputs;
  std::map<std::string, std::int64_t> stays;
  const auto run = [&](const std::string& name, const RgbdImages& pictures,
                       const ComparisonOptions& options, const auto& compare) {
    run::seed_everything(inputs);
    const Sets sets(pictures, split);
    // Whichever training comes first learns from other depths; the second must not feel it.
    if (name == "first") sets.train->turn_depths_until(*sets.test);
    const WatchedWeights watched([&sets] { return sets.train->is_later_than(*sets.test); });
    const Comparison comparison = compare(sets.loaders(run::whole(inputs, "batch_size")), options);
    stays[name] = watched.longest_stay();
    outputs[name + "_scratch"] = Array::of(comparison.from_scratch);
    outputs[name + "_pretrained"] = Array::of(comparison.pretrained);
  };
  const auto run_both = [&](const std::string& name, const RgbdImages& pictures,
                            const ComparisonOptions& options) {
    run(name, pictures, options, depth::compare_pretraining);
    run("fair_" + name, pictures, options, compared_fairly);
  };
  const ComparisonOptions options = comparison_options(inputs);
  run_both("base", source, options);
  run("again", source, options, depth::compare_pretraining);
  run("first", source, options, depth::compare_pretraining);
  ComparisonOptions other = options;
  other.encoder.growth += 1;
  run_both("encoder", source, other);
  other = options;
  other.training.learning_rate *= kFactor;
  run_both("training", source, other);
  other = options;
  other.pretraining.learning_rate *= kFactor;
  run_both("pretraining", source, other);
  other = options;
  other.pretraining.epochs += 1;
  run_both("longer", source, other);
  RgbdImages others = source;
  others.depths = source.depths.clone();
  others.depths.slice(0, split).mul_(-1.0).add_(1.0);
  run_both("test", others, options);
  for (const char* name : {"base", "fair_base"}) {
    outputs[std::string(name) + "_stay"] = Array::scalar(stays.at(name));
  }
  return outputs;
}

}  // namespace pset3::adapter::p3
