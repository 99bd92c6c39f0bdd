#include "starter/p3_supervised_depth/losses.hpp"

#include <cmath>

#include "starter/p3_supervised_depth/training.hpp"
#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

namespace pset3::depth {
namespace {

using testing::ElementsAre;

torch::Tensor map_of(const std::vector<float>& values, std::int64_t height, std::int64_t width) {
  return torch::tensor(values).view({1, 1, height, width});
}

TEST(ImageGradients, AreForwardDifferencesWithAZeroLastRowAndColumn) {
  const ImageGradients gradients = image_gradients(map_of({1, 4, 9, 2, 0, 5}, 2, 3));
  EXPECT_TRUE(gradients.vertical.equal(map_of({1, -4, -4, 0, 0, 0}, 2, 3)));
  EXPECT_TRUE(gradients.horizontal.equal(map_of({3, 5, 0, -2, 5, 0}, 2, 3)));
}

TEST(Ssim, OfEqualMapsIsOne) {
  torch::manual_seed(1);
  const torch::Tensor map = torch::randn({2, 1, 14, 20});
  EXPECT_NEAR(ssim(map, map).item<double>(), 1.0, 1e-6);
}

TEST(Ssim, OfFlatMapsIsTheirBrightnessTerm) {
  // Without variance only (2 a b + C1) / (a² + b² + C1) is left.
  const double a = 0.5;
  const double b = 0.25;
  const double expected = (2.0 * a * b + 1e-4) / (a * a + b * b + 1e-4);
  const torch::Tensor one = torch::full({1, 1, 12, 13}, a, torch::kDouble);
  const torch::Tensor other = torch::full({1, 1, 12, 13}, b, torch::kDouble);
  EXPECT_NEAR(ssim(one, other).item<double>(), expected, 1e-12);
}

TEST(Ssim, OfOppositeMapsWithoutMeanIsNearlyMinusOne) {
  // In one window, values that cancel out: covariance = −variance, and no brightness.
  torch::manual_seed(2);
  torch::Tensor map = torch::randn({1, 1, 11, 11}, torch::kDouble);
  const torch::Tensor offsets = torch::arange(11, torch::kDouble) - 5.0;
  torch::Tensor window = (-offsets.square() / 4.5).exp();
  window = window.outer(window) / window.outer(window).sum();
  map = map - (map * window).sum();
  const double variance = (map.square() * window).sum().item<double>();
  EXPECT_NEAR(ssim(map, -map).item<double>(), (-2.0 * variance + 9e-4) / (2.0 * variance + 9e-4),
              1e-9);
}

TEST(Ssim, HasTheGradientThatCentralDifferencesHave) {
  torch::manual_seed(3);
  torch::Tensor a = torch::randn({1, 2, 12, 13}, torch::kDouble).requires_grad_();
  const torch::Tensor b = torch::randn({1, 2, 12, 13}, torch::kDouble);
  ssim(a, b).backward();
  const torch::Tensor direction = torch::randn_like(b);
  const torch::NoGradGuard no_gradients;
  const double step = 1e-5;
  const double numeric =
      (ssim(a + step * direction, b) - ssim(a - step * direction, b)).item<double>() / (2 * step);
  EXPECT_NEAR((a.grad() * direction).sum().item<double>(), numeric, 1e-8);
}

TEST(Ssim, RefusesMapsThatItCannotCompare) {
  const torch::Tensor small = torch::zeros({1, 1, 10, 30});
  EXPECT_THROW(ssim(small, small), std::invalid_argument);
  EXPECT_THROW(ssim(torch::zeros({1, 1, 20, 20}), torch::zeros({1, 1, 20, 21})),
               std::invalid_argument);
  EXPECT_THROW(ssim(torch::zeros({20, 20}), torch::zeros({20, 20})), std::invalid_argument);
}

TEST(DepthLoss, AddsUpWhatTheGradientsDiffer) {
  const torch::Tensor predicted = map_of({0, 1, 2, 5}, 2, 2);  // dy 2 4 / 0 0, dx 1 0 / 3 0
  const torch::Tensor truth = map_of({1, 1, 1, 3}, 2, 2);      // dy 0 2 / 0 0, dx 0 0 / 2 0
  const torch::Tensor loss = depth_loss(predicted, truth);
  EXPECT_THAT(loss.sizes().vec(), ElementsAre(1, 2, 2));
  EXPECT_TRUE(loss.equal(torch::tensor({{{3.0F, 2.0F}, {1.0F, 0.0F}}}))) << loss;
}

TEST(DepthLoss, IsTheMeanOverChannels) {
  const torch::Tensor predicted = torch::tensor({0.0F, 1.0F, 0.0F, 5.0F}).view({1, 2, 1, 2});
  const torch::Tensor loss = depth_loss(predicted, torch::zeros({1, 2, 1, 2}));
  EXPECT_TRUE(loss.equal(torch::tensor({{{3.0F, 0.0F}}}))) << loss;
}

TEST(DepthLoss, DoesNotSeeWhatIsAddedEverywhere) {
  torch::manual_seed(4);
  const torch::Tensor truth = torch::randn({2, 1, 5, 6}, torch::kDouble);
  EXPECT_LE(depth_loss(truth + 7.0, truth).max().item<double>(), 1e-12);
}

TEST(DepthLoss, HasTheGradientThatCentralDifferencesHave) {
  torch::manual_seed(5);
  torch::Tensor predicted = torch::randn({2, 3, 5, 6}, torch::kDouble).requires_grad_();
  const torch::Tensor truth = torch::randn({2, 3, 5, 6}, torch::kDouble);
  const torch::Tensor weights = torch::randn({2, 5, 6}, torch::kDouble);
  (depth_loss(predicted, truth) * weights).sum().backward();
  const torch::NoGradGuard no_gradients;
  const double step = 1e-6;
  torch::Tensor numeric = torch::zeros_like(truth);
  for (std::int64_t i = 0; i < truth.numel(); ++i) {
    torch::Tensor moved = predicted.detach().clone();
    moved.view(-1)[i] += step;
    const torch::Tensor above = (depth_loss(moved, truth) * weights).sum();
    moved.view(-1)[i] -= 2.0 * step;
    numeric.view(-1)[i] = (above - (depth_loss(moved, truth) * weights).sum()) / (2.0 * step);
  }
  EXPECT_TRUE(predicted.grad().allclose(numeric, 0.0, 1e-8));
}

TEST(NetLoss, OfFlatMapsIsWorkedOutByHand) {
  // No slopes; SSIM is the brightness term; the depths are off by 0.25 everywhere.
  const LossTerms terms =
      net_loss(torch::full({2, 1, 11, 12}, 0.5), torch::full({2, 1, 11, 12}, 0.25));
  const double ssim_term = (1.0 - (0.25 + 1e-4) / (0.3125 + 1e-4)) / 2.0;
  // A flat map's variance is a difference of equal means in float: some 1e-7, beside C2 = 9e-4.
  EXPECT_NEAR(terms.ssim.item<double>(), ssim_term, 2e-4);
  EXPECT_EQ(terms.gradients.item<double>(), 0.0);
  EXPECT_NEAR(terms.l1.item<double>(), 0.25, 1e-7);
  EXPECT_NEAR(terms.net.item<double>(), ssim_term + 0.025, 2e-4);
}

TEST(NetLoss, OfTheTruthIsZero) {
  const Batch batch = random_batch(2, 16, 16, 6);
  EXPECT_NEAR(net_loss(batch.depths, batch.depths).net.item<double>(), 0.0, 1e-6);
}

TEST(NetLoss, AddsUpThreeTerms) {
  const Batch batch = random_batch(3, 15, 18, 7);
  const torch::Tensor predicted = torch::randn_like(batch.depths);
  const LossTerms terms = net_loss(predicted, batch.depths);
  EXPECT_NEAR(terms.ssim.item<double>(), (1.0 - ssim(predicted, batch.depths).item<double>()) / 2.0,
              1e-6);
  EXPECT_NEAR(terms.gradients.item<double>(),
              depth_loss(predicted, batch.depths).mean().item<double>(), 1e-6);
  EXPECT_NEAR(terms.l1.item<double>(), (predicted - batch.depths).abs().mean().item<double>(),
              1e-6);
  EXPECT_NEAR(
      terms.net.item<double>(),
      terms.ssim.item<double>() + terms.gradients.item<double>() + 0.1 * terms.l1.item<double>(),
      1e-6);
}

TEST(NetLoss, HasTheGradientThatCentralDifferencesHave) {
  torch::manual_seed(8);
  torch::Tensor predicted = torch::randn({1, 1, 13, 12}, torch::kDouble).requires_grad_();
  const torch::Tensor truth = torch::randn({1, 1, 13, 12}, torch::kDouble);
  net_loss(predicted, truth).net.backward();
  const torch::Tensor direction = torch::randn_like(truth);
  const torch::NoGradGuard no_gradients;
  const double step = 1e-6;
  const double numeric = (net_loss(predicted + step * direction, truth).net -
                          net_loss(predicted - step * direction, truth).net)
                             .item<double>() /
                         (2.0 * step);
  EXPECT_NEAR((predicted.grad() * direction).sum().item<double>(), numeric, 1e-7);
}

}  // namespace
}  // namespace pset3::depth
