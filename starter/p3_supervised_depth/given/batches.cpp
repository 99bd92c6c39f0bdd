#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "starter/p3_supervised_depth/data.hpp"

namespace pset3::depth {

DataLoader::DataLoader(std::shared_ptr<const DepthDataset> dataset, std::int64_t batch_size,
                       bool shuffle)
    : dataset_(std::move(dataset)), batch_size_(batch_size), is_shuffled_(shuffle) {
  if (!dataset_) throw std::invalid_argument("DataLoader: there is no dataset");
  if (batch_size_ < 1) {
    throw std::invalid_argument("DataLoader: expected a batch size of at least 1, got " +
                                std::to_string(batch_size_));
  }
}

std::vector<std::vector<std::int64_t>> DataLoader::batches() const {
  const std::int64_t size = dataset_->size();
  const torch::Tensor order =
      is_shuffled_ ? torch::randperm(size, torch::kInt64) : torch::arange(size, torch::kInt64);
  std::vector<std::vector<std::int64_t>> all;
  const auto* numbers = order.data_ptr<std::int64_t>();
  for (std::int64_t begin = 0; begin < size; begin += batch_size_) {
    all.emplace_back(numbers + begin, numbers + std::min(begin + batch_size_, size));
  }
  return all;
}

Batch DataLoader::load(const std::vector<std::int64_t>& indices) const {
  std::vector<torch::Tensor> images;
  std::vector<torch::Tensor> depths;
  std::vector<torch::Tensor> valid;
  for (const std::int64_t index : indices) {
    Example example = dataset_->get(index);
    images.push_back(std::move(example.image));
    depths.push_back(std::move(example.depth));
    valid.push_back(std::move(example.valid));
  }
  return {torch::stack(images), torch::stack(depths), torch::stack(valid)};
}

}  // namespace pset3::depth
