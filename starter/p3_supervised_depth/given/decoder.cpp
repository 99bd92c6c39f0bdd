#include "starter/p3_supervised_depth/given/decoder.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace pset3::depth {
namespace {

constexpr std::int64_t kLeastChannels = 8;
constexpr double kSlope = 0.2;  // of the leaky ReLU, for negative values

torch::nn::Conv2d convolution(std::int64_t from, std::int64_t to, std::int64_t kernel) {
  return torch::nn::Conv2d(torch::nn::Conv2dOptions(from, to, kernel).padding(kernel / 2));
}

torch::Tensor enlarged(const torch::Tensor& maps, std::int64_t height, std::int64_t width) {
  return torch::nn::functional::interpolate(maps,
                                            torch::nn::functional::InterpolateFuncOptions()
                                                .size(std::vector<std::int64_t>{height, width})
                                                .mode(torch::kBilinear)
                                                .align_corners(true));
}

}  // namespace

UpsamplingBlockImpl::UpsamplingBlockImpl(std::int64_t from, std::int64_t joined, std::int64_t to) {
  conv1_ = register_module("conv1", convolution(from + joined, to, 3));
  conv2_ = register_module("conv2", convolution(to, to, 3));
}

torch::Tensor UpsamplingBlockImpl::forward(const torch::Tensor& small, const torch::Tensor& large) {
  const torch::Tensor both = torch::cat({enlarged(small, large.size(2), large.size(3)), large}, 1);
  const torch::Tensor mixed = torch::leaky_relu(conv1_->forward(both), kSlope);
  return torch::leaky_relu(conv2_->forward(mixed), kSlope);
}

DecoderImpl::DecoderImpl(const EncoderChannels& encoder) {
  const std::array<std::int64_t, 4> joined = {encoder.transition2, encoder.transition1,
                                              encoder.pool0, encoder.relu0};
  std::int64_t channels = std::max(encoder.norm5 / 2, kLeastChannels);
  conv2_ = register_module("conv2", convolution(encoder.norm5, channels, 1));
  for (std::size_t i = 0; i < up_.size(); ++i) {
    const std::int64_t half = std::max(channels / 2, kLeastChannels);
    up_[i] =
        register_module("up" + std::to_string(i + 1), UpsamplingBlock(channels, joined[i], half));
    channels = half;
  }
  conv3_ = register_module("conv3", convolution(channels, 1, 3));
}

torch::Tensor DecoderImpl::forward(const torch::Tensor& deepest,
                                   const std::array<torch::Tensor, 4>& joined) {
  torch::Tensor maps = conv2_->forward(torch::relu(deepest));
  for (std::size_t i = 0; i < up_.size(); ++i) maps = up_[i]->forward(maps, joined[i]);
  return conv3_->forward(maps);
}

}  // namespace pset3::depth
