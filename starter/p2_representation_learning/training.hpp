#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "starter/p2_representation_learning/data.hpp"
#include "starter/p2_representation_learning/models.hpp"

namespace pset3::representation {

struct TrainOptions {
  int epochs = 10;  ///< with updates; epoch 0 comes before them
  std::int64_t batch_size = 16;
  double learning_rate = 0.001;
  double momentum = 0.9;
};

/// How one pass over the data went.
struct EpochResult {
  double loss = 0.0;      ///< mean cross entropy, over the batches or over the images
  double accuracy = 0.0;  ///< images whose highest logit was that of their label / images
};

/// Told after each epoch: its number and how it went. May be empty.
using EpochCallback = std::function<void(int epoch, const EpochResult& result)>;

/// Trains with shuffled batches, cross entropy, and stochastic gradient descent with momentum on
/// model.parameters_to_train(). Epoch 0 only measures: it changes nothing, and shows how
/// good guessing is.
///
/// @param model  is changed; in training mode while it learns. It brings no gradients along. What
///               it trains can be trained again afterwards: gradients are recorded again, and
///               LibTorch's default type is as it was. That training starts with v = 0, as if it
///               were the first one.
/// @param dataset  is not changed, nor are its tensors.
/// @returns options.epochs + 1 results, epoch 0 first; each batch is measured before its own step.
/// Source: handouts/p2_representation_learning.md, question (c).
std::vector<EpochResult> train(Classifier& model, const ImageDataset& dataset,
                               const TrainOptions& options, const EpochCallback& tell = {});

}  // namespace pset3::representation
