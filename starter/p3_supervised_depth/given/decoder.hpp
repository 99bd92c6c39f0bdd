#pragma once

#include <torch/torch.h>

#include <array>
#include <cstdint>

#include "starter/p3_supervised_depth/given/encoder.hpp"

namespace pset3::depth {

/// Enlarges maps, puts others of that size behind them, and mixes the two. Given.
///
/// bilinear interpolation, corners on corners · concatenation · convolution 3x3 · leaky ReLU 0.2 ·
/// convolution 3x3 · leaky ReLU 0.2
class UpsamplingBlockImpl : public torch::nn::Module {
 public:
  /// @param from    maps that are enlarged;
  /// @param joined  maps that are put behind them;
  /// @param to      maps that come out.
  UpsamplingBlockImpl(std::int64_t from, std::int64_t joined, std::int64_t to);

  /// @param small  (B, from, h, w).
  /// @param large  (B, joined, H, W).
  /// @returns (B, to, H, W)
  torch::Tensor forward(const torch::Tensor& small, const torch::Tensor& large);

 private:
  torch::nn::Conv2d conv1_{nullptr};
  torch::nn::Conv2d conv2_{nullptr};
};
TORCH_MODULE(UpsamplingBlock);

/// Makes a depth map of what the encoder found, in steps from coarse to fine; in each of them a map
/// of the encoder tells where edges are. Given.
///
/// ReLU · convolution 1x1 to half as many maps · four upsampling blocks, each to half as many maps,
/// but at least 8 · convolution 3x3 to one map.
/// Source: Alhashim & Wonka, "High Quality Monocular Depth Estimation via Transfer Learning", 2018,
/// section 3.1.
class DecoderImpl : public torch::nn::Module {
 public:
  explicit DecoderImpl(const EncoderChannels& encoder);

  /// @param deepest  (B, norm5, H/32, W/32): the encoder's norm5.
  /// @param joined   what the four blocks join, from coarse to fine, with as many maps as the
  ///                 encoder's transition2, transition1, pool0, relu0.
  /// @returns (B, 1, h, w): one map of the size of the last of `joined`.
  torch::Tensor forward(const torch::Tensor& deepest, const std::array<torch::Tensor, 4>& joined);

 private:
  torch::nn::Conv2d conv2_{nullptr};
  std::array<UpsamplingBlock, 4> up_{nullptr, nullptr, nullptr, nullptr};
  torch::nn::Conv2d conv3_{nullptr};
};
TORCH_MODULE(Decoder);

}  // namespace pset3::depth
