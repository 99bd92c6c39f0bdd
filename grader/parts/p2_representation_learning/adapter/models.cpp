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
using Reached = std::set<const void*>;

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

/// Which parameters have a gradient after a backward pass from an output.
/// @returns nothing where there is none: the output depends on no parameter, or something was
///          changed in between.
Reached reached_from(const torch::Tensor& output, const std::vector<torch::Tensor>& parameters) {
  for (torch::Tensor parameter : parameters) parameter.mutable_grad() = torch::Tensor();
  Reached reached;
  if (!output.requires_grad()) return reached;
  try {
    output.sum().backward();
  } catch (const c10::Error&) {
    return reached;
  }
  for (const torch::Tensor& parameter : parameters) {
    if (parameter.grad().defined()) reached.insert(parameter.unsafeGetTensorImpl());
  }
  return reached;
}

/// Whether a backward pass gives each parameter of a network a gradient.
template <typename Network>
bool gradients_reach_all(Network& network, const torch::Tensor& images) {
  const torch::AutoGradMode gradients(true);
  const std::vector<torch::Tensor> parameters = network.parameters();
  try {
    return reached_from(network.forward(images), parameters).size() == parameters.size();
  } catch (const c10::Error&) {
    return false;
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
  outputs["gradients_reach_all"] = Array::scalar(gradients_reach_all(network, images));
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

/// What is registered in a model; nothing where it is not.
struct Pieces {
  std::shared_ptr<ImageEmbedNetImpl> embed;
  std::shared_ptr<ClassifyNetImpl> head;
};

Pieces pieces_of(const ImageClassifyModel& model) {
  Pieces pieces;
  for (const auto& child : model.children()) {
    if (auto embed = std::dynamic_pointer_cast<ImageEmbedNetImpl>(child)) pieces.embed = embed;
    if (auto head = std::dynamic_pointer_cast<ClassifyNetImpl>(child)) pieces.head = head;
  }
  return pieces;
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
  const Pieces pieces = pieces_of(model);
  const torch::Tensor from_pieces =
      pieces.head ? pieces.head->forward(embedding) : torch::zeros({0});
  Arrays outputs = {{"embedding_registered", Array::scalar(pieces.embed != nullptr)},
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

/// How many parameters a model lists that get a gradient from its own head on its own embedding,
/// but none from the model. None where the two give other outputs, which is judged elsewhere.
std::int64_t cut_off(ImageClassifyModel& model) {
  const Pieces pieces = pieces_of(model);
  if (!pieces.embed || !pieces.head) return 0;
  const torch::Tensor images = torch::rand({2, 1, kImageSide, kImageSide});
  const std::vector<torch::Tensor> listed = model.parameters_to_train();
  const torch::Tensor in_pieces = pieces.head->forward(pieces.embed->forward(images));
  const torch::Tensor as_whole = model.forward(images);
  if (in_pieces.sizes() != as_whole.sizes() || !torch::allclose(in_pieces, as_whole, 1e-4, 1e-5)) {
    return 0;
  }
  const Reached by_pieces = reached_from(in_pieces, listed);
  const Reached by_whole = reached_from(as_whole, listed);
  return std::count_if(by_pieces.begin(), by_pieces.end(),
                       [&](const void* one) { return by_whole.count(one) == 0; });
}

/// The same for a model that shares its embedding with no other; none where the networks throw.
std::int64_t cut_off(const Arrays& inputs) {
  run::seed_everything(inputs);
  try {
    ImageClassifyModel model(ImageEmbedNet(), run::whole(inputs, "classes"),
                             arrays::get(inputs, "exclude").item<bool>());
    return cut_off(model);
  } catch (const std::exception&) {
    return 0;
  }
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
          {"foreign", Array::scalar(static_cast<std::int64_t>(foreign))},
          {"cut_off", Array::scalar(cut_off(inputs))}};
}

}  // namespace

std::vector<run::Entry> model_entries() {
  return {{"embed_forward", embed_forward},
          {"classify_forward", classify_forward},
          {"model_forward", model_forward},
          {"parameters_to_train", parameters_to_train}};
}

}  // namespace pset3::adapter::p2
