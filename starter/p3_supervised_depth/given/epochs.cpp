#include "starter/p3_supervised_depth/training.hpp"

namespace pset3::depth {

torch::Tensor fill_unknown(const torch::Tensor& predicted, const Batch& batch) {
  return torch::where(batch.valid, predicted, batch.depths);
}

std::vector<EpochResult> train(DepthModel& model, const DataLoaders& loaders,
                               const TrainOptions& options, const EpochCallback& tell) {
  torch::optim::Adam optimizer(model.parameters(),
                               torch::optim::AdamOptions(options.learning_rate));
  std::vector<EpochResult> results;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    const auto batches = loaders.train.batches();
    double loss_sum = 0.0;
    for (const auto& indices : batches) {
      loss_sum += train_step(model, optimizer, loaders.train.load(indices));
    }
    results.push_back(
        {loss_sum / static_cast<double>(batches.size()), evaluate(model, loaders.test)});
    if (tell) tell(epoch, results.back());
  }
  return results;
}

}  // namespace pset3::depth
