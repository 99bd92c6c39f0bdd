#pragma once

#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <vector>

namespace pset3::stereo {

constexpr std::size_t kScales = 4;
constexpr double kLargestDisparity = 0.3;  ///< of the width

/// How large the residual network is. The defaults are a small one, for two cores.
struct BackboneOptions {
  std::int64_t width = 16;                          ///< maps after the first convolution
  std::vector<std::int64_t> blocks = {1, 1, 1, 1};  ///< residual blocks in each of the four stages

  /// @throws std::invalid_argument when a number is below 1, or there are not four stages.
  void check() const;
};

/// @returns the options of ResNet-18: width 64, blocks 2, 2, 2, 2.
BackboneOptions resnet18();

/// Convolution 3x3 · batch norm · ReLU · convolution 3x3 · batch norm, to which what came in is
/// added · ReLU. With a stride, or another number of maps, that goes through a convolution 1x1 and
/// a batch norm first. Given.
class ResidualBlockImpl : public torch::nn::Module {
 public:
  ResidualBlockImpl(std::int64_t from, std::int64_t to, std::int64_t stride);
  /// @param maps  (B, from, h, w).
  /// @returns (B, to, h / stride, w / stride)
  torch::Tensor forward(const torch::Tensor& maps);

 private:
  torch::nn::Conv2d conv1_{nullptr};
  torch::nn::BatchNorm2d bn1_{nullptr};
  torch::nn::Conv2d conv2_{nullptr};
  torch::nn::BatchNorm2d bn2_{nullptr};
  torch::nn::Sequential downsample_{nullptr};  // none where maps are added as they are
};
TORCH_MODULE(ResidualBlock);

/// What the encoder makes of (B, 3, H, W), from fine to coarse.
struct BackboneMaps {
  torch::Tensor first;                  ///< (B, width, H/2, W/2)
  std::array<torch::Tensor, 4> stages;  ///< (B, width · 1, 2, 4, 8, H/4, 8, 16, 32, W/…)
};

/// A residual network without its head (He, Zhang, Ren, Sun, CVPR 2016), with torchvision's names
/// of parameters. Given.
class BackboneImpl : public torch::nn::Module {
 public:
  explicit BackboneImpl(const BackboneOptions& options);
  /// @param images  (B, 3, H, W) float.
  BackboneMaps forward(const torch::Tensor& images);

 private:
  torch::nn::Conv2d conv1_{nullptr};
  torch::nn::BatchNorm2d bn1_{nullptr};
  std::array<torch::nn::Sequential, 4> layers_{nullptr, nullptr, nullptr, nullptr};
};
TORCH_MODULE(Backbone);

/// Disparities of both views at four scales, from the finest to the coarsest: (B, 2, H/2^i, W/2^i)
/// in shares of the width, 0 to 0.3; the left view's first.
using Disparities = std::array<torch::Tensor, kScales>;

/// Tells both views' disparities by the left view alone. Given.
///
/// From the backbone's coarsest maps, five steps of: enlarging twice · convolution 3x3 · joining
/// the backbone's maps of that size, and the disparity found a step before · convolution 3x3. The
/// last four end in disparities, 0.3 · sigmoid of a convolution 3x3, which begin small. Source:
/// Godard, Mac Aodha, Brostow, "Unsupervised Monocular Depth Estimation with Left-Right
/// Consistency", CVPR 2017, section 3.2 and the supplementary material.
class DisparityNetImpl : public torch::nn::Module {
 public:
  explicit DisparityNetImpl(const BackboneOptions& options = {});

  /// @param left  (B, 3, H, W) float in 0..1; H and W multiples of 32.
  /// @throws std::invalid_argument for another size.
  Disparities forward(const torch::Tensor& left);

 private:
  /// One step of the decoder.
  struct Step {
    torch::nn::Conv2d enlarge{nullptr};
    torch::nn::Conv2d join{nullptr};
    torch::nn::Conv2d disparity{nullptr};  // none in the first step
  };
  Step make_step(std::size_t number, std::int64_t from, std::int64_t joined, std::int64_t to);

  Backbone backbone_{nullptr};
  std::array<Step, kScales + 1> steps_;
};
TORCH_MODULE(DisparityNet);

}  // namespace pset3::stereo
