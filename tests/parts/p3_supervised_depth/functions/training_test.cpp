#include "starter/p3_supervised_depth/training.hpp"

#include <cmath>

#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

namespace pset3::depth {
namespace {

using testing::Each;
using testing::ElementsAre;

/// A flat image of red 1 and a flat depth: the net loss has no slopes, and its SSIM is known.
Batch flat_batch(float red, float depth, std::int64_t count = 1) {
  torch::Tensor images = torch::zeros({count, 3, 11, 11});
  images.slice(1, 0, 1).fill_(red);
  return {images, torch::full({count, 1, 11, 11}, depth),
          torch::ones({count, 1, 11, 11}, torch::kBool)};
}

/// A flat map's variance is a difference of equal means in float: some 1e-7, beside C2 = 9e-4.
constexpr double kOfFlatMaps = 2e-4;

double flat_loss(double predicted, double truth) {
  const double similarity =
      (2.0 * predicted * truth + 1e-4) / (predicted * predicted + truth * truth + 1e-4);
  return (1.0 - similarity) / 2.0 + 0.1 * std::abs(predicted - truth);
}

double flat_slope(double predicted, double truth) {
  constexpr double kStep = 1e-6;
  return (flat_loss(predicted + kStep, truth) - flat_loss(predicted - kStep, truth)) / (2 * kStep);
}

TEST(TrainOptions, AreTheHandoutsByDefault) {
  const TrainOptions options;
  EXPECT_EQ(options.epochs, 5);
  EXPECT_EQ(options.learning_rate, 1e-4);
  EXPECT_EQ(kL1Weight, 0.1);
}

TEST(FillUnknown, PutsTheTruthWhereThereWasNoReading) {
  Batch batch = flat_batch(1.0F, 2.0F);
  batch.valid[0][0][3][4] = false;
  const torch::Tensor filled = fill_unknown(torch::full({1, 1, 11, 11}, 5.0F), batch);
  EXPECT_EQ(filled[0][0][3][4].item<float>(), 2.0F);
  EXPECT_EQ(filled.sum().item<float>(), 120.0F * 5.0F + 2.0F);
}

TEST(TrainStep, StepsDownTheNetLossInTrainingMode) {
  // Training mode adds 1: the prediction is w + 1.
  OneWeight model(0.4F);
  model.eval();
  torch::optim::SGD optimizer(model.parameters(), 0.01);
  const double loss = train_step(model, optimizer, flat_batch(1.0F, 0.8F));
  EXPECT_THAT(model.modes, ElementsAre(true));
  EXPECT_NEAR(loss, flat_loss(1.4, 0.8), kOfFlatMaps) << "before the step";
  EXPECT_NEAR(model.weight.item<double>(), 0.4 - 0.01 * flat_slope(1.4, 0.8), 1e-5);
}

TEST(TrainStep, ForgetsTheGradientsOfTheLastStep) {
  OneWeight model(0.4F);
  torch::optim::SGD optimizer(model.parameters(), 0.01);
  const Batch batch = flat_batch(1.0F, 0.8F);
  train_step(model, optimizer, batch);
  const double before = model.weight.item<double>();
  train_step(model, optimizer, batch);
  EXPECT_NEAR(model.weight.item<double>(), before - 0.01 * flat_slope(before + 1.0, 0.8), 1e-5);
}

TEST(TrainStep, WithAdamMovesByTheLearningRateFirst) {
  // m / sqrt(v) is the gradient's sign in the first step (Kingma & Ba 2015, section 2.1).
  OneWeight model(0.4F);
  torch::optim::Adam optimizer(model.parameters(), torch::optim::AdamOptions(0.01));
  train_step(model, optimizer, flat_batch(1.0F, 0.8F));
  EXPECT_NEAR(model.weight.item<double>(), 0.39, 1e-6);
}

TEST(TrainStep, LearnsNothingFromPixelsWithoutReading) {
  Batch batch = flat_batch(1.0F, 0.8F);
  batch.valid.fill_(false);
  OneWeight model(0.4F);
  torch::optim::SGD optimizer(model.parameters(), 1.0);
  EXPECT_NEAR(train_step(model, optimizer, batch), 0.0, 1e-6);
  EXPECT_EQ(model.weight.item<float>(), 0.4F);
}

TEST(Evaluate, IsTheMeanOfTheBatchesAndChangesNothing) {
  const Batch two = flat_batch(1.0F, 0.8F, 2);
  const Batch one = flat_batch(2.0F, 0.8F);
  const auto examples = std::make_shared<Examples>(Batch{torch::cat({two.images, one.images}),
                                                         torch::cat({two.depths, one.depths}),
                                                         torch::cat({two.valid, one.valid})});
  OneWeight model(0.4F);
  model.train();
  const double loss = evaluate(model, DataLoader(examples, 2, false));
  EXPECT_NEAR(loss, (flat_loss(0.4, 0.8) + flat_loss(0.8, 0.8)) / 2.0, kOfFlatMaps);
  EXPECT_THAT(examples->asked, ElementsAre(0, 1, 2));
  EXPECT_THAT(model.modes, Each(false));
  EXPECT_THAT(model.keeps_gradients, Each(false));
  EXPECT_FALSE(model.weight.grad().defined());
  EXPECT_EQ(model.weight.item<float>(), 0.4F);
  EXPECT_TRUE(torch::GradMode::is_enabled()) << "as it was before";
}

TEST(Evaluate, DoesNotLookAtPixelsWithoutReading) {
  Batch batch = flat_batch(1.0F, 0.8F);
  batch.depths.slice(2, 0, 3).fill_(40.0F);
  batch.valid.slice(2, 0, 3).fill_(false);
  OneWeight model(0.4F);
  const double loss = evaluate(model, DataLoader(std::make_shared<Examples>(batch), 1, false));
  // The truth's step from 40 to 0.8 meets the filled prediction's from 40 to 0.4: 11 of 121 pixels
  // differ by 0.4 in their slope, 88 in their value.
  const double gradients = 0.4 * 11.0 / 121.0;
  const double l1 = 0.4 * 88.0 / 121.0;
  EXPECT_GE(loss, gradients + 0.1 * l1);
  EXPECT_LE(loss, gradients + 0.1 * l1 + 0.05) << "one window, nearly equal: SSIM is close to 1";
}

TEST(Train, TellsOfEachEpoch) {
  torch::manual_seed(1);
  const auto examples = std::make_shared<Examples>(flat_batch(1.0F, 0.8F, 5));
  const DataLoaders loaders = {DataLoader(examples, 2, true), DataLoader(examples, 5, false)};
  OneWeight model(0.4F);
  TrainOptions options;
  options.epochs = 3;
  options.learning_rate = 0.01;
  std::vector<int> epochs;
  const auto results = train(model, loaders, options, [&](int epoch, const EpochResult& result) {
    epochs.push_back(epoch);
    EXPECT_NEAR(result.test_loss, flat_loss(model.weight.item<double>(), 0.8), kOfFlatMaps);
  });
  EXPECT_THAT(epochs, ElementsAre(0, 1, 2));
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(examples->asked.size(), 30U);
  EXPECT_LT(results[2].training_loss, results[0].training_loss);
}

TEST(Train, LearnsThatBrightIsNear) {
  torch::manual_seed(2);
  const auto pictures = [](std::int64_t count) {
    const torch::Tensor depths = torch::nn::functional::interpolate(
        torch::randn({count, 1, 4, 4}), torch::nn::functional::InterpolateFuncOptions()
                                            .size(std::vector<std::int64_t>{32, 32})
                                            .mode(torch::kBilinear)
                                            .align_corners(true));
    return std::make_shared<Examples>(Batch{depths.expand({count, 3, 32, 32}).clone(), depths,
                                            torch::ones_like(depths, torch::kBool)});
  };
  const DataLoaders loaders = {DataLoader(pictures(32), 8, true),
                               DataLoader(pictures(8), 8, false)};
  DenseDepth model{DenseEncoder(tiny_encoder())};
  const double before = evaluate(model, loaders.test);
  TrainOptions options;
  options.epochs = 30;
  options.learning_rate = 3e-3;
  EXPECT_LT(train(model, loaders, options).back().test_loss, 0.6 * before);
}

TEST(Train, GivesTheSameBytesForTheSameSeed) {
  const auto examples = std::make_shared<Examples>(random_batch(6, 32, 32, 3));
  const DataLoaders loaders = {DataLoader(examples, 4, true), DataLoader(examples, 4, false)};
  std::vector<torch::Tensor> first;
  for (int run = 0; run < 2; ++run) {
    torch::manual_seed(11);
    DenseDepth model{DenseEncoder(tiny_encoder())};
    TrainOptions options;
    options.epochs = 2;
    train(model, loaders, options);
    if (run == 0) {
      first = model.parameters();
      continue;
    }
    for (std::size_t i = 0; i < first.size(); ++i) {
      EXPECT_TRUE(model.parameters()[i].equal(first[i])) << i;
    }
  }
}

}  // namespace
}  // namespace pset3::depth
