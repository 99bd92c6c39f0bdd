// The functions of p2 behind the pipe. Array names and shapes:
// fixtures/p2_representation_learning/README.md.

#include <torch/torch.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "grader/driver/inside/entries.hpp"
#include "starter/p2_representation_learning/data.hpp"
#include "starter/p2_representation_learning/models.hpp"
#include "starter/p2_representation_learning/testing.hpp"
#include "starter/p2_representation_learning/training.hpp"

namespace pset3::driver {
namespace {

using arrays::Array;
using arrays::Arrays;
using arrays::DType;
using namespace representation;  // the part's own names

torch::ScalarType scalar_type_of(DType dtype) {
  switch (dtype) {
    case DType::kBool:
      return torch::kBool;
    case DType::kU8:
      return torch::kUInt8;
    case DType::kI32:
      return torch::kInt32;
    case DType::kI64:
      return torch::kInt64;
    case DType::kF32:
      return torch::kFloat32;
    case DType::kF64:
      return torch::kFloat64;
  }
  throw std::invalid_argument("an array of no known type");
}

/// A type that arrays do not have (half precision, …) becomes double, which nothing asks for.
DType dtype_of(torch::ScalarType type) {
  for (const DType dtype : {DType::kBool, DType::kU8, DType::kI32, DType::kI64, DType::kF32}) {
    if (scalar_type_of(dtype) == type) return dtype;
  }
  return DType::kF64;
}

torch::Tensor tensor_of(const Array& array) {
  torch::Tensor tensor = torch::empty(array.shape(), scalar_type_of(array.dtype()));
  if (!array.bytes().empty()) {
    std::memcpy(tensor.data_ptr(), array.bytes().data(), array.bytes().size());
  }
  return tensor;
}

Array array_of(const torch::Tensor& tensor) {
  if (!tensor.defined()) return Array(DType::kF64, {0});
  const DType dtype = dtype_of(tensor.scalar_type());
  const torch::Tensor dense = tensor.detach().to(scalar_type_of(dtype)).contiguous();
  Array array(dtype, dense.sizes().vec());
  if (!array.bytes().empty()) {
    std::memcpy(array.bytes().data(), dense.data_ptr(), array.bytes().size());
  }
  return array;
}

torch::Tensor input(const Arrays& inputs, const std::string& name) {
  return tensor_of(arrays::get(inputs, name));
}

std::int64_t whole(const Arrays& inputs, const std::string& name) {
  return arrays::get(inputs, name).item<std::int64_t>();
}

LabelledImages source_of(const Arrays& inputs) {
  return {input(inputs, "images"), input(inputs, "labels")};
}

/// So that two runs give the same bytes.
void seed_everything(const Arrays& inputs) {
  torch::manual_seed(static_cast<std::uint64_t>(whole(inputs, "seed")));
}

// (a) data

Arrays dataset_size(const Arrays& inputs) {
  const Array& fractions = arrays::get(inputs, "pct");
  const LabelledImages source = source_of(inputs);
  std::vector<std::int64_t> sizes;
  for (std::size_t i = 0; i < fractions.element_count(); ++i) {
    sizes.push_back(
        MNISTDatasetWrapper(source, fractions.data<double>()[i], Labels::kClass).size());
  }
  return {{"sizes", Array::of(sizes)}};
}

/// Labels as whole numbers, and of which type they were: the number that LibTorch gives it.
void append_targets(const std::vector<torch::Tensor>& targets, Arrays& outputs) {
  const torch::Tensor all =
      targets.empty() ? torch::zeros({0}, torch::kInt64) : torch::stack(targets);
  outputs["targets"] = array_of(all.round().to(torch::kInt64));
  outputs["target_type"] = Array::scalar(static_cast<std::int64_t>(all.scalar_type()));
}

/// All items, several times: rotations may be drawn anew in each call.
Arrays dataset_items(const Arrays& inputs) {
  seed_everything(inputs);
  const auto labels = static_cast<Labels>(whole(inputs, "rotated"));
  const MNISTDatasetWrapper dataset(source_of(inputs), arrays::get(inputs, "pct").item<double>(),
                                    labels);
  std::vector<torch::Tensor> images;
  std::vector<torch::Tensor> targets;
  for (std::int64_t round = 0; round < whole(inputs, "rounds"); ++round) {
    for (std::int64_t i = 0; i < dataset.size(); ++i) {
      const Example example = dataset.get(i);
      images.push_back(example.image);
      targets.push_back(example.label);
    }
  }
  Arrays outputs = {{"items", array_of(images.empty() ? torch::zeros({0, 1, kImageSide, kImageSide})
                                                      : torch::stack(images))}};
  append_targets(targets, outputs);
  return outputs;
}

/// The rotations of many examples, without their images.
Arrays dataset_targets(const Arrays& inputs) {
  seed_everything(inputs);
  const MNISTDatasetWrapper dataset(source_of(inputs), 1.0, Labels::kRotation);
  std::vector<torch::Tensor> targets;
  for (std::int64_t i = 0; i < dataset.size(); ++i) targets.push_back(dataset.get(i).label);
  Arrays outputs;
  append_targets(targets, outputs);
  return outputs;
}

// (b) models

using Names = std::vector<std::string>;

/// The parameters that have the names asked for, in that order; all of them as they were registered
/// when one is missing: somebody may have called the layers otherwise.
std::vector<torch::Tensor> parameters_in_order(const torch::nn::Module& network,
                                               const Names& names) {
  const auto registered = network.named_parameters();
  std::vector<torch::Tensor> ordered;
  for (const std::string& name : names) {
    if (const torch::Tensor* parameter = registered.find(name)) ordered.push_back(*parameter);
  }
  return ordered.size() == registered.size() ? ordered : registered.values();
}

/// Puts the arrays with these names into parameters.
/// @returns false when number or shapes differ; the parameters are then left as they are.
bool set_parameters(const std::vector<torch::Tensor>& parameters, const Names& names,
                    const Arrays& inputs) {
  if (parameters.size() != names.size()) return false;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (arrays::get(inputs, names[i]).shape() != parameters[i].sizes().vec()) return false;
  }
  const torch::NoGradGuard no_gradients;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    torch::Tensor parameter = parameters[i];
    parameter.copy_(input(inputs, names[i]));
  }
  return true;
}

/// A row a parameter: its number of dimensions and up to four sizes.
Array shapes_of(const std::vector<torch::Tensor>& parameters) {
  constexpr std::int64_t kColumns = 5;
  std::vector<std::int64_t> rows;
  for (const torch::Tensor& parameter : parameters) {
    rows.push_back(parameter.dim());
    for (std::int64_t d = 0; d < kColumns - 1; ++d) {
      rows.push_back(d < parameter.dim() ? parameter.size(d) : 0);
    }
  }
  return Array::copy_of(rows.data(), {static_cast<std::int64_t>(parameters.size()), kColumns});
}

/// Values in one row and their shape beside them, so that a wrong shape spoils nothing else.
void append_output(const torch::Tensor& output, const std::string& name, Arrays& outputs) {
  outputs[name] = array_of(output.to(torch::kFloat).flatten());
  outputs[name + "_shape"] = Array::of(output.sizes().vec());
}

/// A network with the harness's weights on the harness's images. Weights that do not fit are told
/// by `parameter_shapes`, and the output is then that of the network's own.
template <typename Network>
Arrays forward(Network& network, const Names& names, const Arrays& inputs) {
  const auto parameters = parameters_in_order(network, names);
  const bool fits = set_parameters(parameters, names, inputs);
  network.eval();
  const torch::NoGradGuard no_gradients;
  Arrays outputs = {{"parameter_shapes", shapes_of(parameters)}, {"fits", Array::scalar(fits)}};
  append_output(network.forward(input(inputs, "images")), "output", outputs);
  return outputs;
}

Arrays embed_forward(const Arrays& inputs) {
  ImageEmbedNet network;
  return forward(*network, {"conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"}, inputs);
}

Arrays classify_forward(const Arrays& inputs) {
  ClassifyNet network(whole(inputs, "classes"));
  return forward(*network,
                 {"fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias"},
                 inputs);
}

/// The whole against its own pieces, which may be wrong by themselves.
Arrays model_forward(const Arrays& inputs) {
  seed_everything(inputs);
  const ImageEmbedNet embed;
  ImageClassifyModel model(embed, whole(inputs, "classes"));
  model.eval();
  const torch::NoGradGuard no_gradients;
  const torch::Tensor images = input(inputs, "images");
  torch::Tensor from_pieces;
  for (const auto& child : model.children()) {
    if (auto head = std::dynamic_pointer_cast<ClassifyNetImpl>(child)) {
      from_pieces = head->forward(ImageEmbedNet(embed)->forward(images));
    }
  }
  if (!from_pieces.defined()) from_pieces = torch::zeros({0});
  Arrays outputs;
  append_output(from_pieces, "from_pieces", outputs);
  append_output(model.forward(images), "output", outputs);
  return outputs;
}

/// How often each of some parameters is in a list.
Array times_listed(const std::vector<torch::Tensor>& parameters,
                   const std::multiset<const void*>& listed) {
  std::vector<std::int64_t> times;
  for (const torch::Tensor& parameter : parameters) {
    times.push_back(static_cast<std::int64_t>(listed.count(parameter.unsafeGetTensorImpl())));
  }
  return Array::of(times);
}

/// Which parameters are to be trained: of the embedding that was given, of the rest of the model,
/// and others.
Arrays parameters_to_train(const Arrays& inputs) {
  const ImageEmbedNet embed;
  const bool exclude = arrays::get(inputs, "exclude").item<bool>();
  ImageClassifyModel model(embed, whole(inputs, "classes"), exclude);
  std::multiset<const void*> listed;
  for (const torch::Tensor& parameter : model.parameters_to_train()) {
    listed.insert(parameter.unsafeGetTensorImpl());
  }
  const std::vector<torch::Tensor> embedding = embed->parameters();
  std::set<const void*> known;
  for (const torch::Tensor& parameter : embedding) known.insert(parameter.unsafeGetTensorImpl());
  std::vector<torch::Tensor> head;
  for (const torch::Tensor& parameter : model.parameters()) {
    if (known.insert(parameter.unsafeGetTensorImpl()).second) head.push_back(parameter);
  }
  const auto foreign = std::count_if(listed.begin(), listed.end(),
                                     [&](const void* one) { return known.count(one) == 0; });
  return {{"embedding", times_listed(embedding, listed)},
          {"head", times_listed(head, listed)},
          {"foreign", Array::scalar(static_cast<std::int64_t>(foreign))}};
}

// (c), (d) training and testing, on a model and a dataset of the harness

/// Examples that are made of arrays, and the order in which they were asked for.
class RecordedDataset : public ImageDataset {
 public:
  explicit RecordedDataset(const Arrays& inputs)
      : images_(input(inputs, "images")), labels_(input(inputs, "labels")) {}
  std::int64_t size() const override { return images_.size(0); }
  Example get(std::int64_t index) const override { return {images_[index], labels_[index]}; }

 private:
  torch::Tensor images_;
  torch::Tensor labels_;
};

/// Logits W x + b of a few pixels, plus a shift that is there in training mode only. Writes down
/// each call: the examples (by their first pixel, which numbers them), the weights, the mode.
class RecordedClassifier : public Classifier {
 public:
  explicit RecordedClassifier(const Arrays& inputs) {
    weight_ = register_parameter("weight", input(inputs, "weight"));
    bias_ = register_parameter("bias", input(inputs, "bias"));
    // Must stay as it is: it is none of the parameters to train.
    frozen_ = register_parameter("frozen", torch::zeros({bias_.size(0)}));
    training_shift_ = input(inputs, "training_shift");
  }
  torch::Tensor forward(const torch::Tensor& images) override {
    record(images);
    const torch::Tensor pixels = images.flatten(1).slice(1, 1, 1 + weight_.size(1));
    const torch::Tensor logits = torch::linear(pixels, weight_, bias_) + frozen_;
    return is_training() ? logits + training_shift_ : logits;
  }
  std::vector<torch::Tensor> parameters_to_train() override { return {weight_, bias_}; }

  void append_to(Arrays& outputs) const {
    outputs["weight_after"] = array_of(weight_);
    outputs["bias_after"] = array_of(bias_);
    outputs["frozen_after"] = array_of(frozen_);
    outputs["call_sizes"] = Array::of(sizes_);
    outputs["call_modes"] = Array::of(modes_);
    outputs["seen"] = Array::of(seen_);
    outputs["call_weights"] =
        array_of(weights_.empty() ? weight_.new_zeros({0, weight_.size(0), weight_.size(1)})
                                  : torch::stack(weights_));
    outputs["call_biases"] =
        array_of(biases_.empty() ? bias_.new_zeros({0, bias_.size(0)}) : torch::stack(biases_));
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
  std::vector<std::int64_t> sizes_;
  std::vector<std::int64_t> modes_;
  std::vector<std::int64_t> seen_;
  std::vector<torch::Tensor> weights_;
  std::vector<torch::Tensor> biases_;
};

TrainOptions options_of(const Arrays& inputs) {
  TrainOptions options;
  options.epochs = static_cast<int>(whole(inputs, "epochs"));
  options.batch_size = whole(inputs, "batch_size");
  options.learning_rate = arrays::get(inputs, "learning_rate").item<double>();
  options.momentum = arrays::get(inputs, "momentum").item<double>();
  return options;
}

void append_results(const std::vector<EpochResult>& results, const std::string& prefix,
                    Arrays& outputs) {
  std::vector<double> losses;
  std::vector<double> accuracies;
  for (const EpochResult& result : results) {
    losses.push_back(result.loss);
    accuracies.push_back(result.accuracy);
  }
  outputs[prefix + "losses"] = Array::of(losses);
  outputs[prefix + "accuracies"] = Array::of(accuracies);
}

Arrays train_recorded(const Arrays& inputs) {
  seed_everything(inputs);
  RecordedClassifier model(inputs);
  model.eval();  // to see whether train() turns it to training
  const RecordedDataset dataset(inputs);
  Arrays outputs;
  append_results(train(model, dataset, options_of(inputs)), "", outputs);
  model.append_to(outputs);
  return outputs;
}

Arrays test_recorded(const Arrays& inputs) {
  seed_everything(inputs);
  RecordedClassifier model(inputs);
  model.train();
  const RecordedDataset dataset(inputs);
  const TestResult result = test(model, dataset, whole(inputs, "batch_size"));
  Arrays outputs = {{"loss", Array::scalar(result.loss)},
                    {"accuracy", Array::scalar(result.accuracy)}};
  model.append_to(outputs);
  return outputs;
}

// (e) learning, with all of the student's own

torch::Tensor logits_of(Classifier& model, const torch::Tensor& images) {
  constexpr std::int64_t kBatch = 64;
  const torch::NoGradGuard no_gradients;
  model.eval();
  std::vector<torch::Tensor> logits;
  for (std::int64_t begin = 0; begin < images.size(0); begin += kBatch) {
    const std::int64_t end = std::min(begin + kBatch, images.size(0));
    std::vector<torch::Tensor> batch;
    for (std::int64_t i = begin; i < end; ++i) batch.push_back(normalize(resize(images[i])));
    logits.push_back(model.forward(torch::stack(batch)));
  }
  return torch::cat(logits);
}

/// From scratch on classes; the judge counts what it gets right of images that it has not seen.
Arrays learn_classes(const Arrays& inputs) {
  seed_everything(inputs);
  const MNISTDatasetWrapper dataset(source_of(inputs), 1.0, Labels::kClass);
  ImageClassifyModel model(ImageEmbedNet(), kClasses);
  Arrays outputs;
  append_results(train(model, dataset, options_of(inputs)), "", outputs);
  outputs["logits"] = array_of(logits_of(model, input(inputs, "unseen")));
  return outputs;
}

torch::Tensor rotation_logits(Classifier& model, const torch::Tensor& images) {
  const torch::NoGradGuard no_gradients;
  model.eval();
  std::vector<torch::Tensor> logits;
  for (std::int64_t i = 0; i < images.size(0); ++i) {
    std::vector<torch::Tensor> turned;
    for (std::int64_t k = 0; k < kRotations; ++k) {
      turned.push_back(normalize(rotate(resize(images[i]), 45.0 * static_cast<double>(k))));
    }
    logits.push_back(model.forward(torch::stack(turned)));
  }
  return torch::stack(logits);
}

std::vector<torch::Tensor> copies_of(const std::vector<torch::Tensor>& parameters) {
  std::vector<torch::Tensor> copies;
  for (const torch::Tensor& parameter : parameters) copies.push_back(parameter.detach().clone());
  return copies;
}

Array is_same(const std::vector<torch::Tensor>& before, const std::vector<torch::Tensor>& after) {
  return Array::scalar(std::equal(before.begin(), before.end(), after.begin(), after.end(),
                                  [](const auto& a, const auto& b) { return torch::equal(a, b); }));
}

/// Pretraining on rotations, then the classes of a few images, and those few from scratch. What
/// happens to the embedding meanwhile tells one mistake from another.
Arrays learn_rotations(const Arrays& inputs) {
  seed_everything(inputs);
  TrainOptions options = options_of(inputs);
  const LabelledImages source = source_of(inputs);
  Arrays outputs;
  const ImageEmbedNet embed;
  ImageClassifyModel turned(embed, kRotations);
  const auto untrained = copies_of(embed->parameters());
  append_results(train(turned, MNISTDatasetWrapper(source, 1.0, Labels::kRotation), options),
                 "rotation_", outputs);
  const auto trained = copies_of(embed->parameters());
  outputs["rotation_embedding_stayed"] = is_same(untrained, trained);
  const torch::Tensor unseen = input(inputs, "unseen");
  outputs["rotation_logits"] = array_of(rotation_logits(turned, unseen));

  const MNISTDatasetWrapper few(source, arrays::get(inputs, "pct").item<double>(), Labels::kClass);
  options.epochs = static_cast<int>(whole(inputs, "few_epochs"));
  ImageClassifyModel tuned(embed, kClasses);
  outputs["tuned_embedding_kept"] = is_same(trained, embed->parameters());
  append_results(train(tuned, few, options), "tuned_", outputs);
  outputs["tuned_logits"] = array_of(logits_of(tuned, unseen));
  ImageClassifyModel scratch(ImageEmbedNet(), kClasses);
  append_results(train(scratch, few, options), "scratch_", outputs);
  outputs["scratch_logits"] = array_of(logits_of(scratch, unseen));
  return outputs;
}

}  // namespace

const std::vector<Entry>& entries() {
  static const std::vector<Entry> kEntries = {
      {"dataset_size", dataset_size},
      {"dataset_items", dataset_items},
      {"dataset_targets", dataset_targets},
      {"embed_forward", embed_forward},
      {"classify_forward", classify_forward},
      {"model_forward", model_forward},
      {"parameters_to_train", parameters_to_train},
      {"train", train_recorded},
      {"test", test_recorded},
      {"learn_classes", learn_classes},
      {"learn_rotations", learn_rotations},
  };
  return kEntries;
}

}  // namespace pset3::driver
