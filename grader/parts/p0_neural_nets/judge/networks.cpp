#include <stdexcept>

#include "grader/parts/p0_neural_nets/judge/definitions.hpp"

namespace pset3::judge::p0 {

std::vector<Layer> layers_of(const arrays::Arrays& arrays, const std::string& prefix) {
  std::vector<Layer> layers;
  for (std::size_t i = 0; arrays.count(of_layer(prefix + "weights", i)) > 0; ++i) {
    layers.push_back({tensor_of(arrays, of_layer(prefix + "weights", i)),
                      tensor_of(arrays, of_layer(prefix + "bias", i))});
  }
  return layers;
}

Mlp mlp_of(const arrays::Arrays& inputs) {
  const std::int64_t activation = get(inputs, "activation").item<std::int64_t>();
  if (activation < 0 || activation > 2) throw std::invalid_argument("no such activation");
  return {layers_of(inputs), static_cast<Activation>(activation)};
}

Tensor fully_connected(const Tensor& inputs, const Layer& layer) {
  Tensor outputs({inputs.size(0), layer.weights.size(1)});
  for (std::int64_t n = 0; n < outputs.size(0); ++n) {
    for (std::int64_t j = 0; j < outputs.size(1); ++j) {
      double sum = layer.bias(j);
      for (std::int64_t i = 0; i < inputs.size(1); ++i) sum += inputs(n, i) * layer.weights(i, j);
      outputs(n, j) = sum;
    }
  }
  return outputs;
}

LayerGradients fully_connected_backward(const Tensor& inputs, const Layer& layer,
                                        const Tensor& output_gradient) {
  LayerGradients gradients = {Tensor(inputs.shape), Tensor(layer.weights.shape),
                              Tensor(layer.bias.shape)};
  for (std::int64_t n = 0; n < inputs.size(0); ++n) {
    for (std::int64_t j = 0; j < layer.weights.size(1); ++j) {
      const double gradient = output_gradient(n, j);
      gradients.bias(j) += gradient;
      for (std::int64_t i = 0; i < inputs.size(1); ++i) {
        gradients.inputs(n, i) += gradient * layer.weights(i, j);
        gradients.weights(i, j) += gradient * inputs(n, i);
      }
    }
  }
  return gradients;
}

Forward mlp_forward(const Mlp& mlp, const Tensor& samples) {
  Forward forward;
  for (const Layer& layer : mlp.layers) {
    forward.inputs.push_back(
        forward.outputs.empty() ? samples : applied(forward.outputs.back(), [&](double z) {
          return activated(mlp.activation, z);
        }));
    forward.outputs.push_back(fully_connected(forward.inputs.back(), layer));
  }
  return forward;
}

std::vector<LayerGradients> mlp_backward(const Mlp& mlp, const Forward& forward,
                                         const std::vector<Tensor>& derivatives,
                                         const Tensor& logits_gradient) {
  std::vector<LayerGradients> gradients(mlp.layers.size());
  Tensor gradient = logits_gradient;
  for (std::size_t i = mlp.layers.size(); i-- > 0;) {
    gradients[i] = fully_connected_backward(forward.inputs[i], mlp.layers[i], gradient);
    if (i > 0) gradient = product(gradients[i].inputs, derivatives[i - 1]);
  }
  return gradients;
}

std::vector<Tensor> derivatives_of(const Mlp& mlp, const Forward& forward) {
  std::vector<Tensor> derivatives;
  for (std::size_t i = 0; i + 1 < mlp.layers.size(); ++i) {
    derivatives.push_back(applied(
        forward.outputs[i], [&](double z) { return activation_derivative(mlp.activation, z); }));
  }
  return derivatives;
}

}  // namespace pset3::judge::p0
