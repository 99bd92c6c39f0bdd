#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "grader/parts/p2_representation_learning/judge/checks.hpp"
#include "grader/parts/p2_representation_learning/judge/layers.hpp"
#include "tests/parts/p2_representation_learning/judge/programs.hpp"

namespace pset3::judge::p2::testing {
namespace {

Array filled(const std::vector<std::int64_t>& shape, double scale) {
  Array array(arrays::DType::kF32, shape);
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    array.data<float>()[i] =
        static_cast<float>(scale * std::sin(1.0 + 0.7 * static_cast<double>(i)));
  }
  return array;
}

TEST(Layers, ConvolveWithZerosAround) {
  // 2 channels of 3x3; a 3x3 kernel that adds the pixel on the left of the first channel and twice
  // the pixel below of the second one.
  const Maps maps{2, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90}};
  Array kernel(arrays::DType::kF32, {1, 2, 3, 3});
  kernel.data<float>()[3] = 1.0F;
  kernel.data<float>()[9 + 7] = 2.0F;
  const Maps result =
      convolved(maps, "c", {{"c.weight", kernel}, {"c.bias", Array::of(std::vector<float>{0.5F})}});
  EXPECT_EQ(result.values,
            (std::vector<double>{80.5, 101.5, 122.5, 140.5, 164.5, 185.5, 0.5, 7.5, 8.5}));
}

TEST(Layers, RectifyAndPool) {
  const Maps maps{1, 4, {1, -2, 3, 0, -5, -6, 7, 8, -1, -2, 4, 4, -3, -4, 4, 5}};
  EXPECT_EQ(pooled(maps).values, (std::vector<double>{1, 8, -1, 5}));
  EXPECT_EQ(pooled(rectified(maps)).values, (std::vector<double>{1, 8, 0, 5}));
}

TEST(Layers, MultiplyAndAdd) {
  const Maps maps{3, 1, {1, 2, 3}};
  const std::vector<float> weight = {1, 0, -1, 2, 2, 2};
  const Maps result = linear(maps, "f",
                             {{"f.weight", Array::copy_of(weight.data(), {2, 3})},
                              {"f.bias", Array::of(std::vector<float>{10, 20})}});
  EXPECT_EQ(result.values, (std::vector<double>{8, 32}));
}

/// A head with given weights on a batch of three.
Arrays head_inputs() {
  return {{"images", filled({3, 2048}, 1.0)}, {"fc1.weight", filled({25, 2048}, 0.05)},
          {"fc1.bias", filled({25}, 0.1)},    {"fc2.weight", filled({25, 25}, 0.3)},
          {"fc2.bias", filled({25}, 0.1)},    {"fc3.weight", filled({4, 25}, 0.3)},
          {"fc3.bias", filled({4}, 0.1)},     {"classes", Array::scalar<std::int64_t>(4)}};
}

/// What a right head gives: written out, layer by layer.
std::vector<float> head_output(const Arrays& inputs) {
  std::vector<float> output;
  for (std::size_t b = 0; b < 3; ++b) {
    const float* image = get(inputs, "images").data<float>() + 2048 * b;
    std::vector<double> values(image, image + 2048);
    for (const std::string layer : {"fc1", "fc2", "fc3"}) {
      const Array& weight = get(inputs, layer + ".weight");
      std::vector<double> next;
      for (std::size_t o = 0; o < static_cast<std::size_t>(weight.shape()[0]); ++o) {
        double sum = get(inputs, layer + ".bias").data<float>()[o];
        for (std::size_t i = 0; i < values.size(); ++i) {
          sum += weight.data<float>()[o * values.size() + i] * values[i];
        }
        next.push_back(layer == "fc3" || sum > 0.0 ? sum : 0.0);
      }
      values = next;
    }
    output.insert(output.end(), values.begin(), values.end());
  }
  return output;
}

Arrays forward_outputs(const std::vector<float>& values, const std::vector<std::int64_t>& shape,
                       bool fits = true) {
  return {{"output", Array::of(values)},
          {"output_shape", Array::of(shape)},
          {"fits", Array::scalar(fits)},
          {"images_written", Array::scalar(false)},
          {"same_in_training", Array::scalar(true)},
          {"gradients_reach_all", Array::scalar(true)},
          {"parameter_shapes", Array(arrays::DType::kI64, {0, 5})}};
}

TEST(Forward, IsComparedToAHundredThousandth) {
  const Arrays inputs = head_inputs();
  std::vector<float> values = head_output(inputs);
  const auto verdict = [&] {
    return judge_p2("p2.forward", inputs, forward_outputs(values, {3, 4})).verdict;
  };
  EXPECT_EQ(verdict(), Verdict::kPassed);
  const float largest = std::abs(*std::max_element(
      values.begin(), values.end(), [](float a, float b) { return std::abs(a) < std::abs(b); }));
  values[5] += 3e-6F * largest;
  EXPECT_EQ(verdict(), Verdict::kPassed);
  values[5] += 1e-4F * largest;
  EXPECT_EQ(verdict(), Verdict::kFailed);
}

TEST(Forward, ToldByShapeBeforeValues) {
  const Arrays inputs = head_inputs();
  const CaseFinding finding =
      judge_p2("p2.forward", inputs, forward_outputs(head_output(inputs), {12}));
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(finding.got, "shape (12)");
  // A shape that promises more than there is.
  EXPECT_EQ(judge_p2("p2.forward", inputs, forward_outputs({1.0F}, {3, 4})).verdict,
            Verdict::kFailed);
}

TEST(Forward, IsBlockedByLayersThatDoNotFit) {
  const Arrays inputs = head_inputs();
  const Arrays outputs = forward_outputs(head_output(inputs), {3, 4}, false);
  EXPECT_EQ(judge_p2("p2.forward", inputs, outputs).blocked_by, "p2.b.head_layers");
  const CaseFinding layers = judge_p2("p2.layers", inputs, outputs);
  EXPECT_EQ(layers.verdict, Verdict::kFailed);
  EXPECT_NE(layers.expected.find("fc1.weight (25, 2048), fc1.bias (25)"), std::string::npos);
  EXPECT_EQ(layers.got, "no parameters: are the layers registered?");
}

Arrays whole_outputs(float output, bool head = true) {
  const std::vector<float> pieces = {1.0F, 2.0F, 3.0F, 4.0F};
  const std::vector<std::int64_t> shape = {2, 2};
  const std::vector<float> none;
  return {{"output", Array::of(std::vector<float>{1.0F, 2.0F, 3.0F, output})},
          {"output_shape", Array::of(shape)},
          {"from_pieces", Array::of(head ? pieces : none)},
          {"from_pieces_shape", Array::of(head ? shape : std::vector<std::int64_t>{0})},
          {"embedding_registered", Array::scalar(true)},
          {"head_columns", Array::scalar<std::int64_t>(2)}};
}

TEST(Whole, IsComparedWithItsPieces) {
  const Arrays inputs = {{"images", Array(arrays::DType::kF32, {2, 1, 32, 32})},
                         {"classes", Array::scalar<std::int64_t>(2)}};
  EXPECT_EQ(judge_p2("p2.whole", inputs, whole_outputs(4.0F)).verdict, Verdict::kPassed);
  EXPECT_EQ(judge_p2("p2.whole", inputs, whole_outputs(4.1F)).verdict, Verdict::kFailed);
  EXPECT_EQ(judge_p2("p2.whole", inputs, whole_outputs(4.0F, false)).verdict, Verdict::kFailed);
  Arrays squeezed = whole_outputs(4.0F);
  squeezed["output_shape"] = Array::of(std::vector<std::int64_t>{4});
  EXPECT_EQ(judge_p2("p2.whole", inputs, squeezed).verdict, Verdict::kFailed);
  squeezed["from_pieces_shape"] = squeezed["output_shape"];
  squeezed["head_columns"] = Array::scalar<std::int64_t>(4);
  EXPECT_EQ(judge_p2("p2.whole", inputs, squeezed).verdict, Verdict::kPassed)
      << "a head that squeezes costs where the head is judged";
}

TEST(Whole, HasItsEmbeddingAndAHeadForItsClasses) {
  const Arrays inputs = {{"images", Array(arrays::DType::kF32, {2, 1, 32, 32})},
                         {"classes", Array::scalar<std::int64_t>(3)}};
  Arrays outputs = whole_outputs(4.0F);
  EXPECT_EQ(judge_p2("p2.whole", inputs, outputs).verdict, Verdict::kPassed)
      << "a head that ignores its classes costs where the head is judged";
  outputs["head_columns"] = Array::scalar<std::int64_t>(3);
  EXPECT_EQ(judge_p2("p2.whole", inputs, outputs).got, "a head whose logits are 2");
  outputs = whole_outputs(4.0F);
  outputs["embedding_registered"] = Array::scalar(false);
  EXPECT_EQ(judge_p2("p2.whole", inputs, outputs).got, "the model has no ImageEmbedNet registered");
}

TEST(Whole, IsNotJudgedByPiecesThatGiveBackTheImage) {
  Arrays inputs = {{"images", Array(arrays::DType::kF32, {2, 1, 32, 32})},
                   {"classes", Array::scalar<std::int64_t>(2)}};
  const auto judged = [&](const std::vector<float>& values) {
    Arrays outputs = whole_outputs(4.0F);
    outputs["output"] = outputs["from_pieces"] = Array::of(values);
    return judge_p2("p2.whole", inputs, outputs);
  };
  EXPECT_EQ(judged({0.5F, 0.25F, 0.75F, 0.0F}).verdict, Verdict::kPassed);
  float* pixels = inputs["images"].data<float>();
  pixels[0] = 0.5F;
  pixels[1] = 0.25F;
  pixels[1024] = 0.75F;
  EXPECT_EQ(judged({0.5F, 0.25F, 0.75F, 0.0F}).blocked_by, "p2.b.head");
}

TEST(Forward, LeavesTheImagesAlone) {
  const Arrays inputs = head_inputs();
  Arrays outputs = forward_outputs(head_output(inputs), {3, 4});
  outputs["images_written"] = Array::scalar(true);
  EXPECT_EQ(judge_p2("p2.forward", inputs, outputs).verdict, Verdict::kFailed);
}

TEST(Forward, IsTheSameInTrainingMode) {
  const Arrays inputs = head_inputs();
  Arrays outputs = forward_outputs(head_output(inputs), {3, 4});
  outputs["same_in_training"] = Array::scalar(false);
  EXPECT_EQ(judge_p2("p2.forward", inputs, outputs).got, "other numbers in training mode");
}

TEST(Forward, LetsGradientsThroughWhereItsOutputsAreRight) {
  const Arrays inputs = head_inputs();
  std::vector<float> values = head_output(inputs);
  Arrays outputs = forward_outputs(values, {3, 4});
  outputs["gradients_reach_all"] = Array::scalar(false);
  EXPECT_EQ(judge_p2("p2.forward", inputs, outputs).got,
            "right outputs, but some weights or biases get no gradient");
  values[0] += 1.0F;
  outputs["output"] = Array::of(values);
  EXPECT_NE(judge_p2("p2.forward", inputs, outputs).got.find("values that differ"),
            std::string::npos)
      << "a layer that is not used gets no gradient either";
}

Sketch sketch_by(const std::string& name, const Arrays& inputs, const Arrays& outputs) {
  return p2::checks().at(name).sketch({CheckSpec{}, inputs, outputs, outputs});
}

TEST(Forward, MarksMissingGradientsInItsSketch) {
  const Arrays inputs = head_inputs();
  Arrays outputs = forward_outputs(head_output(inputs), {3, 4});
  Sketch right = sketch_by("p2.forward", inputs, outputs);
  outputs["gradients_reach_all"] = Array::scalar(false);
  right.push_back(1.0);
  EXPECT_EQ(sketch_by("p2.forward", inputs, outputs), right);
  outputs["output"].data<float>()[0] += 1.0F;
  EXPECT_EQ(sketch_by("p2.forward", inputs, outputs).size() + 1, right.size())
      << "wrong outputs say more";
}

Arrays listed(std::int64_t embedding, std::int64_t head, std::int64_t foreign,
              std::int64_t cut_off = 0) {
  return {{"embedding", Array::of(std::vector<std::int64_t>(4, embedding))},
          {"head", Array::of(std::vector<std::int64_t>(6, head))},
          {"foreign", Array::scalar(foreign)},
          {"cut_off", Array::scalar(cut_off)}};
}

TEST(ParametersToTrain, AreTheHeadsAndPerhapsTheEmbeddings) {
  const Arrays all = {{"exclude", Array::scalar(false)}};
  const Arrays head = {{"exclude", Array::scalar(true)}};
  const auto passes = [](const Arrays& inputs, const Arrays& outputs) {
    return judge_p2("p2.parameters_to_train", inputs, outputs).verdict == Verdict::kPassed;
  };
  EXPECT_TRUE(passes(all, listed(1, 1, 0)));
  EXPECT_TRUE(passes(head, listed(0, 1, 0)));
  EXPECT_FALSE(passes(all, listed(0, 1, 0)));
  EXPECT_FALSE(passes(head, listed(1, 1, 0)));
  EXPECT_FALSE(passes(all, listed(1, 2, 0)));
  EXPECT_FALSE(passes(all, listed(1, 1, 1)));
  EXPECT_FALSE(passes(head, listed(0, 0, 0)));
}

TEST(ParametersToTrain, GetGradientsThroughTheModel) {
  const Arrays all = {{"exclude", Array::scalar(false)}};
  const CaseFinding finding = judge_p2("p2.parameters_to_train", all, listed(1, 1, 0, 4));
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(finding.got, "4 of the listed parameters get no gradient");
  const auto sketch = [&](std::int64_t cut_off) {
    return sketch_by("p2.parameters_to_train", all, listed(1, 1, 0, cut_off));
  };
  EXPECT_NE(sketch(4), sketch(0));
  EXPECT_NE(sketch(4), sketch(6));
}

TEST(Learning, CountsWhatGetsItsClassFromLogits) {
  const std::vector<float> logits = {0.1F, 0.9F, 0.0F, 2.0F, 1.0F, 1.5F, -3.0F, -2.0F, -1.0F};
  const Arrays inputs = {{"unseen_labels", Array::of(std::vector<std::int64_t>{1, 2, 2})}};
  const Arrays outputs = {{"logits", Array::copy_of(logits.data(), {3, 3})}};
  EXPECT_EQ(judge_p2("p2.class_accuracy", inputs, outputs, 0.66).verdict, Verdict::kPassed);
  const CaseFinding finding = judge_p2("p2.class_accuracy", inputs, outputs, 0.67);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(finding.expected, "share of unseen images that get their class: at least 0.670");
  EXPECT_EQ(finding.got, "0.667");
}

/// Sixteen turned images, asked for from the last to the first.
Arrays turned_backwards() {
  std::vector<std::int64_t> order;
  for (std::int64_t item = 16; item-- > 0;) order.push_back(item);
  return {{"turn_order", Array::of(order)}};
}

TEST(Learning, TakesRotationsInEitherSense) {
  for (const int sense : {1, 7}) {
    Array logits(arrays::DType::kF32, {16, 8});
    for (int i = 0; i < 16; ++i) {
      logits.data<float>()[i * 8 + sense * (15 - i) % 8] = 1.0F;
    }
    Arrays outputs = {{"rotation_logits", logits},
                      {"rotation_embedding_stayed", Array::scalar(false)}};
    EXPECT_EQ(judge_p2("p2.rotation_accuracy", turned_backwards(), outputs, 0.99).verdict,
              Verdict::kPassed);
    outputs["rotation_embedding_stayed"] = Array::scalar(true);
    const CaseFinding finding = judge_p2("p2.rotation_accuracy", turned_backwards(), outputs, 0.99);
    EXPECT_EQ(finding.verdict, Verdict::kFailed) << "a head alone must not do";
    EXPECT_EQ(finding.got, "its weights are what they were before");
  }
  EXPECT_EQ(judge_p2("p2.rotation_accuracy", turned_backwards(),
                     {{"rotation_logits", Array(arrays::DType::kF32, {16, 8})},
                      {"rotation_embedding_stayed", Array::scalar(false)}},
                     0.2)
                .verdict,
            Verdict::kFailed);
}

TEST(Learning, GivesNothingForThePlaceInTheBatch) {
  Array by_place(arrays::DType::kF32, {16, 8});
  for (int i = 0; i < 16; ++i) by_place.data<float>()[i * 8 + i % 8] = 1.0F;
  const std::vector<std::int64_t> order = {5, 0, 12, 9, 3, 14, 7, 2, 11, 8, 1, 6, 15, 4, 10, 13};
  EXPECT_EQ(
      judge_p2("p2.rotation_accuracy", {{"turn_order", Array::of(order)}},
               {{"rotation_logits", by_place}, {"rotation_embedding_stayed", Array::scalar(false)}},
               0.5)
          .verdict,
      Verdict::kFailed);
}

TEST(Learning, MeasuresWhatFineTuningGains) {
  const Arrays inputs = {{"unseen_labels", Array::of(std::vector<std::int64_t>{1, 1})},
                         {"turn_order", Array::of(std::vector<std::int64_t>{3, 1})}};
  std::vector<float> rotations(16, 0.0F);
  rotations[3] = rotations[8 + 1] = 1.0F;
  const std::vector<float> right = {0.0F, 1.0F, 0.0F, 1.0F};
  Arrays outputs = {{"tuned_logits", Array::copy_of(right.data(), {2, 2})},
                    {"rotation_logits", Array::copy_of(rotations.data(), {2, 8})},
                    {"tuned_embedding_kept", Array::scalar(true)}};
  EXPECT_EQ(judge_p2("p2.fine_tuning_gain", inputs, outputs, 0.79).verdict, Verdict::kPassed);
  const CaseFinding finding = judge_p2("p2.fine_tuning_gain", inputs, outputs, 0.81);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(finding.detail,
            "fine-tuned 1.000; a network of ours that starts from nothing reaches about 0.2");
  outputs["tuned_embedding_kept"] = Array::scalar(false);
  EXPECT_EQ(judge_p2("p2.fine_tuning_gain", inputs, outputs, 0.5).got,
            "the embedding's weights were changed when the model was made");
  outputs["tuned_embedding_kept"] = Array::scalar(true);
  outputs["rotation_logits"] = Array(arrays::DType::kF32, {2, 8});
  EXPECT_EQ(judge_p2("p2.fine_tuning_gain", inputs, outputs, 0.5).verdict, Verdict::kBlocked)
      << "a gain of what was never learnt";
}

TEST(Learning, IsToldApartByWhatRightSolutionsHaveInCommon) {
  const double even = std::log(8.0);
  const auto sketch = [](double loss, bool stayed) {
    const Arrays outputs = {{"rotation_losses", Array::of(std::vector<double>{loss, 0.1})},
                            {"rotation_logits", Array(arrays::DType::kF32, {2, 8, 8})},
                            {"rotation_embedding_stayed", Array::scalar(stayed)}};
    return p2::checks().at("p2.rotation_accuracy").sketch({CheckSpec{}, {}, {}, outputs});
  };
  EXPECT_EQ(sketch(even + 0.02, false), (Sketch{0.0, 0.0}));
  EXPECT_EQ(sketch(even - 0.01, false), sketch(even + 0.02, false));
  EXPECT_EQ(sketch(even + 1e-7, false), (Sketch{1.0, 0.0}));
  EXPECT_EQ(sketch(even + 0.02, true), (Sketch{0.0, 1.0}));
}

}  // namespace
}  // namespace pset3::judge::p2::testing
