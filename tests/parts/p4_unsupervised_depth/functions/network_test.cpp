#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "starter/p4_unsupervised_depth/given/disparity_net.hpp"
#include "starter/p4_unsupervised_depth/given/stereo_loss.hpp"

namespace pset3::stereo {
namespace {

std::int64_t count_of(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const torch::Tensor& parameter : module.parameters()) count += parameter.numel();
  return count;
}

TEST(Backbone, HasAsManyParametersAsResNet18WithoutItsHead) {
  // torchvision's resnet18 has 11,689,512, of which 512 · 1000 + 1000 are the head.
  EXPECT_EQ(count_of(*Backbone(resnet18())), 11'689'512 - 513'000);
}

TEST(DisparityNet, GivesFourScalesOfTwoDisparitiesBelowALargestOne) {
  torch::manual_seed(1);
  DisparityNet net;
  const Disparities disparities = net->forward(torch::rand({2, 3, 64, 96}));
  for (std::size_t i = 0; i < disparities.size(); ++i) {
    const std::int64_t scale = std::int64_t{1} << i;
    EXPECT_EQ(disparities.at(i).sizes(), torch::IntArrayRef({2, 2, 64 / scale, 96 / scale}));
    EXPECT_GT(disparities.at(i).min().item<double>(), 0.0);
    EXPECT_LT(disparities.at(i).max().item<double>(), kLargestDisparity);
  }
}

TEST(DisparityNet, RefusesSizesThatCannotBeHalvedFiveTimes) {
  EXPECT_THROW(DisparityNet()->forward(torch::rand({1, 3, 48, 64})), std::invalid_argument);
  EXPECT_THROW(DisparityNet(BackboneOptions{16, {1, 1, 1}}), std::invalid_argument);
}

Disparities constant(double share, std::int64_t height, std::int64_t width) {
  Disparities disparities;
  for (std::size_t i = 0; i < disparities.size(); ++i) {
    disparities.at(i) = torch::full({1, 2, height >> i, width >> i}, share);
  }
  return disparities;
}

TEST(StereoLoss, OfEqualViewsWithoutDisparityIsZero) {
  torch::manual_seed(2);
  const torch::Tensor view = torch::rand({1, 3, 32, 64});
  const StereoLoss loss = stereo_loss(constant(0.0, 32, 64), {view, view});
  EXPECT_NEAR(loss.total.item<double>(), 0.0, 1e-5);
}

TEST(StereoLoss, OfFlatViewsIsTheirDifferenceByHand) {
  // Flat views have no slope: SSIM is (2 a b + C1) / (a² + b² + C1), L1 is |a − b|; four scales,
  // two views.
  const double a = 0.5;
  const double b = 0.25;
  const StereoLoss loss = stereo_loss(
      constant(0.0, 32, 64), {torch::full({1, 3, 32, 64}, a), torch::full({1, 3, 32, 64}, b)});
  const double ssim = (2.0 * a * b + 1e-4) / (a * a + b * b + 1e-4);
  const double expected = 8.0 * (0.85 * (1.0 - ssim) / 2.0 + 0.15 * (a - b));
  EXPECT_NEAR(loss.appearance.item<double>(), expected, 1e-4);
  EXPECT_EQ(loss.consistency.item<double>(), 0.0);
  EXPECT_EQ(loss.smoothness.item<double>(), 0.0);
}

TEST(StereoLoss, PaysForSlopesOfTheDisparityWhereThePictureHasNone) {
  Disparities disparities = constant(0.0, 32, 64);
  disparities[0] =
      torch::arange(64, torch::kFloat).view({1, 1, 1, 64}).expand({1, 2, 32, 64}) / 640;
  const torch::Tensor flat = torch::full({1, 3, 32, 64}, 0.5);
  const double smoothness = stereo_loss(disparities, {flat, flat}).smoothness.item<double>();
  EXPECT_NEAR(smoothness, 2.0 / 640.0, 1e-7);
}

}  // namespace
}  // namespace pset3::stereo
