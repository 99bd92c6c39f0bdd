// Question (b): the networks.

#include <algorithm>
#include <set>

#include "grader/parts/p2_representation_learning/adapter/conversions.hpp"
#include "grader/parts/p2_representation_learning/adapter/functions.hpp"
#include "starter/p2_representation_learning/models.hpp"

namespace pset3::adapter::p2 {
namespace {

using namespace representation;  // the part's own names

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
    parameters[i].copy_(run::input(inputs, names[i]));
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

/// @returns the output; nothing where the network throws because its own layers do not fit each
///          other: then the given weights do not fit either, and `parameter_shapes` tells why.
template <typename Network>
torch::Tensor output_of(Network& network, const torch::Tensor& images, bool fits) {
  try {
    return network.forward(images);
  } catch (const c10::Error&) {
    if (fits) throw;
    return torch::zeros({0});
  }
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
  const torch::Tensor images = run::input(inputs, "images");
  const torch::Tensor output = output_of(network, images, fits);
  run::append_output(output, "output", outputs);
  network.train();
  outputs["same_in_training"] = Array::scalar(output.equal(output_of(network, images, fits)));
  outputs["images_written"] = Array::scalar(images._version() > 0);
  return outputs;
}

Arrays embed_forward(const Arrays& inputs) {
  ImageEmbedNet network;
  return forward(*network, {"conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"}, inputs);
}

Arrays classify_forward(const Arrays& inputs) {
  ClassifyNet network(run::whole(inputs, "classes"));
  return forward(*network,
                 {"fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias"},
                 inputs);
}

/// The columns of what a head of its own gives, which may be others than there are classes.
std::int64_t columns_of_head(std::int64_t classes, const torch::Tensor& embedding) {
  const torch::Tensor logits = ClassifyNet(classes)->forward(embedding);
  return logits.dim() == 0 ? 0 : logits.size(-1);
}

/// The whole against its own pieces, which may be wrong by themselves.
Arrays model_forward(const Arrays& inputs) {
  run::seed_everything(inputs);
  const std::int64_t classes = run::whole(inputs, "classes");
  const ImageEmbedNet embed;
  ImageClassifyModel model(embed, classes);
  model.eval();
  const torch::NoGradGuard no_gradients;
  const torch::Tensor images = run::input(inputs, "images");
  const torch::Tensor embedding = ImageEmbedNet(embed)->forward(images);
  torch::Tensor from_pieces;
  bool has_embedding = false;
  for (const auto& child : model.children()) {
    has_embedding |= std::dynamic_pointer_cast<ImageEmbedNetImpl>(child) != nullptr;
    if (auto head = std::dynamic_pointer_cast<ClassifyNetImpl>(child)) {
      from_pieces = head->forward(embedding);
    }
  }
  if (!from_pieces.defined()) from_pieces = torch::zeros({0});
  Arrays outputs = {{"embedding_registered", Array::scalar(has_embedding)},
                    {"head_columns", Array::scalar(columns_of_head(classes, embedding))}};
  run::append_output(from_pieces, "from_pieces", outputs);
  run::append_output(model.forward(images), "output", outputs);
  return outputs;
}

/// How often each of some parameters is in a list.
Array times_listed(const std::vector<torch::Tensor>& parameters,
                   const std::multiset<const void*>& listed) {
  std::vector<std::int64_t> times;
  times.reserve(parameters.size());
  for (const torch::Tensor& parameter : parameters) {
    times.push_back(static_cast<std::int64_t>(listed.count(parameter.unsafeGetTensorImpl())));
  }
  return Array::of(times);
}

/// Which parameters are to be trained: of the embedding that was given, of the rest of the model,
/// and others. Models before and after it share the embedding and have the other choice.
Arrays parameters_to_train(const Arrays& inputs) {
  const ImageEmbedNet embed;
  const bool exclude = arrays::get(inputs, "exclude").item<bool>();
  const std::int64_t classes = run::whole(inputs, "classes");
  const ImageClassifyModel before(embed, classes, !exclude);
  ImageClassifyModel model(embed, classes, exclude);
  const ImageClassifyModel after(embed, classes, !exclude);
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

}  // namespace

std::vector<run::Entry> model_entries() {
  return {{"embed_forward", embed_forward},
          {"classify_forward", classify_forward},
          {"model_forward", model_forward},
          {"parameters_to_train", parameters_to_train}};
}

}  // namespace pset3::adapter::p2
