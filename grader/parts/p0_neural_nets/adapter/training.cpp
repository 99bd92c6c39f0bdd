// Question (d): one step, and many of them on a spiral.

#include "grader/parts/p0_neural_nets/adapter/functions.hpp"
#include "grader/parts/p0_neural_nets/adapter/mlps.hpp"

namespace pset3::adapter::p0 {
namespace {

using neural_nets::Mlp;

/// The step is taken twice from the same start: what is kept from one call to the next shows in the
/// second, and the first says whether that is the only mistake.
Arrays sgd_step(const Arrays& inputs) {
  const Matrix samples = matrix_in(inputs, "samples");
  const Matrix targets = matrix_in(inputs, "targets");
  const double rate = number_in(inputs, "learning_rate");
  Mlp first = mlp_in(inputs);
  neural_nets::sgd_step(first, samples, targets, rate);
  Mlp mlp = mlp_in(inputs);
  const double loss = neural_nets::sgd_step(mlp, samples, targets, rate);
  Arrays outputs = {{"loss", Array::scalar(loss)}};
  put_changed(outputs, inputs, {{"samples", array_of(samples)}, {"targets", array_of(targets)}});
  put_layers(outputs, "first_", first);
  put_layers(outputs, "", mlp);
  put_own_gradients(outputs, mlp_in(inputs), samples, targets);
  return outputs;
}

/// A training that ran away ends in values that are no numbers: reported as such, so that the judge
/// can say what is behind it.
double finite_or_zero(double value, bool& diverged) {
  if (std::isfinite(value)) return value;
  diverged = true;
  return 0.0;
}

/// The student's own pieces on the first layer, to tell what a wrong first step is made of.
void put_own_first_layer(Arrays& outputs, const Mlp& mlp, const Matrix& samples) {
  const neural_nets::FullyConnected& layer = mlp.layers.front();
  const Index width = layer.weights.cols();
  Matrix z;
  put_own(outputs, "first_outputs", samples.rows(), width,
          [&] { return z = neural_nets::fully_connected(samples, layer); });
  put_own(outputs, "first_activated", samples.rows(), width,
          [&] { return own_activation(mlp.activation, z); });
  put_own(outputs, "first_derivative", samples.rows(), width,
          [&] { return own_derivative(mlp.activation, z); });
  put_own(outputs, "first_backward", layer.weights.rows(), width,
          [&] { return neural_nets::fully_connected_backward(samples, layer, z).weights; });
}

Arrays train_spiral(const Arrays& inputs) {
  Mlp mlp = mlp_in(inputs);
  const Matrix samples = matrix_in(inputs, "samples");
  const Matrix targets = matrix_in(inputs, "targets");
  Arrays outputs;
  bool diverged = false;
  std::vector<double> losses;
  for (std::int64_t step = 0; step < whole_in(inputs, "steps"); ++step) {
    const double loss =
        neural_nets::sgd_step(mlp, samples, targets, number_in(inputs, "learning_rate"));
    losses.push_back(finite_or_zero(loss, diverged));
    if (step == 0) put_layers(outputs, "first_", mlp);
  }
  const auto forward = neural_nets::mlp_forward(mlp, matrix_in(inputs, "unseen"));
  Matrix logits = forward.outputs.at(forward.outputs.size() - 1);
  for (double& logit : logits.reshaped()) logit = finite_or_zero(logit, diverged);
  outputs["logits"] = array_of(logits);
  outputs["losses"] = Array::of(losses);
  outputs["diverged"] = Array::scalar(diverged);
  put_own_gradients(outputs, mlp_in(inputs), samples, targets);
  put_own_first_layer(outputs, mlp_in(inputs), samples);
  return outputs;
}

}  // namespace

std::vector<run::Entry> training_entries() {
  return {{"sgd_step", sgd_step}, {"train_spiral", train_spiral}};
}

}  // namespace pset3::adapter::p0
