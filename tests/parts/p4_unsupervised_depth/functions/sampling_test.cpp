#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "starter/p4_unsupervised_depth/sampling.hpp"

namespace pset3::stereo {
namespace {

using testing::HasSubstr;

torch::Tensor row(const std::vector<double>& values) {
  return torch::tensor(values, torch::kDouble)
      .view({1, 1, 1, static_cast<std::int64_t>(values.size())});
}

torch::Tensor everywhere(double share, const torch::Tensor& image) {
  return torch::full({image.size(0), 1, image.size(2), image.size(3)}, share, image.options());
}

TEST(BilinearSampler, ChangesNothingWithoutDisparity) {
  torch::manual_seed(1);
  const torch::Tensor image = torch::rand({2, 3, 5, 7}, torch::kDouble);
  EXPECT_TRUE(bilinear_sampler(image, everywhere(0.0, image)).allclose(image, 0.0, 1e-12));
}

TEST(BilinearSampler, MovesThePictureHalfItsWidthToTheLeft) {
  const torch::Tensor image = row({1, 2, 3, 4, 5, 6});
  const torch::Tensor moved = bilinear_sampler(image, everywhere(0.5, image));
  EXPECT_TRUE(moved.slice(3, 0, 3).allclose(row({4, 5, 6}), 0.0, 1e-12));
}

TEST(BilinearSampler, MixesTwoPixelsByHand) {
  // A quarter of a pixel to the right: 3/4 of a pixel and 1/4 of the next.
  const torch::Tensor image = row({10, 20, 40, 80});
  const torch::Tensor moved = bilinear_sampler(image, everywhere(0.25 / 4.0, image));
  EXPECT_TRUE(moved.slice(3, 0, 3).allclose(row({12.5, 25.0, 50.0}), 0.0, 1e-12));
}

TEST(BilinearSampler, MovesAllChannelsAndNoRow) {
  torch::manual_seed(2);
  const torch::Tensor image = torch::rand({2, 3, 4, 8}, torch::kDouble);
  const torch::Tensor moved = bilinear_sampler(image, everywhere(2.0 / 8.0, image));
  EXPECT_TRUE(moved.slice(3, 0, 6).allclose(image.slice(3, 2, 8), 0.0, 1e-12));
}

TEST(BilinearSampler, LooksEachPixelUpByItsOwnDisparity) {
  const torch::Tensor image = row({1, 2, 3, 4});
  const torch::Tensor moved = bilinear_sampler(image, row({0.75, 0.25, -0.25, -0.75}));
  EXPECT_TRUE(moved.allclose(row({4, 3, 2, 1}), 0.0, 1e-12));
}

TEST(BilinearSampler, HasTheGradientsThatCentralDifferencesHave) {
  torch::manual_seed(3);
  const torch::Tensor image = torch::rand({2, 2, 3, 9}, torch::kDouble).requires_grad_();
  // Away from the pixels' centres, where the slope jumps, and inside.
  const torch::Tensor pixels = torch::randint(0, 3, {2, 1, 3, 9}, torch::kDouble) - 1.0 + 0.4;
  const torch::Tensor disparity = (pixels / 9.0).detach().requires_grad_();
  const torch::Tensor weights = torch::rand({2, 2, 3, 9}, torch::kDouble);
  const auto weighted = [&](const torch::Tensor& i, const torch::Tensor& d) {
    return (bilinear_sampler(i, d) * weights).sum();
  };
  weighted(image, disparity).backward();
  const torch::NoGradGuard no_gradients;
  const double step = 1e-6;
  const torch::Tensor of_image = torch::rand_like(image);
  const torch::Tensor of_disparity = torch::rand_like(disparity);
  const double by_image = ((weighted(image + step * of_image, disparity) -
                            weighted(image - step * of_image, disparity)) /
                           (2.0 * step))
                              .item<double>();
  const double by_disparity = ((weighted(image, disparity + step * of_disparity) -
                                weighted(image, disparity - step * of_disparity)) /
                               (2.0 * step))
                                  .item<double>();
  EXPECT_NEAR((image.grad() * of_image).sum().item<double>(), by_image, 1e-6);
  EXPECT_NEAR((disparity.grad() * of_disparity).sum().item<double>(), by_disparity, 1e-6);
}

TEST(BilinearSampler, TakesPicturesOfOneRowOrColumn) {
  torch::manual_seed(5);
  for (const auto& [height, width] : {std::pair{1, 6}, std::pair{6, 1}, std::pair{1, 1}}) {
    const torch::Tensor image = torch::rand({1, 2, height, width}, torch::kDouble);
    EXPECT_TRUE(bilinear_sampler(image, everywhere(0.0, image)).allclose(image, 0.0, 1e-12));
  }
  const torch::Tensor column = torch::rand({1, 2, 6, 1}, torch::kDouble);
  EXPECT_TRUE(bilinear_sampler(column, everywhere(0.3, column)).allclose(column, 0.0, 1e-12))
      << "beyond the border the last pixel again";
}

TEST(BilinearSampler, NamesBothShapesThatDoNotFit) {
  try {
    bilinear_sampler(torch::zeros({1, 3, 4, 5}), torch::zeros({1, 1, 4, 6}));
    FAIL() << "nothing was thrown";
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), HasSubstr("[1, 3, 4, 5]"));
    EXPECT_THAT(error.what(), HasSubstr("[1, 1, 4, 6]"));
  }
}

TEST(GenerateImage, LooksForLeftPointsFurtherToTheLeft) {
  // A point at column 3 of the left view is at column 1 of the right one: disparity 2.
  const torch::Tensor right = row({0, 7, 0, 0, 0, 0});
  const torch::Tensor left = row({0, 0, 0, 7, 0, 0});
  const torch::Tensor disparity = everywhere(2.0 / 6.0, right);
  EXPECT_TRUE(generate_image_left(right, disparity).allclose(left, 0.0, 1e-12));
  EXPECT_TRUE(generate_image_right(left, disparity).allclose(right, 0.0, 1e-12));
}

TEST(GenerateImage, LeavesItsArgumentsAsTheyWere) {
  torch::manual_seed(4);
  const torch::Tensor image = torch::rand({1, 3, 4, 6});
  const torch::Tensor disparity = torch::rand({1, 1, 4, 6});
  const torch::Tensor image_before = image.clone();
  const torch::Tensor disparity_before = disparity.clone();
  generate_image_left(image, disparity);
  generate_image_right(image, disparity);
  EXPECT_TRUE(image.equal(image_before));
  EXPECT_TRUE(disparity.equal(disparity_before));
}

}  // namespace
}  // namespace pset3::stereo
