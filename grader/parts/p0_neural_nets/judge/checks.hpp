#pragma once

#include "grader/judge/checks.hpp"

namespace pset3::judge::p0 {

/// The judging functions of p0 by the names that its rubric uses.
Checks checks();

/// (a) perceptron_update; train_perceptron by the definition or by the student's own update.
CaseFinding judge_perceptron_update(const CaseView& view);
CaseFinding judge_perceptron_training(const CaseView& view);

/// (b) An activation or softmax against its definition.
CaseFinding judge_activation(const CaseView& view);
/// What happens beyond |z| = 100 alone: as at 40, where each function has reached its limit; only
/// finite where it has not.
CaseFinding judge_stability(const CaseView& view);
/// A derivative against differences of the activation, or against the student's own activation.
/// The ReLU's at 0 may be anything from 0 to 1.
CaseFinding judge_derivative(const CaseView& view);
Sketch sketch_derivative(const CaseView& view);

/// (c) The value of a loss; its gradient; both.
CaseFinding judge_loss_value(const CaseView& view);
/// A factor that the value has too (a sum for a mean, a sign) is not counted again; beside any
/// other wrong value the gradient is blocked.
CaseFinding judge_loss_gradient(const CaseView& view);
/// Probabilities of 0 and 1: finite, large where they are wrong, and with the gradient's signs, or
/// all of them reversed.
CaseFinding judge_certain(const CaseView& view);
Sketch sketch_certain(const CaseView& view);
CaseFinding judge_loss(const CaseView& view);
Sketch sketch_loss(const CaseView& view);

/// (d) A layer, and the passes through a network: each step by the definition or by the student's
/// own piece.
CaseFinding judge_layer(const CaseView& view);
CaseFinding judge_layer_backward(const CaseView& view);
CaseFinding judge_mlp_forward(const CaseView& view);
CaseFinding judge_mlp_backward(const CaseView& view);
CaseFinding judge_step(const CaseView& view);
CaseFinding judge_spiral(const CaseView& view);
Sketch sketch_spiral(const CaseView& view);

/// (e) Signals, shapes, volumes.
CaseFinding judge_signals(const CaseView& view);
CaseFinding judge_properties(const CaseView& view);
CaseFinding judge_output_shapes(const CaseView& view);
CaseFinding judge_convolution(const CaseView& view);
/// Blocked where the result is right but for what the student's own result at stride 1 has wrong.
CaseFinding judge_stride(const CaseView& view);
CaseFinding judge_convolution_backward(const CaseView& view);

/// (f)
CaseFinding judge_pooling(const CaseView& view);
/// Any split of a window's gradient among equal maxima is right.
CaseFinding judge_max_pool_backward(const CaseView& view);
Sketch sketch_max_pool_backward(const CaseView& view);
CaseFinding judge_flatten(const CaseView& view);

/// Hidden checks have cases of several functions: judged by what the outputs are called.
CaseFinding judge_any(const CaseView& view);
Sketch sketch_any(const CaseView& view);

}  // namespace pset3::judge::p0
