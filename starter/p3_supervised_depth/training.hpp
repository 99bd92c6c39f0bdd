#pragma once

#include <torch/torch.h>

#include <functional>
#include <vector>

#include "starter/p3_supervised_depth/data.hpp"
#include "starter/p3_supervised_depth/model.hpp"

namespace pset3::depth {

constexpr double kL1Weight = 0.1;  ///< of the L1 term in the net loss

/// What a prediction costs, each a tensor with one number.
struct LossTerms {
  torch::Tensor ssim;       ///< (1 − SSIM) / 2, clamped to [0, 1]
  torch::Tensor gradients;  ///< the mean of depth_loss
  torch::Tensor l1;         ///< the mean of |predicted − truth|
  torch::Tensor net;        ///< ssim + gradients + 0.1 · l1, with a gradient to `predicted`
};

/// Puts the truth where the camera had no reading, so that those pixels cost nothing and teach
/// nothing. Given.
///
/// @param predicted  (B, 1, H, W).
/// @returns (B, 1, H, W)
torch::Tensor fill_unknown(const torch::Tensor& predicted, const Batch& batch);

/// Compares depth maps with ssim(), depth_loss() and pixel by pixel.
///
/// @param predicted, truth  (B, 1, H, W) float, H and W at least 11; neither is changed.
/// @throws NotImplemented in the starter.
/// Source: handouts/p3_supervised_depth.md, question (d); Alhashim & Wonka 2018, equation 1.
LossTerms net_loss(const torch::Tensor& predicted, const torch::Tensor& truth);

/// One step on one batch: predict in training mode, fill what is unknown, take the net loss, clear
/// the old gradients, compute the new ones, step.
///
/// @param optimizer  has the model's parameters.
/// @param batch      is not changed.
/// @returns the net loss before the step.
/// @throws NotImplemented in the starter.
/// Source: handouts/p3_supervised_depth.md, question (d).
double train_step(DepthModel& model, torch::optim::Optimizer& optimizer, const Batch& batch);

/// Looks at every example once, in evaluation mode and without gradients (torch::NoGradGuard). The
/// weights stay, and gradients are recorded again when it has returned.
///
/// @param loader  at least one example; the last batch may be smaller.
/// @returns the mean net loss, over the batches or over the examples, what is unknown filled.
/// @throws NotImplemented in the starter.
/// Source: handouts/p3_supervised_depth.md, question (d).
double evaluate(DepthModel& model, const DataLoader& loader);

struct TrainOptions {
  int epochs = 5;
  double learning_rate = 1e-4;  ///< of Adam
};

/// How an epoch went.
struct EpochResult {
  double training_loss = 0.0;  ///< mean of its batches, each before its step
  double test_loss = 0.0;      ///< by evaluate(), after its last step
};

/// Told after each epoch: its number, from 0, and how it went. May be empty.
using EpochCallback = std::function<void(int epoch, const EpochResult& result)>;

/// Trains with Adam: train_step() on each batch of loaders.train, then evaluate() on loaders.test,
/// epoch by epoch. Given.
///
/// @returns a result an epoch.
std::vector<EpochResult> train(DepthModel& model, const DataLoaders& loaders,
                               const TrainOptions& options, const EpochCallback& tell = {});

}  // namespace pset3::depth
