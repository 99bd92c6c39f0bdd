#include "starter/p3_supervised_depth/pretraining.hpp"

#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

namespace pset3::depth {
namespace {

using testing::ElementsAre;

DataLoader smooth_pictures(std::int64_t count, std::uint64_t seed) {
  torch::manual_seed(seed);
  const torch::Tensor images = torch::nn::functional::interpolate(
      torch::randn({count, 3, 2, 2}), torch::nn::functional::InterpolateFuncOptions()
                                          .size(std::vector<std::int64_t>{32, 48})
                                          .mode(torch::kBilinear)
                                          .align_corners(true));
  const torch::Tensor depths = images.mean(1, true);
  return {std::make_shared<Examples>(Batch{images, depths, torch::ones_like(depths, torch::kBool)}),
          8, true};
}

TEST(Autoencoder, PaintsImagesOfTheSameSize) {
  DenseEncoder encoder(tiny_encoder());
  Autoencoder autoencoder(encoder);
  EXPECT_EQ(autoencoder->named_children()["encoder"], encoder.ptr());
  EXPECT_THAT(autoencoder->forward(torch::zeros({2, 3, 33, 47})).sizes().vec(),
              ElementsAre(2, 3, 33, 47));
}

TEST(Pretrain, LowersTheReconstructionLossAndChangesTheEncoder) {
  const DataLoader loader = smooth_pictures(24, 1);
  DenseEncoder encoder(tiny_encoder());
  const torch::Tensor before = encoder->named_parameters()["conv0.weight"].detach().clone();
  PretrainOptions options;
  options.epochs = 20;
  options.learning_rate = 5e-3;
  const std::vector<double> losses = pretrain(Autoencoder(encoder), loader, options);
  ASSERT_EQ(losses.size(), 20U);
  EXPECT_LT(losses.back(), 0.8 * losses.front());
  EXPECT_FALSE(encoder->named_parameters()["conv0.weight"].equal(before));
}

TEST(ComparePretraining, GivesTheTestLossesOfBothTrainings) {
  const DataLoaders loaders = {smooth_pictures(16, 2), smooth_pictures(8, 3)};
  ComparisonOptions options;
  options.encoder = tiny_encoder();
  options.pretraining.epochs = 1;
  options.training.epochs = 3;
  torch::manual_seed(4);
  const Comparison comparison = compare_pretraining(loaders, options);
  ASSERT_EQ(comparison.from_scratch.size(), 3U);
  ASSERT_EQ(comparison.pretrained.size(), 3U);
  EXPECT_NE(comparison.from_scratch, comparison.pretrained);
  // The first of them can be had by hand: the same random numbers make the same training.
  torch::manual_seed(4);
  DenseDepth model{DenseEncoder(tiny_encoder())};
  const auto results = train(model, loaders, options.training);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(results[i].test_loss, comparison.from_scratch[i]) << i;
  }
}

}  // namespace
}  // namespace pset3::depth
