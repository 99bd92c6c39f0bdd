#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "grader/base/error.hpp"
#include "grader/parts/p2_representation_learning/cases/generators.hpp"

namespace pset3::cases::p2 {
namespace {

using nlohmann::json;

const std::vector<std::pair<std::string, json>> kExamples = {
    {"p2.sizes", {{"images", 40}, {"fractions", 20}}},
    {"p2.items", {{"images", 9}, {"pct", "part"}, {"labels", "class"}, {"rounds", 2}}},
    {"p2.targets", {{"images", 100}}},
    {"p2.embedding", {{"batch", 2}}},
    {"p2.head", {{"batch", 2}, {"classes", 7}}},
    {"p2.whole", {{"batch", 2}, {"classes", 7}}},
    {"p2.parameters", {{"classes", 7}, {"exclude", true}}},
    {"p2.refusals", {{"images", 20}}},
    {"p2.training", {{"examples", 12}, {"batch_size", 5}, {"epochs", 2}, {"told", true}}},
    {"p2.testing", {{"examples", 12}, {"batch_size", 5}}},
    {"p2.classes",
     {{"images", 20},
      {"unseen", 10},
      {"epochs", 2},
      {"batch_size", 4},
      {"learning_rate_1e4", 100}}},
    {"p2.rotations",
     {{"images", 20},
      {"unseen", 10},
      {"epochs", 2},
      {"batch_size", 4},
      {"learning_rate_1e4", 100},
      {"few", 10},
      {"few_epochs", 3}}}};

std::string bytes_of(const CaseData& data) {
  return arrays::encode(data.inputs) + arrays::encode(data.truth);
}

TEST(P2Generators, AreAFunctionOfParametersAndSeed) {
  const Generators all = generators();
  EXPECT_EQ(all.size(), kExamples.size());
  for (const auto& [name, params] : kExamples) {
    const Generator& generator = all.at(name);
    EXPECT_EQ(bytes_of(generator(params, 5)), bytes_of(generator(params, 5))) << name;
    EXPECT_NE(bytes_of(generator(params, 5)), bytes_of(generator(params, 6))) << name;
  }
}

TEST(P2Generators, RefuseSlipsOfThePen) {
  const Generators all = generators();
  for (const auto& [name, params] : kExamples) {
    json extra = params;
    extra["imges"] = 3;
    EXPECT_THROW(all.at(name)(extra, 1), InputError) << name;
    json missing = params;
    missing.erase(missing.begin().key());
    EXPECT_THROW(all.at(name)(missing, 1), InputError) << name;
  }
}

TEST(P2Sizes, HaveProductsThatTellCuttingOffFromRounding) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const CaseData data = sizes({{"images", 137}, {"fractions", 12}}, seed);
    const arrays::Array& pct = data.inputs.at("pct");
    int low = 0;
    int high = 0;
    for (std::size_t i = 0; i < pct.element_count(); ++i) {
      const double product = 137 * pct.data<double>()[i];
      const double fraction = product - std::floor(product);
      low += fraction >= 0.15 && fraction <= 0.45 ? 1 : 0;
      high += fraction >= 0.55 && fraction <= 0.85 ? 1 : 0;
    }
    EXPECT_EQ(pct.element_count(), 12U);
    EXPECT_EQ(pct.data<double>()[0], 0.0);
    EXPECT_EQ(pct.data<double>()[1], 1.0);
    EXPECT_GE(low, 3);
    EXPECT_GE(high, 3);
  }
}

TEST(P2Items, KeepAPartThatIsBetweenTwoWholeProducts) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const CaseData data =
        items({{"images", 11}, {"pct", "part"}, {"labels", "class"}, {"rounds", 1}}, seed);
    const double product = 11 * data.inputs.at("pct").item<double>();
    EXPECT_NEAR(product - std::floor(product), 0.5, 1e-9);
    EXPECT_GE(product, 4.0);
    EXPECT_LE(product, 9.0);
    // Else it could not be told whether the first or the last part was kept.
    const auto* label = data.inputs.at("labels").data<std::int64_t>();
    const auto kept = static_cast<std::ptrdiff_t>(product);
    EXPECT_FALSE(std::equal(label, label + kept, label + 11 - kept));
  }
}

/// How many of the numbers that go into the first layer's ReLU are negative.
double negative_share(const CaseData& data) {
  const float* weight = data.inputs.at("fc1.weight").data<float>();
  const float* bias = data.inputs.at("fc1.bias").data<float>();
  const arrays::Array& images = data.inputs.at("images");
  double negative = 0.0;
  for (std::int64_t b = 0; b < images.shape()[0]; ++b) {
    for (int o = 0; o < 25; ++o) {
      double sum = bias[o];
      for (int i = 0; i < 2048; ++i) {
        sum += weight[o * 2048 + i] * images.data<float>()[b * 2048 + i];
      }
      negative += sum < 0.0 ? 1.0 : 0.0;
    }
  }
  return negative / (25.0 * static_cast<double>(images.shape()[0]));
}

TEST(P2Head, LetsTheReLUsHaveWorkToDo) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const double share = negative_share(head({{"batch", 8}, {"classes", 10}}, seed));
    EXPECT_GT(share, 0.3);
    EXPECT_LT(share, 0.7);
  }
}

TEST(P2Training, NumbersItsExamplesAndDrawsItsOptions) {
  const CaseData data =
      training({{"examples", 26}, {"batch_size", 8}, {"epochs", 3}, {"told", true}}, 4);
  const arrays::Array& images = data.inputs.at("images");
  ASSERT_EQ(images.shape(), (std::vector<std::int64_t>{26, 1, 32, 32}));
  for (int i = 0; i < 26; ++i) EXPECT_EQ(images.data<float>()[1024 * i], static_cast<float>(i));
  const double rate = data.inputs.at("learning_rate").item<double>();
  const double momentum = data.inputs.at("momentum").item<double>();
  EXPECT_TRUE(rate >= 0.05 && rate < 0.2);
  EXPECT_TRUE(momentum >= 0.5 && momentum < 0.9);
  const std::int64_t classes = data.inputs.at("weight").shape()[0];
  for (int i = 0; i < 26; ++i) {
    const std::int64_t label = data.inputs.at("labels").data<std::int64_t>()[i];
    EXPECT_TRUE(label >= 0 && label < classes);
  }
}

/// The class with the highest logit, with or without the shift.
int answer(const CaseData& data, int example, bool shifted) {
  const auto& weight = data.inputs.at("weight");
  const auto classes = static_cast<int>(weight.shape()[0]);
  const auto features = static_cast<int>(weight.shape()[1]);
  int best = 0;
  double highest = -1e9;
  for (int k = 0; k < classes; ++k) {
    double logit = data.inputs.at("bias").data<float>()[k];
    if (shifted) logit += data.inputs.at("training_shift").data<float>()[k];
    for (int d = 0; d < features; ++d) {
      logit += weight.data<float>()[k * features + d] *
               data.inputs.at("images").data<float>()[1024 * example + 1 + d];
    }
    if (logit > highest) best = k;
    highest = std::max(highest, logit);
  }
  return best;
}

TEST(P2Testing, HasAModelThatAnswersOtherwiseWhileItLearns) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const CaseData data = testing({{"examples", 30}, {"batch_size", 8}}, seed);
    int changed = 0;
    for (int i = 0; i < 30; ++i) changed += answer(data, i, true) != answer(data, i, false) ? 1 : 0;
    EXPECT_GE(changed, 10) << "seed " << seed;
  }
}

TEST(P2Learning, KeepsTheLabelsOfUnseenImagesFromTheBox) {
  const CaseData data = rotations(kExamples.back().second, 9);
  EXPECT_EQ(data.inputs.count("unseen_labels"), 0U);
  EXPECT_EQ(data.truth.at("unseen_labels").element_count(), 10U);
  const std::size_t few = static_cast<std::size_t>(20 * data.inputs.at("pct").item<double>());
  EXPECT_EQ(few, 10U);
}

}  // namespace
}  // namespace pset3::cases::p2
