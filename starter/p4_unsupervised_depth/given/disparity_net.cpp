#include "starter/p4_unsupervised_depth/given/disparity_net.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace pset3::stereo {
namespace {

namespace functional = torch::nn::functional;

// Disparities begin at 0.3 · sigmoid(−2), some 4 % of the width. Begun in the middle of their
// range, they are so far off that where pictures have little contrast no slope leads to the right
// ones.
constexpr double kFirstBias = -2.0;

torch::nn::Conv2d convolution(std::int64_t from, std::int64_t to, std::int64_t kernel,
                              std::int64_t stride = 1) {
  return torch::nn::Conv2d(
      torch::nn::Conv2dOptions(from, to, kernel).stride(stride).padding(kernel / 2).bias(false));
}

torch::nn::Conv2d biased_convolution(std::int64_t from, std::int64_t to) {
  return torch::nn::Conv2d(torch::nn::Conv2dOptions(from, to, 3).padding(1));
}

torch::Tensor twice_as_large(const torch::Tensor& maps) {
  return functional::interpolate(maps, functional::InterpolateFuncOptions()
                                           .scale_factor(std::vector<double>{2.0, 2.0})
                                           .mode(torch::kNearest));
}

torch::nn::Sequential stage(std::int64_t from, std::int64_t to, std::int64_t blocks,
                            std::int64_t stride) {
  torch::nn::Sequential layers;
  layers->push_back(ResidualBlock(from, to, stride));
  for (std::int64_t i = 1; i < blocks; ++i) layers->push_back(ResidualBlock(to, to, 1));
  return layers;
}

}  // namespace

void BackboneOptions::check() const {
  const bool positive = std::all_of(blocks.begin(), blocks.end(), [](auto n) { return n >= 1; });
  if (width >= 1 && blocks.size() == 4 && positive) return;
  throw std::invalid_argument("a backbone has a width and four stages, none of them below 1");
}

BackboneOptions resnet18() { return {64, {2, 2, 2, 2}}; }

ResidualBlockImpl::ResidualBlockImpl(std::int64_t from, std::int64_t to, std::int64_t stride) {
  conv1_ = register_module("conv1", convolution(from, to, 3, stride));
  bn1_ = register_module("bn1", torch::nn::BatchNorm2d(to));
  conv2_ = register_module("conv2", convolution(to, to, 3));
  bn2_ = register_module("bn2", torch::nn::BatchNorm2d(to));
  if (stride == 1 && from == to) return;
  downsample_ = register_module(
      "downsample",
      torch::nn::Sequential(convolution(from, to, 1, stride), torch::nn::BatchNorm2d(to)));
}

torch::Tensor ResidualBlockImpl::forward(const torch::Tensor& maps) {
  const torch::Tensor inner = torch::relu(bn1_->forward(conv1_->forward(maps)));
  const torch::Tensor added = downsample_.is_empty() ? maps : downsample_->forward(maps);
  return torch::relu(bn2_->forward(conv2_->forward(inner)) + added);
}

BackboneImpl::BackboneImpl(const BackboneOptions& options) {
  options.check();
  conv1_ = register_module("conv1", convolution(3, options.width, 7, 2));
  bn1_ = register_module("bn1", torch::nn::BatchNorm2d(options.width));
  std::int64_t from = options.width;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const std::int64_t to = options.width << i;
    layers_.at(i) = register_module("layer" + std::to_string(i + 1),
                                    stage(from, to, options.blocks[i], i == 0 ? 1 : 2));
    from = to;
  }
}

BackboneMaps BackboneImpl::forward(const torch::Tensor& images) {
  BackboneMaps maps;
  maps.first = torch::relu(bn1_->forward(conv1_->forward(images)));
  torch::Tensor last = torch::max_pool2d(maps.first, 3, 2, 1);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    last = layers_.at(i)->forward(last);
    maps.stages.at(i) = last;
  }
  return maps;
}

DisparityNetImpl::DisparityNetImpl(const BackboneOptions& options)
    : backbone_(register_module("backbone", Backbone(options))) {
  const std::int64_t width = options.width;
  const std::array<std::int64_t, kScales + 1> joined = {4 * width, 2 * width, width, width, 0};
  std::int64_t from = 8 * width;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const std::int64_t to = std::max<std::int64_t>(from / 2, 8);
    steps_.at(i) = make_step(i, from, joined.at(i), to);
    from = to;
  }
}

DisparityNetImpl::Step DisparityNetImpl::make_step(std::size_t number, std::int64_t from,
                                                   std::int64_t joined, std::int64_t to) {
  const std::string name = std::to_string(steps_.size() - number);
  const std::int64_t disparities = number < 2 ? 0 : 2;  // found a step before
  Step step;
  step.enlarge = register_module("enlarge" + name, biased_convolution(from, to));
  step.join = register_module("join" + name, biased_convolution(to + joined + disparities, to));
  if (number > 0) {
    step.disparity = register_module("disparity" + name, biased_convolution(to, 2));
    torch::nn::init::constant_(step.disparity->bias, kFirstBias);
  }
  return step;
}

Disparities DisparityNetImpl::forward(const torch::Tensor& left) {
  if (left.dim() != 4 || left.size(1) != 3 || left.size(2) % 32 != 0 || left.size(3) % 32 != 0) {
    throw std::invalid_argument(
        "DisparityNet: expected (B, 3, H, W) with H and W multiples of 32, got " +
        c10::str(left.sizes()));
  }
  const BackboneMaps maps = backbone_->forward(left);
  const std::array<torch::Tensor, kScales> joined = {maps.stages[2], maps.stages[1], maps.stages[0],
                                                     maps.first};
  Disparities disparities;
  torch::Tensor last = maps.stages[3];
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    Step& step = steps_.at(i);
    std::vector<torch::Tensor> together = {torch::elu(step.enlarge->forward(twice_as_large(last)))};
    if (i < joined.size()) together.push_back(joined.at(i));
    if (i > 1) together.push_back(twice_as_large(disparities.at(kScales + 1 - i)));
    last = torch::elu(step.join->forward(torch::cat(together, 1)));
    if (i == 0) continue;
    disparities.at(kScales - i) = kLargestDisparity * torch::sigmoid(step.disparity->forward(last));
  }
  return disparities;
}

}  // namespace pset3::stereo
