#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "starter/common/errors.hpp"

namespace pset3::representation {

/// Anything that gives a score to each class of an image.
class Classifier : public torch::nn::Module {
 public:
  /// @param images  (B, 1, 32, 32) float.
  /// @returns (B, classes) logits: higher is likelier; no softmax.
  virtual torch::Tensor forward(const torch::Tensor& images) = 0;

  /// @returns what an optimiser is to change.
  virtual std::vector<torch::Tensor> parameters_to_train() = 0;
};

/// The embedding: conv 1→16, 5x5, padding 2 · ReLU · max pooling 2x2 · conv 16→32, 5x5, padding 2 ·
/// ReLU · max pooling 2x2 · flatten.
///
/// Register the layers as "conv1" and "conv2".
/// Source: handouts/p2_representation_learning.md, question (b).
class ImageEmbedNetImpl : public torch::nn::Module {
 public:
  ImageEmbedNetImpl();
  /// @param images  (B, 1, 32, 32) float; are not changed.
  /// @returns (B, 2048); its gradient reaches every weight and bias.
  torch::Tensor forward(const torch::Tensor& images);

 private:
  torch::nn::Conv2d conv1_{nullptr};
  torch::nn::Conv2d conv2_{nullptr};
};
TORCH_MODULE(ImageEmbedNet);

/// The head: linear 2048→25 · ReLU · linear 25→25 · ReLU · linear 25→classes.
///
/// Register the layers as "fc1", "fc2" and "fc3".
/// Source: handouts/p2_representation_learning.md, question (b).
class ClassifyNetImpl : public torch::nn::Module {
 public:
  explicit ClassifyNetImpl(std::int64_t classes);
  /// @param embedding  (B, 2048) float; is not changed.
  /// @returns (B, classes) logits, whose gradient reaches every weight and bias.
  torch::Tensor forward(const torch::Tensor& embedding);

 private:
  torch::nn::Linear fc1_{nullptr};
  torch::nn::Linear fc2_{nullptr};
  torch::nn::Linear fc3_{nullptr};
};
TORCH_MODULE(ClassifyNet);

/// The head on top of the embedding.
///
/// Register them as "embed" and "classify".
/// Source: handouts/p2_representation_learning.md, question (b).
class ImageClassifyModel : public Classifier {
 public:
  /// @param embed                 is shared with the caller, trained or not.
  /// @param classes               how many logits.
  /// @param exclude_embed_params  true: only the head is trained.
  ImageClassifyModel(ImageEmbedNet embed, std::int64_t classes, bool exclude_embed_params = false);

  torch::Tensor forward(const torch::Tensor& images) override;

  /// @returns the head's weights and biases, and before them the embedding's unless they are
  ///          excluded; each once, in any order. The gradient of the logits reaches each of them.
  std::vector<torch::Tensor> parameters_to_train() override;

 private:
  ImageEmbedNet embed_{nullptr};
  ClassifyNet classify_{nullptr};
  bool exclude_embed_params_ = false;
};

}  // namespace pset3::representation
