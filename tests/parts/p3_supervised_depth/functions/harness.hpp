#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <memory>
#include <utility>
#include <vector>

#include "starter/p3_supervised_depth/data.hpp"
#include "starter/p3_supervised_depth/model.hpp"

/// Datasets and models small enough to be worked out by hand.
namespace pset3::depth {

/// Examples that are kept in memory; remembers which were asked for.
class Examples : public DepthDataset {
 public:
  explicit Examples(Batch all) : all_(std::move(all)) {}

  std::int64_t size() const override { return all_.images.size(0); }
  Example get(std::int64_t index) const override {
    asked.push_back(index);
    return {all_.images[index], all_.depths[index], all_.valid[index]};
  }

  mutable std::vector<std::int64_t> asked;

 private:
  Batch all_;
};

/// Depth = w · red, where w is the only weight; in training mode 1 more.
class OneWeight : public DepthModel {
 public:
  explicit OneWeight(float start) {
    weight = register_parameter("weight", torch::full({1}, start));
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    modes.push_back(is_training());
    keeps_gradients.push_back(torch::GradMode::is_enabled());
    const torch::Tensor depths = weight * images.slice(1, 0, 1);
    return is_training() ? depths + 1.0 : depths;
  }

  torch::Tensor weight;
  std::vector<bool> modes;            ///< whether each forward pass was in training mode
  std::vector<bool> keeps_gradients;  ///< and whether it was to be differentiated
};

/// Noise with depths, all valid.
inline Batch random_batch(std::int64_t count, std::int64_t height, std::int64_t width,
                          std::uint64_t seed) {
  torch::manual_seed(seed);
  return {torch::randn({count, 3, height, width}), torch::randn({count, 1, height, width}),
          torch::ones({count, 1, height, width}, torch::kBool)};
}

/// Pictures whose depth is number · 0.01 everywhere.
inline RgbdImages numbered_pictures(std::int64_t count) {
  const torch::Tensor numbers = torch::arange(count, torch::kFloat).view({count, 1, 1, 1}) * 0.01;
  return {torch::randint(256, {count, 3, 4, 5}, torch::kUInt8),
          numbers.expand({count, 1, 4, 5}).clone(), torch::ones({count, 1, 4, 5}, torch::kBool)};
}

/// A DenseNet that is fast to run.
inline EncoderOptions tiny_encoder() {
  EncoderOptions options;
  options.width = 6;
  options.growth = 4;
  options.blocks = {1, 2, 1, 2};
  options.bottleneck = 2;
  return options;
}

}  // namespace pset3::depth
