// Question (b).

#include "grader/parts/p0_neural_nets/adapter/conversions.hpp"
#include "grader/parts/p0_neural_nets/adapter/functions.hpp"

namespace pset3::adapter::p0 {
namespace {

using ElementWise = Matrix (*)(const Matrix&);

Arrays applied(const char* name, ElementWise function, const Arrays& inputs) {
  const Matrix z = matrix_in(inputs, "z");
  Arrays outputs = {{name, array_of(function(z))}};
  put_changed(outputs, inputs, {{"z", array_of(z)}});
  return outputs;
}

/// With the student's own activation, since sigmoid'(z) = sigmoid(z) (1 − sigmoid(z)) = sigmoid(z)
/// sigmoid(−z) are ways to write it.
Arrays derived(const char* name, ElementWise derivative, ElementWise activation,
               const Arrays& inputs) {
  const Matrix z = matrix_in(inputs, "z");
  Arrays outputs = {{name, array_of(derivative(z))}};
  put_changed(outputs, inputs, {{"z", array_of(z)}});
  put_own(outputs, "activation", z.rows(), z.cols(), [&] { return activation(z); });
  put_own(outputs, "mirrored", z.rows(), z.cols(), [&] { return activation(-z); });
  return outputs;
}

// tanh has <cmath>'s overloads too.
constexpr ElementWise kTanh = neural_nets::tanh;

}  // namespace

std::vector<run::Entry> activation_entries() {
  namespace nn = neural_nets;
  return {
      {"sigmoid", [](const Arrays& in) { return applied("sigmoid", nn::sigmoid, in); }},
      {"tanh", [](const Arrays& in) { return applied("tanh", kTanh, in); }},
      {"relu", [](const Arrays& in) { return applied("relu", nn::relu, in); }},
      {"softmax", [](const Arrays& in) { return applied("softmax", nn::softmax, in); }},
      {"sigmoid_derivative",
       [](const Arrays& in) {
         return derived("sigmoid_derivative", nn::sigmoid_derivative, nn::sigmoid, in);
       }},
      {"tanh_derivative",
       [](const Arrays& in) { return derived("tanh_derivative", nn::tanh_derivative, kTanh, in); }},
      {"relu_derivative",
       [](const Arrays& in) {
         return derived("relu_derivative", nn::relu_derivative, nn::relu, in);
       }},
  };
}

}  // namespace pset3::adapter::p0
