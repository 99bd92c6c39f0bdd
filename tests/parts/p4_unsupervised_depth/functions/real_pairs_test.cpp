#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>
#include <string>

#include "starter/p4_unsupervised_depth/sampling.hpp"

/// The reference on photographs with measured disparities: Middlebury's cones and teddy, and a pair
/// of KITTI.
namespace pset3::stereo {
namespace {

namespace fs = std::filesystem;

fs::path real_data() {
  const char* const named = std::getenv("PSET3_REAL_DATA");
  return named != nullptr ? fs::path(named)
                          : fs::path(PSET3_SOURCE_DIR).parent_path() / "shared/data";
}

/// @returns (1, 3, H, W), 0..1.
torch::Tensor picture(const fs::path& file) {
  const cv::Mat read = cv::imread(file.string(), cv::IMREAD_COLOR);
  const torch::Tensor bytes =
      torch::from_blob(read.data, {read.rows, read.cols, 3}, torch::kUInt8).clone();
  return bytes.permute({2, 0, 1}).unsqueeze(0).to(torch::kFloat) / 255.0;
}

/// @returns (1, 1, H, W) pixels; 0 = not known.
torch::Tensor disparity(const fs::path& file, double per_pixel) {
  cv::Mat read;
  cv::imread(file.string(), cv::IMREAD_UNCHANGED).convertTo(read, CV_32F, 1.0 / per_pixel);
  return torch::from_blob(read.data, {1, 1, read.rows, read.cols}, torch::kFloat).clone();
}

struct Pair {
  const char* name;
  double per_pixel;  ///< of the file's values
  double unwarped;   ///< mean absolute difference as published with the data
  double warped;
};

class RealPairs : public testing::TestWithParam<Pair> {};

TEST_P(RealPairs, AreExplainedByTheTrueDisparityAndNotByItsOpposite) {
  const fs::path folder = real_data() / "stereo" / GetParam().name;
  if (!fs::exists(folder)) GTEST_SKIP() << "skipped: no real data";
  const torch::Tensor left = picture(folder / "left.png");
  const torch::Tensor right = picture(folder / "right.png");
  const torch::Tensor pixels = disparity(folder / "disparity_left.png", GetParam().per_pixel);
  const torch::Tensor known = (pixels > 0).expand_as(left);
  // What the left camera sees beyond the right picture's edge cannot be made of it.
  const torch::Tensor columns = torch::arange(left.size(3), torch::kFloat).view({1, 1, 1, -1});
  const torch::Tensor inside = known.logical_and(columns >= pixels);
  const torch::Tensor share = pixels / static_cast<double>(left.size(3));
  const auto error = [&](const torch::Tensor& generated, const torch::Tensor& where) {
    return (generated - left).abs().masked_select(where).mean().item<double>();
  };
  EXPECT_NEAR(error(right, known), GetParam().unwarped, 0.1 * GetParam().unwarped);
  EXPECT_NEAR(error(generate_image_left(right, share), inside), GetParam().warped,
              0.1 * GetParam().warped);
  EXPECT_GT(error(generate_image_left(right, -share), known), GetParam().unwarped);
}

INSTANTIATE_TEST_SUITE_P(Middlebury, RealPairs,
                         testing::Values(Pair{"cones", 4.0, 0.171, 0.034},
                                         Pair{"teddy", 4.0, 0.153, 0.028}));
INSTANTIATE_TEST_SUITE_P(Kitti, RealPairs,
                         testing::Values(Pair{"kitti_000046_10", 256.0, 0.164, 0.045}));

}  // namespace
}  // namespace pset3::stereo
