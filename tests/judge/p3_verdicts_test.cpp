#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "grader/judge/checks.hpp"

/// What p3's judging functions say of answers that are made by hand, right and wrong.
namespace pset3::judge {
namespace {

using arrays::Array;
using arrays::Arrays;
using Numbers = std::vector<std::int64_t>;

Verdict verdict(const std::string& name, const Arrays& inputs, const Arrays& outputs,
                double threshold = 0.5) {
  CheckSpec spec;
  spec.id = "p3.x";
  spec.tolerance = {{"threshold", threshold}};
  return all_checks().at(name).judge({spec, inputs, outputs, outputs}).verdict;
}

/// Loaders of 19 pictures, of which half is used and four fifths of that train.
Arrays one_split(const Numbers& train, const Numbers& test) {
  return {{"train_sizes", Array::of(Numbers{static_cast<std::int64_t>(train.size())})},
          {"train_items", Array::of(train)},
          {"train_batch_sizes", Array::of(Numbers{4})},
          {"train_shuffled", Array::of(Numbers{1})},
          {"test_sizes", Array::of(Numbers{static_cast<std::int64_t>(test.size())})},
          {"test_items", Array::of(test)},
          {"test_batch_sizes", Array::of(Numbers{4})},
          {"test_shuffled", Array::of(Numbers{0})}};
}

Arrays split_inputs(std::int64_t pictures, double pct, double share) {
  return {{"pictures", Array::scalar(pictures)},
          {"pct", Array::of(std::vector<double>{pct})},
          {"train_share", Array::of(std::vector<double>{share})},
          {"batch_size", Array::of(Numbers{4})}};
}

TEST(P3Split, IsOfTheFirstOfWhatIsUsed) {
  const Arrays inputs = split_inputs(19, 0.5, 0.8);  // 9.5 and 7.2
  EXPECT_EQ(verdict("p3.split", inputs, one_split({0, 1, 2, 3, 4, 5, 6}, {7, 8})),
            Verdict::kPassed);
  EXPECT_EQ(verdict("p3.split", inputs, one_split({0, 1, 2, 3, 4, 5, 6}, {0, 1})),
            Verdict::kFailed);
  EXPECT_EQ(verdict("p3.split", inputs, one_split({0, 1, 2, 3, 4, 5, 6}, {7, 8, 9})),
            Verdict::kFailed);
  EXPECT_EQ(verdict("p3.split", inputs, one_split({0, 1, 2, 3, 4, 5, 6, 7}, {8})),
            Verdict::kFailed);
  EXPECT_EQ(verdict("p3.split", inputs, one_split({6, 5, 4, 3, 2, 1, 0}, {7, 8})),
            Verdict::kFailed);
}

TEST(P3Split, MayBeCutOffOnceOrTwice) {
  const Arrays inputs = split_inputs(11, 0.9, 0.9);  // 9.9, then 8.1 of 9 or 8.91 of all
  EXPECT_EQ(verdict("p3.split", inputs, one_split({0, 1, 2, 3, 4, 5, 6, 7}, {8})),
            Verdict::kPassed);
  const Arrays other = split_inputs(13, 0.6, 0.9);  // 7.8, then 6.3 of 7 or 7.02 of all
  EXPECT_EQ(verdict("p3.split", other, one_split({0, 1, 2, 3, 4, 5}, {6})), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.split", other, one_split({0, 1, 2, 3, 4, 5, 6}, {})), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.split", other, one_split({0, 1, 2, 3, 4}, {5, 6})), Verdict::kFailed);
}

TEST(P3Loaders, HaveABatchSizeAndAnOrder) {
  const Arrays inputs = split_inputs(4, 1.0, 0.5);
  Arrays outputs = one_split({0, 1}, {2, 3});
  EXPECT_EQ(verdict("p3.loaders", inputs, outputs), Verdict::kPassed);
  outputs["train_shuffled"] = Array::of(Numbers{0});
  EXPECT_EQ(verdict("p3.loaders", inputs, outputs), Verdict::kFailed);
  outputs = one_split({0, 1}, {2, 3});
  outputs["test_batch_sizes"] = Array::of(Numbers{16});
  EXPECT_EQ(verdict("p3.loaders", inputs, outputs), Verdict::kFailed);
}

TEST(P3DepthSizes, AreThoseOfTheImages) {
  const Arrays inputs = {{"sizes", Array::copy_of(Numbers{33, 40}.data(), {1, 2})}};
  const auto answer = [](const Numbers& row) {
    return Arrays{{"shapes", Array::copy_of(row.data(), {1, 5})}};
  };
  EXPECT_EQ(verdict("p3.depth_sizes", inputs, answer({4, 2, 1, 33, 40})), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.depth_sizes", inputs, answer({4, 2, 1, 34, 40})), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.depth_sizes", inputs, answer({3, 2, 33, 40, 0})), Verdict::kFailed);
}

TEST(P3ModelGradients, HaveToReachBothPieces) {
  const auto answer = [](double encoder, double decoder) {
    return Arrays{{"encoder", Array::scalar(encoder)}, {"decoder", Array::scalar(decoder)}};
  };
  EXPECT_EQ(verdict("p3.model_gradients", {}, answer(3.0, 2.0)), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.model_gradients", {}, answer(0.0, 2.0)), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.model_gradients", {}, answer(3.0, 0.0)), Verdict::kFailed);
}

/// Steps on a model whose own gradient is the same in each.
struct Steps {
  Arrays inputs;
  Arrays outputs;
};

/// @param move  what is added to four weights in a step, counted from 1.
Steps steps_of(bool adam, const std::function<double(int)>& move) {
  Steps steps;
  steps.inputs = {{"steps", Array::scalar<std::int64_t>(3)},
                  {"adam", Array::scalar(adam)},
                  {"learning_rate", Array::scalar(0.1)}};
  std::vector<float> weights(4, 1.0F);
  std::vector<float> gradients;
  for (int step = 1; step <= 3; ++step) {
    for (int i = 0; i < 4; ++i) {
      weights.push_back(weights[weights.size() - 4] + static_cast<float>(move(step)));
      gradients.push_back(0.5F);
    }
  }
  steps.outputs = {{"weights", Array::copy_of(weights.data(), {4, 4})},
                   {"own_gradients", Array::copy_of(gradients.data(), {3, 4})}};
  return steps;
}

Verdict verdict_of(const Steps& steps) {
  return verdict("p3.training_steps", steps.inputs, steps.outputs);
}

TEST(P3Steps, OfEqualGradientsAreEqual) {
  EXPECT_EQ(verdict_of(steps_of(false, [](int) { return -0.05; })), Verdict::kPassed);
  EXPECT_EQ(verdict_of(steps_of(false, [](int) { return 0.05; })), Verdict::kFailed);
  EXPECT_EQ(verdict_of(steps_of(false, [](int step) { return -0.05 * step; })), Verdict::kFailed)
      << "gradients that pile up";
  EXPECT_EQ(verdict_of(steps_of(false, [](int) { return 0.0; })), Verdict::kFailed);
}

TEST(P3Steps, OfAdamAreAsLargeAsTheLearningRateWhenGradientsAreEqual) {
  // m and v, freed of their start at 0, are the gradient and its square in each step.
  EXPECT_EQ(verdict_of(steps_of(true, [](int) { return -0.1; })), Verdict::kPassed);
  EXPECT_EQ(verdict_of(steps_of(true, [](int) { return -0.05; })), Verdict::kFailed);
}

TEST(P3NetLoss, IsJudgedByTheStudentsOwnTerms) {
  Arrays outputs = {{"ssim", Array::scalar(0.4)},
                    {"gradients", Array::scalar(2.0)},
                    {"l1", Array::scalar(3.0)},
                    {"net", Array::scalar(2.7)},
                    {"term_sizes", Array::of(Numbers{1, 1, 1, 1})}};
  EXPECT_EQ(verdict("p3.net_loss", {}, outputs), Verdict::kPassed);
  outputs["net"] = Array::scalar(5.4);
  EXPECT_EQ(verdict("p3.net_loss", {}, outputs), Verdict::kFailed);
  outputs["net"] = Array::scalar(2.7);
  outputs["term_sizes"] = Array::of(Numbers{1, 1, 1, 0});
  EXPECT_EQ(verdict("p3.net_loss", {}, outputs), Verdict::kFailed) << "a tensor that was never set";
}

/// Three examples in batches of two, with own losses 1 and 4.
Arrays evaluated(double loss) {
  return {{"loss", Array::scalar(loss)},
          {"own_losses", Array::of(std::vector<double>{1.0, 4.0})},
          {"own_losses_in_training", Array::of(std::vector<double>{5.0, 6.0})},
          {"own_sizes", Array::of(Numbers{2, 1})},
          {"seen", Array::of(Numbers{0, 1, 2})},
          {"call_sizes", Array::of(Numbers{2, 1})},
          {"call_modes", Array::of(Numbers{0, 0})},
          {"call_gradient_modes", Array::of(Numbers{0, 0})},
          {"weights_before", Array::of(std::vector<float>{1, 2, 3, 4})},
          {"weights_after", Array::of(std::vector<float>{1, 2, 3, 4})},
          {"keeps_gradients", Array::scalar(false)}};
}

const Arrays kThreeImages = {{"images", Array(arrays::DType::kF32, {3, 3, 11, 11})}};

TEST(P3Evaluation, IsAMeanOverBatchesOrExamples) {
  EXPECT_EQ(verdict("p3.evaluation_loss", kThreeImages, evaluated(2.5)), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.evaluation_loss", kThreeImages, evaluated(2.0)), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.evaluation_loss", kThreeImages, evaluated(5.0)), Verdict::kFailed);
}

TEST(P3Evaluation, ChargesForModeAndGradientsOnceEach) {
  Arrays training = evaluated(5.5);
  training["call_modes"] = Array::of(Numbers{1, 1});
  EXPECT_EQ(verdict("p3.evaluation_loss", kThreeImages, training), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.evaluation_mode", kThreeImages, training), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.no_gradients", kThreeImages, training), Verdict::kPassed);
  Arrays recording = evaluated(2.5);
  recording["call_gradient_modes"] = Array::of(Numbers{1, 1});
  EXPECT_EQ(verdict("p3.no_gradients", kThreeImages, recording), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.evaluation_mode", kThreeImages, recording), Verdict::kPassed);
  Arrays moved = evaluated(2.5);
  moved["weights_after"] = Array::of(std::vector<float>{1, 2, 3, 5});
  EXPECT_EQ(verdict("p3.no_gradients", kThreeImages, moved), Verdict::kFailed);
}

TEST(P3Evaluation, LooksAtEachExampleOnce) {
  EXPECT_EQ(verdict("p3.evaluation_pass", kThreeImages, evaluated(2.5)), Verdict::kPassed);
  Arrays skipping = evaluated(1.0);
  skipping["seen"] = Array::of(Numbers{0, 1});
  skipping["call_sizes"] = Array::of(Numbers{2});
  EXPECT_EQ(verdict("p3.evaluation_pass", kThreeImages, skipping), Verdict::kFailed);
  Arrays twice = evaluated(1.0);
  twice["seen"] = Array::of(Numbers{0, 1, 1});
  EXPECT_EQ(verdict("p3.evaluation_pass", kThreeImages, twice), Verdict::kFailed);
}

TEST(P3DepthSkill, ComparesWithTheMeanDepth) {
  const Arrays inputs = {
      {"unseen_depths", Array::copy_of(std::vector<float>{0.48F, 0.775F}.data(), {2, 1, 1, 1})}};
  const auto answer = [](float first, float second) {
    return Arrays{
        {"predictions", Array::copy_of(std::vector<float>{first, second}.data(), {2, 1, 1, 1})},
        {"test_losses", Array::of(std::vector<double>{})}};
  };
  // Normalised the depths are 0 and 1: the mean is off by 0.5 twice.
  EXPECT_EQ(verdict("p3.depth_skill", inputs, answer(0.0F, 1.0F), 0.99), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.depth_skill", inputs, answer(0.25F, 1.0F), 0.74), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.depth_skill", inputs, answer(0.25F, 1.0F), 0.76), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.depth_skill", inputs, answer(0.5F, 0.5F), 0.01), Verdict::kFailed);
}

TEST(P3Comparison, AsksForTwoTrainingsThatWereReallyTested) {
  const Arrays inputs = {{"epochs", Array::scalar<std::int64_t>(2)},
                         {"colours", Array(arrays::DType::kU8, {8, 3, 1, 1})},
                         {"split", Array::scalar<std::int64_t>(6)}};
  const auto answer = [](const std::vector<double>& scratch, const std::vector<double>& pretrained,
                         std::int64_t looks) {
    return Arrays{{"from_scratch", Array::of(scratch)},
                  {"pretrained", Array::of(pretrained)},
                  {"test_looks", Array::scalar(looks)}};
  };
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.6, .5}, 8)), Verdict::kPassed)
      << "an improvement is not asked for";
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.5, .4}, 8)), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.6}, 8)), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.6, .5}, 0)), Verdict::kFailed);
}

}  // namespace
}  // namespace pset3::judge
