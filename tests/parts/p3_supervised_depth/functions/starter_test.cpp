#include "starter/p3_supervised_depth/losses.hpp"
#include "starter/p3_supervised_depth/pretraining.hpp"
#include "starter/p3_supervised_depth/training.hpp"
#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

/// What the untouched starter does; linked with the stubs.
namespace pset3::depth {
namespace {

TEST(Starter, SaysThatNoDatasetIsWrittenYet) {
  const DepthDatasetMemory dataset(numbered_pictures(4), 1, 3);
  EXPECT_THROW(dataset.size(), NotImplemented);
  EXPECT_THROW(dataset.get(0), NotImplemented);
  EXPECT_THROW(DepthDatasetMemory(numbered_pictures(4), 3, 1), std::invalid_argument);
}

TEST(Starter, SaysThatNoSplitIsWrittenYet) {
  EXPECT_THROW(get_data_loaders(numbered_pictures(4)), NotImplemented);
  LoaderOptions options;
  options.pct = 1.5;
  EXPECT_THROW(get_data_loaders(numbered_pictures(4), options), std::invalid_argument);
}

TEST(Starter, SaysThatNoModelIsWrittenYet) {
  EXPECT_THROW(DenseDepth{DenseEncoder(tiny_encoder())}, NotImplemented);
}

TEST(Starter, SaysThatNoLossIsWrittenYet) {
  const torch::Tensor maps = torch::zeros({1, 1, 16, 16});
  EXPECT_THROW(depth_loss(maps, maps), NotImplemented);
  EXPECT_THROW(net_loss(maps, maps), NotImplemented);
}

TEST(Starter, SaysThatNoTrainingIsWrittenYet) {
  OneWeight model(0.0F);
  torch::optim::SGD optimizer(model.parameters(), 0.1);
  const Batch batch = random_batch(2, 16, 16, 1);
  const DataLoader loader(std::make_shared<Examples>(batch), 2, false);
  EXPECT_THROW(train_step(model, optimizer, batch), NotImplemented);
  EXPECT_THROW(evaluate(model, loader), NotImplemented);
  EXPECT_THROW(train(model, {loader, loader}, {}), NotImplemented);
}

TEST(Starter, SaysThatNoPretrainingIsWrittenYet) {
  const DataLoader loader(std::make_shared<Examples>(random_batch(2, 32, 32, 1)), 2, false);
  EXPECT_THROW(Autoencoder(DenseEncoder(tiny_encoder())), NotImplemented);
  EXPECT_THROW(pretrain(nullptr, loader), NotImplemented);
  EXPECT_THROW(compare_pretraining({loader, loader}), NotImplemented);
}

TEST(Starter, HasWhatIsGiven) {
  DenseEncoder encoder(tiny_encoder());
  const EncoderMaps maps = encoder->forward(torch::zeros({1, 3, 64, 32}));
  Decoder decoder(encoder->channels());
  const torch::Tensor half =
      decoder->forward(maps.norm5, {maps.transition2, maps.transition1, maps.pool0, maps.relu0});
  EXPECT_THAT(half.sizes().vec(), testing::ElementsAre(1, 1, 32, 16));
  EXPECT_NEAR(ssim(torch::ones({1, 1, 11, 11}), torch::ones({1, 1, 11, 11})).item<double>(), 1.0,
              1e-6);
}

}  // namespace
}  // namespace pset3::depth
