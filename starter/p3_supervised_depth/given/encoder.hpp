#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace pset3::depth {

/// How large a DenseNet is. The defaults are a small one, for two cores.
struct EncoderOptions {
  std::int64_t width = 16;                          ///< maps after the first convolution
  std::int64_t growth = 8;                          ///< maps that each dense layer adds
  std::vector<std::int64_t> blocks = {2, 4, 6, 4};  ///< dense layers in each of the four blocks
  std::int64_t bottleneck = 4;  ///< maps inside a dense layer, as a multiple of growth

  /// @throws std::invalid_argument when a number is below 1, or there are not four blocks.
  void check() const;
};

/// @returns the options of DenseNet-161: width 96, growth 48, blocks 6, 12, 36, 24.
EncoderOptions densenet161();

/// What each stage of the encoder makes of (B, 3, H, W) images, from the first to the last. Sizes
/// are for even H and W; odd ones are rounded up by the convolution and the first pooling, and
/// down by the transitions.
struct EncoderMaps {
  torch::Tensor conv0;        ///< (B, width, H/2, W/2): the first convolution,
  torch::Tensor norm0;        ///< its batch normalisation
  torch::Tensor relu0;        ///< and what is not negative of that
  torch::Tensor pool0;        ///< (B, width, H/4, W/4)
  torch::Tensor block1;       ///< (B, …, H/4, W/4)
  torch::Tensor transition1;  ///< half as many maps, (H/8, W/8)
  torch::Tensor block2;       ///< (B, …, H/8, W/8)
  torch::Tensor transition2;  ///< half as many maps, (H/16, W/16)
  torch::Tensor block3;       ///< (B, …, H/16, W/16)
  torch::Tensor transition3;  ///< half as many maps, (H/32, W/32)
  torch::Tensor block4;       ///< (B, …, H/32, W/32)
  torch::Tensor norm5;        ///< the batch normalisation of block4: what an image is described by
};

/// How many maps there are in those that a decoder needs.
struct EncoderChannels {
  std::int64_t relu0 = 0;
  std::int64_t pool0 = 0;
  std::int64_t transition1 = 0;
  std::int64_t transition2 = 0;
  std::int64_t norm5 = 0;
};

/// batch norm · ReLU · convolution 1x1 to bottleneck · growth maps · batch norm · ReLU ·
/// convolution 3x3 to growth maps, which are put behind those that came in. Given.
class DenseLayerImpl : public torch::nn::Module {
 public:
  DenseLayerImpl(std::int64_t channels, const EncoderOptions& options);
  /// @param maps  (B, channels, h, w).
  /// @returns (B, channels + growth, h, w)
  torch::Tensor forward(const torch::Tensor& maps);

 private:
  torch::nn::BatchNorm2d norm1_{nullptr};
  torch::nn::Conv2d conv1_{nullptr};
  torch::nn::BatchNorm2d norm2_{nullptr};
  torch::nn::Conv2d conv2_{nullptr};
};
TORCH_MODULE(DenseLayer);

/// Dense layers one behind the other, each of which sees what all before it made. Given.
class DenseBlockImpl : public torch::nn::Module {
 public:
  /// @param layers  how many.
  DenseBlockImpl(std::int64_t channels, std::int64_t layers, const EncoderOptions& options);
  /// @param maps  (B, channels, h, w).
  /// @returns (B, channels + layers · growth, h, w)
  torch::Tensor forward(torch::Tensor maps);

 private:
  // No torch::nn::Sequential: its virtual tables are in every object file that uses it, and those
  // of g++ and of clang++, which compiles what students write, do not fit each other.
  std::vector<DenseLayer> layers_;
};
TORCH_MODULE(DenseBlock);

/// batch norm · ReLU · convolution 1x1 to half as many maps · average pooling 2x2. Given.
class TransitionImpl : public torch::nn::Module {
 public:
  explicit TransitionImpl(std::int64_t channels);
  /// @param maps  (B, channels, h, w), h and w at least 2.
  /// @returns (B, channels / 2, h / 2, w / 2)
  torch::Tensor forward(const torch::Tensor& maps);

 private:
  torch::nn::BatchNorm2d norm_{nullptr};
  torch::nn::Conv2d conv_{nullptr};
};
TORCH_MODULE(Transition);

/// A DenseNet without the layer that tells classes. Given.
///
/// Its layers are registered under the names that torchvision gives them, so that weights of the
/// one fit the other. Source: Huang, Liu, van der Maaten, Weinberger, "Densely Connected
/// Convolutional Networks", CVPR 2017, table 1 and section 3.
class DenseEncoderImpl : public torch::nn::Module {
 public:
  /// Convolutions start with He's normal distribution, batch norms as the identity.
  /// @throws std::invalid_argument as options.check().
  explicit DenseEncoderImpl(const EncoderOptions& options = {});

  /// @param images  (B, 3, H, W) float, H and W at least 32. In training mode two images or more,
  ///                or a side of at least 64: a batch norm cannot learn from a single value.
  EncoderMaps forward(const torch::Tensor& images);

  const EncoderChannels& channels() const { return channels_; }

 private:
  EncoderChannels channels_;
  torch::nn::Conv2d conv0_{nullptr};
  torch::nn::BatchNorm2d norm0_{nullptr};
  std::vector<DenseBlock> blocks_;
  std::vector<Transition> transitions_;
  torch::nn::BatchNorm2d norm5_{nullptr};
};
TORCH_MODULE(DenseEncoder);

}  // namespace pset3::depth
