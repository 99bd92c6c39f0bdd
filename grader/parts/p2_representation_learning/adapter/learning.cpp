// Question (e): learning, with all of the student's own.

#include <algorithm>

#include "grader/parts/p2_representation_learning/adapter/conversions.hpp"
#include "grader/parts/p2_representation_learning/adapter/functions.hpp"
#include "starter/p2_representation_learning/models.hpp"

namespace pset3::adapter::p2 {
namespace {

using namespace representation;  // the part's own names

/// Somebody who does not listen: whether tell() may be empty is asked elsewhere.
EpochCallback nobody() {
  return [](int, const EpochResult&) {};
}

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
  run::seed_everything(inputs);
  const MNISTDatasetWrapper dataset(source_of(inputs), 1.0, Labels::kClass);
  ImageClassifyModel model(ImageEmbedNet(), kClasses);
  Arrays outputs;
  append_results(train(model, dataset, options_of(inputs), nobody()), "", outputs);
  outputs["logits"] = run::array_of(logits_of(model, run::input(inputs, "unseen")));
  return outputs;
}

/// Of each image in each rotation, in the order that the case asks for: what the place in a batch
/// tells of the rotation is nothing.
torch::Tensor rotation_logits(Classifier& model, const torch::Tensor& images,
                              const torch::Tensor& order) {
  constexpr std::int64_t kBatch = 64;
  const torch::NoGradGuard no_gradients;
  model.eval();
  std::vector<torch::Tensor> logits;
  std::vector<torch::Tensor> batch;
  for (std::int64_t i = 0; i < order.size(0); ++i) {
    const auto item = order[i].item<std::int64_t>();
    const double degrees = 45.0 * static_cast<double>(item % kRotations);
    batch.push_back(normalize(rotate(resize(images[item / kRotations]), degrees)));
    if (static_cast<std::int64_t>(batch.size()) < kBatch && i + 1 < order.size(0)) continue;
    logits.push_back(model.forward(torch::stack(batch)));
    batch.clear();
  }
  return torch::cat(logits);
}

std::vector<torch::Tensor> copies_of(const std::vector<torch::Tensor>& parameters) {
  std::vector<torch::Tensor> copies;
  copies.reserve(parameters.size());
  for (const torch::Tensor& parameter : parameters) copies.push_back(parameter.detach().clone());
  return copies;
}

Array is_same(const std::vector<torch::Tensor>& before, const std::vector<torch::Tensor>& after) {
  return Array::scalar(std::equal(before.begin(), before.end(), after.begin(), after.end(),
                                  [](const auto& a, const auto& b) { return torch::equal(a, b); }));
}

/// Pretraining on rotations, then the classes of a few images. What happens to the embedding
/// meanwhile tells one mistake from another.
Arrays learn_rotations(const Arrays& inputs) {
  run::seed_everything(inputs);
  TrainOptions options = options_of(inputs);
  const LabelledImages source = source_of(inputs);
  Arrays outputs;
  const ImageEmbedNet embed;
  ImageClassifyModel turned(embed, kRotations);
  const auto untrained = copies_of(embed->parameters());
  append_results(
      train(turned, MNISTDatasetWrapper(source, 1.0, Labels::kRotation), options, nobody()),
      "rotation_", outputs);
  const auto trained = copies_of(embed->parameters());
  outputs["rotation_embedding_stayed"] = is_same(untrained, trained);
  const torch::Tensor unseen = run::input(inputs, "unseen");
  outputs["rotation_logits"] =
      run::array_of(rotation_logits(turned, unseen, run::input(inputs, "turn_order")));

  const MNISTDatasetWrapper few(source, arrays::get(inputs, "pct").item<double>(), Labels::kClass);
  options.epochs = static_cast<int>(run::whole(inputs, "few_epochs"));
  ImageClassifyModel tuned(embed, kClasses);
  outputs["tuned_embedding_kept"] = is_same(trained, embed->parameters());
  append_results(train(tuned, few, options, nobody()), "tuned_", outputs);
  outputs["tuned_logits"] = run::array_of(logits_of(tuned, unseen));
  return outputs;
}

}  // namespace

std::vector<run::Entry> learning_entries() {
  return {{"learn_classes", learn_classes}, {"learn_rotations", learn_rotations}};
}

}  // namespace pset3::adapter::p2
