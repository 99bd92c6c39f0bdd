#include "grader/parts/p0_neural_nets/adapter/mlps.hpp"

namespace pset3::adapter::p0 {

using neural_nets::Activation;
using neural_nets::Mlp;

Mlp mlp_in(const Arrays& inputs) {
  Mlp mlp;
  for (std::size_t i = 0; inputs.count(of_layer("weights", i)) > 0; ++i) {
    mlp.layers.push_back(
        {matrix_in(inputs, of_layer("weights", i)), row_in(inputs, of_layer("bias", i))});
  }
  mlp.activation = static_cast<neural_nets::Activation>(whole_in(inputs, "activation"));
  return mlp;
}

void put_layers(Arrays& outputs, const std::string& prefix, const Mlp& mlp) {
  for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
    outputs[of_layer(prefix + "weights", i)] = array_of(mlp.layers[i].weights);
    outputs[of_layer(prefix + "bias", i)] = array_of(mlp.layers[i].bias);
  }
}

Matrix own_activation(Activation activation, const Matrix& z) {
  if (activation == Activation::kSigmoid) return neural_nets::sigmoid(z);
  return activation == Activation::kTanh ? neural_nets::tanh(z) : neural_nets::relu(z);
}

Matrix own_derivative(Activation activation, const Matrix& z) {
  if (activation == Activation::kSigmoid) return neural_nets::sigmoid_derivative(z);
  return activation == Activation::kTanh ? neural_nets::tanh_derivative(z)
                                         : neural_nets::relu_derivative(z);
}

void put_own_gradients(Arrays& outputs, const Mlp& mlp, const Matrix& samples,
                       const Matrix& targets) {
  neural_nets::MlpForward forward;
  neural_nets::Loss loss;
  std::vector<neural_nets::FullyConnectedGradients> gradients;
  put_own(outputs, "logits", targets.rows(), targets.cols(), [&] {
    forward = neural_nets::mlp_forward(mlp, samples);
    return forward.outputs.at(mlp.layers.size() - 1);
  });
  put_own(outputs, "logits_gradient", targets.rows(), targets.cols(), [&] {
    loss = neural_nets::softmax_cross_entropy(forward.outputs.at(mlp.layers.size() - 1), targets);
    return loss.gradient;
  });
  put_own_number(outputs, "loss", [&] { return loss.value; });
  for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
    const neural_nets::FullyConnected& layer = mlp.layers[i];
    put_own(outputs, of_layer("weights_gradient", i), layer.weights.rows(), layer.weights.cols(),
            [&] {
              if (i == 0) gradients = neural_nets::mlp_backward(mlp, forward, loss.gradient);
              return gradients.at(i).weights;
            });
    put_own_row(outputs, of_layer("bias_gradient", i), layer.bias.size(),
                [&] { return gradients.at(i).bias; });
  }
}

}  // namespace pset3::adapter::p0
