#include "starter/p2_representation_learning/testing.hpp"

namespace pset3::representation {

TestResult test(Classifier& model, const ImageDataset& dataset, std::int64_t batch_size) {
  // TODO(student): Count what the model gets right (question (d)).
  // BEGIN SOLUTION
  const torch::NoGradGuard no_gradients;
  model.eval();
  const auto batches = batch_indices(dataset.size(), batch_size, false);
  double loss_sum = 0.0;
  double correct = 0.0;
  for (const auto& indices : batches) {
    const Batch batch = load_batch(dataset, indices);
    const torch::Tensor logits = model.forward(batch.images);
    loss_sum += torch::nn::functional::cross_entropy(logits, batch.labels).item<double>();
    correct += logits.argmax(1).eq(batch.labels).sum().item<double>();
  }
  return {loss_sum / static_cast<double>(batches.size()),
          correct / static_cast<double>(dataset.size())};
  // END SOLUTION
}

}  // namespace pset3::representation
