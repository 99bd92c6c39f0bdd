#include "starter/p3_supervised_depth/training.hpp"

#include "starter/p3_supervised_depth/losses.hpp"

namespace pset3::depth {

LossTerms net_loss(const torch::Tensor& predicted, const torch::Tensor& truth) {
  // TODO(student): Take the three terms and add them up (question (d)).
  // BEGIN SOLUTION
  LossTerms terms;
  terms.ssim = ((1.0 - ssim(predicted, truth)) / 2.0).clamp(0.0, 1.0);
  terms.gradients = depth_loss(predicted, truth).mean();
  terms.l1 = torch::l1_loss(predicted, truth);
  terms.net = terms.ssim + terms.gradients + kL1Weight * terms.l1;
  return terms;
  // END SOLUTION
}

double train_step(DepthModel& model, torch::optim::Optimizer& optimizer, const Batch& batch) {
  // TODO(student): Predict, compare, and move the weights by one step (question (d)).
  // BEGIN SOLUTION
  model.train();
  optimizer.zero_grad();
  const torch::Tensor predicted = fill_unknown(model.forward(batch.images), batch);
  const torch::Tensor loss = net_loss(predicted, batch.depths).net;
  loss.backward();
  optimizer.step();
  return loss.item<double>();
  // END SOLUTION
}

double evaluate(DepthModel& model, const DataLoader& loader) {
  // TODO(student): Take the mean of the batches' losses, and change nothing (question (d)).
  // BEGIN SOLUTION
  const torch::NoGradGuard no_gradients;
  model.eval();
  const auto batches = loader.batches();
  double loss_sum = 0.0;
  for (const auto& indices : batches) {
    const Batch batch = loader.load(indices);
    const torch::Tensor predicted = fill_unknown(model.forward(batch.images), batch);
    loss_sum += net_loss(predicted, batch.depths).net.item<double>();
  }
  return loss_sum / static_cast<double>(batches.size());
  // END SOLUTION
}

}  // namespace pset3::depth
