#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/closeness.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"

namespace pset3::judge::p0 {
namespace {

struct Batch {
  Mlp mlp;
  Tensor samples;
  Tensor targets;
  double learning_rate = 0.0;

  double loss(const Mlp& network) const {
    return loss_value(LossKind::kSoftmaxCrossEntropy, mlp_forward(network, samples).outputs.back(),
                      targets);
  }
};

Batch batch_of(const arrays::Arrays& inputs) {
  return {mlp_of(inputs), tensor_of(inputs, "samples"), tensor_of(inputs, "targets"),
          get(inputs, "learning_rate").item<double>()};
}

/// (softmax − t) / N
Tensor logits_gradient_of(const Tensor& logits, const Tensor& targets) {
  Tensor gradient = softmax(logits);
  for (std::size_t i = 0; i < gradient.values.size(); ++i) {
    gradient.values[i] -= targets.values[i];
    gradient.values[i] /= static_cast<double>(logits.size(0));
  }
  return gradient;
}

std::vector<Layer> gradients_by_differences(const Batch& batch) {
  std::vector<Layer> gradients;
  for (std::size_t i = 0; i < batch.mlp.layers.size(); ++i) {
    const Layer& layer = batch.mlp.layers[i];
    const auto moved = [&](const Tensor& weights, const Tensor& bias) {
      Mlp network = batch.mlp;
      network.layers[i] = {weights, bias};
      return batch.loss(network);
    };
    gradients.push_back(
        {central_differences(layer.weights, [&](const Tensor& w) { return moved(w, layer.bias); }),
         central_differences(layer.bias,
                             [&](const Tensor& b) { return moved(layer.weights, b); })});
  }
  return gradients;
}

std::vector<Layer> gradients_by_backpropagation(const Batch& batch) {
  const Forward forward = mlp_forward(batch.mlp, batch.samples);
  std::vector<Layer> gradients;
  for (LayerGradients& layer :
       mlp_backward(batch.mlp, forward, derivatives_of(batch.mlp, forward),
                    logits_gradient_of(forward.outputs.back(), batch.targets))) {
    gradients.push_back({std::move(layer.weights), std::move(layer.bias)});
  }
  return gradients;
}

/// The student's own gradients, or nothing where one of them could not be had.
std::optional<std::vector<Layer>> own_gradients(const arrays::Arrays& outputs, std::size_t layers) {
  std::vector<Layer> gradients;
  for (std::size_t i = 0; i < layers; ++i) {
    const std::string weights = of_layer("weights_gradient", i);
    const std::string bias = of_layer("bias_gradient", i);
    if (own_array(outputs, weights) == nullptr || own_array(outputs, bias) == nullptr) {
      return std::nullopt;
    }
    gradients.push_back({tensor_of(outputs, "own_" + weights), tensor_of(outputs, "own_" + bias)});
  }
  return gradients;
}

Tensor stepped(const Tensor& value, const Tensor& gradient, double learning_rate) {
  Tensor result = value;
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    result.values[i] -= learning_rate * gradient.values[i];
  }
  return result;
}

/// The layers after a step down the gradients, compared with those that came back. Compared are the
/// changes, so that large weights do not hide a small step.
std::vector<Compared> compared_steps(const Batch& batch, const std::vector<Layer>& gradients,
                                     const std::vector<Layer>& got) {
  std::vector<Compared> all;
  const auto add = [&](const std::string& name, const Tensor& before, const Tensor& gradient,
                       const Tensor& after) {
    all.push_back({"the change of " + name, scaled(gradient, -batch.learning_rate),
                   stepped(after, before, 1.0)});
  };
  for (std::size_t i = 0; i < got.size(); ++i) {
    const std::string place = "[" + std::to_string(i) + "]";
    const Layer& layer = batch.mlp.layers[i];
    add("weights" + place, layer.weights, gradients[i].weights, got[i].weights);
    add("bias" + place, layer.bias, gradients[i].bias, got[i].bias);
  }
  return all;
}

bool all_zero(const std::vector<Layer>& gradients) {
  return std::all_of(gradients.begin(), gradients.end(), [](const Layer& layer) {
    return largest_magnitude(layer.weights) == 0.0 && largest_magnitude(layer.bias) == 0.0;
  });
}

std::int64_t largest_in_row(const Tensor& values, std::int64_t row) {
  std::int64_t largest = 0;
  for (std::int64_t k = 1; k < values.size(1); ++k) {
    if (values(row, k) > values(row, largest)) largest = k;
  }
  return largest;
}

/// The class of the nearest sample: the arms lie much further apart than their points.
std::int64_t class_at(const Batch& batch, double x, double y) {
  double nearest = std::numeric_limits<double>::infinity();
  std::int64_t result = 0;
  for (std::int64_t n = 0; n < batch.samples.size(0); ++n) {
    const double distance = std::hypot(batch.samples(n, 0) - x, batch.samples(n, 1) - y);
    if (distance >= nearest) continue;
    nearest = distance;
    result = largest_in_row(batch.targets, n);
  }
  return result;
}

double accuracy_of(const Batch& batch, const Tensor& unseen, const Tensor& logits) {
  std::int64_t right = 0;
  for (std::int64_t m = 0; m < unseen.size(0); ++m) {
    const std::int64_t wanted = class_at(batch, unseen(m, 0), unseen(m, 1));
    right += largest_in_row(logits, m) == wanted ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(unseen.size(0));
}

/// What stands in the way of a step, from the student's own pieces: a check's id and words.
struct Obstacle {
  const char* check;
  const char* words;
};

bool own_is(const CaseView& view, const std::string& name, const Tensor& right) {
  return own_array(view.outputs, name) != nullptr &&
         close(right, tensor_of(view.outputs, "own_" + name), difference_tolerance(view));
}

Obstacle wrong_forward(const CaseView& view, const Batch& batch, const Forward& right) {
  if (!own_is(view, "first_outputs", right.outputs[0])) {
    return {"p0.d.layer", "your fully_connected is wrong on the first layer"};
  }
  const Tensor activations =
      applied(right.outputs[0], [&](double z) { return activated(batch.mlp.activation, z); });
  if (!own_is(view, "first_activated", activations)) {
    return {"p0.b.values", "your activation is wrong behind the first layer"};
  }
  return {"p0.d.mlp", "your mlp_forward is wrong before the first step"};
}

Obstacle wrong_backward(const CaseView& view, const Batch& batch, const Forward& right) {
  const LayerGradients layer =
      fully_connected_backward(batch.samples, batch.mlp.layers[0], right.outputs[0]);
  if (!own_is(view, "first_backward", layer.weights)) {
    return {"p0.d.layer_backward", "your fully_connected_backward is wrong on the first layer"};
  }
  if (!own_is(view, "first_derivative", applied(right.outputs[0], [&](double z) {
                return activation_derivative(batch.mlp.activation, z);
              }))) {
    return {"p0.b.derivatives", "your derivative is wrong behind the first layer"};
  }
  return {"p0.d.mlp_backward", "your mlp_backward is wrong before the first step"};
}

/// What is wrong with the very first step, if anything.
std::optional<Obstacle> obstacle_to_training(const CaseView& view, const Batch& batch) {
  const double tolerance = difference_tolerance(view);
  const std::vector<Layer> right = gradients_by_backpropagation(batch);
  const auto steps = compared_steps(batch, right, layers_of(view.outputs, "first_"));
  if (compare(steps, tolerance).verdict == Verdict::kPassed) return std::nullopt;
  const Forward forward = mlp_forward(batch.mlp, batch.samples);
  if (!own_is(view, "logits", forward.outputs.back())) {
    return wrong_forward(view, batch, forward);
  }
  if (!own_is(view, "logits_gradient", logits_gradient_of(forward.outputs.back(), batch.targets))) {
    return Obstacle{"p0.c.gradients", "your softmax_cross_entropy gives another gradient"};
  }
  const auto own = own_gradients(view.outputs, right.size());
  for (std::size_t i = 0; i < right.size(); ++i) {
    if (own && close(right[i].weights, (*own)[i].weights, tolerance) &&
        close(right[i].bias, (*own)[i].bias, tolerance)) {
      continue;
    }
    return wrong_backward(view, batch, forward);
  }
  return Obstacle{"p0.d.step", "your very first step is not down the gradient"};
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

std::string course_of_losses(const CaseView& view) {
  const Tensor losses = tensor_of(view.outputs, "losses");
  if (get(view.outputs, "diverged").item<bool>()) return "the loss grew beyond all numbers";
  return fmt::format("the loss went from {} to {} in {} steps", number(losses.values.front()),
                     number(losses.values.back()), losses.values.size());
}

}  // namespace

namespace {

/// Whether the layers moved down the gradient, the student's own one included.
CaseFinding moved_rightly(const CaseView& view, const Batch& batch, const std::vector<Layer>& right,
                          const std::vector<Layer>& got) {
  const double tolerance = difference_tolerance(view);
  CaseFinding finding = compare(compared_steps(batch, right, got), tolerance, ", by differences");
  if (finding.verdict == Verdict::kPassed) return finding;
  const auto own = own_gradients(view.outputs, got.size());
  // Who has no gradient cannot show a step.
  if (!own || all_zero(*own)) return finding;
  CaseFinding of_own = compare(compared_steps(batch, *own, got), tolerance);
  return of_own.verdict == Verdict::kPassed ? of_own : finding;
}

CaseFinding loss_before(const CaseView& view, const Batch& batch) {
  const double loss = get(view.outputs, "loss").item<double>();
  const double expected = batch.loss(batch.mlp);
  const double epsilon = tolerance_of(view, "epsilon", 2e-5);
  const bool own_loss = own_array(view.outputs, "loss") != nullptr &&
                        close(get(view.outputs, "own_loss").item<double>(), loss, epsilon);
  if (close(expected, loss, epsilon) || own_loss) {
    return passed("weights − η · gradient, and the loss before it", "the same");
  }
  const NumberPair numbers = told_apart(expected, loss);
  return failed("a loss before the step of " + numbers.expected, numbers.got,
                "the step itself is right");
}

}  // namespace

CaseFinding judge_step(const CaseView& view) {
  const Batch batch = batch_of(view.inputs);
  const std::vector<Layer> right = gradients_by_differences(batch);
  CaseFinding first = moved_rightly(view, batch, right, layers_of(view.outputs, "first_"));
  CaseFinding second = moved_rightly(view, batch, right, layers_of(view.outputs));
  if (second.verdict != Verdict::kPassed) {
    if (first.verdict == Verdict::kPassed) {
      second.detail +=
          "\nThe first call was right. This is the second one, from the same weights and with the "
          "same batch: something is kept from one call to the next.";
    }
    return second;
  }
  if (first.verdict != Verdict::kPassed) {
    first.detail += "\nThis is the first call. The second one, from the same weights, was right.";
    return first;
  }
  return loss_before(view, batch);
}

CaseFinding judge_spiral(const CaseView& view) {
  const Batch batch = batch_of(view.inputs);
  const double wanted = tolerance_of(view, "accuracy", 0.95);
  const bool diverged = get(view.outputs, "diverged").item<bool>();
  const double accuracy = diverged ? 0.0
                                   : accuracy_of(batch, tensor_of(view.inputs, "unseen"),
                                                 tensor_of(view.outputs, "logits"));
  const std::string expected =
      fmt::format("at least {} of the unseen points right", percent(wanted));
  const std::string got = diverged ? "a training that ran away" : percent(accuracy);
  if (!diverged && accuracy >= wanted) return passed(expected, got);
  if (const auto obstacle = obstacle_to_training(view, batch)) {
    return blocked(obstacle->check, expected, fmt::format("{}: {}", got, obstacle->words));
  }
  return failed(expected, got, course_of_losses(view));
}

/// The first steps alone: after hundreds of them, rounding has grown too large to compare.
Sketch sketch_spiral(const CaseView& view) {
  arrays::Arrays early;
  for (const auto& [name, array] : view.outputs) {
    if (name.rfind("first_", 0) == 0) early.emplace(name, array);
  }
  Sketch sketch = sketch_arrays({view.check, view.inputs, view.expected, early});
  const Tensor losses = tensor_of(view.outputs, "losses");
  for (std::size_t i = 0; i < std::min<std::size_t>(3, losses.values.size()); ++i) {
    sketch.push_back(losses.values[i]);
  }
  return sketch;
}

}  // namespace pset3::judge::p0
