#include "grader/parts/p3_supervised_depth/cases/generators.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "grader/base/error.hpp"

namespace pset3::cases::p3 {
namespace {

using nlohmann::json;

const json kLearning = {{"pictures", 6}, {"height", 32},    {"width", 48},
                        {"epochs", 2},   {"batch_size", 4}, {"learning_rate_1e5", 100}};

json with(json params, const std::string& name, const json& value) {
  params[name] = value;
  return params;
}

const std::vector<std::pair<std::string, json>> kExamples = {
    {"p3.ranges", {{"pictures", 30}, {"ranges", 9}}},
    {"p3.refusals", {{"pictures", 30}}},
    {"p3.splits", {{"pictures", 57}, {"splits", 12}}},
    {"p3.items", {{"pictures", 5}, {"height", 4}, {"width", 5}}},
    {"p3.images", {{"batch", 2}, {"height", 32}, {"width", 40}, {"function", "forward"}}},
    {"p3.pieces", json::object()},
    {"p3.sizes", {{"sizes", 6}}},
    {"p3.maps", {{"batch", 2}, {"channels", 3}, {"height", 4}, {"width", 5}}},
    {"p3.predictions", {{"batch", 2}, {"height", 12}, {"width", 13}, {"relation", "opposite"}}},
    {"p3.steps",
     {{"batch", 3},
      {"height", 11},
      {"width", 12},
      {"steps", 4},
      {"optimizer", "adam"},
      {"unknown", 30}}},
    {"p3.evaluation",
     {{"examples", 7},
      {"batch_size", 3},
      {"height", 11},
      {"width", 12},
      {"unknown", 0},
      {"shuffled", true}}},
    {"p3.learning", with(kLearning, "unseen", 5)},
    {"p3.pretraining", with(kLearning, "unseen", 5)},
    {"p3.comparison", with(with(kLearning, "pretraining_epochs", 3), "varied", "no")}};

CaseData made(const std::string& name, std::uint64_t seed) {
  const auto same = [&](const auto& example) { return example.first == name; };
  const auto found = std::find_if(kExamples.begin(), kExamples.end(), same);
  return generators().at(name)(found->second, seed);
}

std::string bytes_of(const CaseData& data) {
  return arrays::encode(data.inputs) + arrays::encode(data.truth);
}

double fraction(double value) { return value - std::floor(value); }

TEST(P3Generators, AreAFunctionOfParametersAndSeed) {
  EXPECT_EQ(generators().size(), kExamples.size());
  for (const auto& [name, params] : kExamples) {
    EXPECT_EQ(bytes_of(made(name, 5)), bytes_of(made(name, 5))) << name;
    if (name == "p3.refusals") continue;  // nothing in it is drawn
    EXPECT_NE(bytes_of(made(name, 5)), bytes_of(made(name, 6))) << name;
  }
}

TEST(P3Generators, RefuseSlipsOfThePen) {
  for (const auto& [name, params] : kExamples) {
    EXPECT_THROW(generators().at(name)(with(params, "pictuers", 3), 1), InputError) << name;
    json missing = params;
    if (missing.empty()) continue;
    missing.erase(missing.begin().key());
    EXPECT_THROW(generators().at(name)(missing, 1), InputError) << name;
  }
}

TEST(P3Ranges, HaveAnEmptyOneAllAndOthersInside) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const CaseData data = made("p3.ranges", seed);
    const auto* begins = get(data.inputs, "begins").data<std::int64_t>();
    const auto* ends = get(data.inputs, "ends").data<std::int64_t>();
    EXPECT_EQ(begins[0], 0);
    EXPECT_EQ(ends[0], 30);
    EXPECT_EQ(begins[1], ends[1]);
    for (int i = 2; i < 9; ++i) {
      EXPECT_GT(begins[i], 0);
      EXPECT_GT(ends[i], begins[i]);
      EXPECT_LT(ends[i], 30);
    }
  }
}

TEST(P3Splits, TellRoundingFromCuttingOff) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const CaseData data = made("p3.splits", seed);
    for (int i = 0; i < 6; ++i) {
      const double used = 57 * get(data.inputs, "pct").data<double>()[i];
      const double share = get(data.inputs, "train_share").data<double>()[i];
      EXPECT_GT(fraction(used), 0.5);
      EXPECT_GT(fraction(std::floor(used) * share), 0.5);
      EXPECT_GT(std::floor(used * share), std::floor(std::floor(used) * share));
    }
  }
}

TEST(P3Splits, HaveEmptyOnesAndWholePerCents) {
  const CaseData data = made("p3.splits", 7);
  const auto* pct = get(data.inputs, "pct").data<double>();
  const auto* shares = get(data.inputs, "train_share").data<double>();
  for (const int i : {6, 7, 11}) EXPECT_EQ(100.0 * pct[i], std::round(100.0 * pct[i])) << i;
  EXPECT_EQ(shares[8], 1.0);
  EXPECT_EQ(shares[9], 0.0);
  EXPECT_EQ(pct[10], 0.0);
}

TEST(P3Items, HaveBackgroundWithAndWithoutAReading) {
  const CaseData data =
      generators().at("p3.items")({{"pictures", 7}, {"height", 9}, {"width", 12}}, 3);
  const arrays::Array& depths = get(data.inputs, "depths");
  const bool* valid = get(data.inputs, "valid").data<bool>();
  int background = 0;
  int without_reading = 0;
  for (std::size_t i = 0; i < depths.element_count(); ++i) {
    if (depths.data<float>()[i] > 0.0F) continue;
    ++background;
    without_reading += valid[i] ? 0 : 1;
  }
  EXPECT_GT(without_reading, 0);
  EXPECT_GT(background, 5 * without_reading) << "most of it is valid";
  EXPECT_LT(background, 756 / 4) << "most pixels are none";
}

TEST(P3Sizes, HaveAllFourKinds) {
  const CaseData data = made("p3.sizes", 3);
  const auto* sides = get(data.inputs, "sizes").data<std::int64_t>();
  const bool odd[] = {false, false, true, true, true, false, false, true};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(sides[i] % 2 == 1, odd[i]) << i;
  for (int i = 0; i < 12; ++i) EXPECT_GE(sides[i], 32) << "what the encoder needs";
}

TEST(P3Steps, PutDepthsWithoutReadingFarAway) {
  const CaseData data = made("p3.steps", 4);
  const arrays::Array& depths = get(data.inputs, "depths");
  const bool* valid = get(data.inputs, "valid").data<bool>();
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < depths.element_count(); ++i) {
    EXPECT_EQ(valid[i], depths.data<float>()[i] < 15.0F) << i;
    unknown += valid[i] ? 0 : 1;
  }
  EXPECT_NEAR(static_cast<double>(unknown) / static_cast<double>(depths.element_count()), 0.3, 0.1);
}

TEST(P3Learning, KeepsTheTruthOfUnseenPicturesFromTheBox) {
  const CaseData data = made("p3.learning", 5);
  EXPECT_EQ(data.inputs.count("unseen_depths"), 0U);
  const arrays::Array& depths = get(data.truth, "unseen_depths");
  EXPECT_EQ(depths.shape(), (std::vector<std::int64_t>{5, 1, 32, 48}));
  const auto [low, high] =
      std::minmax_element(depths.data<float>(), depths.data<float>() + depths.element_count());
  EXPECT_GE(*low, 0.0F);
  EXPECT_LE(*high, 1.0F);
  EXPECT_GT(*high - *low, 0.3F) << "something is near and something far";
}

}  // namespace
}  // namespace pset3::cases::p3
