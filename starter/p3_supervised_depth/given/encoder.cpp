#include "starter/p3_supervised_depth/given/encoder.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace pset3::depth {
namespace {

constexpr std::size_t kBlocks = 4;

/// DenseNet's convolutions have no bias: a batch norm follows, which has one.
torch::nn::Conv2d convolution(std::int64_t from, std::int64_t to, std::int64_t kernel,
                              std::int64_t stride) {
  torch::nn::Conv2d layer(
      torch::nn::Conv2dOptions(from, to, kernel).stride(stride).padding(kernel / 2).bias(false));
  torch::nn::init::kaiming_normal_(layer->weight);
  return layer;
}

}  // namespace

void EncoderOptions::check() const {
  const bool right_blocks =
      blocks.size() == kBlocks &&
      std::all_of(blocks.begin(), blocks.end(), [](std::int64_t layers) { return layers >= 1; });
  if (!right_blocks) {
    throw std::invalid_argument("EncoderOptions: expected four blocks of at least 1 layer, got " +
                                std::to_string(blocks.size()) + " blocks");
  }
  if (width < 2 || growth < 1 || bottleneck < 1) {
    throw std::invalid_argument(
        "EncoderOptions: expected a width of at least 2 and growth and bottleneck of at least 1, "
        "got " +
        std::to_string(width) + ", " + std::to_string(growth) + ", " + std::to_string(bottleneck));
  }
}

EncoderOptions densenet161() {
  EncoderOptions options;
  options.width = 96;
  options.growth = 48;
  options.blocks = {6, 12, 36, 24};
  return options;
}

DenseLayerImpl::DenseLayerImpl(std::int64_t channels, const EncoderOptions& options) {
  const std::int64_t inside = options.bottleneck * options.growth;
  norm1_ = register_module("norm1", torch::nn::BatchNorm2d(channels));
  conv1_ = register_module("conv1", convolution(channels, inside, 1, 1));
  norm2_ = register_module("norm2", torch::nn::BatchNorm2d(inside));
  conv2_ = register_module("conv2", convolution(inside, options.growth, 3, 1));
}

torch::Tensor DenseLayerImpl::forward(const torch::Tensor& maps) {
  const torch::Tensor inside = conv1_->forward(torch::relu(norm1_->forward(maps)));
  return torch::cat({maps, conv2_->forward(torch::relu(norm2_->forward(inside)))}, 1);
}

DenseBlockImpl::DenseBlockImpl(std::int64_t channels, std::int64_t layers,
                               const EncoderOptions& options) {
  for (std::int64_t i = 0; i < layers; ++i) {
    layers_.push_back(register_module("denselayer" + std::to_string(i + 1),
                                      DenseLayer(channels + i * options.growth, options)));
  }
}

torch::Tensor DenseBlockImpl::forward(torch::Tensor maps) {
  for (DenseLayer& layer : layers_) maps = layer->forward(maps);
  return maps;
}

TransitionImpl::TransitionImpl(std::int64_t channels) {
  norm_ = register_module("norm", torch::nn::BatchNorm2d(channels));
  conv_ = register_module("conv", convolution(channels, channels / 2, 1, 1));
}

torch::Tensor TransitionImpl::forward(const torch::Tensor& maps) {
  return torch::avg_pool2d(conv_->forward(torch::relu(norm_->forward(maps))), 2);
}

DenseEncoderImpl::DenseEncoderImpl(const EncoderOptions& options) {
  options.check();
  conv0_ = register_module("conv0", convolution(3, options.width, 7, 2));
  norm0_ = register_module("norm0", torch::nn::BatchNorm2d(options.width));
  std::int64_t channels = options.width;
  std::vector<std::int64_t> after_transition;
  for (std::size_t b = 0; b < kBlocks; ++b) {
    const std::string number = std::to_string(b + 1);
    blocks_.push_back(
        register_module("denseblock" + number, DenseBlock(channels, options.blocks[b], options)));
    channels += options.blocks[b] * options.growth;
    if (b + 1 == kBlocks) break;
    transitions_.push_back(register_module("transition" + number, Transition(channels)));
    channels /= 2;
    after_transition.push_back(channels);
  }
  norm5_ = register_module("norm5", torch::nn::BatchNorm2d(channels));
  channels_ = {options.width, options.width, after_transition[0], after_transition[1], channels};
}

EncoderMaps DenseEncoderImpl::forward(const torch::Tensor& images) {
  EncoderMaps maps;
  maps.conv0 = conv0_->forward(images);
  maps.norm0 = norm0_->forward(maps.conv0);
  maps.relu0 = torch::relu(maps.norm0);
  maps.pool0 = torch::max_pool2d(maps.relu0, 3, 2, 1);
  maps.block1 = blocks_[0]->forward(maps.pool0);
  maps.transition1 = transitions_[0]->forward(maps.block1);
  maps.block2 = blocks_[1]->forward(maps.transition1);
  maps.transition2 = transitions_[1]->forward(maps.block2);
  maps.block3 = blocks_[2]->forward(maps.transition2);
  maps.transition3 = transitions_[2]->forward(maps.block3);
  maps.block4 = blocks_[3]->forward(maps.transition3);
  maps.norm5 = norm5_->forward(maps.block4);
  return maps;
}

}  // namespace pset3::depth
