#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "grader/parts/p3_supervised_depth/judge/maps.hpp"

/// What the judge knows of depth maps, by hand.
namespace pset3::judge::p3 {
namespace {

DepthMaps flat(double value, std::size_t height, std::size_t width) {
  return {1, 1, height, width, std::vector<double>(height * width, value)};
}

TEST(DepthMaps, DifferInTheirSlopes) {
  const DepthMaps predicted{1, 1, 2, 2, {0, 1, 2, 5}};  // dy 2 4 / 0 0, dx 1 0 / 3 0
  const DepthMaps truth{1, 1, 2, 2, {1, 1, 1, 3}};      // dy 0 2 / 0 0, dx 0 0 / 2 0
  EXPECT_EQ(depth_losses(predicted, truth), (std::vector<double>{3, 2, 1, 0}));
}

TEST(DepthMaps, OfSeveralChannelsAreAveraged) {
  const DepthMaps predicted{1, 2, 1, 2, {0, 1, 0, 5}};
  const DepthMaps truth{1, 2, 1, 2, {0, 0, 0, 0}};
  EXPECT_EQ(depth_losses(predicted, truth), (std::vector<double>{3, 0}));
}

TEST(Similarity, OfFlatMapsIsTheirBrightnessTerm) {
  EXPECT_NEAR(similarity(flat(0.5, 12, 13), flat(0.25, 12, 13)), (0.25 + 1e-4) / (0.3125 + 1e-4),
              1e-12);
}

TEST(Similarity, OfEqualMapsIsOne) {
  DepthMaps map = flat(0.0, 13, 14);
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    map.values[i] = std::sin(1.7 * static_cast<double>(i));
  }
  EXPECT_NEAR(similarity(map, map), 1.0, 1e-12);
}

TEST(Similarity, SeesOneWindowOfGaussianWeights) {
  // A single pixel in the middle of the only window, which there has the weight w².
  double sum = 0.0;
  for (int offset = -5; offset <= 5; ++offset) sum += std::exp(-offset * offset / 4.5);
  const double weight = 1.0 / (sum * sum);
  DepthMaps dot = flat(0.0, 11, 11);
  dot.values[5 * 11 + 5] = 2.0;
  const double mean = 2.0 * weight;
  const double variance = 4.0 * weight - mean * mean;
  const double expected = 1e-4 / (mean * mean + 1e-4) * 9e-4 / (variance + 9e-4);
  EXPECT_NEAR(similarity(dot, flat(0.0, 11, 11)), expected, 1e-12);
}

TEST(NetLoss, AddsThreeTermsOfWhichOneCountsATenth) {
  const NetLoss loss = net_loss(flat(0.5, 11, 11), flat(0.25, 11, 11));
  const double ssim_term = (1.0 - (0.25 + 1e-4) / (0.3125 + 1e-4)) / 2.0;
  EXPECT_NEAR(loss.ssim, ssim_term, 1e-12);
  EXPECT_EQ(loss.gradients, 0.0);
  EXPECT_NEAR(loss.l1, 0.25, 1e-12);
  EXPECT_NEAR(loss.net(), ssim_term + 0.025, 1e-12);
}

}  // namespace
}  // namespace pset3::judge::p3
