// What p0's generators promise, at many seeds: every run draws its own hidden cases.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "grader/arrays/safetensors.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"

namespace pset3::cases::p0 {
namespace {

using arrays::Array;
using nlohmann::json;

constexpr std::uint64_t kSeeds = 40;

std::vector<double> values_of(const CaseData& data, const std::string& name) {
  const Array& array = get(data.inputs, name);
  return {array.data<double>(), array.data<double>() + array.element_count()};
}

/// All cases of the rubric, public and hidden.
json rubric_cases() {
  return json::parse(read_file(PSET3_SOURCE_DIR "/fixtures/p0_neural_nets/rubric.json"))
      .at("cases");
}

CaseData made(const json& entry, std::uint64_t seed) {
  return cases::p0::generators().at(entry.at("generator"))(entry.at("params"), seed);
}

TEST(NeuralNetGenerators, KeepTheirPromisesForEveryCaseOfTheRubric) {
  for (const json& entry : rubric_cases()) {
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
      EXPECT_NO_THROW(made(entry, seed)) << entry.at("id") << " " << seed;
    }
  }
}

TEST(NeuralNetGenerators, GiveTheSameBytesForTheSameSeedAndOthersForAnother) {
  std::set<std::string> used;
  for (const json& entry : rubric_cases()) {
    used.insert(entry.at("generator"));
    const std::string first = arrays::encode(made(entry, 5).inputs);
    EXPECT_EQ(first, arrays::encode(made(entry, 5).inputs)) << entry.at("id");
    EXPECT_NE(first, arrays::encode(made(entry, 6).inputs)) << entry.at("id");
  }
  EXPECT_EQ(used.size(), generators().size());
}

bool is_eighth(double value) { return value * 8.0 == std::round(value * 8.0); }

TEST(PerceptronSample, IsExactAndAsFarFromTheLineAsItShouldBe) {
  for (const char* situation :
       {"says_0_should_say_1", "says_1_should_say_0", "right_0", "right_1", "on_the_line"}) {
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
      const CaseData data = perceptron_sample({{"dimensions", 5}, {"situation", situation}}, seed);
      const auto weights = values_of(data, "weights");
      const auto input = values_of(data, "input");
      double score = get(data.inputs, "bias").item<double>();
      for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_TRUE(is_eighth(weights[i]) && is_eighth(input[i]));
        EXPECT_NE(weights[i] * input[i], 0.0);
        score += weights[i] * input[i];
      }
      const std::int64_t target = get(data.inputs, "target").item<std::int64_t>();
      const bool right = std::string(situation).rfind("right", 0) == 0;
      EXPECT_EQ((score > 0.0 ? 1 : 0) == target, right) << situation << " " << seed;
      if (std::string(situation) == "on_the_line") {
        EXPECT_EQ(score, 0.0);
      } else if (right) {  // close, so that it matters where the answer changes
        EXPECT_GE(std::abs(score), 0.125);
        EXPECT_LT(std::abs(score), 0.5);
      } else {
        EXPECT_GE(std::abs(score), 0.5);
      }
    }
  }
}

/// Trains with a rule of its own: how often an epoch without a mistake comes, and when.
int epochs_until_right(const CaseData& data) {
  const Array& inputs = get(data.inputs, "inputs");
  const auto dimensions = static_cast<std::size_t>(inputs.shape()[1]);
  const std::int64_t* targets = get(data.inputs, "targets").data<std::int64_t>();
  std::vector<double> weights(dimensions + 1, 0.0);
  for (int epoch = 1; epoch <= get(data.inputs, "max_epochs").item<std::int64_t>(); ++epoch) {
    bool right = true;
    for (std::int64_t n = 0; n < inputs.shape()[0]; ++n) {
      std::vector<double> x(inputs.data<double>() + n * inputs.shape()[1],
                            inputs.data<double>() + (n + 1) * inputs.shape()[1]);
      x.push_back(1.0);
      double score = 0.0;
      for (std::size_t i = 0; i <= dimensions; ++i) score += weights[i] * x[i];
      if ((score > 0.0) == (targets[n] == 1)) continue;
      right = false;
      for (std::size_t i = 0; i <= dimensions; ++i) {
        weights[i] += targets[n] == 1 ? x[i] : -x[i];
      }
    }
    if (right) return epoch;
  }
  return 0;
}

TEST(PerceptronData, IsSeparableOrNot) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const json params = {{"samples", 30}, {"dimensions", 3}, {"max_epochs", 50}};
    json separable = params;
    separable["kind"] = "separable";
    const CaseData data = perceptron_data(separable, seed);
    EXPECT_GE(epochs_until_right(data), 3) << seed;
    for (const double value : values_of(data, "inputs")) EXPECT_TRUE(is_eighth(value));
    json other = params;
    other["kind"] = "not_separable";
    EXPECT_EQ(epochs_until_right(perceptron_data(other, seed)), 0) << seed;
  }
}

TEST(PerceptronData, BeginsWithTheOriginWhereAsked) {
  const json params = {{"samples", 20},
                       {"dimensions", 3},
                       {"max_epochs", 60},
                       {"kind", "separable_with_the_origin"}};
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CaseData data = perceptron_data(params, seed);
    const std::vector<double> points = values_of(data, "inputs");
    EXPECT_TRUE(std::all_of(points.begin(), points.begin() + 3, [](double x) { return x == 0.0; }));
    EXPECT_EQ(get(data.inputs, "targets").data<std::int64_t>()[0], 1);
  }
}

TEST(ActivationInputs, HaveBothSignsAndTheLimits) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    json params = {{"function", "sigmoid"}, {"rows", 3}, {"columns", 9}, {"kind", "moderate"}};
    const auto moderate = values_of(activation(params, seed), "z");
    for (const double z : moderate) EXPECT_TRUE(std::abs(z) >= 0.01 && std::abs(z) <= 6.0);
    EXPECT_LT(*std::min_element(moderate.begin(), moderate.end()), 0.0);
    EXPECT_GT(*std::max_element(moderate.begin(), moderate.end()), 0.0);
    params["kind"] = "extreme";
    const auto extreme = values_of(activation(params, seed), "z");
    for (const double z : {-1000.0, -745.0, -40.0, 0.0, 40.0, 745.0, 1000.0}) {
      EXPECT_EQ(std::count(extreme.begin(), extreme.end(), z) > 0, true) << z;
    }
    params["kind"] = "zeros";
    const auto zeros = values_of(activation(params, seed), "z");
    EXPECT_GE(std::count(zeros.begin(), zeros.end(), 0.0), 2);
  }
}

TEST(ActivationInputs, HaveOneNumberOfARowFarAboveItsMean) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const auto z = values_of(
        activation({{"function", "softmax"}, {"rows", 4}, {"columns", 2}, {"kind", "one_above"}},
                   seed),
        "z");
    for (std::size_t row = 0; row < 4; ++row) {
      const double mean = (z[2 * row] + z[2 * row + 1]) / 2.0;
      // exp(710) is infinite.
      EXPECT_GT(std::max(z[2 * row], z[2 * row + 1]) - mean, 710.0) << seed;
    }
  }
}

TEST(LossInputs, AreProbabilitiesInsideOrCertain) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    for (const char* loss_name : {"binary_cross_entropy", "cross_entropy"}) {
      json params = {{"loss", loss_name}, {"samples", 5}, {"outputs", 3}, {"kind", "moderate"}};
      for (const double p : values_of(loss(params, seed), "predictions")) {
        EXPECT_TRUE(p >= 0.01 && p <= 0.99);
      }
      params["kind"] = "certain";
      const CaseData certain = loss(params, seed);
      const auto p = values_of(certain, "predictions");
      const auto t = values_of(certain, "targets");
      int wrong = 0;
      for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_TRUE(p[i] == 0.0 || p[i] == 1.0);
        wrong += t[i] == 1.0 && p[i] == 0.0 ? 1 : 0;
        EXPECT_EQ(p[3 + i], t[3 + i]) << "the second sample is right";
      }
      EXPECT_GE(wrong, 1) << loss_name << " " << seed;
    }
  }
}

TEST(Networks, StayAwayFromTheKinkAndHaveNoEqualSizes) {
  for (const char* activation_name : {"sigmoid", "tanh", "relu"}) {
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
      const CaseData data = mlp({{"samples", 5},
                                 {"layers", 3},
                                 {"activation", activation_name},
                                 {"direction", "backward"}},
                                seed);
      for (const char* name : {"outputs_0", "outputs_1"}) {
        for (const double z : values_of(data, name)) EXPECT_GE(std::abs(z), 0.01);
      }
      std::set<std::int64_t> sizes = {5};
      for (const char* name : {"inputs_0", "inputs_1", "inputs_2", "outputs_2"}) {
        sizes.insert(get(data.inputs, name).shape()[1]);
      }
      EXPECT_EQ(sizes.size(), 5u) << activation_name << " " << seed;
    }
  }
}

TEST(Networks, StopAllGradientsAtOneLayerWhereAsked) {
  json params = {{"samples", 5},
                 {"layers", 3},
                 {"activation", "relu"},
                 {"direction", "backward"},
                 {"units_below_0", "all_of_one_layer"}};
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CaseData data = mlp(params, seed);
    for (const double z : values_of(data, "outputs_1")) EXPECT_LE(z, -0.1 + 1e-9) << seed;
    for (const double input : values_of(data, "inputs_2")) EXPECT_EQ(input, 0.0) << seed;
    const auto first = values_of(data, "outputs_0");
    EXPECT_GT(*std::max_element(first.begin(), first.end()), 0.0) << seed;
  }
  params["activation"] = "tanh";
  EXPECT_THROW(mlp(params, 1), InputError);
}

TEST(Geometries, FitOrDoNotInEveryWay) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CaseData misfit = geometries({{"count", 40}, {"kind", "misfit"}}, seed);
    const CaseData fit = geometries({{"count", 40}, {"kind", "fit"}}, seed);
    int too_large = 0, down_only = 0, across_only = 0, both = 0;
    for (std::int64_t i = 0; i < 40; ++i) {
      const auto rooms = [i](const CaseData& data) {
        const std::int64_t* g = get(data.inputs, "geometry").data<std::int64_t>() + 7 * i;
        return std::array<std::int64_t, 3>{g[0] - g[3] + 2 * g[6], g[1] - g[3] + 2 * g[6], g[5]};
      };
      const auto [down, across, stride] = rooms(misfit);
      const bool large = down < 0 || across < 0;
      too_large += large ? 1 : 0;
      down_only += !large && down % stride != 0 && across % stride == 0 ? 1 : 0;
      across_only += !large && down % stride == 0 && across % stride != 0 ? 1 : 0;
      both += !large && down % stride != 0 && across % stride != 0 ? 1 : 0;
      const auto [fit_down, fit_across, fit_stride] = rooms(fit);
      EXPECT_TRUE(fit_down >= 0 && fit_across >= 0 && fit_down % fit_stride == 0 &&
                  fit_across % fit_stride == 0 && fit_down != fit_across);
    }
    EXPECT_EQ(too_large, 10);
    EXPECT_EQ(down_only, 10);
    EXPECT_EQ(across_only, 10);
    EXPECT_EQ(both, 10);
  }
}

TEST(Misfits, NeverFitAndLackAWholeStrideToo) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    for (const char* padding : {"none", "any"}) {
      const CaseData data = misfits({{"count", 24}, {"padding", padding}}, seed);
      int whole_strides = 0;
      for (std::int64_t i = 0; i < 24; ++i) {
        const std::int64_t* g = get(data.inputs, "geometry").data<std::int64_t>() + 7 * i;
        const std::array<std::int64_t, 2> rooms = {g[0] - g[3] + 2 * g[6], g[1] - g[3] + 2 * g[6]};
        EXPECT_TRUE(rooms[0] < 0 || rooms[1] < 0 || rooms[0] % g[5] != 0 || rooms[1] % g[5] != 0);
        EXPECT_TRUE(g[0] >= 1 && g[1] >= 1 && (std::string(padding) == "any" || g[6] == 0));
        whole_strides += rooms[0] == -g[5] || rooms[1] == -g[5] ? 1 : 0;
      }
      EXPECT_GE(whole_strides, 3) << seed;
    }
  }
}

TEST(LogitsOfASoftmax, AreConfidentOnBothSidesOfZero) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CaseData data = loss(
        {{"loss", "softmax_cross_entropy"}, {"samples", 5}, {"outputs", 3}, {"kind", "confident"}},
        seed);
    const auto logits = values_of(data, "predictions");
    const auto targets = values_of(data, "targets");
    for (std::size_t row = 0; row < 4; ++row) {
      const double* z = logits.data() + 3 * row;
      double right = 0.0;
      for (std::size_t k = 0; k < 3; ++k) right += targets[3 * row + k] * z[k];
      EXPECT_GE(*std::max_element(z, z + 3) - right, 37.0);
    }
    EXPECT_LT(*std::max_element(logits.begin(), logits.begin() + 3), -900.0);
    EXPECT_GT(*std::min_element(logits.begin() + 3, logits.begin() + 6), 900.0);
  }
}

TEST(Volumes, FitAndAreNeverSquare) {
  for (int filter = 1; filter <= 5; ++filter) {
    for (int stride = 1; stride <= 4; ++stride) {
      for (int padding = 0; padding <= 3; ++padding) {
        const CaseData data = volume({{"filter", filter},
                                      {"in", 2},
                                      {"filters", 3},
                                      {"stride", stride},
                                      {"padding", padding},
                                      {"direction", "backward"}},
                                     7);
        const auto& shape = get(data.inputs, "input").shape();
        const auto& output = get(data.inputs, "output_gradient").shape();
        const std::int64_t border = std::int64_t{2} * padding;
        EXPECT_NE(shape[0], shape[1]);
        EXPECT_GE(std::min(output[0], output[1]), 2);
        EXPECT_EQ((output[0] - 1) * stride + filter - border, shape[0]);
        EXPECT_EQ((output[1] - 1) * stride + filter - border, shape[1]);
      }
    }
  }
}

TEST(PoolingInputs, AreApartOrEqual) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    json params = {{"function", "max_pool"},
                   {"size", 3},
                   {"stride", 2},
                   {"channels", 2},
                   {"kind", "distinct"}};
    auto values = values_of(pooling(params, seed), "input");
    for (std::size_t i = 0; i < values.size(); i += 2) EXPECT_LT(values[i], 0.0);
    std::vector<double> channel;
    for (std::size_t i = 1; i < values.size(); i += 2) channel.push_back(values[i]);
    std::sort(channel.begin(), channel.end());
    for (std::size_t i = 1; i < channel.size(); ++i) {
      EXPECT_GE(channel[i] - channel[i - 1], 0.01 - 1e-12);
    }
    params["kind"] = "ties";
    EXPECT_THROW(pooling(params, seed), InputError) << "windows that overlap";
    params["stride"] = 3;
    values = values_of(pooling(params, seed), "input");
    EXPECT_LE(std::set<double>(values.begin(), values.end()).size(), 3u);
  }
}

TEST(Layers, RefuseSizesThatCouldBeMixedUp) {
  const json params = {{"samples", 4}, {"inputs", 3}, {"outputs", 3}, {"direction", "forward"}};
  EXPECT_THROW(layer(params, 1), InputError);
}

}  // namespace
}  // namespace pset3::cases::p0
