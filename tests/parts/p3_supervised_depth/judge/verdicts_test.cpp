#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "grader/judge/distance.hpp"
#include "grader/parts/p3_supervised_depth/judge/checks.hpp"

/// What p3's judging functions say of answers that are made by hand, right and wrong.
namespace pset3::judge::p3 {
namespace {

using arrays::Array;
using arrays::Arrays;
using Numbers = std::vector<std::int64_t>;

Verdict verdict(const std::string& name, const Arrays& inputs, const Arrays& outputs,
                double threshold = 0.5) {
  CheckSpec spec;
  spec.id = "p3.x";
  spec.tolerance = {{"threshold", threshold}};
  return p3::checks().at(name).judge({spec, inputs, outputs, outputs}).verdict;
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

TEST(P3Split, IsCutOffTwice) {
  const Arrays inputs = split_inputs(13, 0.6, 0.9);  // 7.8, then 6.3 of 7 or 7.02 of all
  EXPECT_EQ(verdict("p3.split", inputs, one_split({0, 1, 2, 3, 4, 5}, {6})), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.split", inputs, one_split({0, 1, 2, 3, 4, 5, 6}, {})), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.split", inputs, one_split({0, 1, 2, 3, 4}, {5, 6})), Verdict::kFailed);
}

TEST(P3Loaders, HaveABatchSizeAndAnOrder) {
  const Arrays inputs = split_inputs(4, 1.0, 0.5);
  Arrays outputs = one_split({0, 1}, {2, 3});
  EXPECT_EQ(verdict("p3.loaders", inputs, outputs), Verdict::kPassed);
  outputs["train_shuffled"] = Array::of(Numbers{0});
  EXPECT_EQ(verdict("p3.loaders", inputs, outputs), Verdict::kFailed);
  outputs = one_split({0, 1}, {2, 3});
  outputs["test_batch_sizes"] = Array::of(Numbers{16});
  EXPECT_EQ(verdict("p3.loaders", inputs, outputs), Verdict::kPassed)
      << "two pictures are one batch of 4 or of 16";
  outputs["test_batch_sizes"] = Array::of(Numbers{1});
  EXPECT_EQ(verdict("p3.loaders", inputs, outputs), Verdict::kFailed);
}

/// Two of three pictures of one pixel, from number 1 on.
struct Items {
  explicit Items(const Numbers& images, const Numbers& depths, std::int64_t bool_valid = 1) {
    std::vector<float> colours;
    for (const std::int64_t picture : images) {
      for (const double mean : {(0.2 * static_cast<double>(picture) - 0.462) / 0.094,
                                (0.2 * static_cast<double>(picture) - 0.467) / 0.096,
                                (0.2 * static_cast<double>(picture) - 0.469) / 0.101}) {
        colours.push_back(static_cast<float>(mean));
      }
    }
    std::vector<float> values;
    for (const std::int64_t picture : depths) {
      values.push_back(static_cast<float>((0.3 * static_cast<double>(picture) - 0.48) / 0.295));
    }
    const std::vector<float> valid(images.size(), 1.0F);
    const auto count = static_cast<std::int64_t>(images.size());
    outputs = {{"size", Array::scalar(count)},
               {"images", Array::of(colours)},
               {"images_shape", Array::of(Numbers{count, 3, 1, 1})},
               {"item_depths", Array::of(values)},
               {"item_depths_shape", Array::of(Numbers{count, 1, 1, 1})},
               {"item_valid", Array::of(valid)},
               {"item_valid_shape", Array::of(Numbers{count, 1, 1, 1})},
               {"types_are_right", Array::of(Numbers{1, 1, bool_valid})}};
  }
  Verdict judged() const {
    const std::vector<std::uint8_t> colours = {0, 0, 0, 51, 51, 51, 102, 102, 102};
    const std::vector<float> depths = {0.0F, 0.3F, 0.6F};
    Array valid(arrays::DType::kBool, {3, 1, 1, 1});
    std::fill_n(valid.data<bool>(), 3, true);
    return verdict("p3.item_values",
                   {{"colours", Array::copy_of(colours.data(), {3, 3, 1, 1})},
                    {"depths", Array::copy_of(depths.data(), {3, 1, 1, 1})},
                    {"valid", valid},
                    {"begin", Array::scalar<std::int64_t>(1)},
                    {"end", Array::scalar<std::int64_t>(3)}},
                   outputs);
  }
  Arrays outputs;
};

TEST(P3ItemValues, AreOfOnePictureEach) {
  EXPECT_EQ(Items({1, 2}, {1, 2}).judged(), Verdict::kPassed);
  EXPECT_EQ(Items({1, 2}, {0, 1}).judged(), Verdict::kFailed);
  EXPECT_EQ(Items({0, 1}, {0, 1}).judged(), Verdict::kPassed)
      << "which pictures there are is judged by p3.ranges";
  EXPECT_EQ(Items({1}, {1}).judged(), Verdict::kPassed) << "and how many";
  EXPECT_EQ(Items({1, 2}, {1, 2}, 0).judged(), Verdict::kFailed) << "valid that is not bool";
}

TEST(P3ItemValues, AreNumbers) {
  Items items({1, 2}, {1, 2});
  items.outputs["item_depths"].data<float>()[0] = std::nanf("");
  EXPECT_EQ(items.judged(), Verdict::kFailed);
}

TEST(Distance, IsInfiniteForWhatIsNoNumber) {
  EXPECT_EQ(distance(1.5, 1.0), 0.5);
  EXPECT_TRUE(std::isinf(distance(std::nan(""), 1.0)));
  EXPECT_TRUE(std::isinf(distance(1.0, std::nan(""))));
}

TEST(P3Pieces, AreTheGivenEncoderAsItWasAndADecoder) {
  const auto of = [](std::int64_t encoder, bool decoder, bool stayed, bool mode_stays) {
    return verdict("p3.pieces", {},
                   {{"encoder_registered", Array::scalar(encoder)},
                    {"decoder_registered", Array::scalar(decoder)},
                    {"encoder_stayed", Array::scalar(stayed)},
                    {"encoder_mode_stays", Array::scalar(mode_stays)}});
  };
  EXPECT_EQ(of(2, true, true, true), Verdict::kPassed);
  EXPECT_EQ(of(1, true, true, true), Verdict::kFailed);
  EXPECT_EQ(of(2, false, true, true), Verdict::kFailed);
  EXPECT_EQ(of(2, true, false, true), Verdict::kFailed) << "new weights";
  EXPECT_EQ(of(2, true, true, false), Verdict::kFailed) << "another mode";
}

TEST(P3DepthSizes, AreThoseOfTheImages) {
  const Arrays inputs = {{"sizes", Array::copy_of(Numbers{33, 40}.data(), {1, 2})}};
  const auto answer = [](const Numbers& row, const std::string& lacks = "") {
    Arrays outputs = {{"shapes", Array::copy_of(row.data(), {1, 5})}};
    for (const char* what : {"repeats", "sees_images", "sees_weights"}) {
      outputs[what] = Array::scalar(what != lacks);
    }
    return outputs;
  };
  EXPECT_EQ(verdict("p3.depth_sizes", inputs, answer({4, 2, 1, 33, 40})), Verdict::kPassed);
  EXPECT_EQ(verdict("p3.depth_sizes", inputs, answer({4, 2, 1, 34, 40})), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.depth_sizes", inputs, answer({3, 2, 33, 40, 0})), Verdict::kFailed);
  for (const char* lacks : {"repeats", "sees_images", "sees_weights"}) {
    EXPECT_EQ(verdict("p3.depth_sizes", inputs, answer({4, 2, 1, 33, 40}, lacks)), Verdict::kFailed)
        << "of nonsense: " << lacks;
  }
}

/// What a model made of one image of 3 x 2, and the gradients in its pieces.
Arrays depths_and_gradients(const std::vector<float>& depths, const Numbers& shape, double encoder,
                            double decoder) {
  return {{"output", Array::of(depths)},
          {"output_shape", Array::of(shape)},
          {"encoder", Array::scalar(encoder)},
          {"decoder", Array::scalar(decoder)},
          {"encoder_registered", Array::scalar<std::int64_t>(2)},
          {"decoder_registered", Array::scalar(true)},
          {"mode_stays", Array::scalar(true)}};
}

const Arrays kOneImage = {{"images", Array(arrays::DType::kF32, {1, 3, 3, 2})}};
const Arrays kRightDepths = depths_and_gradients({1, 1, 1, 1, 2, 2}, {1, 1, 3, 2}, 3.0, 2.0);

Verdict of_model(const std::string& name, const Arrays& outputs) {
  CheckSpec spec;
  spec.id = "p3.x";
  return p3::checks().at(name).judge({spec, kOneImage, kRightDepths, outputs}).verdict;
}

TEST(P3ModelGradients, HaveToReachBothPieces) {
  const auto answer = [](double encoder, double decoder) {
    return depths_and_gradients({1, 1, 1, 1, 2, 2}, {1, 1, 3, 2}, encoder, decoder);
  };
  EXPECT_EQ(of_model("p3.model_gradients", answer(3.0, 2.0)), Verdict::kPassed);
  EXPECT_EQ(of_model("p3.model_gradients", answer(0.0, 2.0)), Verdict::kFailed);
  EXPECT_EQ(of_model("p3.model_gradients", answer(3.0, 0.0)), Verdict::kFailed);
  EXPECT_EQ(of_model("p3.model_gradients", answer(2.0, 2.0)), Verdict::kFailed)
      << "one of the ways back is cut";
  EXPECT_EQ(of_model("p3.model_gradients",
                     depths_and_gradients({5, 5, 5, 5, 6, 6}, {1, 1, 3, 2}, 2.0, 2.0)),
            Verdict::kPassed)
      << "another network has other gradients";
}

TEST(P3Depths, AreJudgedForTheirSizeElsewhere) {
  const auto answer = [](const std::vector<float>& depths, const Numbers& shape) {
    return depths_and_gradients(depths, shape, 3.0, 2.0);
  };
  EXPECT_EQ(of_model("p3.depths", answer({1, 1, 1, 1, 2, 2}, {1, 1, 3, 2})), Verdict::kPassed);
  EXPECT_EQ(of_model("p3.depths", answer({1, 1, 2, 2, 2, 2}, {1, 1, 3, 2})), Verdict::kFailed)
      << "the nearest centre of an odd side";
  EXPECT_EQ(of_model("p3.depths", answer({1, 2}, {1, 1, 2, 1})), Verdict::kPassed)
      << "not enlarged";
  EXPECT_EQ(of_model("p3.depths", answer({1, 1, 1, 1, 2, 2, 2, 2}, {1, 1, 4, 2})), Verdict::kPassed)
      << "twice as large as the half";
  EXPECT_EQ(of_model("p3.depths", answer({1, 3}, {1, 1, 2, 1})), Verdict::kFailed);
  EXPECT_EQ(of_model("p3.depths", answer({1, 1, 2, 2, 1, 1}, {1, 1, 3, 2})), Verdict::kFailed);
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
  Array far(arrays::DType::kF32, {1, 1, 11, 11});
  std::fill_n(far.data<float>(), far.element_count(), 1.0F);
  const Arrays inputs = {{"predicted", far}, {"truth", Array(arrays::DType::kF32, {1, 1, 11, 11})}};
  Arrays outputs = {{"ssim", Array::scalar(0.4)},
                    {"gradients", Array::scalar(2.0)},
                    {"l1", Array::scalar(3.0)},
                    {"net", Array::scalar(2.7)},
                    {"term_sizes", Array::of(Numbers{1, 1, 1, 1})}};
  outputs["own_depth_loss"] = Array::scalar(2.0);
  EXPECT_EQ(verdict("p3.net_loss", inputs, outputs), Verdict::kPassed);
  outputs["net"] = Array::scalar(5.4);
  EXPECT_EQ(verdict("p3.net_loss", inputs, outputs), Verdict::kFailed);
  outputs["net"] = Array::scalar(0.49995 + 2.0 + 0.1);
  EXPECT_EQ(verdict("p3.net_loss", inputs, outputs), Verdict::kPassed)
      << "the sum of the right terms, whatever one's own are";
  outputs["net"] = Array::scalar(2.7);
  outputs["term_sizes"] = Array::of(Numbers{1, 1, 1, 0});
  EXPECT_EQ(verdict("p3.net_loss", inputs, outputs), Verdict::kFailed)
      << "a tensor that was never set";
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
          {"keeps_gradients", Array::scalar(false)},
          {"gradients_are_back", Array::scalar(true)}};
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
  Arrays switched_off = evaluated(2.5);
  switched_off["gradients_are_back"] = Array::scalar(false);
  EXPECT_EQ(verdict("p3.no_gradients", kThreeImages, switched_off), Verdict::kFailed);
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

TEST(P3PretrainingLosses, AreMeansOverAllBatches) {
  const Arrays inputs = {{"pretraining_epochs", Array::scalar<std::int64_t>(2)},
                         {"colours", Array(arrays::DType::kU8, {9, 3, 1, 1})}};
  Arrays outputs = {{"losses", Array::of(std::vector<double>{.9, .8})},
                    {"losses_of_1", Array::of(std::vector<double>{.7})},
                    {"losses_of_3", Array::of(std::vector<double>{.75})},
                    {"losses_of_strong", Array::of(std::vector<double>{5.1})},
                    {"losses_of_both", Array::of(std::vector<double>{3.0})},
                    {"losses_of_half", Array::of(std::vector<double>{.72})},
                    {"pictures_seen", Array::scalar<std::int64_t>(9)},
                    {"hardly_moved", Array::scalar(5e-9)},
                    {"encoder_changed", Array::scalar<std::int64_t>(8)},
                    {"another_learns", Array::scalar(true)}};
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kPassed);
  outputs["another_learns"] = Array::scalar(false);
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kFailed)
      << "only the first autoencoder learns";
  outputs["encoder_changed"] = Array::scalar<std::int64_t>(0);
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kPassed)
      << "that nothing learns is judged elsewhere";
  outputs["encoder_changed"] = Array::scalar<std::int64_t>(8);
  outputs["another_learns"] = Array::scalar(true);
  outputs["hardly_moved"] = Array::scalar(1e-3);
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kFailed) << "another rate";
  outputs["hardly_moved"] = Array::scalar(5e-9);
  outputs["losses_of_3"] = Array::of(std::vector<double>{2.1});
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kFailed) << "sums";
  outputs["losses_of_3"] = Array::of(std::vector<double>{.75});
  outputs["losses_of_half"] = Array::of(std::vector<double>{1.05});
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kPassed)
      << "of sums over the pictures";
  for (const double wrong : {.94, 1.4, 2.1}) {
    outputs["losses_of_half"] = Array::of(std::vector<double>{wrong});
    EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kFailed)
        << "of full batches";
  }
  outputs["losses_of_half"] = Array::of(std::vector<double>{.72});
  for (const double one : {.7, 5.1}) {
    outputs["losses_of_both"] = Array::of(std::vector<double>{one});
    EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kFailed)
        << "of one batch";
  }
  outputs["losses_of_3"] = Array::of(std::vector<double>{.7});
  outputs["losses_of_strong"] = Array::of(std::vector<double>{.7});
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kFailed) << "invented";
  outputs["losses_of_3"] = Array::of(std::vector<double>{.75});
  outputs["losses_of_strong"] = Array::of(std::vector<double>{.75});
  outputs["losses_of_both"] = Array::of(std::vector<double>{.75});
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kPassed)
      << "a loss that does not see contrast";
  outputs["pictures_seen"] = Array::scalar<std::int64_t>(6);
  EXPECT_EQ(verdict("p3.pretraining_losses", inputs, outputs), Verdict::kFailed);
}

TEST(P3Comparison, AsksForTwoTrainingsThatWereReallyTested) {
  const Arrays inputs = {{"epochs", Array::scalar<std::int64_t>(2)},
                         {"colours", Array(arrays::DType::kU8, {8, 3, 1, 1})},
                         {"split", Array::scalar<std::int64_t>(6)}};
  const auto answer = [](const std::vector<double>& scratch, const std::vector<double>& pretrained,
                         std::int64_t looks, std::int64_t train_looks = 25) {
    return Arrays{{"from_scratch", Array::of(scratch)},
                  {"pretrained", Array::of(pretrained)},
                  {"test_looks", Array::scalar(looks)},
                  {"train_looks", Array::scalar(train_looks)}};
  };
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.6, .5}, 8)), Verdict::kPassed)
      << "an improvement is not asked for";
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.5, .4}, 8)), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.6}, 8)), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.6, .5}, 0)), Verdict::kFailed);
  EXPECT_EQ(verdict("p3.comparison", inputs, answer({.5, .4}, {.6, .5}, 8, 24)), Verdict::kFailed)
      << "nothing was pretrained";
}

/// Comparisons of one epoch: two losses each, from scratch and pretrained.
struct Runs {
  Runs() {
    set("again", .5, .6);
    set("first", .4, .6);
    for (const std::string prefix : {"", "fair_"}) {
      set(prefix + "base", .5, .6);
      outputs[prefix + "base_stay"] = Array::scalar<std::int64_t>(1);
      set(prefix + "encoder", .4, .3);
      set(prefix + "training", .1, .2);
      set(prefix + "test", .9, .8);
      set(prefix + "pretraining", .5, .7);
      set(prefix + "longer", .5, .8);
    }
  }
  void set(const std::string& name, double scratch, double pretrained) {
    outputs[name + "_scratch"] = Array::of(std::vector<double>{scratch});
    outputs[name + "_pretrained"] = Array::of(std::vector<double>{pretrained});
  }
  Verdict judged() const {
    return verdict("p3.fairness",
                   {{"epochs", Array::scalar<std::int64_t>(1)},
                    {"split", Array::scalar<std::int64_t>(12)},
                    {"batch_size", Array::scalar<std::int64_t>(5)}},
                   outputs);
  }
  Arrays outputs;
};

TEST(P3Fairness, AsksWhatTheLossesDependOn) {
  EXPECT_EQ(Runs().judged(), Verdict::kPassed);
  for (const char* cause : {"encoder", "training", "test"}) {
    Runs runs;
    runs.set(cause, .5, .1);
    EXPECT_EQ(runs.judged(), Verdict::kFailed) << cause;
    runs.set(cause, .1, .6);
    EXPECT_EQ(runs.judged(), Verdict::kFailed) << cause;
    runs.set(std::string("fair_") + cause, .1, .6);
    EXPECT_EQ(runs.judged(), Verdict::kPassed) << cause << " changes nothing in train() itself";
  }
  for (const std::string cause : {"pretraining", "longer"}) {
    Runs another_encoder;
    another_encoder.set(cause, .5, .6);
    EXPECT_EQ(another_encoder.judged(), Verdict::kFailed) << cause;
    another_encoder.set("fair_" + cause, .5, .6);
    EXPECT_EQ(another_encoder.judged(), Verdict::kPassed) << cause << " of pretrain()'s own";
  }
  Runs one_encoder;
  one_encoder.set("pretraining", .4, .7);
  EXPECT_EQ(one_encoder.judged(), Verdict::kFailed);
  Runs pretrained_first;
  pretrained_first.set("longer", .4, .8);
  EXPECT_EQ(pretrained_first.judged(), Verdict::kPassed) << "random numbers go on elsewhere";
}

TEST(P3Fairness, AsksForTrainingsThatDoNotShareWeights) {
  Runs pretrained_first;
  pretrained_first.set("first", .5, .7);
  EXPECT_EQ(pretrained_first.judged(), Verdict::kPassed);
  Runs one_encoder;
  one_encoder.set("first", .4, .7);
  EXPECT_EQ(one_encoder.judged(), Verdict::kFailed);
}

TEST(P3Fairness, AsksForEncodersThatLearnInBothTrainings) {
  Runs frozen;
  frozen.outputs["base_stay"] = Array::scalar<std::int64_t>(3);  // the batches of an epoch
  EXPECT_EQ(frozen.judged(), Verdict::kFailed);
  frozen.outputs["fair_base_stay"] = Array::scalar<std::int64_t>(6);
  EXPECT_EQ(frozen.judged(), Verdict::kPassed) << "train_step() moves no weights: judged elsewhere";
  Runs asked_twice;
  asked_twice.outputs["base_stay"] = Array::scalar<std::int64_t>(2);
  EXPECT_EQ(asked_twice.judged(), Verdict::kPassed) << "two calls for one step";
}

/// Two images of a pixel, painted before and after pretraining.
TEST(P3Autoencoder, PaintsWhatItIsShown) {
  const auto painted = [](float first, float second) {
    return Array::of(std::vector<float>{first, first, first, second, second, second});
  };
  const auto judged = [](const Array& before, const Array& after, bool uses_encoder = true) {
    const Arrays inputs = {{"unseen", Array(arrays::DType::kU8, {2, 3, 1, 1})},
                           {"other_size", Array::of(Numbers{1, 1})}};
    return verdict("p3.autoencoder", inputs,
                   {{"before", before},
                    {"before_shape", Array::of(Numbers{2, 3, 1, 1})},
                    {"after", after},
                    {"blind", Array::of(std::vector<float>(6, 0.5F))},
                    {"other_shape", Array::of(Numbers{2, 3, 1, 1})},
                    {"encoder_used", Array::scalar(uses_encoder)}});
  };
  EXPECT_EQ(judged(painted(1, 2), painted(1, 3)), Verdict::kPassed);
  EXPECT_EQ(judged(painted(1, 1), painted(1, 3)), Verdict::kPassed) << "layers that begin at 0";
  EXPECT_EQ(judged(painted(1, 1), painted(2, 2)), Verdict::kFailed);
  EXPECT_EQ(judged(painted(1, 2), painted(1, 3), false), Verdict::kFailed) << "by no encoder";
}

/// What nobody can judge by a loss that is 0.
TEST(P3Training, IsBlockedByALossThatIsNone) {
  Steps steps = steps_of(false, [](int) { return 0.0; });
  steps.outputs["own_gradients"] = Array(arrays::DType::kF32, {3, 4});
  EXPECT_EQ(verdict_of(steps), Verdict::kBlocked);
  Arrays none = evaluated(0.0);
  none["own_losses"] = Array::of(std::vector<double>{0.0, 0.0});
  EXPECT_EQ(verdict("p3.evaluation_loss", kThreeImages, none), Verdict::kBlocked);
  none["call_modes"] = Array::of(Numbers{});
  EXPECT_EQ(verdict("p3.no_gradients", kThreeImages, none), Verdict::kBlocked);
  EXPECT_EQ(verdict("p3.step_losses", {},
                    {{"losses", Array::of(std::vector<double>{0.0})},
                     {"own_losses", Array::of(std::vector<double>{0.0})}}),
            Verdict::kBlocked);
}

TEST(P3Refusals, AreOutOfRangeAtBothEnds) {
  const auto of = [](const Numbers& answers) {
    return verdict("p3.refusals", {}, {{"answers", Array::of(answers)}});
  };
  EXPECT_EQ(of({1, 1, 1}), Verdict::kPassed);
  EXPECT_EQ(of({0, 1, 1}), Verdict::kFailed);
  EXPECT_EQ(of({1, 1, 2}), Verdict::kFailed);
}

/// What a program whose terms say these slopes, the same everywhere, has for a gradient.
Verdict net_gradient(double net, float slopes_gradient, float gradient) {
  Array maps(arrays::DType::kF32, {1, 1, 11, 11});
  Array far = maps;
  std::fill_n(far.data<float>(), far.element_count(), 1.0F);
  const auto filled = [&](float value) {
    Array array = maps;
    std::fill_n(array.data<float>(), array.element_count(), value);
    return array;
  };
  // Wrong terms: what counts is what the program itself makes of them.
  return verdict("p3.net_loss_gradient", {{"predicted", far}, {"truth", maps}},
                 {{"ssim", Array::scalar(0.3)},
                  {"gradients", Array::scalar(2.0)},
                  {"l1", Array::scalar(3.0)},
                  {"net", Array::scalar(net)},
                  {"own_depth_loss", Array::scalar(2.0)},
                  {"term_sizes", Array::of(Numbers{1, 1, 1, 1})},
                  {"gradient", filled(gradient)},
                  {"ssim_gradient", filled(0.5F)},
                  {"own_depth_loss_gradient", filled(slopes_gradient)},
                  {"l1_gradient", filled(1.0F)}});
}

TEST(P3NetGradient, IsThatOfTheOwnTermsWhereTheseAreWrong) {
  EXPECT_EQ(net_gradient(2.6, 2.0F, 2.6F), Verdict::kPassed);
  EXPECT_EQ(net_gradient(2.6, 2.0F, 0.6F), Verdict::kFailed) << "the slopes are cut off";
  EXPECT_EQ(net_gradient(2.6, 2.0F, 0.0F), Verdict::kFailed) << "nothing arrives";
  EXPECT_EQ(net_gradient(9.9, 2.0F, 0.6F), Verdict::kPassed) << "a wrong sum costs as such";
}

TEST(P3NetGradient, IsThatOfTheRightTermsWhereTheSumIsTheirs) {
  const auto filled = [](float value) {
    Array maps(arrays::DType::kF32, {1, 1, 11, 11});
    std::fill_n(maps.data<float>(), maps.element_count(), value);
    return maps;
  };
  // Flat maps that are far apart: SSIM is 0, and so is its gradient.
  const Arrays inputs = {{"predicted", filled(100.0F)}, {"truth", filled(0.0F)}};
  const Array of_l1 = filled(0.1F / 121.0F);
  Arrays outputs = {{"ssim", Array::scalar(10.5)},  // it holds the sum
                    {"gradients", Array::scalar(0.0)},
                    {"l1", Array::scalar(100.0)},
                    {"net", Array::scalar(10.5)},
                    {"own_depth_loss", Array::scalar(0.0)},
                    {"term_sizes", Array::of(Numbers{1, 1, 1, 1})},
                    {"gradient", of_l1},
                    {"ssim_gradient", of_l1},
                    {"own_depth_loss_gradient", filled(0.0F)},
                    {"l1_gradient", filled(1.0F / 121.0F)}};
  EXPECT_EQ(verdict("p3.net_loss_gradient", inputs, outputs), Verdict::kPassed);
  outputs["gradient"] = filled(1.0F / 121.0F);
  EXPECT_EQ(verdict("p3.net_loss_gradient", inputs, outputs), Verdict::kFailed);
}

TEST(P3Fairness, IsNotAskedOfNumbersFromAClock) {
  Runs runs;
  runs.set("again", .51, .61);
  runs.set("pretraining", .52, .62);
  EXPECT_EQ(runs.judged(), Verdict::kPassed);
}

}  // namespace
}  // namespace pset3::judge::p3
