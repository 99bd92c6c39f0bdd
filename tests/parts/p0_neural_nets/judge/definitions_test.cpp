// What p0 is judged by, against numbers worked by hand and known derivatives.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "grader/parts/p0_neural_nets/judge/closeness.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"
#include "tests/parts/p0_neural_nets/judge/cases.hpp"

namespace pset3::judge::p0::testing {
namespace {

using nlohmann::json;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

constexpr double kRounding = 1e-14;  // sums of a few numbers near 1

TEST(NeuralNetDefinitions, ConvolveTheWayThatPolynomialsAreMultiplied) {
  // (1 + 2x)(3 + 4x + 5x²) = 3 + 10x + 13x² + 10x³
  const Tensor product = p0::convolve_signals(tensor({1, 2}, {1, 2}), tensor({1, 3}, {3, 4, 5}));
  EXPECT_EQ(product.shape, (p0::Shape{1, 4}));
  EXPECT_THAT(product.values, ElementsAre(3, 10, 13, 10));
  // An impulse in row 1, column 0 moves g down by one.
  const Tensor moved = p0::convolve_signals(tensor({2, 1}, {0, 1}), tensor({2, 2}, {1, 2, 3, 4}));
  EXPECT_THAT(moved.values, ElementsAre(0, 0, 1, 2, 3, 4));
}

TEST(NeuralNetDefinitions, GiveTheNumbersThatTheSlidesPrint) {
  for (const char* padding : {"in_the_volume", "asked_for"}) {
    const Arrays inputs = drawn("p0.slides", {{"padding", padding}});
    const Tensor output = p0::convolution_layer(
        p0::tensor_of(inputs, "input"), p0::tensor_of(inputs, "filters"),
        p0::tensor_of(inputs, "bias"), 2, padding == std::string("asked_for") ? 1 : 0);
    std::vector<double> second;
    for (std::size_t i = 1; i < output.values.size(); i += 2) second.push_back(output.values[i]);
    EXPECT_THAT(second, ElementsAre(2, 3, -2, 7, 4, 1, 5, 5, 7)) << padding;
  }
}

TEST(NeuralNetDefinitions, CorrelateOverAllChannelsAndAddTheBiasOnce) {
  // One place: 1·1 + 2·10 + 3·100 + 4·1000, + 0.5; nothing is flipped.
  const Tensor output =
      p0::convolution_layer(tensor({2, 2, 1}, {1, 2, 3, 4}),
                            tensor({2, 2, 1, 1}, {1, 10, 100, 1000}), tensor({1}, {0.5}), 1, 0);
  EXPECT_THAT(output.values, ElementsAre(4321.5));
  const Tensor two_channels = p0::convolution_layer(
      tensor({1, 1, 2}, {3, 5}), tensor({1, 1, 2, 1}, {7, 11}), tensor({1}, {1}), 1, 0);
  EXPECT_THAT(two_channels.values, ElementsAre(3 * 7 + 5 * 11 + 1));
}

TEST(NeuralNetDefinitions, FitAWindowOnlyWhereTheStrideDivides) {
  EXPECT_EQ(p0::places(227, 227, {11, 4, 0}).value(), (std::array<std::int64_t, 2>{55, 55}));
  EXPECT_EQ(p0::places(7, 5, {3, 2, 0}).value(), (std::array<std::int64_t, 2>{3, 2}));
  EXPECT_FALSE(p0::places(7, 6, {3, 2, 0}).has_value());
  EXPECT_FALSE(p0::places(6, 7, {3, 2, 0}).has_value());
  EXPECT_FALSE(p0::places(2, 9, {3, 1, 0}).has_value());
  EXPECT_TRUE(p0::places(2, 9, {3, 1, 1}).has_value());
}

TEST(NeuralNetDefinitions, Pool) {
  const Tensor input = tensor({2, 2, 1}, {-3, -4, -12, -0.0});
  EXPECT_THAT(p0::pool(p0::Pooling::kMax, input, {2, 1, 0}).values, ElementsAre(0));
  EXPECT_THAT(p0::pool(p0::Pooling::kAverage, input, {2, 1, 0}).values, ElementsAre(-4.75));
  EXPECT_THAT(p0::pool(p0::Pooling::kL2, input, {2, 1, 0}).values, ElementsAre(13));
}

TEST(NeuralNetDefinitions, MeasureLosses) {
  using p0::LossKind;
  const Tensor t = tensor({2, 2}, {1, 0, 0, 1});
  const Tensor p = tensor({2, 2}, {0.5, 0.5, 0.25, 0.75});
  const auto value = [&](LossKind kind) { return p0::loss_value(kind, p, t); };
  EXPECT_NEAR(value(LossKind::kSquaredError), (0.25 + 0.25 + 0.0625 + 0.0625) / 2, kRounding);
  EXPECT_NEAR(value(LossKind::kBinaryCrossEntropy), -(std::log(0.5) + std::log(0.75)), kRounding);
  EXPECT_NEAR(value(LossKind::kCrossEntropy), -(std::log(0.5) + std::log(0.75)) / 2, kRounding);
  const Tensor logits = tensor({2, 2}, {1000, 1000, 0, std::log(3.0)});
  EXPECT_NEAR(p0::loss_value(LossKind::kSoftmaxCrossEntropy, logits, t),
              -(std::log(0.5) + std::log(0.75)) / 2, 1e-12);
  EXPECT_THAT(p0::softmax(logits).values, Pointwise(DoubleNear(1e-12), p.values));
}

TEST(NeuralNetDefinitions, DifferentiateToEightDigits) {
  const Tensor at = tensor({5}, {-3, -0.4, 0.1, 1.7, 40});
  const Tensor slope = p0::central_differences(at, [](const Tensor& x) {
    double sum = 0.0;
    for (const double value : x.values) sum += std::tanh(value) + value * value;
    return sum;
  });
  for (std::size_t i = 0; i < at.values.size(); ++i) {
    const double x = at.values[i];
    const double right = 1.0 - std::tanh(x) * std::tanh(x) + 2.0 * x;
    EXPECT_NEAR(slope.values[i], right, 1e-8 * 80) << x;
  }
}

/// The backpropagation that stands in for students' own pieces, against differences.
TEST(NeuralNetDefinitions, PropagateBackWhatDifferencesSay) {
  for (const char* activation : {"sigmoid", "tanh", "relu"}) {
    const Arrays inputs = drawn(
        "p0.mlp",
        {{"samples", 4}, {"layers", 3}, {"activation", activation}, {"direction", "backward"}});
    p0::Mlp mlp = p0::mlp_of(inputs);
    const Tensor samples = p0::tensor_of(inputs, "inputs_0");
    const Tensor gradient = p0::tensor_of(inputs, "logits_gradient");
    const p0::Forward forward = p0::mlp_forward(mlp, samples);
    const auto back = p0::mlp_backward(mlp, forward, p0::derivatives_of(mlp, forward), gradient);
    for (std::size_t i = 0; i < 3; ++i) {
      const Tensor weights = mlp.layers[i].weights;
      const Tensor right = p0::central_differences(weights, [&](const Tensor& w) {
        mlp.layers[i].weights = w;
        return p0::dot(p0::mlp_forward(mlp, samples).outputs.back(), gradient);
      });
      mlp.layers[i].weights = weights;
      EXPECT_TRUE(p0::close(right, back[i].weights, 1e-7)) << activation << " layer " << i;
    }
  }
}

TEST(NeuralNetComparing, NeverTakesANumberThatIsNoneForClose) {
  const Tensor right = tensor({2}, {1, 2});
  EXPECT_TRUE(p0::close(right, tensor({2}, {1, 2 + 1e-12}), 1e-9));
  EXPECT_FALSE(p0::close(right, tensor({2}, {1, 2 + 1e-7}), 1e-9));
  EXPECT_FALSE(p0::close(right, tensor({2}, {1, std::nan("")}), 1e-9));
  EXPECT_FALSE(p0::close(right, tensor({2}, {1, INFINITY}), 1e-9));
  EXPECT_FALSE(p0::close(right, tensor({1, 2}, {1, 2}), 1e-9));
  EXPECT_FALSE(p0::close(1.0, std::nan(""), 1e-9));
  EXPECT_EQ(p0::compare({{"x", right, tensor({2}, {1, std::nan("")})}}, 1e-9).verdict,
            Verdict::kFailed);
}

TEST(NeuralNetComparing, NamesTheWorstPlaceAndTellsNumbersApart) {
  const CaseFinding finding = p0::compare(
      {{"output", tensor({2, 2}, {1, 2, 3, -1.25}), tensor({2, 2}, {1, 2.5, 3, 3.5})}}, 1e-9);
  EXPECT_EQ(finding.expected, "output[1, 1] = -1.25");
  EXPECT_EQ(finding.got, "output[1, 1] = 3.5");
  EXPECT_EQ(finding.detail, "output: 2 of 4 values are wrong");
  const p0::NumberPair pair = p0::told_apart(1.0, 1.00000001);
  EXPECT_NE(pair.expected, pair.got);
}

}  // namespace
}  // namespace pset3::judge::p0::testing
