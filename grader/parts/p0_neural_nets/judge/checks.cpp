#include "grader/parts/p0_neural_nets/judge/checks.hpp"

#include <array>
#include <stdexcept>

#include "grader/parts/p0_neural_nets/judge/arguments.hpp"
#include "grader/parts/p0_neural_nets/judge/closeness.hpp"

namespace pset3::judge::p0 {
namespace {

struct ByOutput {
  const char* output;
  Check check;
};

/// An output's name -> how a case with it is judged; the first name that a case has decides.
const std::vector<ByOutput>& checks_by_output() {
  static const Check kActivation = {judge_activation, sketch_results};
  static const Check kDerivative = {judge_derivative, sketch_derivative};
  static const Check kLoss = {judge_loss, sketch_loss};
  static const Check kPooling = {judge_pooling, sketch_results};
  static const std::vector<ByOutput> kAll = {
      {"mistakes", {judge_perceptron_training, sketch_results}},
      {"weights", {judge_perceptron_update, sketch_results}},
      {"sigmoid", kActivation},
      {"tanh", kActivation},
      {"relu", kActivation},
      {"softmax", kActivation},
      {"sigmoid_derivative", kDerivative},
      {"tanh_derivative", kDerivative},
      {"relu_derivative", kDerivative},
      {"squared_error", kLoss},
      {"binary_cross_entropy", kLoss},
      {"cross_entropy", kLoss},
      {"softmax_cross_entropy", kLoss},
      {"outputs", {judge_layer, sketch_results}},
      {"inputs_gradient", {judge_layer_backward, sketch_results}},
      {"weights_gradient_0", {judge_mlp_backward, sketch_results}},
      {"outputs_0", {judge_mlp_forward, sketch_results}},
      {"loss", {judge_step, sketch_results}},
      {"logits", {judge_spiral, sketch_spiral}},
      {"convolved", {judge_signals, sketch_results}},
      {"of_sum", {judge_properties, sketch_results}},
      {"refused", {judge_output_shapes, sketch_results}},
      {"output", {judge_convolution, sketch_results}},
      {"filters_gradient", {judge_convolution_backward, sketch_results}},
      {"answer", kPooling},
      {"max_pool", kPooling},
      {"average_pool", kPooling},
      {"l2_pool", kPooling},
      {"input_gradient", {judge_max_pool_backward, sketch_max_pool_backward}},
      {"flat", {judge_flatten, sketch_results}},
  };
  return kAll;
}

const Check& check_of(const CaseView& view) {
  for (const ByOutput& entry : checks_by_output()) {
    if (view.outputs.count(entry.output) > 0) return entry.check;
  }
  throw std::logic_error("no judging function knows what this case returns");
}

}  // namespace

CaseFinding judge_any(const CaseView& view) { return check_of(view).judge(view); }

Sketch sketch_any(const CaseView& view) { return check_of(view).sketch(view); }

Checks checks() {
  return {
      {"p0.perceptron_update", keeping_arguments({judge_perceptron_update, sketch_results})},
      {"p0.perceptron_training", keeping_arguments({judge_perceptron_training, sketch_results})},
      {"p0.activation", keeping_arguments({judge_activation, sketch_results})},
      {"p0.stability", {judge_stability, sketch_results}},
      {"p0.derivative", keeping_arguments({judge_derivative, sketch_derivative})},
      {"p0.loss_value", keeping_arguments({judge_loss_value, sketch_results})},
      {"p0.loss_gradient", {judge_loss_gradient, sketch_results}},
      {"p0.certain", {judge_certain, sketch_certain}},
      {"p0.layer", keeping_arguments({judge_layer, sketch_results})},
      {"p0.layer_backward", keeping_arguments({judge_layer_backward, sketch_results})},
      {"p0.mlp_forward", keeping_arguments({judge_mlp_forward, sketch_results})},
      {"p0.mlp_backward", keeping_arguments({judge_mlp_backward, sketch_results})},
      {"p0.step", keeping_arguments({judge_step, sketch_results})},
      {"p0.spiral", {judge_spiral, sketch_spiral}},
      {"p0.signals", keeping_arguments({judge_signals, sketch_results})},
      {"p0.properties", {judge_properties, sketch_results}},
      {"p0.output_shapes", {judge_output_shapes, sketch_results}},
      {"p0.convolution", keeping_arguments({judge_convolution, sketch_results})},
      {"p0.stride", {judge_stride, sketch_results}},
      {"p0.convolution_backward", keeping_arguments({judge_convolution_backward, sketch_results})},
      {"p0.pooling", keeping_arguments({judge_pooling, sketch_results})},
      {"p0.max_pool_backward",
       keeping_arguments({judge_max_pool_backward, sketch_max_pool_backward})},
      {"p0.flatten", keeping_arguments({judge_flatten, sketch_results})},
      {"p0.any", keeping_arguments({judge_any, sketch_any})},
  };
}

}  // namespace pset3::judge::p0
