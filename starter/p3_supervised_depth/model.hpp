#pragma once

#include <torch/torch.h>

#include "starter/common/errors.hpp"
#include "starter/p3_supervised_depth/given/decoder.hpp"
#include "starter/p3_supervised_depth/given/encoder.hpp"

namespace pset3::depth {

/// Anything that tells the depth of each pixel of an image.
class DepthModel : public torch::nn::Module {
 public:
  /// @param images  (B, 3, H, W) float, normalised.
  /// @returns (B, 1, H, W) depths, normalised as those that it is trained on.
  virtual torch::Tensor forward(const torch::Tensor& images) = 0;
};

/// The decoder on top of the encoder, with the encoder's maps joined to the decoder's.
///
/// Register them as "encoder" and "decoder".
/// Source: handouts/p3_supervised_depth.md, question (b); Alhashim & Wonka 2018, figure 2.
class DenseDepth : public DepthModel {
 public:
  /// @param encoder  is shared with the caller, trained or not. The decoder is a new one that fits
  ///                 it.
  /// @throws NotImplemented in the starter.
  explicit DenseDepth(DenseEncoder encoder);

  /// The encoder's norm5 goes through the decoder, whose four blocks join transition2, transition1,
  /// pool0 and relu0, in this order. What comes out is half as large as the images, rounded up; it
  /// is enlarged to their size by nearest neighbours: pixel (y, x) is (⌊y/2⌋, ⌊x/2⌋) of it.
  ///
  /// Training or evaluation: the mode of both stays as it is, also where the encoder's is not the
  /// model's.
  ///
  /// @param images  (B, 3, H, W) float, normalised; H and W at least 32, also odd ones.
  torch::Tensor forward(const torch::Tensor& images) override;

 private:
  DenseEncoder encoder_{nullptr};
  Decoder decoder_{nullptr};
};

}  // namespace pset3::depth
