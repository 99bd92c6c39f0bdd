#include "starter/p4_unsupervised_depth/exercise/tensors.hpp"

namespace pset3::stereo {

torch::Tensor bytes_of(const ColourPicture& picture) {
  return torch::tensor(picture.pixels, torch::kUInt8)
      .view({static_cast<std::int64_t>(picture.size.height),
             static_cast<std::int64_t>(picture.size.width), 3})
      .permute({2, 0, 1})
      .contiguous();
}

torch::Tensor tensor_of(const DisparityMap& disparity) {
  return torch::tensor(disparity.shares, torch::kFloat)
      .view({1, static_cast<std::int64_t>(disparity.size.height),
             static_cast<std::int64_t>(disparity.size.width)});
}

ColourPicture picture_of(const torch::Tensor& image) {
  const torch::Tensor bytes = (image.detach().clamp(0.0, 1.0) * 255.0)
                                  .round()
                                  .to(torch::kUInt8)
                                  .permute({1, 2, 0})
                                  .contiguous();
  const auto* first = bytes.data_ptr<std::uint8_t>();
  return {{static_cast<std::size_t>(bytes.size(0)), static_cast<std::size_t>(bytes.size(1))},
          {first, first + bytes.numel()}};
}

std::vector<float> floats_of(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kFloat).contiguous();
  return {plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel()};
}

}  // namespace pset3::stereo
