#pragma once

#include <Eigen/Core>
#include <cmath>
#include <unsupported/Eigen/CXX11/Tensor>
#include <vector>

#include "starter/common/errors.hpp"

// Wrong shapes: every function throws std::invalid_argument with both shapes in its message; these
// tests are given, and not judged. Every function throws NotImplemented in the starter. No function
// changes its arguments; only sgd_step changes its mlp. What a function returns depends on its
// arguments alone, and not on earlier calls.

namespace pset3::neural_nets {

using Eigen::Index;

/// (N, D): a row per sample. Row-major, like everything here.
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowVector = Eigen::Matrix<double, 1, Eigen::Dynamic>;

/// [height, width, channels]
using Volume = Eigen::Tensor<double, 3, Eigen::RowMajor>;

/// [filter height, filter width, in, out]; filters are square: height = width = F.
using Filters = Eigen::Tensor<double, 4, Eigen::RowMajor>;

// (a) perceptron.cpp

/// Says 1 where weights · x + bias > 0, else 0.
struct Perceptron {
  RowVector weights;  ///< (D)
  double bias = 0.0;
};

/// Corrects a perceptron by one sample: w + η (t − y) x and b + η (t − y), where y is its answer.
///
/// @param input          (D) one sample x.
/// @param target         0 or 1, t.
/// @param learning_rate  η > 0.
/// @returns the perceptron after the correction, the same one where it was right.
/// Source: handouts/p0_neural_nets.md, question (a); Rosenblatt, 1957.
Perceptron perceptron_update(const Perceptron& perceptron, const RowVector& input, int target,
                             double learning_rate);

struct PerceptronTraining {
  Perceptron perceptron;
  /// How many samples were wrong, and corrected at once, in each epoch that was run.
  std::vector<int> mistakes;
};

/// Trains a perceptron that starts at zero, one sample after the other in the order of the rows.
///
/// @param inputs      (N, D).
/// @param targets     N values, 0 or 1.
/// @param max_epochs  at least 1.
/// @returns after the first epoch without a mistake (whose 0 is the last of `mistakes`), or after
///          max_epochs.
/// Source: handouts/p0_neural_nets.md, question (a).
PerceptronTraining train_perceptron(const Matrix& inputs, const std::vector<int>& targets,
                                    double learning_rate, int max_epochs);

// (b) activations.cpp

// Element by element, any shape. Finite and accurate for large |z|: sigmoid(-1000) is 0, not NaN.
/// 1 / (1 + exp(−z))
Matrix sigmoid(const Matrix& z);
Matrix tanh(const Matrix& z);
/// max(z, 0)
Matrix relu(const Matrix& z);
using std::tanh;  // so that tanh(x) of a number still means the one of <cmath>

// The derivatives at the input z, not at the activation.
Matrix sigmoid_derivative(const Matrix& z);
Matrix tanh_derivative(const Matrix& z);
/// 1 where z > 0, else 0. At exactly 0, where there is no slope, any value from 0 to 1 passes.
Matrix relu_derivative(const Matrix& z);

/// exp(z_k) / Σ_j exp(z_j) in each row; finite for any finite z.
///
/// @param logits  (N, K), K at least 1.
/// @returns (N, K), rows that sum to 1.
/// Source: handouts/p0_neural_nets.md, question (b).
Matrix softmax(const Matrix& logits);

// (c) losses.cpp

/// A loss over a batch: summed over the outputs of a sample, averaged over the N samples.
struct Loss {
  double value = 0.0;
  Matrix gradient;  ///< (N, D) its derivative with respect to the first argument
};

/// 1/N Σ_n Σ_d (p − t)²
///
/// @param predictions, targets  (N, D), N at least 1.
/// Source: handouts/p0_neural_nets.md, question (c).
Loss squared_error(const Matrix& predictions, const Matrix& targets);

/// −1/N Σ_n Σ_d [t log p + (1 − t) log(1 − p)]; value and gradient are finite for p of 0 and 1:
/// read p as the nearest number in [ε, 1 − ε] with a small ε, 1e-12 say, 1e-7 at most.
///
/// @param probabilities  (N, D) in [0, 1].
/// @param targets        (N, D) in [0, 1].
Loss binary_cross_entropy(const Matrix& probabilities, const Matrix& targets);

/// −1/N Σ_n Σ_k t log p; finite for p of 0, as above.
///
/// @param probabilities  (N, K), rows that sum to 1. The gradient is that of each p by itself.
/// @param targets        (N, K), rows that sum to 1, mostly one-hot.
Loss cross_entropy(const Matrix& probabilities, const Matrix& targets);

/// The cross entropy of softmax(logits), with its gradient with respect to the logits; finite and
/// exact for any finite logits. There is no ε here: where a wrong class leads by 2000, it costs
/// 2000.
///
/// @param logits, targets  (N, K).
Loss softmax_cross_entropy(const Matrix& logits, const Matrix& targets);

// (d) fully_connected.cpp, mlp.cpp

/// z = h W + b for a row h: the slides' W^T h + b, written for row vectors.
struct FullyConnected {
  Matrix weights;  ///< (in, out)
  RowVector bias;  ///< (out)
};

/// @param inputs  (N, in)
/// @returns (N, out)
/// Source: handouts/p0_neural_nets.md, question (d).
Matrix fully_connected(const Matrix& inputs, const FullyConnected& layer);

/// The loss's derivatives with respect to a layer's inputs, weights and bias, in their shapes.
struct FullyConnectedGradients {
  Matrix inputs;   ///< (N, in)
  Matrix weights;  ///< (in, out)
  RowVector bias;  ///< (out)
};

/// @param inputs           (N, in) what went into the layer.
/// @param output_gradient  (N, out) the loss's derivative with respect to what came out.
FullyConnectedGradients fully_connected_backward(const Matrix& inputs, const FullyConnected& layer,
                                                 const Matrix& output_gradient);

enum class Activation { kSigmoid, kTanh, kRelu };

/// Fully connected layers with the activation between them; none behind the last, whose outputs are
/// the logits.
struct Mlp {
  std::vector<FullyConnected> layers;  ///< at least 1; each takes what the one before gives
  Activation activation = Activation::kRelu;
};

/// What the backward pass needs of the forward pass; an entry a layer.
struct MlpForward {
  std::vector<Matrix> inputs;   ///< inputs[i] (N, in) of layer i; inputs[0] are the samples
  std::vector<Matrix> outputs;  ///< outputs[i] (N, out) of layer i, before the activation
};

/// @param samples  (N, in of the first layer)
/// @returns everything along the way; outputs.back() are the logits.
MlpForward mlp_forward(const Mlp& mlp, const Matrix& samples);

/// Backpropagation.
///
/// @param forward          what mlp_forward gave for this network.
/// @param logits_gradient  (N, K) the loss's derivative with respect to the logits.
/// @returns an entry a layer, in the layers' order.
/// Source: handouts/p0_neural_nets.md, question (d); Rumelhart, Hinton & Williams, Nature 1986.
std::vector<FullyConnectedGradients> mlp_backward(const Mlp& mlp, const MlpForward& forward,
                                                  const Matrix& logits_gradient);

/// One step of gradient descent on softmax_cross_entropy over a batch: weights − η · gradient.
///
/// @param mlp      is changed.
/// @param targets  (N, K) one-hot.
/// @returns the loss before the step.
double sgd_step(Mlp& mlp, const Matrix& samples, const Matrix& targets, double learning_rate);

// (e) convolution.cpp, convolution_layer.cpp

/// The convolution of two signals that are zero outside: Σ_n1 Σ_n2 f[n1, n2] g[x − n1, y − n2].
///
/// @param f  (A, B)
/// @param g  (C, D)
/// @returns (A + C − 1, B + D − 1) all places where they overlap.
/// Source: handouts/p0_neural_nets.md, question (e).
Matrix convolve_signals(const Matrix& f, const Matrix& g);

struct VolumeShape {
  Index height = 0;
  Index width = 0;
  Index channels = 0;
};

struct ConvolutionOptions {
  Index stride = 1;   ///< S, at least 1, along both axes
  Index padding = 0;  ///< P, rows and columns of zeros on each of the four sides, at least 0
};

/// [(H − F + 2P)/S + 1, (W − F + 2P)/S + 1, K]
///
/// @param filter_size  F, the receptive field, at least 1.
/// @param filters      K, how many, at least 1.
/// @throws std::invalid_argument when the filter is larger than the padded volume, or when the
///         stride does not divide what is left of it: then some of the volume would not be seen.
///         Its message names the input's height and width and the filter size.
/// Source: handouts/p0_neural_nets.md, question (e).
VolumeShape conv_output_shape(const VolumeShape& input, Index filter_size, Index filters,
                              const ConvolutionOptions& options);

/// What networks call a convolution: the correlation of the volume with each filter over all
/// channels, plus the filter's bias. Nothing is flipped.
///
/// @param input    [H, W, in]
/// @param filters  [F, F, in, out]
/// @param bias     (out)
/// @returns [(H − F + 2P)/S + 1, (W − F + 2P)/S + 1, out]
/// @throws std::invalid_argument also for what conv_output_shape refuses.
Volume convolution_layer(const Volume& input, const Filters& filters, const RowVector& bias,
                         const ConvolutionOptions& options);

/// The loss's derivatives with respect to a convolution layer's arguments, in their shapes.
struct ConvolutionGradients {
  Volume input;     ///< [H, W, in], without the padding
  Filters filters;  ///< [F, F, in, out]
  RowVector bias;   ///< (out)
};

/// @param output_gradient  the loss's derivative with respect to what convolution_layer returned:
///                         of the same shape.
ConvolutionGradients convolution_layer_backward(const Volume& input, const Filters& filters,
                                                const ConvolutionOptions& options,
                                                const Volume& output_gradient);

// (f) pooling.cpp

struct PoolingOptions {
  Index size = 2;    ///< F, the window's height and width, at least 1
  Index stride = 2;  ///< S, at least 1
};

// Each channel by itself: [H, W, C] becomes [(H − F)/S + 1, (W − F)/S + 1, C].
// @throws std::invalid_argument also where the window does not fit, as conv_output_shape does.
Volume max_pool(const Volume& input, const PoolingOptions& options);
Volume average_pool(const Volume& input, const PoolingOptions& options);
/// The square root of the sum of squares in each window.
Volume l2_pool(const Volume& input, const PoolingOptions& options);

/// @param output_gradient  the loss's derivative with respect to what max_pool returned.
/// @returns [H, W, C]: each window's gradient goes to its maximum, to one of them where several are
///          equal; windows that overlap add up.
Volume max_pool_backward(const Volume& input, const PoolingOptions& options,
                         const Volume& output_gradient);

/// @returns (H · W · C) all values in the order of memory: the channel changes fastest, then the
///          column, then the row.
RowVector flatten(const Volume& volume);

}  // namespace pset3::neural_nets
