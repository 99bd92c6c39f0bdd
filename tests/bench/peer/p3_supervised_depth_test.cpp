// What a course's own test of p3 looks like: a value or two of some functions.
#include <gtest/gtest.h>

#include "starter/p3_supervised_depth/losses.hpp"
#include "starter/p3_supervised_depth/model.hpp"
#include "starter/p3_supervised_depth/training.hpp"

namespace {

using namespace pset3::depth;

TEST(DepthLoss, IsZeroForEqualMapsAndCountsSlopes) {
  const torch::Tensor ramp = torch::arange(20, torch::kFloat).view({1, 1, 4, 5});
  EXPECT_EQ(depth_loss(ramp, ramp).abs().sum().item<float>(), 0.0F);
  EXPECT_NEAR(depth_loss(ramp, torch::zeros_like(ramp)).sum().item<float>(), 15 * 5 + 16, 1e-3);
}

TEST(NetLoss, IsZeroForEqualDepths) {
  const torch::Tensor depths = torch::rand({2, 1, 16, 16});
  EXPECT_NEAR(net_loss(depths, depths).net.item<float>(), 0.0F, 1e-5);
}

TEST(DenseDepth, GivesADepthForEachPixel) {
  DenseDepth model{DenseEncoder(EncoderOptions{})};
  model.eval();
  const torch::NoGradGuard no_gradients;
  const torch::Tensor depths = model.forward(torch::zeros({1, 3, 32, 48}));
  EXPECT_EQ(depths.sizes(), (std::vector<std::int64_t>{1, 1, 32, 48}));
}

}  // namespace
