#include "starter/p2_representation_learning/training.hpp"

#include <algorithm>
#include <cmath>

#include "starter/p2_representation_learning/testing.hpp"
#include "tests/parts/p2_representation_learning/functions/harness.hpp"

namespace pset3::representation {
namespace {

using testing::Each;
using testing::ElementsAre;

TrainOptions options_of(int epochs, std::int64_t batch_size, double learning_rate,
                        double momentum) {
  TrainOptions options;
  options.epochs = epochs;
  options.batch_size = batch_size;
  options.learning_rate = learning_rate;
  options.momentum = momentum;
  return options;
}

/// The cross entropy of one image with logits (score, 0).
double loss_of(double score, std::int64_t label) {
  return std::log(std::exp(score) + 1.0) - (label == 0 ? score : 0.0);
}

TEST(TrainOptions, AreTheHandoutsByDefault) {
  const TrainOptions options;
  EXPECT_EQ(options.epochs, 10);
  EXPECT_EQ(options.batch_size, 16);
  EXPECT_EQ(options.learning_rate, 0.001);
  EXPECT_EQ(options.momentum, 0.9);
}

TEST(Train, StepsWithMomentum) {
  // One image, x = 1, label 0, w = 0 and rate 0.1: the gradient is σ(w) − 1.
  // g1 = −0.5         v1 = −0.5                       w1 = 0.05
  // g2 = σ(.05) − 1 = −0.4875026   v2 = .9 v1 + g2 = −0.9375026   w2 = 0.14375026
  // g3 = σ(.14375026) − 1 = −0.4641242   v3 = .9 v2 + g3 = −1.3078765   w3 = 0.27453791
  const Examples one({flat_example(1.0F, 0)});
  OneWeight model(0.0F);
  std::vector<float> weights;
  const auto results =
      train(model, one, options_of(3, 16, 0.1, 0.9), [&](int epoch, const EpochResult&) {
        EXPECT_EQ(epoch, static_cast<int>(weights.size()));
        weights.push_back(model.weight.item<float>());
      });
  ASSERT_EQ(weights.size(), 4U);
  EXPECT_EQ(weights[0], 0.0F) << "epoch 0 only looks";
  EXPECT_NEAR(weights[1], 0.05, 1e-7);
  EXPECT_NEAR(weights[2], 0.14375026, 1e-7);
  EXPECT_NEAR(weights[3], 0.27453791, 1e-7);
  ASSERT_EQ(results.size(), 4U);
  const double expected_losses[] = {std::log(2.0), std::log(2.0), loss_of(0.05, 0),
                                    loss_of(0.14375026, 0)};
  for (std::size_t epoch = 0; epoch < 4; ++epoch) {
    EXPECT_NEAR(results[epoch].loss, expected_losses[epoch], 1e-6) << "before the step it causes";
  }
}

TEST(Train, WithoutMomentumTakesTheGradientAlone) {
  const Examples one({flat_example(2.0F, 1)});  // the gradient is 2 σ(2 w)
  OneWeight model(0.0F);
  train(model, one, options_of(2, 16, 0.1, 0.0));
  const double first = -0.1 * 2.0 * 0.5;
  EXPECT_NEAR(model.weight.item<double>(), first - 0.2 / (1.0 + std::exp(-2.0 * first)), 1e-7);
}

TEST(Train, ForNoEpochsOnlyLooks) {
  const Examples examples({flat_example(1.0F, 0), flat_example(1.0F, 1), flat_example(-1.0F, 1)});
  OneWeight model(0.7F);
  const auto results = train(model, examples, options_of(0, 2, 0.1, 0.9));
  EXPECT_EQ(model.weight.item<float>(), 0.7F);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_NEAR(results[0].accuracy, 2.0 / 3.0, 1e-12);
}

TEST(Train, CountsImagesAndBatchesAlsoInALastBatchThatIsNotFull) {
  // Four images of loss A and one of loss B in batches of 2: the batches' mean losses are
  // (A, (A + B) / 2, A) in some order or (A, A, B).
  const Examples examples({flat_example(1.0F, 0), flat_example(1.0F, 0), flat_example(1.0F, 0),
                           flat_example(1.0F, 0), flat_example(1.0F, 1)});
  const double a = loss_of(0.8F, 0);
  const double b = loss_of(0.8F, 1);
  const double in_a_full_batch = (2.0 * a + (a + b) / 2.0) / 3.0;
  const double alone = (2.0 * a + b) / 3.0;
  torch::manual_seed(1);
  int times_alone = 0;
  int times_in_a_full_batch = 0;
  for (int run = 0; run < 40; ++run) {
    OneWeight model(0.8F);
    const EpochResult result = train(model, examples, options_of(0, 2, 0.1, 0.9))[0];
    EXPECT_NEAR(result.accuracy, 4.0 / 5.0, 1e-12);
    const bool is_alone = std::abs(result.loss - alone) < 1e-6;
    times_alone += is_alone ? 1 : 0;
    times_in_a_full_batch += std::abs(result.loss - in_a_full_batch) < 1e-6 ? 1 : 0;
  }
  EXPECT_EQ(times_alone + times_in_a_full_batch, 40);
  EXPECT_GT(times_alone, 0);
  EXPECT_GT(times_in_a_full_batch, 0);
}

TEST(Train, MeetsEachExampleOnceAnEpochInAnOrderOfItsOwn) {
  const Examples examples = random_examples(50, 2, 2);
  OneWeight model(0.1F);
  torch::manual_seed(7);
  train(model, examples, options_of(2, 8, 0.01, 0.9));
  ASSERT_EQ(examples.asked.size(), 150U);
  std::vector<std::vector<std::int64_t>> epochs;
  for (int epoch = 0; epoch < 3; ++epoch) {
    const auto begin = examples.asked.begin() + 50 * epoch;
    epochs.emplace_back(begin, begin + 50);
  }
  EXPECT_NE(epochs[1], epochs[2]);
  for (std::vector<std::int64_t>& epoch : epochs) {
    EXPECT_FALSE(std::is_sorted(epoch.begin(), epoch.end()));
    std::sort(epoch.begin(), epoch.end());
    for (std::int64_t i = 0; i < 50; ++i) EXPECT_EQ(epoch[static_cast<std::size_t>(i)], i);
  }
}

TEST(Train, IsInTrainingMode) {
  const Examples one({flat_example(1.0F, 0)});
  OneWeight model(0.0F);
  model.eval();
  train(model, one, options_of(1, 1, 0.1, 0.9));
  EXPECT_THAT(model.modes, Each(true));
}

TEST(Train, GivesTheSameBytesForTheSameSeed) {
  const Examples examples = random_examples(20, 10, 3);
  std::vector<torch::Tensor> first;
  for (int run = 0; run < 2; ++run) {
    torch::manual_seed(11);
    ImageClassifyModel model(ImageEmbedNet(), 10);
    train(model, examples, options_of(2, 8, 0.01, 0.9));
    if (run == 0) {
      first = model.parameters();
      continue;
    }
    for (std::size_t i = 0; i < first.size(); ++i) {
      EXPECT_TRUE(model.parameters()[i].equal(first[i])) << i;
    }
  }
}

TEST(Train, LeavesAnExcludedEmbeddingAlone) {
  const Examples examples = random_examples(8, 3, 4);
  ImageEmbedNet embed;
  const torch::Tensor before = embed->named_parameters()["conv2.weight"].clone();
  ImageClassifyModel head_only(embed, 3, true);
  train(head_only, examples, options_of(1, 4, 0.1, 0.9));
  EXPECT_TRUE(embed->named_parameters()["conv2.weight"].equal(before));
  ImageClassifyModel whole(embed, 3);
  train(whole, examples, options_of(1, 4, 0.1, 0.9));
  EXPECT_FALSE(embed->named_parameters()["conv2.weight"].equal(before));
}

TEST(Train, LearnsWhichQuarterIsBright) {
  torch::manual_seed(5);
  std::vector<Example> quarters;
  for (std::int64_t i = 0; i < 24; ++i) {
    const std::int64_t label = i % 4;
    torch::Tensor image = 0.3 * torch::randn({1, kImageSide, kImageSide});
    image.slice(1, label / 2 * 16, label / 2 * 16 + 16)
        .slice(2, label % 2 * 16, label % 2 * 16 + 16)
        .add_(1.0);
    quarters.push_back({image, torch::tensor(label, torch::kInt64)});
  }
  const Examples examples(quarters);
  torch::manual_seed(12);
  ImageClassifyModel model(ImageEmbedNet(), 4);
  const auto results = train(model, examples, options_of(60, 8, 0.02, 0.9));
  // The weights of a fresh network are small: its logits hardly differ, so guessing costs ln 4.
  EXPECT_NEAR(results[0].loss, std::log(4.0), 0.1);
  EXPECT_LT(results.back().loss, 0.1);
  EXPECT_EQ(results.back().accuracy, 1.0);
  EXPECT_EQ(test(model, examples).accuracy, 1.0);
}

TEST(Test, CountsEachImageOnceAlsoInALastBatchThatIsNotFull) {
  const Examples examples({flat_example(1.0F, 0), flat_example(2.0F, 1), flat_example(3.0F, 0),
                           flat_example(-1.0F, 1), flat_example(-2.0F, 0)});
  OneWeight model(0.5F);  // says class 0 for the first three
  const TestResult result = test(model, examples, 2);
  EXPECT_NEAR(result.accuracy, 3.0 / 5.0, 1e-12);
  const double batch_1 = (loss_of(0.5, 0) + loss_of(1.0, 1)) / 2.0;
  const double batch_2 = (loss_of(1.5, 0) + loss_of(-0.5, 1)) / 2.0;
  EXPECT_NEAR(result.loss, (batch_1 + batch_2 + loss_of(-1.0, 0)) / 3.0, 1e-6);
  EXPECT_THAT(examples.asked, ElementsAre(0, 1, 2, 3, 4));
}

TEST(Test, IsInEvaluationModeAndChangesNothing) {
  const Examples examples({flat_example(1.0F, 0), flat_example(2.0F, 1)});
  OneWeight model(0.5F);
  model.train();
  test(model, examples);
  EXPECT_THAT(model.modes, ElementsAre(false));
  EXPECT_EQ(model.weight.item<float>(), 0.5F);
  EXPECT_FALSE(model.weight.grad().defined());
  EXPECT_TRUE(torch::GradMode::is_enabled()) << "as it was before";
}

}  // namespace
}  // namespace pset3::representation
