#include <cmath>

#include "grader/judge/findings.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/closeness.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"

namespace pset3::judge::p0 {
namespace {

Layer layer_in(const arrays::Arrays& inputs) {
  return {tensor_of(inputs, "weights"), tensor_of(inputs, "bias")};
}

std::string in_list(const std::string& name, std::size_t i) {
  return name + "[" + std::to_string(i) + "]";
}

/// Whether an array follows from the one before it by the definition or by the student's own piece.
/// @returns a finding that does not pass, where it does neither.
CaseFinding follows(const CaseView& view, const Compared& step, const std::string& own,
                    const std::string& how) {
  CaseFinding finding = compare({step}, relative_tolerance(view), ": " + how);
  if (finding.verdict != Verdict::kFailed || own_array(view.outputs, own) == nullptr) {
    return finding;
  }
  const bool same =
      close(tensor_of(view.outputs, "own_" + own), step.got, relative_tolerance(view));
  return same ? passed("what your own functions give", "the same") : finding;
}

CaseFinding judge_inputs_of(const CaseView& view, const Mlp& mlp, std::size_t i) {
  const std::string name = of_layer("inputs", i);
  const Tensor got = tensor_of(view.outputs, name);
  if (i == 0) {
    return compare({{in_list("inputs", i), tensor_of(view.inputs, "samples"), got}},
                   relative_tolerance(view), ": the sample itself");
  }
  const Tensor before = tensor_of(view.outputs, of_layer("outputs", i - 1));
  const Tensor expected = applied(before, [&](double z) { return activated(mlp.activation, z); });
  return follows(view, {in_list("inputs", i), expected, got}, name,
                 "the activation of " + in_list("outputs", i - 1));
}

CaseFinding judge_outputs_of(const CaseView& view, const Mlp& mlp, std::size_t i) {
  const std::string name = of_layer("outputs", i);
  const Tensor inputs = tensor_of(view.outputs, of_layer("inputs", i));
  return follows(view,
                 {in_list("outputs", i), fully_connected(inputs, mlp.layers[i]),
                  tensor_of(view.outputs, name)},
                 name, in_list("inputs", i) + " times the layer's weights plus its bias");
}

Forward forward_in(const arrays::Arrays& inputs, std::size_t layers) {
  Forward forward;
  for (std::size_t i = 0; i < layers; ++i) {
    forward.inputs.push_back(tensor_of(inputs, of_layer("inputs", i)));
    forward.outputs.push_back(tensor_of(inputs, of_layer("outputs", i)));
  }
  return forward;
}

std::vector<LayerGradients> gradients_in(const arrays::Arrays& outputs, std::size_t layers) {
  std::vector<LayerGradients> gradients;
  for (std::size_t i = 0; i < layers; ++i) {
    gradients.push_back({tensor_of(outputs, of_layer("inputs_gradient", i)),
                         tensor_of(outputs, of_layer("weights_gradient", i)),
                         tensor_of(outputs, of_layer("bias_gradient", i))});
  }
  return gradients;
}

/// The derivatives of L = Σ logits_gradient · logits at everything in layer i.
void compare_layer(std::vector<Compared>& all, const Mlp& mlp, const Forward& forward,
                   const Tensor& logits_gradient, const LayerGradients& got, std::size_t i) {
  const auto loss_behind = [&](const Mlp& network, const Tensor& inputs) {
    Mlp rest = {{network.layers.begin() + static_cast<std::ptrdiff_t>(i), network.layers.end()},
                network.activation};
    return dot(mlp_forward(rest, inputs).outputs.back(), logits_gradient);
  };
  Mlp moved = mlp;
  const auto name = [i](const char* what) { return in_list(what, i); };
  all.push_back(compared_gradient(name("weights"), mlp.layers[i].weights, got.weights,
                                  [&](const Tensor& weights) {
                                    moved.layers[i].weights = weights;
                                    return loss_behind(moved, forward.inputs[i]);
                                  }));
  moved = mlp;
  all.push_back(
      compared_gradient(name("bias"), mlp.layers[i].bias, got.bias, [&](const Tensor& bias) {
        moved.layers[i].bias = bias;
        return loss_behind(moved, forward.inputs[i]);
      }));
  all.push_back(compared_gradient(name("inputs"), forward.inputs[i], got.inputs,
                                  [&](const Tensor& inputs) { return loss_behind(mlp, inputs); }));
}

bool same_gradients(const std::vector<LayerGradients>& a, const std::vector<LayerGradients>& b,
                    double relative) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!close(a[i].inputs, b[i].inputs, relative) || !close(a[i].bias, b[i].bias, relative) ||
        !close(a[i].weights, b[i].weights, relative)) {
      return false;
    }
  }
  return true;
}

/// The student's own derivatives of the activation, the right ones where there are none.
std::vector<Tensor> own_derivatives(const CaseView& view, const Mlp& mlp, const Forward& forward) {
  std::vector<Tensor> derivatives = derivatives_of(mlp, forward);
  for (std::size_t i = 0; i < derivatives.size(); ++i) {
    const std::string name = of_layer("derivative", i);
    if (own_array(view.outputs, name) != nullptr) {
      derivatives[i] = tensor_of(view.outputs, "own_" + name);
    }
  }
  return derivatives;
}

/// Whether the student's own fully_connected_backward is wrong on these very layers.
bool own_layer_is_wrong(const CaseView& view, const Mlp& mlp, const Forward& forward) {
  for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
    const LayerGradients right = fully_connected_backward(
        forward.inputs[i], mlp.layers[i], tensor_of(view.inputs, of_layer("probe_gradient", i)));
    const auto wrong = [&](const char* name, const Tensor& expected) {
      const std::string own = of_layer(name, i);
      return own_array(view.outputs, own) == nullptr ||
             !close(expected, tensor_of(view.outputs, "own_" + own), difference_tolerance(view));
    };
    if (wrong("layer_inputs", right.inputs) || wrong("layer_weights", right.weights) ||
        wrong("layer_bias", right.bias)) {
      return true;
    }
  }
  return false;
}

}  // namespace

CaseFinding judge_layer(const CaseView& view) {
  return compare(
      {{"outputs", fully_connected(tensor_of(view.inputs, "inputs"), layer_in(view.inputs)),
        tensor_of(view.outputs, "outputs")}},
      relative_tolerance(view));
}

CaseFinding judge_layer_backward(const CaseView& view) {
  const Tensor inputs = tensor_of(view.inputs, "inputs");
  const Layer layer = layer_in(view.inputs);
  const Tensor output_gradient = tensor_of(view.inputs, "output_gradient");
  const auto loss = [&](const Tensor& x, const Layer& l) {
    return dot(fully_connected(x, l), output_gradient);
  };
  const auto got = [&](const char* name) { return tensor_of(view.outputs, name); };
  return compare({compared_gradient("inputs", inputs, got("inputs_gradient"),
                                    [&](const Tensor& x) { return loss(x, layer); }),
                  compared_gradient("weights", layer.weights, got("weights_gradient"),
                                    [&](const Tensor& w) {
                                      return loss(inputs, {w, layer.bias});
                                    }),
                  compared_gradient("bias", layer.bias, got("bias_gradient"),
                                    [&](const Tensor& b) {
                                      return loss(inputs, {layer.weights, b});
                                    })},
                 difference_tolerance(view), ", by differences");
}

CaseFinding judge_mlp_forward(const CaseView& view) {
  const Mlp mlp = mlp_of(view.inputs);
  for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
    CaseFinding finding = judge_inputs_of(view, mlp, i);
    if (finding.verdict != Verdict::kPassed) return finding;
    finding = judge_outputs_of(view, mlp, i);
    if (finding.verdict != Verdict::kPassed) return finding;
  }
  return passed("each array follows from the one before", "the same");
}

CaseFinding judge_mlp_backward(const CaseView& view) {
  const Mlp mlp = mlp_of(view.inputs);
  const Forward forward = forward_in(view.inputs, mlp.layers.size());
  const Tensor logits_gradient = tensor_of(view.inputs, "logits_gradient");
  const std::vector<LayerGradients> got = gradients_in(view.outputs, mlp.layers.size());
  std::vector<Compared> all;
  for (std::size_t i = mlp.layers.size(); i-- > 0;) {
    compare_layer(all, mlp, forward, logits_gradient, got[i], i);
  }
  CaseFinding finding = compare(all, difference_tolerance(view), ", by differences");
  if (finding.verdict == Verdict::kPassed) return finding;
  const std::vector<LayerGradients> by_own =
      mlp_backward(mlp, forward, own_derivatives(view, mlp, forward), logits_gradient);
  if (same_gradients(by_own, got, difference_tolerance(view))) {
    return passed("backpropagation with your own derivative of the activation", "the same");
  }
  if (own_layer_is_wrong(view, mlp, forward)) {
    return blocked("p0.d.layer_backward", "the gradients of every layer",
                   "your fully_connected_backward is wrong on these layers");
  }
  return finding;
}

}  // namespace pset3::judge::p0
