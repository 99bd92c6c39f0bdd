// Questions (c) and (d): training and testing, on a model and a dataset of the harness.

#include <algorithm>
#include <vector>

#include "grader/parts/p2_representation_learning/adapter/conversions.hpp"
#include "grader/parts/p2_representation_learning/adapter/functions.hpp"
#include "starter/p2_representation_learning/testing.hpp"

namespace pset3::adapter::p2 {
namespace {

using namespace representation;  // the part's own names

/// Examples that are made of arrays. It hands out the tensors that it keeps, so that it is seen
/// when somebody changes their numbers or their shapes.
class RecordedDataset : public ImageDataset {
 public:
  explicit RecordedDataset(const Arrays& inputs) {
    const torch::Tensor images = run::input(inputs, "images");
    const torch::Tensor labels = run::input(inputs, "labels");
    for (std::int64_t i = 0; i < images.size(0); ++i) examples_.push_back({images[i], labels[i]});
  }
  std::int64_t size() const override { return static_cast<std::int64_t>(examples_.size()); }
  Example get(std::int64_t index) const override {
    return examples_.at(static_cast<std::size_t>(index));
  }
  /// 1: they are as they were; 0: numbers were written into some; 2: some have another shape.
  std::int64_t state() const {
    const std::vector<std::int64_t> shape = {1, kImageSide, kImageSide};
    const auto any = [this](const auto& is_so) {
      return std::any_of(examples_.begin(), examples_.end(), is_so);
    };
    if (any([&](const Example& example) {
          return example.image.sizes() != shape || example.label.dim() != 0;
        })) {
      return 2;
    }
    const bool is_written = any([](const Example& example) {
      return example.image._version() > 0 || example.label._version() > 0;
    });
    return is_written ? 0 : 1;
  }

 private:
  std::vector<Example> examples_;
};

/// Logits W x + b of a few pixels, plus a shift that is there in training mode only. Writes down
/// each call: the examples (by their first pixel, which numbers them), the weights, the mode.
class RecordedClassifier : public Classifier {
 public:
  explicit RecordedClassifier(const Arrays& inputs) {
    weight_ = register_parameter("weight", run::input(inputs, "weight"));
    bias_ = register_parameter("bias", run::input(inputs, "bias"));
    // Must stay as it is: it is none of the parameters to train.
    frozen_ = register_parameter("frozen", torch::zeros({bias_.size(0)}));
    training_shift_ = run::input(inputs, "training_shift");
  }
  torch::Tensor forward(const torch::Tensor& images) override {
    record(images);
    const torch::Tensor pixels = images.flatten(1).slice(1, 1, 1 + weight_.size(1));
    const torch::Tensor logits = torch::linear(pixels, weight_, bias_) + frozen_;
    return is_training() ? logits + training_shift_ : logits;
  }
  std::vector<torch::Tensor> parameters_to_train() override { return {weight_, bias_}; }

  /// As it was made, with the same tensors: a function that has kept something of them from an
  /// earlier call takes it up again.
  void begin_again(const Arrays& inputs) {
    const torch::NoGradGuard no_gradients;
    weight_.copy_(run::input(inputs, "weight"));
    bias_.copy_(run::input(inputs, "bias"));
    frozen_.zero_();
    for (torch::Tensor parameter : {weight_, bias_, frozen_}) {
      parameter.set_requires_grad(true);
      parameter.mutable_grad() = torch::Tensor();
    }
    is_frozen_in_part_ = false;
    sizes_.clear();
    modes_.clear();
    seen_.clear();
    weights_.clear();
    biases_.clear();
  }
  /// As somebody does who trains a part of a model: that part needs gradients, the rest does not.
  void freeze_a_part() {
    frozen_.set_requires_grad(false);
    is_frozen_in_part_ = true;
  }
  /// 1: the parameters need gradients as before; 0: one that did does not; 2: one that did not
  /// does.
  std::int64_t needs_of_gradients() const {
    if (!weight_.requires_grad() || !bias_.requires_grad()) return 0;
    return is_frozen_in_part_ && frozen_.requires_grad() ? 2 : 1;
  }
  /// Whether backward() left something that the next one would be added to.
  bool has_gradients() const {
    for (const torch::Tensor& parameter : {weight_, bias_, frozen_}) {
      if (parameter.grad().defined() && parameter.grad().count_nonzero().item<std::int64_t>() > 0) {
        return true;
      }
    }
    return false;
  }

  std::int64_t call_count() const { return static_cast<std::int64_t>(sizes_.size()); }

  void append_to(Arrays& outputs) const {
    outputs["weight_after"] = run::array_of(weight_);
    outputs["bias_after"] = run::array_of(bias_);
    outputs["frozen_after"] = run::array_of(frozen_);
    outputs["call_sizes"] = Array::of(sizes_);
    outputs["call_modes"] = Array::of(modes_);
    outputs["seen"] = Array::of(seen_);
    outputs["call_weights"] =
        run::array_of(weights_.empty() ? weight_.new_zeros({0, weight_.size(0), weight_.size(1)})
                                       : torch::stack(weights_));
    outputs["call_biases"] = run::array_of(biases_.empty() ? bias_.new_zeros({0, bias_.size(0)})
                                                           : torch::stack(biases_));
  }

 private:
  void record(const torch::Tensor& images) {
    const torch::NoGradGuard no_gradients;
    const torch::Tensor numbers = images.flatten(1).select(1, 0).round().to(torch::kInt64);
    for (std::int64_t i = 0; i < numbers.size(0); ++i)
      seen_.push_back(numbers[i].item<std::int64_t>());
    sizes_.push_back(images.size(0));
    modes_.push_back(is_training() ? 1 : 0);
    weights_.push_back(weight_.detach().clone());
    biases_.push_back(bias_.detach().clone());
  }

  torch::Tensor weight_;
  torch::Tensor bias_;
  torch::Tensor frozen_;
  torch::Tensor training_shift_;
  bool is_frozen_in_part_ = false;
  std::vector<std::int64_t> sizes_;
  std::vector<std::int64_t> modes_;
  std::vector<std::int64_t> seen_;
  std::vector<torch::Tensor> weights_;
  std::vector<torch::Tensor> biases_;
};

/// What a function leaves behind that it shares with all others: whether gradients are recorded,
/// and whether numbers are floats if nobody says otherwise, both of which are set right for what
/// follows; whether parameters need gradients as before, the examples were left alone, and the
/// model has no gradients that it did not have.
/// @param is_clean  whether the function left no gradients, or may leave some.
Array shared_state(const RecordedDataset& dataset, const RecordedClassifier& model, bool is_clean) {
  const std::vector<std::int64_t> state = {
      torch::GradMode::is_enabled() ? 1 : 0,
      torch::get_default_dtype() == torch::kFloat ? 1 : 0,
      model.needs_of_gradients(),
      dataset.state(),
      is_clean ? 1 : 0,
  };
  torch::GradMode::set_enabled(true);
  torch::set_default_dtype(caffe2::TypeMeta::Make<float>());
  return Array::of(state);
}

/// Writes down what train() tells: each epoch's number, how it went, and how many forward passes
/// there were until then.
class Listener {
 public:
  explicit Listener(const RecordedClassifier& model) : model_(model) {}
  EpochCallback callback() {
    return [this](int epoch, const EpochResult& result) {
      epochs_.push_back(epoch);
      results_.push_back(result);
      calls_.push_back(model_.call_count());
    };
  }
  void append_to(Arrays& outputs) const {
    outputs["told_epochs"] = Array::of(epochs_);
    outputs["told_calls"] = Array::of(calls_);
    append_results(results_, "told_", outputs);
  }

 private:
  const RecordedClassifier& model_;
  std::vector<std::int64_t> epochs_;
  std::vector<std::int64_t> calls_;
  std::vector<EpochResult> results_;
};

Arrays train_once(RecordedClassifier& model, const Arrays& inputs) {
  run::seed_everything(inputs);
  model.begin_again(inputs);
  model.eval();  // to see whether train() turns it to training
  const RecordedDataset dataset(inputs);
  Listener listener(model);
  Arrays outputs;
  const EpochCallback tell =
      run::whole(inputs, "told") != 0 ? listener.callback() : EpochCallback();
  append_results(train(model, dataset, options_of(inputs), tell), "", outputs);
  // train() may leave the gradients of its last batch.
  outputs["shared_state"] = shared_state(dataset, model, true);
  model.append_to(outputs);
  listener.append_to(outputs);
  return outputs;
}

Arrays test_once(RecordedClassifier& model, const Arrays& inputs) {
  run::seed_everything(inputs);
  model.begin_again(inputs);
  model.freeze_a_part();
  model.train();
  const RecordedDataset dataset(inputs);
  const TestResult result = test(model, dataset, run::whole(inputs, "batch_size"));
  Arrays outputs = {{"loss", Array::scalar(result.loss)},
                    {"accuracy", Array::scalar(result.accuracy)},
                    {"shared_state", shared_state(dataset, model, !model.has_gradients())}};
  model.append_to(outputs);
  return outputs;
}

/// The second of two calls with the same weights and random numbers: what a function keeps from one
/// call to the next shows in it.
template <Arrays (*Once)(RecordedClassifier&, const Arrays&)>
Arrays second_of_two(const Arrays& inputs) {
  RecordedClassifier model(inputs);
  Once(model, inputs);
  return Once(model, inputs);
}

}  // namespace

std::vector<run::Entry> recorded_entries() {
  return {{"train", second_of_two<train_once>}, {"test", second_of_two<test_once>}};
}

}  // namespace pset3::adapter::p2
