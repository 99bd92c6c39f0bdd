#include "starter/p3_supervised_depth/training.hpp"

#include "starter/p3_supervised_depth/losses.hpp"

namespace pset3::depth {

LossTerms net_loss(const torch::Tensor& predicted, const torch::Tensor& truth) {
  // TODO(student): Take the three terms and add them up (question (d)).
  PSET3_TODO();
}

double train_step(DepthModel& model, torch::optim::Optimizer& optimizer, const Batch& batch) {
  // TODO(student): Predict, compare, and move the weights by one step (question (d)).
  PSET3_TODO();
}

double evaluate(DepthModel& model, const DataLoader& loader) {
  // TODO(student): Take the mean of the batches' losses, and change nothing (question (d)).
  PSET3_TODO();
}

}  // namespace pset3::depth
