// Training on the spiral: what passes, and what a training that does not learn is blocked by.

#include <gtest/gtest.h>

#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"
#include "tests/parts/p0_neural_nets/judge/cases.hpp"

namespace pset3::judge::p0::testing {
namespace {

using p0::of_layer;

struct Spiral {
  Arrays inputs =
      drawn("p0.spiral",
            {{"arms", 3}, {"samples", 30}, {"width", 8}, {"activation", "relu"}, {"steps", 500}});
  p0::Mlp mlp = p0::mlp_of(inputs);
  Tensor samples = p0::tensor_of(inputs, "samples");
  Tensor targets = p0::tensor_of(inputs, "targets");
  double rate = get(inputs, "learning_rate").item<double>();

  Tensor logits_gradient(const Tensor& logits) const {
    Tensor slope = p0::softmax(logits);
    for (std::size_t i = 0; i < slope.values.size(); ++i) {
      slope.values[i] = (slope.values[i] - targets.values[i]) / static_cast<double>(slope.shape[0]);
    }
    return slope;
  }
  std::vector<p0::LayerGradients> gradients(const p0::Mlp& network) const {
    const p0::Forward forward = p0::mlp_forward(network, samples);
    return p0::mlp_backward(network, forward, p0::derivatives_of(network, forward),
                            logits_gradient(forward.outputs.back()));
  }
  p0::Mlp stepped(const p0::Mlp& network, double factor) const {
    p0::Mlp result = network;
    const auto slopes = gradients(network);
    for (std::size_t i = 0; i < slopes.size(); ++i) {
      const auto move = [&](Tensor& value, const Tensor& slope) {
        for (std::size_t k = 0; k < value.values.size(); ++k) {
          value.values[k] -= factor * rate * slope.values[k];
        }
      };
      move(result.layers[i].weights, slopes[i].weights);
      move(result.layers[i].bias, slopes[i].bias);
    }
    return result;
  }

  /// With right pieces; `first` is the network after the first step, `last` the one at the end.
  Arrays outputs(const p0::Mlp& first, const p0::Mlp& last) const {
    const p0::Forward forward = p0::mlp_forward(mlp, samples);
    Arrays result = {
        {"logits", array_of(p0::mlp_forward(last, p0::tensor_of(inputs, "unseen")).outputs.back())},
        {"losses", array_of(tensor({3}, {1.1, 1.0, 0.9}))},
        {"diverged", Array::scalar(false)}};
    put_own(result, "logits", forward.outputs.back());
    put_own(result, "logits_gradient", logits_gradient(forward.outputs.back()));
    put_unknown(result, "loss", {});
    put_own(result, "first_outputs", forward.outputs[0]);
    put_own(result, "first_activated", p0::applied(forward.outputs[0], p0::relu));
    put_own(result, "first_derivative",
            p0::applied(forward.outputs[0], [](double z) { return z > 0 ? 1.0 : 0.0; }));
    put_own(result, "first_backward",
            p0::fully_connected_backward(samples, mlp.layers[0], forward.outputs[0]).weights);
    const auto slopes = gradients(mlp);
    for (std::size_t i = 0; i < slopes.size(); ++i) {
      result[of_layer("first_weights", i)] = array_of(first.layers[i].weights);
      result[of_layer("first_bias", i)] = array_of(first.layers[i].bias);
      put_own(result, of_layer("weights_gradient", i), slopes[i].weights);
      put_own(result, of_layer("bias_gradient", i), slopes[i].bias);
    }
    return result;
  }
  p0::Mlp trained() const {
    p0::Mlp network = mlp;
    for (int step = 0; step < 600; ++step) network = stepped(network, 1.0);
    return network;
  }
  void expect_blocked(const Arrays& outputs, const std::string& by) const {
    const CaseFinding finding = judged("p0.spiral", inputs, outputs);
    EXPECT_EQ(finding.verdict, Verdict::kBlocked) << finding.got;
    EXPECT_EQ(finding.blocked_by, by);
  }
};

TEST(SpiralTraining, PassesWithANetworkThatLearnt) {
  const Spiral spiral;
  const p0::Mlp trained = spiral.trained();
  EXPECT_EQ(
      verdict("p0.spiral", spiral.inputs, spiral.outputs(spiral.stepped(spiral.mlp, 1), trained)),
      Verdict::kPassed);
  EXPECT_EQ(
      verdict("p0.spiral", spiral.inputs, spiral.outputs(spiral.stepped(spiral.mlp, 2), trained)),
      Verdict::kPassed)
      << "who learns may step as it likes";
}

TEST(SpiralTraining, FailsWhereTheFirstStepIsRightAndNothingIsLearnt) {
  const Spiral spiral;
  const p0::Mlp first = spiral.stepped(spiral.mlp, 1);
  EXPECT_EQ(verdict("p0.spiral", spiral.inputs, spiral.outputs(first, first)), Verdict::kFailed);
  Arrays diverged = spiral.outputs(first, spiral.trained());
  diverged["diverged"] = Array::scalar(true);
  EXPECT_EQ(verdict("p0.spiral", spiral.inputs, diverged), Verdict::kFailed);
}

TEST(SpiralTraining, IsBlockedByTheFirstLinkThatIsWrong) {
  const Spiral spiral;
  const p0::Mlp uphill = spiral.stepped(spiral.mlp, -1);
  const Arrays right = spiral.outputs(uphill, uphill);
  const auto with_wrong = [&](const std::vector<std::string>& names) {
    Arrays outputs = right;
    for (const std::string& name : names) {
      put_own(outputs, name, p0::scaled(p0::tensor_of(right, "own_" + name), 1.5));
    }
    return outputs;
  };
  spiral.expect_blocked(right, "p0.d.step");
  spiral.expect_blocked(with_wrong({"weights_gradient_1"}), "p0.d.mlp_backward");
  spiral.expect_blocked(with_wrong({"weights_gradient_1", "first_derivative"}), "p0.b.derivatives");
  spiral.expect_blocked(with_wrong({"weights_gradient_1", "first_backward"}),
                        "p0.d.layer_backward");
  spiral.expect_blocked(with_wrong({"logits_gradient"}), "p0.c.gradients");
  spiral.expect_blocked(with_wrong({"logits"}), "p0.d.mlp");
  spiral.expect_blocked(with_wrong({"logits", "first_activated"}), "p0.b.values");
  spiral.expect_blocked(with_wrong({"logits", "first_outputs"}), "p0.d.layer");
}

/// The rubric's threshold, 0.92: what a right training reaches, on fresh spirals.
TEST(SpiralTraining, ReachesTheThresholdWhateverTheSeed) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Spiral spiral;
    spiral.inputs = drawn("p0.spiral",
                          {{"arms", seed % 2 == 0 ? 2 : 3},
                           {"samples", 60},
                           {"width", 16},
                           {"activation", seed % 2 == 0 ? "tanh" : "relu"},
                           {"steps", 500}},
                          seed);
    spiral.mlp = p0::mlp_of(spiral.inputs);
    spiral.samples = p0::tensor_of(spiral.inputs, "samples");
    spiral.targets = p0::tensor_of(spiral.inputs, "targets");
    const p0::Mlp trained = [&] {
      p0::Mlp network = spiral.mlp;
      for (int step = 0; step < 500; ++step) network = spiral.stepped(network, 1.0);
      return network;
    }();
    CheckSpec spec;
    spec.judge = "p0.spiral";
    spec.tolerance = {{"accuracy", 0.92}};
    Arrays outputs = {
        {"logits",
         array_of(p0::mlp_forward(trained, p0::tensor_of(spiral.inputs, "unseen")).outputs.back())},
        {"losses", array_of(tensor({1}, {0}))},
        {"diverged", Array::scalar(false)}};
    const CaseFinding finding =
        p0::checks().at("p0.spiral").judge({spec, spiral.inputs, {}, outputs});
    EXPECT_EQ(finding.verdict, Verdict::kPassed) << seed << ": " << finding.got;
  }
}

}  // namespace
}  // namespace pset3::judge::p0::testing
