#pragma once

#include <torch/torch.h>

#include <vector>

#include "starter/p3_supervised_depth/data.hpp"
#include "starter/p3_supervised_depth/given/encoder.hpp"
#include "starter/p3_supervised_depth/training.hpp"

/// Extra credit: does it help to let the encoder look at images before it is trained on depth?
namespace pset3::depth {

/// Describes an image by the encoder's norm5 and paints it again from nothing but that.
///
/// Register the encoder as "encoder"; how you paint is up to you.
/// Source: handouts/p3_supervised_depth.md, question (e).
class AutoencoderImpl : public torch::nn::Module {
 public:
  /// @param encoder  is shared with the caller.
  /// @throws NotImplemented in the starter.
  explicit AutoencoderImpl(DenseEncoder encoder);

  /// @param images  (B, 3, H, W) float, normalised; H and W at least 32.
  /// @returns (B, 3, H, W): the images as well as it can.
  torch::Tensor forward(const torch::Tensor& images);

 private:
  DenseEncoder encoder_{nullptr};
  torch::nn::Sequential painter_{nullptr};
};
TORCH_MODULE(Autoencoder);

struct PretrainOptions {
  int epochs = 5;
  double learning_rate = 1e-3;  ///< of the optimiser, whichever it is
};

/// Trains the autoencoder, and with it the encoder, to give back the images of a loader, with a
/// loss and an optimiser of your choice. Depths are not looked at.
///
/// @returns the mean loss of the batches of each epoch: options.epochs numbers.
/// @throws NotImplemented in the starter.
/// Source: handouts/p3_supervised_depth.md, question (e).
std::vector<double> pretrain(Autoencoder autoencoder, const DataLoader& loader,
                             const PretrainOptions& options = {});

struct ComparisonOptions {
  EncoderOptions encoder;
  PretrainOptions pretraining;
  TrainOptions training;
};

/// The test loss of DenseDepth after each epoch of training.
struct Comparison {
  std::vector<double> from_scratch;  ///< with a fresh encoder
  std::vector<double> pretrained;  ///< with one that was pretrained on the images of loaders.train
};

/// Trains DenseDepth twice with train() and the same options, once without pretraining and once
/// with it.
///
/// @returns options.training.epochs numbers each.
/// @throws NotImplemented in the starter.
/// Source: handouts/p3_supervised_depth.md, question (e).
Comparison compare_pretraining(const DataLoaders& loaders, const ComparisonOptions& options = {});

}  // namespace pset3::depth
