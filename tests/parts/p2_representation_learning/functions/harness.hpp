#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <utility>
#include <vector>

#include "starter/p2_representation_learning/data.hpp"
#include "starter/p2_representation_learning/models.hpp"

/// Datasets and models small enough to be worked out by hand.
namespace pset3::representation {

/// Examples that are kept in memory; remembers which were asked for.
class Examples : public ImageDataset {
 public:
  explicit Examples(std::vector<Example> examples) : examples_(std::move(examples)) {}

  std::int64_t size() const override { return static_cast<std::int64_t>(examples_.size()); }
  Example get(std::int64_t index) const override {
    asked.push_back(index);
    return examples_.at(static_cast<std::size_t>(index));
  }

  mutable std::vector<std::int64_t> asked;

 private:
  std::vector<Example> examples_;
};

/// An image whose pixels are all the same.
inline Example flat_example(float value, std::int64_t label) {
  return {torch::full({1, kImageSide, kImageSide}, value), torch::tensor(label, torch::kInt64)};
}

/// Logits (w · x, 0), where x is an image's first pixel and w the only weight.
class OneWeight : public Classifier {
 public:
  explicit OneWeight(float start) {
    weight = register_parameter("weight", torch::full({1}, start));
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    modes.push_back(is_training());
    const torch::Tensor score = weight * images.flatten(1).select(1, 0);
    return torch::stack({score, torch::zeros_like(score)}, 1);
  }
  std::vector<torch::Tensor> parameters_to_train() override { return {weight}; }

  torch::Tensor weight;
  std::vector<bool> modes;  ///< whether each forward pass was in training mode
};

/// Noise with labels that a network can learn by heart.
inline Examples random_examples(std::int64_t count, std::int64_t classes, std::uint64_t seed) {
  torch::manual_seed(seed);
  std::vector<Example> examples;
  for (std::int64_t i = 0; i < count; ++i) {
    examples.push_back(
        {torch::randn({1, kImageSide, kImageSide}), torch::tensor(i * 7 % classes, torch::kInt64)});
  }
  return Examples(std::move(examples));
}

}  // namespace pset3::representation
