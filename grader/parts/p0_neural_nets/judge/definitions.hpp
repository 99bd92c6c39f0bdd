#pragma once

#include <array>
#include <optional>
#include <vector>

#include "grader/parts/p0_neural_nets/judge/tensor.hpp"

/// The functions of p0 from their definitions in starter/p0_neural_nets/neural_nets.hpp, written
/// as plainly as can be. Gradients are not here: they come from differences of these.
namespace pset3::judge::p0 {

/// In the order of the contract's enum.
enum class Activation { kSigmoid, kTanh, kRelu };

double sigmoid(double z);
double relu(double z);
double activated(Activation activation, double z);
/// 0 at the kink of the ReLU.
double activation_derivative(Activation activation, double z);
/// @param logits (N, K)
Tensor softmax(const Tensor& logits);

enum class LossKind { kSquaredError, kBinaryCrossEntropy, kCrossEntropy, kSoftmaxCrossEntropy };
/// @param predictions, targets (N, D); probabilities strictly inside (0, 1).
double loss_value(LossKind kind, const Tensor& predictions, const Tensor& targets);

struct Layer {
  Tensor weights;  ///< (in, out)
  Tensor bias;     ///< (out)
};
struct Mlp {
  std::vector<Layer> layers;
  Activation activation = Activation::kRelu;
};
struct Forward {
  std::vector<Tensor> inputs;
  std::vector<Tensor> outputs;
};

/// The arrays weights_0, bias_0, … behind `prefix`, and `activation`.
std::vector<Layer> layers_of(const arrays::Arrays& arrays, const std::string& prefix = "");
Mlp mlp_of(const arrays::Arrays& inputs);

/// @param inputs (N, in) @returns (N, out)
Tensor fully_connected(const Tensor& inputs, const Layer& layer);
struct LayerGradients {
  Tensor inputs;
  Tensor weights;
  Tensor bias;
};
LayerGradients fully_connected_backward(const Tensor& inputs, const Layer& layer,
                                        const Tensor& output_gradient);
Forward mlp_forward(const Mlp& mlp, const Tensor& samples);
/// @param derivatives of the activation at outputs[i], for each layer but the last: a submission's
///                    own ones may be asked after.
std::vector<LayerGradients> mlp_backward(const Mlp& mlp, const Forward& forward,
                                         const std::vector<Tensor>& derivatives,
                                         const Tensor& logits_gradient);
std::vector<Tensor> derivatives_of(const Mlp& mlp, const Forward& forward);

/// Σ f[n1, n2] g[x − n1, y − n2] @param f (A, B) @param g (C, D)
Tensor convolve_signals(const Tensor& f, const Tensor& g);

/// How a window slides over a volume [H, W, C].
struct Window {
  std::int64_t size = 1;
  std::int64_t stride = 1;
  std::int64_t padding = 0;
};
/// @returns the numbers of places down and across, or nothing where the window does not fit.
std::optional<std::array<std::int64_t, 2>> places(std::int64_t height, std::int64_t width,
                                                  const Window& window);
/// @param input [H, W, in] @param filters [F, F, in, out] @param bias (out)
Tensor convolution_layer(const Tensor& input, const Tensor& filters, const Tensor& bias,
                         std::int64_t stride, std::int64_t padding);

enum class Pooling { kMax, kAverage, kL2 };
Tensor pool(Pooling pooling, const Tensor& input, const Window& window);

}  // namespace pset3::judge::p0
