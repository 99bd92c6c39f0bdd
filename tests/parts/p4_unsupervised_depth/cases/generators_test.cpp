#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "grader/base/error.hpp"
#include "grader/parts/p4_unsupervised_depth/cases/generators.hpp"

namespace pset3::cases::p4 {
namespace {

using nlohmann::json;

const json kFlips = {{"function", "random_flip"},
                     {"batch", 2},
                     {"channels", 3},
                     {"height", 4},
                     {"width", 5},
                     {"draws", 20},
                     {"percent", 30}};
const json kSamples = {{"function", "bilinear_sampler"},
                       {"batch", 2},
                       {"channels", 3},
                       {"height", 5},
                       {"width", 12},
                       {"picture", "noise"},
                       {"disparity", "any"}};
const json kScene = {{"function", "generate_image_left"}, {"height", 64}, {"width", 96}};
const json kMisfits = {
    {"function", "view_refusals"}, {"batch", 4}, {"channels", 3}, {"height", 6}, {"width", 9}};
const std::vector<std::pair<std::string, json>> kExamples = {
    {"p4.flips", kFlips}, {"p4.samples", kSamples}, {"p4.scene", kScene}, {"p4.misfits", kMisfits}};

json with(json params, const std::string& name, const json& value) {
  params[name] = value;
  return params;
}

std::string bytes_of(const CaseData& data) {
  return arrays::encode(data.inputs) + arrays::encode(data.truth);
}

TEST(P4Generators, AreAFunctionOfParametersAndSeed) {
  EXPECT_EQ(generators().size(), kExamples.size());
  for (const auto& [name, params] : kExamples) {
    const Generator generator = generators().at(name);
    EXPECT_EQ(bytes_of(generator(params, 5)), bytes_of(generator(params, 5))) << name;
    EXPECT_NE(bytes_of(generator(params, 5)), bytes_of(generator(params, 6))) << name;
  }
}

TEST(P4Generators, RefuseSlipsOfThePen) {
  for (const auto& [name, params] : kExamples) {
    EXPECT_THROW(generators().at(name)(with(params, "widht", 9), 1), InputError) << name;
    EXPECT_THROW(generators().at(name)(with(params, "function", "sampler"), 1), InputError) << name;
    json missing = params;
    missing.erase("height");
    EXPECT_THROW(generators().at(name)(missing, 1), InputError) << name;
  }
}

TEST(P4Flips, HaveABatchOrNone) {
  const CaseData batch = flips(kFlips, 3);
  EXPECT_EQ(get(batch.inputs, "left").shape(), (std::vector<std::int64_t>{2, 3, 4, 5}));
  EXPECT_EQ(get(batch.inputs, "probability").item<double>(), 0.3);
  EXPECT_FALSE(get(batch.inputs, "left") == get(batch.inputs, "right"));
  const CaseData single = flips(with(kFlips, "batch", 0), 3);
  EXPECT_EQ(get(single.inputs, "right").shape(), (std::vector<std::int64_t>{3, 4, 5}));
}

const json kOwnSampler = with(with(kSamples, "function", "left_by_own_sampler"), "before", "same");

double distance_to_a_pixel(double pixels) { return std::abs(pixels - std::round(pixels)); }

TEST(P4Samples, EndBetweenPixelsInBothConventions) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const CaseData data = samples(kSamples, seed);
    const arrays::Array& disparity = get(data.inputs, "disparity");
    bool left = false;
    bool right = false;
    for (std::size_t i = 0; i < disparity.element_count(); ++i) {
      const double share = disparity.data<float>()[i];
      EXPECT_GT(distance_to_a_pixel(share * 12), 0.049);
      EXPECT_GT(distance_to_a_pixel(share * 11), 0.049);
      left = left || share < 0.0;
      right = right || share > 0.0;
    }
    EXPECT_TRUE(left && right);
  }
}

TEST(P4Samples, OfViewsHaveNoNegativeDisparity) {
  for (const json& params : {with(kSamples, "function", "generate_image_left"),
                             with(kSamples, "function", "right_gradients"), kOwnSampler}) {
    const CaseData data = samples(params, 4);
    const arrays::Array& disparity = get(data.inputs, "disparity");
    const float* values = disparity.data<float>();
    EXPECT_GE(*std::min_element(values, values + disparity.element_count()), 0.0F);
  }
}

/// @param sign  of the disparity in the function.
void expect_no_weight_outside(const std::string& function, double sign) {
  const CaseData data = samples(with(kSamples, "function", function), 8);
  const float* shift = get(data.inputs, "disparity").data<float>();
  const float* weight = get(data.inputs, "weights").data<float>();
  for (int i = 0; i < 2 * 3 * 5 * 12; ++i) {
    const int image = i / (3 * 5 * 12);
    const double share = sign * static_cast<double>(shift[image * 5 * 12 + i % (5 * 12)]);
    const double edges = i % 12 + 12 * share;
    const double centres = i % 12 + 11 * share;
    const bool outside = std::min(edges, centres) < 0.0 || std::max(edges, centres) > 11.0;
    const bool well_inside = std::min(edges, centres) > 0.02 && std::max(edges, centres) < 10.98;
    if (outside) {
      EXPECT_EQ(weight[i], 0.0F) << function << " " << i;
    }
    if (well_inside) {
      EXPECT_GT(weight[i], 0.0F) << function << " " << i;
    }
  }
}

TEST(P4Samples, WeighNothingThatLiesBeyondThePicture) {
  expect_no_weight_outside("sampler_gradients", 1.0);
  expect_no_weight_outside("left_gradients", -1.0);
  expect_no_weight_outside("right_gradients", 1.0);
}

TEST(P4Samples, LookAlsoFarAwayButWithinThePicture) {
  for (const char* function : {"bilinear_sampler", "generate_image_left", "right_gradients"}) {
    double largest = 0.0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const CaseData data = samples(with(kSamples, "function", function), seed);
      const double sign = get(data.truth, "sign").item<double>();
      const float* disparity = get(data.inputs, "disparity").data<float>();
      for (int i = 0; i < 2 * 5 * 12; ++i) {
        const double share = sign * static_cast<double>(disparity[i]);
        if (std::abs(share) <= 0.25) continue;
        largest = std::max(largest, std::abs(share));
        EXPECT_GE(i % 12 + 12 * share, 0.0);
        EXPECT_LE(i % 12 + 12 * share, 11.0);
      }
    }
    EXPECT_GT(largest, 0.7) << function;
  }
}

TEST(P4Samples, ComeAfterACallOfAnotherSize) {
  const std::vector<std::int64_t> image = {2, 3, 5, 12};
  for (const char* kind : {"height", "width", "batch", "turned", "small"}) {
    const CaseData data = samples(with(kOwnSampler, "before", kind), 1);
    const arrays::Array& before = get(data.inputs, "before");
    EXPECT_EQ(before.element_count(), 4U);
    EXPECT_FALSE(std::equal(image.begin(), image.end(), before.data<std::int64_t>())) << kind;
  }
  EXPECT_THROW(samples(with(kSamples, "before", "same"), 1), InputError);
}

TEST(P4Misfits, DifferInTheBatchTheHeightOrTheWidth) {
  const CaseData data = misfits(kMisfits, 1);
  const auto* images = get(data.inputs, "image_shapes").data<std::int64_t>();
  const auto* disparities = get(data.inputs, "disparity_shapes").data<std::int64_t>();
  const std::int64_t count = get(data.inputs, "image_shapes").shape()[0];
  std::vector<int> differing(4);
  for (std::int64_t i = 0; i < count; ++i) {
    bool differs = false;
    for (const int d : {0, 2, 3}) {
      EXPECT_GT(disparities[4 * i + d], 0);
      if (images[4 * i + d] == disparities[4 * i + d]) continue;
      differs = true;
      ++differing[static_cast<std::size_t>(d)];
    }
    EXPECT_TRUE(differs) << i;
    EXPECT_EQ(disparities[4 * i + 1], 1);
  }
  EXPECT_GE(std::min({differing[0], differing[2], differing[3]}), 3);
  EXPECT_THROW(misfits(with(kMisfits, "height", 9), 1), InputError) << "height = width";
}

TEST(P4Samples, TellTheJudgeAloneTheSign) {
  for (const json& params : {with(kSamples, "function", "generate_image_left"),
                             with(kSamples, "function", "left_gradients"), kOwnSampler}) {
    const CaseData data = samples(params, 2);
    EXPECT_EQ(get(data.truth, "sign").item<double>(), -1.0);
    EXPECT_EQ(data.inputs.count("sign"), 0U);
  }
  EXPECT_EQ(get(samples(kSamples, 2).truth, "sign").item<double>(), 1.0);
}

/// The mean difference, 0..1, of what both cameras see, with the given view looked up in the
/// nearest pixel at x + sign · disparity.
double difference(const CaseData& data, double sign) {
  const float* image = get(data.inputs, "image").data<float>();
  const float* disparity = get(data.inputs, "disparity").data<float>();
  const auto* view = get(data.truth, "view").data<std::uint8_t>();
  const bool* in_both = get(data.truth, "in_both").data<bool>();
  double sum = 0.0;
  int count = 0;
  for (int pixel = 0; pixel < 64 * 96; ++pixel) {
    if (!in_both[pixel]) continue;
    const double place = pixel % 96 + sign * 96.0 * static_cast<double>(disparity[pixel]);
    const int column = std::clamp(static_cast<int>(std::lround(place)), 0, 95);
    for (int c = 0; c < 3; ++c) {
      const double seen = image[c * 64 * 96 + pixel / 96 * 96 + column];
      sum += std::abs(seen - view[3 * pixel + c] / 255.0);
      ++count;
    }
  }
  return sum / count;
}

TEST(P4Scenes, AreMadeByTheTrueDisparityAndNotByTheOtherSign) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const CaseData left = scene(kScene, seed);
    EXPECT_LT(difference(left, -1.0), 0.4 * difference(left, 0.0)) << seed;
    EXPECT_GT(difference(left, 1.0), difference(left, 0.0)) << seed;
    const CaseData right = scene(with(kScene, "function", "generate_image_right"), seed);
    EXPECT_LT(difference(right, 1.0), 0.4 * difference(right, 0.0)) << seed;
    EXPECT_GT(difference(right, -1.0), difference(right, 0.0)) << seed;
  }
}

TEST(P4Scenes, KeepWhatIsToComeOutFromTheBox) {
  const CaseData data = scene(kScene, 2);
  EXPECT_EQ(data.inputs.count("view"), 0U);
  EXPECT_EQ(data.inputs.count("in_both"), 0U);
  EXPECT_EQ(get(data.truth, "view").shape(), (std::vector<std::int64_t>{64, 96, 3}));
}

}  // namespace
}  // namespace pset3::cases::p4
