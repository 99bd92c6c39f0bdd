// Networks and volumes whose pieces are wrong: the composition is judged for itself.

#include <gtest/gtest.h>

#include "grader/parts/p0_neural_nets/judge/definitions.hpp"
#include "tests/parts/p0_neural_nets/judge/cases.hpp"

namespace pset3::judge::p0::testing {
namespace {

using p0::of_layer;

constexpr double kWrong = 1.5;

struct Network {
  Arrays inputs;
  p0::Mlp mlp;

  explicit Network(const char* direction, const char* activation = "tanh")
      : inputs(drawn(
            "p0.mlp",
            {{"samples", 4}, {"layers", 2}, {"activation", activation}, {"direction", direction}})),
        mlp(p0::mlp_of(inputs)) {}
};

/// A forward pass whose layers and activations are multiplied by factors.
Arrays forward_outputs(const Network& network, double layer_factor, double activation_factor) {
  Arrays outputs;
  Tensor current = p0::tensor_of(network.inputs, "samples");
  for (std::size_t i = 0; i < 2; ++i) {
    outputs[of_layer("inputs", i)] = array_of(current);
    if (i > 0) put_own(outputs, of_layer("inputs", i), current);
    const Tensor z = p0::scaled(p0::fully_connected(current, network.mlp.layers[i]), layer_factor);
    outputs[of_layer("outputs", i)] = array_of(z);
    put_own(outputs, of_layer("outputs", i), z);
    current = p0::scaled(
        p0::applied(z, [&](double x) { return p0::activated(network.mlp.activation, x); }),
        activation_factor);
  }
  return outputs;
}

TEST(MlpForward, PassesWithOwnPiecesThatAreWrong) {
  const Network network("forward");
  EXPECT_EQ(verdict("p0.mlp_forward", network.inputs, forward_outputs(network, 1, 1)),
            Verdict::kPassed);
  EXPECT_EQ(verdict("p0.mlp_forward", network.inputs, forward_outputs(network, kWrong, 1)),
            Verdict::kPassed);
  EXPECT_EQ(verdict("p0.mlp_forward", network.inputs, forward_outputs(network, 1, kWrong)),
            Verdict::kPassed);
}

TEST(MlpForward, FailsWhereNoPieceIsToBlame) {
  const Network network("forward");
  Arrays outputs = forward_outputs(network, kWrong, 1);
  put_unknown(outputs, "outputs_0", get(outputs, "outputs_0").shape());
  EXPECT_EQ(verdict("p0.mlp_forward", network.inputs, outputs), Verdict::kFailed);
  // An activation behind the last layer.
  outputs = forward_outputs(network, 1, 1);
  outputs["outputs_1"] = array_of(
      p0::applied(p0::tensor_of(outputs, "outputs_1"), [](double z) { return std::tanh(z); }));
  EXPECT_EQ(verdict("p0.mlp_forward", network.inputs, outputs), Verdict::kFailed);
}

/// Backpropagation with derivatives and layers that are multiplied by factors.
Arrays backward_outputs(const Network& network, double derivative_factor, double layer_factor) {
  p0::Forward forward;
  for (std::size_t i = 0; i < 2; ++i) {
    forward.inputs.push_back(p0::tensor_of(network.inputs, of_layer("inputs", i)));
    forward.outputs.push_back(p0::tensor_of(network.inputs, of_layer("outputs", i)));
  }
  std::vector<Tensor> derivatives = p0::derivatives_of(network.mlp, forward);
  for (Tensor& derivative : derivatives) derivative = p0::scaled(derivative, derivative_factor);
  const auto gradients = p0::mlp_backward(network.mlp, forward, derivatives,
                                          p0::tensor_of(network.inputs, "logits_gradient"));
  Arrays outputs;
  put_own(outputs, "derivative_0", derivatives[0]);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto own =
        p0::fully_connected_backward(forward.inputs[i], network.mlp.layers[i],
                                     p0::tensor_of(network.inputs, of_layer("probe_gradient", i)));
    const auto put = [&](const char* name, const Tensor& value) {
      outputs[of_layer(name, i)] = array_of(value);
    };
    put("inputs_gradient", gradients[i].inputs);
    put("weights_gradient", p0::scaled(gradients[i].weights, layer_factor));
    put("bias_gradient", gradients[i].bias);
    put_own(outputs, of_layer("layer_inputs", i), own.inputs);
    put_own(outputs, of_layer("layer_weights", i), p0::scaled(own.weights, layer_factor));
    put_own(outputs, of_layer("layer_bias", i), own.bias);
  }
  return outputs;
}

TEST(MlpBackward, PassesWithAnOwnDerivativeThatIsWrong) {
  const Network network("backward");
  EXPECT_EQ(verdict("p0.mlp_backward", network.inputs, backward_outputs(network, 1, 1)),
            Verdict::kPassed);
  Arrays outputs = backward_outputs(network, kWrong, 1);
  EXPECT_EQ(verdict("p0.mlp_backward", network.inputs, outputs), Verdict::kPassed);
  put_unknown(outputs, "derivative_0", get(outputs, "own_derivative_0").shape());
  EXPECT_EQ(verdict("p0.mlp_backward", network.inputs, outputs), Verdict::kFailed);
}

TEST(MlpBackward, IsBlockedByAnOwnLayerThatIsWrong) {
  const Network network("backward");
  const CaseFinding finding =
      judged("p0.mlp_backward", network.inputs, backward_outputs(network, 1, kWrong));
  EXPECT_EQ(finding.verdict, Verdict::kBlocked);
  EXPECT_EQ(finding.blocked_by, "p0.d.layer_backward");
}

/// A step along gradients that are multiplied by a factor.
Arrays step_outputs(const Network& network, double own_factor, double step_factor) {
  const double rate = get(network.inputs, "learning_rate").item<double>();
  const Tensor samples = p0::tensor_of(network.inputs, "samples");
  const Tensor targets = p0::tensor_of(network.inputs, "targets");
  const p0::Forward forward = p0::mlp_forward(network.mlp, samples);
  Tensor slope = p0::softmax(forward.outputs.back());
  for (std::size_t i = 0; i < slope.values.size(); ++i) {
    slope.values[i] = own_factor * (slope.values[i] - targets.values[i]) / 4.0;
  }
  const auto gradients =
      p0::mlp_backward(network.mlp, forward, p0::derivatives_of(network.mlp, forward), slope);
  Arrays outputs = {{"loss", Array::scalar(p0::loss_value(p0::LossKind::kSoftmaxCrossEntropy,
                                                          forward.outputs.back(), targets))}};
  put_unknown(outputs, "loss", {});
  const auto put = [&](const std::string& name, const Tensor& before, const Tensor& gradient) {
    Tensor after = before;
    for (std::size_t k = 0; k < after.values.size(); ++k) {
      after.values[k] -= step_factor * rate * gradient.values[k];
    }
    outputs[name] = array_of(after);
    outputs["first_" + name] = array_of(after);
  };
  for (std::size_t i = 0; i < 2; ++i) {
    put(of_layer("weights", i), network.mlp.layers[i].weights, gradients[i].weights);
    put(of_layer("bias", i), network.mlp.layers[i].bias, gradients[i].bias);
    put_own(outputs, of_layer("weights_gradient", i), gradients[i].weights);
    put_own(outputs, of_layer("bias_gradient", i), gradients[i].bias);
  }
  return outputs;
}

TEST(Step, GoesDownTheGradientOrTheStudentsOwn) {
  const Network network("step");
  EXPECT_EQ(verdict("p0.step", network.inputs, step_outputs(network, 1, 1)), Verdict::kPassed);
  EXPECT_EQ(verdict("p0.step", network.inputs, step_outputs(network, kWrong, 1)), Verdict::kPassed);
  EXPECT_EQ(verdict("p0.step", network.inputs, step_outputs(network, 1, -1)), Verdict::kFailed);
  EXPECT_EQ(verdict("p0.step", network.inputs, step_outputs(network, 0, 1)), Verdict::kFailed)
      << "who has no gradient stands still";
}

TEST(Step, SaysWhereTheFirstCallWasRightAndTheSecondIsNot) {
  const Network network("step");
  Arrays outputs = step_outputs(network, 1, 1.9);
  const Arrays right = step_outputs(network, 1, 1);
  EXPECT_EQ(judged("p0.step", network.inputs, outputs).detail.find("first call"),
            std::string::npos);
  for (const auto& [name, array] : right) {
    if (name.rfind("first_", 0) == 0) outputs.at(name) = array;
  }
  const CaseFinding finding = judged("p0.step", network.inputs, outputs);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_NE(finding.detail.find("The first call was right"), std::string::npos) << finding.detail;
}

TEST(Step, ReturnsTheLossBeforeIt) {
  const Network network("step");
  Arrays outputs = step_outputs(network, 1, 1);
  const double right = get(outputs, "loss").item<double>();
  outputs["loss"] = Array::scalar(2.0 * right);
  EXPECT_EQ(verdict("p0.step", network.inputs, outputs), Verdict::kFailed);
  put_own(outputs, "loss", tensor({}, {2.0 * right}));
  EXPECT_EQ(verdict("p0.step", network.inputs, outputs), Verdict::kPassed);
}

struct Volumes {
  Arrays inputs;
  Tensor right;
  Tensor dense;

  explicit Volumes(int stride)
      : inputs(drawn("p0.volume", {{"filter", 3},
                                   {"in", 2},
                                   {"filters", 3},
                                   {"stride", stride},
                                   {"padding", 1},
                                   {"direction", "forward"}})),
        right(at_stride(stride)),
        dense(at_stride(1)) {}

  Tensor at_stride(std::int64_t stride) const {
    return p0::convolution_layer(p0::tensor_of(inputs, "input"), p0::tensor_of(inputs, "filters"),
                                 p0::tensor_of(inputs, "bias"), stride, 1);
  }
  Arrays outputs(const Tensor& output, const Tensor& own_dense, const p0::Shape& shape) const {
    Arrays result = {{"output", array_of(output)}};
    put_own_shape(result, shape);
    put_own(
        result, "dense",
        tensor({own_dense.shape[0], own_dense.shape[1] * own_dense.shape[2]}, own_dense.values));
    return result;
  }
};

TEST(Strides, AreBlockedByWhatIsWrongAtStrideOne) {
  const Volumes v(2);
  EXPECT_EQ(verdict("p0.stride", v.inputs, v.outputs(v.right, v.dense, v.right.shape)),
            Verdict::kPassed);
  const Tensor wrong = p0::scaled(v.right, kWrong);
  const CaseFinding finding =
      judged("p0.stride", v.inputs, v.outputs(wrong, p0::scaled(v.dense, kWrong), v.right.shape));
  EXPECT_EQ(finding.verdict, Verdict::kBlocked);
  EXPECT_EQ(finding.blocked_by, "p0.e.layer");
  EXPECT_EQ(verdict("p0.stride", v.inputs, v.outputs(wrong, v.dense, v.right.shape)),
            Verdict::kFailed);
}

TEST(ConvolutionBackward, IsBlockedByAForwardPassThatIsWrongOnTheSameVolume) {
  const Arrays inputs = drawn("p0.volume", {{"filter", 2},
                                            {"in", 2},
                                            {"filters", 3},
                                            {"stride", 1},
                                            {"padding", 2},
                                            {"direction", "backward"}});
  const Tensor right =
      p0::convolution_layer(p0::tensor_of(inputs, "input"), p0::tensor_of(inputs, "filters"),
                            p0::tensor_of(inputs, "bias"), 1, 2);
  const Tensor flat = tensor({right.shape[0], right.shape[1] * right.shape[2]}, right.values);
  // No gradient is right.
  Arrays outputs = {{"input_gradient", array_of(Tensor(get(inputs, "input").shape()))},
                    {"filters_gradient", array_of(Tensor(get(inputs, "filters").shape()))},
                    {"bias_gradient", array_of(Tensor({3}))}};
  put_own_shape(outputs, right.shape);
  put_own(outputs, "output", flat);
  EXPECT_EQ(verdict("p0.convolution_backward", inputs, outputs), Verdict::kFailed);
  put_own(outputs, "output", p0::scaled(flat, kWrong));
  const CaseFinding finding = judged("p0.convolution_backward", inputs, outputs);
  EXPECT_EQ(finding.verdict, Verdict::kBlocked);
  EXPECT_EQ(finding.blocked_by, "p0.e.layer");
  put_unknown(outputs, "output", flat.shape);
  EXPECT_EQ(verdict("p0.convolution_backward", inputs, outputs), Verdict::kFailed);
}

TEST(Convolutions, AreBlockedByAShapeThatIsWrong) {
  const Volumes v(1);
  const p0::Shape rounded = {v.right.shape[0] + 1, v.right.shape[1], v.right.shape[2]};
  EXPECT_EQ(verdict("p0.convolution", v.inputs, v.outputs(Tensor(rounded), v.dense, rounded)),
            Verdict::kBlocked);
  EXPECT_EQ(verdict("p0.convolution", v.inputs,
                    v.outputs(Tensor(p0::Shape{0, 0, 0}), v.dense, {0, 0, 0})),
            Verdict::kBlocked);
  EXPECT_EQ(verdict("p0.convolution", v.inputs, v.outputs(Tensor(rounded), v.dense, v.right.shape)),
            Verdict::kInvalidOutput);
}

Arrays properties(double of_sum_factor, std::int64_t extra_rows) {
  const Arrays inputs =
      drawn("p0.signal_properties",
            {{"rows", 4}, {"columns", 3}, {"kernel_rows", 2}, {"kernel_columns", 5}});
  const Tensor f = p0::tensor_of(inputs, "f");
  const Tensor h = p0::tensor_of(inputs, "h");
  const Tensor g = p0::tensor_of(inputs, "g");
  const std::int64_t* shift = get(inputs, "shift").data<std::int64_t>();
  Tensor sum = f;
  for (std::size_t i = 0; i < sum.values.size(); ++i) {
    sum.values[i] = get(inputs, "factor").item<double>() * f.values[i] + h.values[i];
  }
  Tensor frame({f.shape[0] + 2 * shift[0], f.shape[1] + 2 * shift[1]});
  for (std::int64_t i = 0; i < f.shape[0]; ++i) {
    for (std::int64_t j = 0; j < f.shape[1]; ++j) frame(i + shift[0], j + shift[1]) = f(i, j);
  }
  // A kernel that is turned round is as linear.
  Tensor turned = g;
  std::reverse(turned.values.begin(), turned.values.end());
  Tensor of_f = p0::convolve_signals(f, turned);
  if (extra_rows > 0) of_f = Tensor({of_f.shape[0] + extra_rows, of_f.shape[1]});
  return {{"of_f", array_of(of_f)},
          {"of_f_again", array_of(of_f)},
          {"of_h", array_of(p0::convolve_signals(h, turned))},
          {"of_sum", array_of(p0::scaled(p0::convolve_signals(sum, turned), of_sum_factor))},
          {"of_shifted", array_of(p0::convolve_signals(frame, turned))}};
}

TEST(ConvolutionProperties, HoldForAKernelThatIsNotFlippedToo) {
  const Arrays inputs =
      drawn("p0.signal_properties",
            {{"rows", 4}, {"columns", 3}, {"kernel_rows", 2}, {"kernel_columns", 5}});
  EXPECT_EQ(verdict("p0.properties", inputs, properties(1, 0)), Verdict::kPassed);
  EXPECT_EQ(verdict("p0.properties", inputs, properties(kWrong, 0)), Verdict::kFailed);
  EXPECT_EQ(verdict("p0.properties", inputs, properties(1, 1)), Verdict::kBlocked);
  Arrays remembered = properties(1, 0);
  remembered["of_f_again"] = array_of(p0::scaled(p0::tensor_of(remembered, "of_f"), 2));
  EXPECT_EQ(verdict("p0.properties", inputs, remembered), Verdict::kFailed);
  Arrays zeros = properties(1, 0);
  for (auto& [name, array] : zeros) array = array_of(p0::scaled(p0::tensor_of(zeros, name), 0));
  EXPECT_EQ(verdict("p0.properties", inputs, zeros), Verdict::kBlocked) << "zeros are linear too";
}

/// One window of 2x2 with two equal maxima, whose gradient is 3.
Arrays tie(std::vector<double> gradient) {
  Arrays outputs = {{"input_gradient", array_of(tensor({2, 2, 1}, std::move(gradient)))}};
  put_own_shape(outputs, {1, 1, 1});
  return outputs;
}

TEST(MaxPoolBackward, SplitsAmongEqualMaximaInAnyWay) {
  const Arrays inputs = {{"input", array_of(tensor({2, 2, 1}, {1, 5, 5, -1}))},
                         {"size", Array::scalar<std::int64_t>(2)},
                         {"stride", Array::scalar<std::int64_t>(2)},
                         {"output_gradient", array_of(tensor({1, 1, 1}, {3}))}};
  const auto find = [&](std::vector<double> gradient) {
    return verdict("p0.max_pool_backward", inputs, tie(std::move(gradient)));
  };
  EXPECT_EQ(find({0, 3, 0, 0}), Verdict::kPassed);
  EXPECT_EQ(find({0, 0, 3, 0}), Verdict::kPassed);
  EXPECT_EQ(find({0, 1.5, 1.5, 0}), Verdict::kPassed);
  EXPECT_EQ(find({0, 1, 2, 0}), Verdict::kPassed);
  EXPECT_EQ(find({0, 3, 3, 0}), Verdict::kFailed);
  EXPECT_EQ(find({0, 4, -1, 0}), Verdict::kFailed);
  EXPECT_EQ(find({0, 0, 0, 0}), Verdict::kFailed);
  EXPECT_EQ(find({3, 0, 0, 0}), Verdict::kFailed);
  EXPECT_EQ(find({1, 3, 0, 0}), Verdict::kFailed);
}

}  // namespace
}  // namespace pset3::judge::p0::testing
