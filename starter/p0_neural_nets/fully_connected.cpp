#include "starter/p0_neural_nets/neural_nets.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {

Matrix fully_connected(const Matrix& inputs, const FullyConnected& layer) {
  if (inputs.cols() != layer.weights.rows() || layer.bias.size() != layer.weights.cols()) {
    throw does_not_fit(
        "fully_connected", "inputs (N, in), weights (in, out) and bias (out)",
        shape_of(inputs) + ", " + shape_of(layer.weights) + " and " + shape_of(layer.bias));
  }

  // TODO(student): Multiply each row by the weights and add the bias (question (d)).
  PSET3_TODO();
}

FullyConnectedGradients fully_connected_backward(const Matrix& inputs, const FullyConnected& layer,
                                                 const Matrix& output_gradient) {
  if (inputs.cols() != layer.weights.rows() || inputs.rows() != output_gradient.rows() ||
      output_gradient.cols() != layer.weights.cols()) {
    throw does_not_fit(
        "fully_connected_backward",
        "inputs (N, in), weights (in, out) and output_gradient (N, out)",
        shape_of(inputs) + ", " + shape_of(layer.weights) + " and " + shape_of(output_gradient));
  }

  // TODO(student): Carry the gradient back to the inputs, weights and bias (question (d)).
  PSET3_TODO();
}

}  // namespace pset3::neural_nets
