#include <algorithm>

#include "starter/p2_representation_learning/data.hpp"

namespace pset3::representation {

std::vector<std::vector<std::int64_t>> batch_indices(std::int64_t size, std::int64_t batch_size,
                                                     bool shuffle) {
  if (size < 0 || batch_size < 1) {
    throw std::invalid_argument("batch_indices: expected size >= 0 and batch_size >= 1, got " +
                                std::to_string(size) + " and " + std::to_string(batch_size));
  }
  const torch::Tensor order =
      shuffle ? torch::randperm(size, torch::kInt64) : torch::arange(size, torch::kInt64);
  const auto* index = order.data_ptr<std::int64_t>();
  std::vector<std::vector<std::int64_t>> batches;
  for (std::int64_t begin = 0; begin < size; begin += batch_size) {
    batches.emplace_back(index + begin, index + std::min(begin + batch_size, size));
  }
  return batches;
}

Batch load_batch(const ImageDataset& dataset, const std::vector<std::int64_t>& indices) {
  std::vector<torch::Tensor> images;
  std::vector<torch::Tensor> labels;
  images.reserve(indices.size());
  labels.reserve(indices.size());
  for (const std::int64_t index : indices) {
    const Example example = dataset.get(index);
    images.push_back(example.image);
    labels.push_back(example.label);
  }
  return {torch::stack(images), torch::stack(labels)};
}

}  // namespace pset3::representation
