#pragma once

#include "grader/parts/p0_neural_nets/adapter/conversions.hpp"

namespace pset3::adapter::p0 {

/// The network of weights_0, bias_0, weights_1, … and activation.
neural_nets::Mlp mlp_in(const Arrays& inputs);

/// Puts weights_0, bias_0, … of every layer there is, each name behind `prefix`.
void put_layers(Arrays& outputs, const std::string& prefix, const neural_nets::Mlp& mlp);

/// The student's own activation and derivative, by name.
Matrix own_activation(neural_nets::Activation activation, const Matrix& z);
Matrix own_derivative(neural_nets::Activation activation, const Matrix& z);

/// Puts what the student's own forward pass, loss and backward pass give for a network, as
/// own_loss, own_logits, own_logits_gradient, own_weights_gradient_i and own_bias_gradient_i.
void put_own_gradients(Arrays& outputs, const neural_nets::Mlp& mlp, const Matrix& samples,
                       const Matrix& targets);

}  // namespace pset3::adapter::p0
