#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {
namespace {

// Given: your functions of activations.cpp, chosen by name.
[[maybe_unused]] Matrix activate(Activation activation, const Matrix& z) {
  switch (activation) {
    case Activation::kSigmoid:
      return sigmoid(z);
    case Activation::kTanh:
      return tanh(z);
    default:
      return relu(z);
  }
}

[[maybe_unused]] Matrix activation_derivative(Activation activation, const Matrix& z) {
  switch (activation) {
    case Activation::kSigmoid:
      return sigmoid_derivative(z);
    case Activation::kTanh:
      return tanh_derivative(z);
    default:
      return relu_derivative(z);
  }
}

void check_network(const char* function, const Mlp& mlp, const Matrix& samples) {
  bool fits = !mlp.layers.empty();
  Index width = samples.cols();
  std::string shapes = shape_of(samples);
  for (const FullyConnected& layer : mlp.layers) {
    fits = fits && layer.weights.rows() == width && layer.bias.size() == layer.weights.cols();
    width = layer.weights.cols();
    shapes += ", " + shape_of(layer.weights) + " + " + shape_of(layer.bias);
  }
  if (fits) return;
  throw does_not_fit(function,
                     "samples (N, in), then weights (in, out) + bias (out) for each layer", shapes);
}

void check_forward(const Mlp& mlp, const MlpForward& forward, const Matrix& logits_gradient) {
  const std::size_t count = mlp.layers.size();
  if (count == 0 || forward.inputs.size() != count || forward.outputs.size() != count) {
    throw does_not_fit(
        "mlp_backward", std::to_string(count) + " inputs and outputs, one a layer",
        std::to_string(forward.inputs.size()) + " and " + std::to_string(forward.outputs.size()));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Matrix& weights = mlp.layers[i].weights;
    const Matrix& inputs = forward.inputs[i];
    const Matrix& outputs = forward.outputs[i];
    if (inputs.rows() == logits_gradient.rows() && inputs.cols() == weights.rows() &&
        outputs.rows() == logits_gradient.rows() && outputs.cols() == weights.cols()) {
      continue;
    }
    throw does_not_fit("mlp_backward",
                       "inputs (N, in) and outputs (N, out) of layer " + std::to_string(i) +
                           " with weights " + shape_of(weights) + " and logits_gradient " +
                           shape_of(logits_gradient),
                       shape_of(inputs) + " and " + shape_of(outputs));
  }
  if (logits_gradient.cols() == forward.outputs.back().cols()) return;
  throw does_not_fit("mlp_backward", "logits_gradient " + shape_of(forward.outputs.back()),
                     shape_of(logits_gradient));
}

}  // namespace

MlpForward mlp_forward(const Mlp& mlp, const Matrix& samples) {
  check_network("mlp_forward", mlp, samples);

  // TODO(student): Go through the layers and keep what goes in and comes out (question (d)).
  PSET3_TODO();
}

std::vector<FullyConnectedGradients> mlp_backward(const Mlp& mlp, const MlpForward& forward,
                                                  const Matrix& logits_gradient) {
  check_forward(mlp, forward, logits_gradient);

  // TODO(student): Carry the gradient from the last layer back to the first (question (d)).
  PSET3_TODO();
}

double sgd_step(Mlp& mlp, const Matrix& samples, const Matrix& targets, double learning_rate) {
  check_network("sgd_step", mlp, samples);
  const Index classes = mlp.layers.back().weights.cols();
  if (targets.rows() != samples.rows() || targets.cols() != classes || !(learning_rate > 0.0)) {
    throw does_not_fit(
        "sgd_step",
        "samples (N, in), targets (N, " + std::to_string(classes) + ") and a learning rate above 0",
        shape_of(samples) + ", " + shape_of(targets) + " and " + std::to_string(learning_rate));
  }

  // TODO(student): Go forward, take the loss, go backward, take a step downhill (question (d)).
  PSET3_TODO();
}

}  // namespace pset3::neural_nets
