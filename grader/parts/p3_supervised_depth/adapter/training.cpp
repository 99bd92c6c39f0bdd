#include "starter/p3_supervised_depth/training.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "grader/parts/p3_supervised_depth/adapter/functions.hpp"

namespace pset3::adapter::p3 {
namespace {

using namespace depth;  // the part's own names

/// Depth = a weighted sum of the colours + a bias, plus a shift that is there in training mode
/// only. Writes down each call: how many images, the mode, whether gradients were kept.
class RecordedModel : public DepthModel {
 public:
  explicit RecordedModel(const Arrays& inputs) : shift_(run::input(inputs, "training_shift")) {
    weight_ = register_parameter("weight", run::input(inputs, "weight"));
    bias_ = register_parameter("bias", run::input(inputs, "bias"));
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    sizes_.push_back(images.size(0));
    modes_.push_back(is_training() ? 1 : 0);
    gradient_modes_.push_back(torch::GradMode::is_enabled() ? 1 : 0);
    return predict(images, is_training());
  }

  torch::Tensor predict(const torch::Tensor& images, bool training) const {
    const torch::Tensor depths = (images * weight_.view({1, 3, 1, 1})).sum(1, true) + bias_;
    return training ? depths + shift_ : depths;
  }

  bool was_training() const { return modes_.empty() || modes_.back() == 1; }

  /// (4): weights and bias.
  torch::Tensor values() const {
    return torch::cat({weight_.detach().flatten(), bias_.detach().flatten()});
  }

  bool keeps_gradients() const { return weight_.grad().defined() || bias_.grad().defined(); }

  void append_to(Arrays& outputs) const {
    outputs["call_sizes"] = Array::of(sizes_);
    outputs["call_modes"] = Array::of(modes_);
    outputs["call_gradient_modes"] = Array::of(gradient_modes_);
  }

 private:
  torch::Tensor shift_;
  torch::Tensor weight_;
  torch::Tensor bias_;
  std::vector<std::int64_t> sizes_;
  std::vector<std::int64_t> modes_;
  std::vector<std::int64_t> gradient_modes_;
};

/// What the student's own net_loss says, and its gradient to weights and bias.
struct OwnLoss {
  double loss = 0.0;
  torch::Tensor gradient;  // (4)
};

OwnLoss own_loss(const RecordedModel& model, const Batch& batch, bool training) {
  const torch::Tensor predicted = fill_unknown(model.predict(batch.images, training), batch);
  const torch::Tensor net = depth::net_loss(predicted, batch.depths).net;
  OwnLoss own{net.item().toDouble(), torch::zeros({4})};
  if (!net.requires_grad()) return own;
  const auto found = torch::autograd::grad({net.sum()}, model.parameters(), {}, {}, false, true);
  torch::Tensor weight = found[0].defined() ? found[0] : torch::zeros({3});
  torch::Tensor bias = found[1].defined() ? found[1] : torch::zeros({1});
  own.gradient = torch::cat({weight.flatten(), bias.flatten()});
  return own;
}

std::unique_ptr<torch::optim::Optimizer> optimizer_of(const Arrays& inputs,
                                                      const RecordedModel& model) {
  const double rate = run::real(inputs, "learning_rate");
  if (arrays::get(inputs, "adam").item<bool>()) {
    return std::make_unique<torch::optim::Adam>(model.parameters(),
                                                torch::optim::AdamOptions(rate));
  }
  return std::make_unique<torch::optim::SGD>(model.parameters(), torch::optim::SGDOptions(rate));
}

Batch batch_of(const Arrays& inputs) {
  return {run::input(inputs, "images"), run::input(inputs, "depths"), run::input(inputs, "valid")};
}

/// Examples that are made of arrays, and the order in which they were asked for.
class RecordedDataset : public DepthDataset {
 public:
  explicit RecordedDataset(Batch examples) : examples_(std::move(examples)) {}
  std::int64_t size() const override { return examples_.images.size(0); }
  Example get(std::int64_t index) const override {
    asked_.push_back(index);
    return {examples_.images[index], examples_.depths[index], examples_.valid[index]};
  }
  const std::vector<std::int64_t>& asked() const { return asked_; }

 private:
  Batch examples_;
  mutable std::vector<std::int64_t> asked_;
};

/// @returns the batches that a function took out of a loader, one after the other; those of the
///          loader when it did not ask for as many examples as there are.
std::vector<std::vector<std::int64_t>> batches_of(const std::vector<std::int64_t>& asked,
                                                  const DataLoader& loader) {
  if (static_cast<std::int64_t>(asked.size()) != loader.dataset().size()) return loader.batches();
  std::vector<std::vector<std::int64_t>> batches;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (i % static_cast<std::size_t>(loader.batch_size()) == 0) batches.emplace_back();
    batches.back().push_back(asked[i]);
  }
  return batches;
}

}  // namespace

Arrays train_step(const Arrays& inputs) {
  run::seed_everything(inputs);
  RecordedModel model(inputs);
  const auto optimizer = optimizer_of(inputs, model);
  const Batch batch = batch_of(inputs);
  const Batch untouched = batch_of(inputs);  // what a step writes into its batch shows
  std::vector<torch::Tensor> weights = {model.values()};
  std::vector<double> losses;
  std::vector<double> own_losses;
  std::vector<torch::Tensor> own_gradients;
  for (std::int64_t step = 0; step < run::whole(inputs, "steps"); ++step) {
    RecordedModel before(inputs);
    for (std::size_t i = 0; i < before.parameters().size(); ++i) {
      const torch::NoGradGuard no_gradients;
      before.parameters()[i].copy_(model.parameters()[i]);
    }
    model.eval();  // to see whether train_step() turns it to training
    losses.push_back(depth::train_step(model, *optimizer, batch));
    weights.push_back(model.values());
    const OwnLoss own = own_loss(before, untouched, model.was_training());
    own_losses.push_back(own.loss);
    own_gradients.push_back(own.gradient);
  }
  Arrays outputs = {{"losses", Array::of(losses)},
                    {"own_losses", Array::of(own_losses)},
                    {"weights", run::array_of(torch::stack(weights))},
                    {"own_gradients", run::array_of(torch::stack(own_gradients))}};
  model.append_to(outputs);
  return outputs;
}

Arrays evaluate(const Arrays& inputs) {
  run::seed_everything(inputs);
  RecordedModel model(inputs);
  model.train();  // to see whether evaluate() turns it off
  const auto dataset = std::make_shared<RecordedDataset>(batch_of(inputs));
  const bool shuffled = arrays::get(inputs, "shuffled").item<bool>();
  const DataLoader loader(dataset, run::whole(inputs, "batch_size"), shuffled);
  const torch::Tensor before = model.values();
  Arrays outputs = {{"loss", Array::scalar(depth::evaluate(model, loader))},
                    {"seen", Array::of(dataset->asked())},
                    {"weights_before", run::array_of(before)},
                    {"weights_after", run::array_of(model.values())},
                    {"keeps_gradients", Array::scalar(model.keeps_gradients())},
                    {"gradients_are_back", Array::scalar(torch::GradMode::is_enabled())}};
  model.append_to(outputs);
  const torch::NoGradGuard no_gradients;
  std::vector<double> own_losses;
  std::vector<double> own_losses_in_training;
  std::vector<std::int64_t> sizes;
  for (const auto& indices : batches_of(dataset->asked(), loader)) {
    const Batch batch = loader.load(indices);
    own_losses.push_back(own_loss(model, batch, false).loss);
    own_losses_in_training.push_back(own_loss(model, batch, true).loss);
    sizes.push_back(batch.images.size(0));
  }
  outputs["own_losses"] = Array::of(own_losses);
  outputs["own_losses_in_training"] = Array::of(own_losses_in_training);
  outputs["own_sizes"] = Array::of(sizes);
  return outputs;
}

namespace {

torch::Tensor predictions(DepthModel& model, const torch::Tensor& colours) {
  const torch::NoGradGuard no_gradients;
  model.eval();
  std::vector<torch::Tensor> depths;
  for (std::int64_t i = 0; i < colours.size(0); ++i) {
    depths.push_back(model.forward(normalize_colour(colours[i]).unsqueeze(0)).squeeze(0));
  }
  return torch::stack(depths);
}

}  // namespace

Arrays learn(const Arrays& inputs) {
  run::seed_everything(inputs);
  LoaderOptions options;
  options.pct = run::real(inputs, "pct");
  options.batch_size = run::whole(inputs, "batch_size");
  const DataLoaders loaders = get_data_loaders(pictures_of(inputs), options);
  DenseDepth model{DenseEncoder(encoder_options(inputs))};
  TrainOptions training;
  training.epochs = static_cast<int>(run::whole(inputs, "epochs"));
  training.learning_rate = run::real(inputs, "learning_rate");
  std::vector<double> training_losses;
  std::vector<double> test_losses;
  for (const EpochResult& result : train(model, loaders, training)) {
    training_losses.push_back(result.training_loss);
    test_losses.push_back(result.test_loss);
  }
  return {{"training_losses", Array::of(training_losses)},
          {"test_losses", Array::of(test_losses)},
          {"predictions", run::array_of(predictions(model, run::input(inputs, "unseen")))}};
}

}  // namespace pset3::adapter::p3
