// Question (d): a layer, and the passes through a network.

#include "grader/parts/p0_neural_nets/adapter/functions.hpp"
#include "grader/parts/p0_neural_nets/adapter/mlps.hpp"

namespace pset3::adapter::p0 {
namespace {

using neural_nets::FullyConnectedGradients;
using neural_nets::Mlp;
using neural_nets::MlpForward;

/// What fully_connected is called with, and its backward pass.
struct FullyConnectedCall {
  explicit FullyConnectedCall(const Arrays& inputs)
      : samples(matrix_in(inputs, "inputs")),
        layer{matrix_in(inputs, "weights"), row_in(inputs, "bias")} {}
  Arrays now() const {
    return {{"inputs", array_of(samples)},
            {"weights", array_of(layer.weights)},
            {"bias", array_of(layer.bias)}};
  }
  Matrix samples;
  neural_nets::FullyConnected layer;
};

Arrays fully_connected(const Arrays& inputs) {
  const FullyConnectedCall given(inputs);
  Arrays outputs = {
      {"outputs", array_of(neural_nets::fully_connected(given.samples, given.layer))}};
  put_changed(outputs, inputs, given.now());
  return outputs;
}

Arrays fully_connected_backward(const Arrays& inputs) {
  const FullyConnectedCall given(inputs);
  const Matrix output_gradient = matrix_in(inputs, "output_gradient");
  const FullyConnectedGradients gradients =
      neural_nets::fully_connected_backward(given.samples, given.layer, output_gradient);
  Arrays outputs = {{"inputs_gradient", array_of(gradients.inputs)},
                    {"weights_gradient", array_of(gradients.weights)},
                    {"bias_gradient", array_of(gradients.bias)}};
  Arrays after = given.now();
  after["output_gradient"] = array_of(output_gradient);
  put_changed(outputs, inputs, after);
  return outputs;
}

Arrays mlp_forward(const Arrays& inputs) {
  const Mlp mlp = mlp_in(inputs);
  const Matrix samples = matrix_in(inputs, "samples");
  const MlpForward forward = neural_nets::mlp_forward(mlp, samples);
  Arrays outputs;
  Arrays after = {{"samples", array_of(samples)}};
  put_layers(after, "", mlp);
  put_changed(outputs, inputs, after);
  for (std::size_t i = 0; i < forward.inputs.size(); ++i) {
    outputs[of_layer("inputs", i)] = array_of(forward.inputs[i]);
  }
  for (std::size_t i = 0; i < forward.outputs.size(); ++i) {
    outputs[of_layer("outputs", i)] = array_of(forward.outputs[i]);
  }
  for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
    const Matrix& weights = mlp.layers[i].weights;
    put_own(outputs, of_layer("outputs", i), samples.rows(), weights.cols(),
            [&] { return neural_nets::fully_connected(forward.inputs.at(i), mlp.layers[i]); });
    if (i == 0) continue;
    put_own(outputs, of_layer("inputs", i), samples.rows(), weights.rows(),
            [&] { return own_activation(mlp.activation, forward.outputs.at(i - 1)); });
  }
  return outputs;
}

/// The student's own fully_connected_backward on layer i, with a gradient that the case gives.
void put_own_layer(Arrays& outputs, const Arrays& inputs, const Mlp& mlp, std::size_t i) {
  const Matrix layer_inputs = matrix_in(inputs, of_layer("inputs", i));
  const Matrix& weights = mlp.layers[i].weights;
  FullyConnectedGradients own;
  put_own(outputs, of_layer("layer_inputs", i), layer_inputs.rows(), layer_inputs.cols(), [&] {
    own = neural_nets::fully_connected_backward(layer_inputs, mlp.layers[i],
                                                matrix_in(inputs, of_layer("probe_gradient", i)));
    return own.inputs;
  });
  put_own(outputs, of_layer("layer_weights", i), weights.rows(), weights.cols(),
          [&] { return own.weights; });
  put_own_row(outputs, of_layer("layer_bias", i), weights.cols(), [&] { return own.bias; });
}

/// mlp_backward's gradients, and whether its arguments are still the same.
Arrays gradients_of(const Arrays& inputs, const Mlp& mlp, const MlpForward& forward) {
  const Matrix logits_gradient = matrix_in(inputs, "logits_gradient");
  const std::vector<FullyConnectedGradients> gradients =
      neural_nets::mlp_backward(mlp, forward, logits_gradient);
  Arrays outputs;
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    outputs[of_layer("inputs_gradient", i)] = array_of(gradients[i].inputs);
    outputs[of_layer("weights_gradient", i)] = array_of(gradients[i].weights);
    outputs[of_layer("bias_gradient", i)] = array_of(gradients[i].bias);
  }
  Arrays after = {{"logits_gradient", array_of(logits_gradient)}};
  put_layers(after, "", mlp);
  for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
    after[of_layer("inputs", i)] = array_of(forward.inputs[i]);
    after[of_layer("outputs", i)] = array_of(forward.outputs[i]);
  }
  put_changed(outputs, inputs, after);
  return outputs;
}

Arrays mlp_backward(const Arrays& inputs) {
  const Mlp mlp = mlp_in(inputs);
  MlpForward forward;
  for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
    forward.inputs.push_back(matrix_in(inputs, of_layer("inputs", i)));
    forward.outputs.push_back(matrix_in(inputs, of_layer("outputs", i)));
  }
  Arrays outputs = gradients_of(inputs, mlp, forward);
  for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
    put_own_layer(outputs, inputs, mlp, i);
    if (i + 1 == mlp.layers.size()) continue;
    const Matrix& z = forward.outputs[i];
    put_own(outputs, of_layer("derivative", i), z.rows(), z.cols(),
            [&] { return own_derivative(mlp.activation, z); });
  }
  return outputs;
}

}  // namespace

std::vector<run::Entry> network_entries() {
  return {{"fully_connected", fully_connected},
          {"fully_connected_backward", fully_connected_backward},
          {"mlp_forward", mlp_forward},
          {"mlp_backward", mlp_backward}};
}

}  // namespace pset3::adapter::p0
