// Networks of several layers, and the spiral that one is trained on.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "grader/parts/p0_neural_nets/cases/drawing.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"
#include "grader/parts/tries.hpp"

namespace pset3::cases::p0 {
namespace {

using arrays::Array;
using arrays::Arrays;
using arrays::DType;

constexpr std::array<const char*, 3> kActivations = {"sigmoid", "tanh", "relu"};

std::string of_layer(const std::string& name, std::size_t layer) {
  return name + "_" + std::to_string(layer);
}

double activated(const std::string& name, double z) {
  if (name == "relu") return std::max(z, 0.0);
  return name == "tanh" ? std::tanh(z) : 1.0 / (1.0 + std::exp(-z));
}

struct Network {
  std::int64_t samples = 0;
  Shape sizes;  ///< of the input and of each layer's output
  std::string activation;

  std::size_t layers() const { return sizes.size() - 1; }
  Shape weights(std::size_t i) const { return {sizes[i], sizes[i + 1]}; }
};

/// Sizes that all differ, from each other and from the number of samples.
Network draw_network(std::int64_t samples, int layers, const std::string& activation,
                     worlds::Random& random) {
  Network network = {samples, {}, activation};
  for (const std::int64_t size : shuffled(7, random)) {
    if (size + 3 == samples || network.sizes.size() > static_cast<std::size_t>(layers)) continue;
    network.sizes.push_back(size + 3);
  }
  return network;
}

Arrays draw_layers(const Network& network, worlds::Random& random) {
  Arrays inputs;
  for (std::size_t i = 0; i < network.layers(); ++i) {
    const double most = 2.0 / std::sqrt(static_cast<double>(network.sizes[i]));
    inputs[of_layer("weights", i)] = away_from_zero(network.weights(i), 0.05, most, random);
    inputs[of_layer("bias", i)] = away_from_zero({network.sizes[i + 1]}, 0.05, 0.5, random);
  }
  const auto found = std::find(kActivations.begin(), kActivations.end(), network.activation);
  inputs["activation"] = Array::scalar<std::int64_t>(found - kActivations.begin());
  return inputs;
}

Array times(const Array& inputs, const Array& weights, const Array& bias) {
  const std::int64_t in = weights.shape()[0];
  const std::int64_t out = weights.shape()[1];
  Array outputs(DType::kF64, {inputs.shape()[0], out});
  for (std::int64_t n = 0; n < inputs.shape()[0]; ++n) {
    for (std::int64_t j = 0; j < out; ++j) {
      double sum = bias.data<double>()[j];
      for (std::int64_t i = 0; i < in; ++i) {
        sum += inputs.data<double>()[n * in + i] * weights.data<double>()[i * out + j];
      }
      outputs.data<double>()[n * out + j] = sum;
    }
  }
  return outputs;
}

/// inputs_i and outputs_i of every layer.
Arrays forward_pass(const Network& network, const Arrays& layers, const Array& samples) {
  Arrays forward;
  Array current = samples;
  for (std::size_t i = 0; i < network.layers(); ++i) {
    forward[of_layer("inputs", i)] = current;
    current = times(current, layers.at(of_layer("weights", i)), layers.at(of_layer("bias", i)));
    forward[of_layer("outputs", i)] = current;
    for (std::size_t k = 0; k < current.element_count(); ++k) {
      double& value = current.data<double>()[k];
      value = activated(network.activation, value);
    }
  }
  return forward;
}

/// Far from the kink of the ReLU, and on both sides of it.
bool keeps_promise(const Network& network, const Arrays& forward) {
  for (std::size_t i = 0; i + 1 < network.layers(); ++i) {
    const Array& z = forward.at(of_layer("outputs", i));
    std::size_t positive = 0;
    for (std::size_t k = 0; k < z.element_count(); ++k) {
      const double value = z.data<double>()[k];
      if (std::abs(value) < 0.01) return false;
      positive += value > 0.0 ? 1 : 0;
    }
    if (4 * positive < z.element_count() || 4 * positive > 3 * z.element_count()) return false;
  }
  return true;
}

struct Drawn {
  Arrays layers;
  Array samples;
  Arrays forward;
};

std::optional<Drawn> draw_passes(const Network& network, worlds::Random& random) {
  Drawn drawn;
  drawn.layers = draw_layers(network, random);
  drawn.samples = away_from_zero({network.samples, network.sizes[0]}, 0.1, 1.5, random);
  drawn.forward = forward_pass(network, drawn.layers, drawn.samples);
  if (!keeps_promise(network, drawn.forward)) return std::nullopt;
  return drawn;
}

/// Lowers the last hidden layer's biases until all that goes into its ReLUs is below 0, so that no
/// gradient comes through.
void put_below_zero(const Network& network, Drawn& drawn) {
  const std::size_t layer = network.layers() - 2;
  const Array& z = drawn.forward.at(of_layer("outputs", layer));
  const std::size_t units = static_cast<std::size_t>(z.shape()[1]);
  double* bias = drawn.layers.at(of_layer("bias", layer)).data<double>();
  for (std::size_t j = 0; j < units; ++j) {
    double largest = 0.0;
    for (std::size_t k = j; k < z.element_count(); k += units) {
      largest = std::max(largest, z.data<double>()[k]);
    }
    bias[j] -= largest + 0.1;
  }
  drawn.forward = forward_pass(network, drawn.layers, drawn.samples);
}

Array one_hot(const std::vector<std::int64_t>& classes, std::int64_t count) {
  Array targets(DType::kF64, {static_cast<std::int64_t>(classes.size()), count});
  for (std::size_t n = 0; n < classes.size(); ++n) {
    targets.data<double>()[static_cast<std::int64_t>(n) * count + classes[n]] = 1.0;
  }
  return targets;
}

Array draw_targets(const Network& network, worlds::Random& random) {
  std::vector<std::int64_t> classes;
  for (std::int64_t n = 0; n < network.samples; ++n) {
    classes.push_back(random.integer(0, static_cast<int>(network.sizes.back()) - 1));
  }
  return one_hot(classes, network.sizes.back());
}

/// Makes one class lead by 50 to 70 in all samples, and wrongly in all but the first: the right
/// one's probability is far below any ε. By the bias, so that no other number of the network grows.
void make_confident(const Network& network, Drawn& drawn, Array& targets, worlds::Random& random) {
  const std::int64_t classes = network.sizes.back();
  const std::int64_t leader = random.integer(0, static_cast<int>(classes) - 1);
  const std::string bias = of_layer("bias", network.layers() - 1);
  drawn.layers.at(bias).data<double>()[leader] += random.uniform(55.0, 65.0);
  for (std::int64_t n = 0; n < network.samples; ++n) {
    double* row = targets.data<double>() + n * classes;
    if (n > 0 && row[leader] == 0.0) continue;
    std::fill_n(row, classes, 0.0);
    row[n == 0 ? leader : (leader + 1) % classes] = 1.0;
  }
}

/// The class that the network finds likeliest, for each sample.
Array answers_of(const Network& network, const Arrays& forward) {
  const std::int64_t classes = network.sizes.back();
  const double* logits = forward.at(of_layer("outputs", network.layers() - 1)).data<double>();
  std::vector<std::int64_t> answers;
  for (std::int64_t n = 0; n < network.samples; ++n, logits += classes) {
    answers.push_back(std::max_element(logits, logits + classes) - logits);
  }
  return one_hot(answers, classes);
}

void expect_forward(CaseData& data, const Network& network) {
  for (std::size_t i = 0; i < network.layers(); ++i) {
    expect_exactly(data, of_layer("inputs", i), {network.samples, network.sizes[i]});
    expect_exactly(data, of_layer("outputs", i), {network.samples, network.sizes[i + 1]});
    expect_own(data, of_layer("outputs", i), {network.samples, network.sizes[i + 1]});
    if (i > 0) expect_own(data, of_layer("inputs", i), {network.samples, network.sizes[i]});
  }
}

void ask_backward(CaseData& data, const Network& network, const Arrays& forward,
                  worlds::Random& random) {
  data.inputs.insert(forward.begin(), forward.end());
  data.inputs["logits_gradient"] =
      away_from_zero({network.samples, network.sizes.back()}, 0.1, 1.0, random);
  for (std::size_t i = 0; i < network.layers(); ++i) {
    const Shape inputs = {network.samples, network.sizes[i]};
    const Shape outputs = {network.samples, network.sizes[i + 1]};
    data.inputs[of_layer("probe_gradient", i)] = away_from_zero(outputs, 0.1, 1.0, random);
    expect_exactly(data, of_layer("inputs_gradient", i), inputs);
    expect_exactly(data, of_layer("weights_gradient", i), network.weights(i));
    expect_exactly(data, of_layer("bias_gradient", i), {outputs[1]});
    expect_own(data, of_layer("layer_inputs", i), inputs);
    expect_own(data, of_layer("layer_weights", i), network.weights(i));
    expect_own(data, of_layer("layer_bias", i), {outputs[1]});
    if (i + 1 < network.layers()) expect_own(data, of_layer("derivative", i), outputs);
  }
}

/// The layers after a step, and what the student's own pieces say of it.
void expect_step(CaseData& data, const Network& network, const std::string& prefix) {
  const Shape logits = {network.samples, network.sizes.back()};
  expect_own(data, "logits", logits);
  expect_own(data, "logits_gradient", logits);
  expect_own(data, "loss", {});
  for (std::size_t i = 0; i < network.layers(); ++i) {
    expect_exactly(data, of_layer(prefix + "weights", i), network.weights(i));
    expect_exactly(data, of_layer(prefix + "bias", i), {network.sizes[i + 1]});
    expect_own(data, of_layer("weights_gradient", i), network.weights(i));
    expect_own(data, of_layer("bias_gradient", i), {network.sizes[i + 1]});
  }
}

/// Points on arms that wind around the origin, 0.6 of a turn each; `jitter` in radians.
struct Spiral {
  std::vector<double> points;
  std::vector<std::int64_t> classes;
};

Spiral draw_spiral(int arms, int per_arm, double jitter, worlds::Random& random) {
  Spiral spiral;
  for (int i = 0; i < per_arm; ++i) {
    for (int arm = 0; arm < arms; ++arm) {
      const double radius = 0.15 + 0.85 * (i + random.uniform(0.0, 1.0)) / per_arm;
      const double turns = static_cast<double>(arm) / arms + 0.6 * radius;
      const double angle = 2.0 * std::numbers::pi * turns + random.uniform(-jitter, jitter);
      spiral.points.push_back(radius * std::cos(angle));
      spiral.points.push_back(radius * std::sin(angle));
      spiral.classes.push_back(arm);
    }
  }
  return spiral;
}

bool nearest_agrees(const Spiral& samples, const Spiral& unseen) {
  for (std::size_t m = 0; m < unseen.classes.size(); ++m) {
    double nearest = 1e9;
    std::int64_t arm = -1;
    for (std::size_t n = 0; n < samples.classes.size(); ++n) {
      const double distance = std::hypot(samples.points[2 * n] - unseen.points[2 * m],
                                         samples.points[2 * n + 1] - unseen.points[2 * m + 1]);
      if (distance >= nearest) continue;
      nearest = distance;
      arm = samples.classes[n];
    }
    if (arm != unseen.classes[m]) return false;
  }
  return true;
}

/// So that gradients are above 1.
void make_large(Array& samples) {
  double* values = samples.data<double>();
  std::transform(values, values + samples.element_count(), values,
                 [](double value) { return 10.0 * value; });
}

/// As wide as keeps the size of what goes through, from one layer to the next.
void draw_start(CaseData& data, const Network& network, worlds::Random& random) {
  data.inputs.merge(draw_layers(network, random));
  for (std::size_t i = 0; i < network.layers(); ++i) {
    const double gain = network.activation == "relu" ? 6.0 : 3.0;
    const double most = std::sqrt(gain / static_cast<double>(network.sizes[i]));
    data.inputs[of_layer("weights", i)] = uniform_array(network.weights(i), -most, most, random);
  }
}

}  // namespace

CaseData mlp(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.mlp", params);
  const int samples = parameters.integer("samples", 2, 20);
  const int layers = parameters.integer("layers", 1, 3);
  const std::string activation = parameters.choice("activation", {"sigmoid", "tanh", "relu"});
  const std::string direction = parameters.choice("direction", {"forward", "backward", "step"});
  const std::string logits =
      parameters.optional_choice("logits", {"moderate", "confident", "right"});
  const std::string below_0 =
      parameters.optional_choice("units_below_0", {"some", "all_of_one_layer"});
  const std::string samples_are = parameters.optional_choice("samples_are", {"small", "large"});
  parameters.finish();
  if (below_0 == "all_of_one_layer" &&
      (layers < 2 || activation != "relu" || direction != "backward")) {
    throw InputError(
        "generator p0.mlp: only a hidden layer with a ReLU, in a backward pass, stops all "
        "gradients");
  }

  worlds::Random random(seed, "p0.mlp");
  const Network network = draw_network(samples, layers, activation, random);
  Drawn drawn =
      first_success("p0.mlp " + params.dump(), [&] { return draw_passes(network, random); });
  if (below_0 == "all_of_one_layer") put_below_zero(network, drawn);
  CaseData data;
  data.inputs = drawn.layers;
  expect_arguments_kept(data);
  if (direction == "backward") {
    ask_backward(data, network, drawn.forward, random);
    return data;
  }
  if (samples_are == "large") make_large(drawn.samples);
  data.inputs["samples"] = drawn.samples;
  if (direction == "forward") {
    expect_forward(data, network);
    return data;
  }
  Array targets =
      logits == "right" ? answers_of(network, drawn.forward) : draw_targets(network, random);
  if (logits == "confident") {
    make_confident(network, drawn, targets, random);
    for (const auto& [name, array] : drawn.layers) data.inputs[name] = array;
  }
  data.inputs["targets"] = std::move(targets);
  data.inputs["learning_rate"] = Array::scalar(random.uniform(0.05, 0.4));
  expect_exactly(data, "loss", {});
  expect_step(data, network, "");
  for (std::size_t i = 0; i < network.layers(); ++i) {
    expect_exactly(data, of_layer("first_weights", i), network.weights(i));
    expect_exactly(data, of_layer("first_bias", i), {network.sizes[i + 1]});
  }
  return data;
}

CaseData spiral(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.spiral", params);
  const int arms = parameters.integer("arms", 2, 3);
  const int per_arm = parameters.integer("samples", 20, 200);
  const std::int64_t width = parameters.integer("width", 8, 64);
  const std::string activation = parameters.choice("activation", {"tanh", "relu"});
  const int steps = parameters.integer("steps", 1, 2000);
  parameters.finish();

  worlds::Random random(seed, "p0.spiral");
  constexpr double kJitter = 0.12;
  Spiral samples = draw_spiral(arms, per_arm, kJitter, random);
  const Spiral unseen = first_success("p0.spiral", [&] {
    Spiral other = draw_spiral(arms, per_arm / 2, kJitter, random);
    return nearest_agrees(samples, other) ? std::optional(other) : std::nullopt;
  });
  const Network network = {arms * per_arm, {2, width, width + 1, arms}, activation};
  CaseData data;
  draw_start(data, network, random);
  data.inputs["samples"] = Array::copy_of(samples.points.data(), {network.samples, 2});
  data.inputs["targets"] = one_hot(samples.classes, arms);
  const auto unseen_count = static_cast<std::int64_t>(unseen.classes.size());
  data.inputs["unseen"] = Array::copy_of(unseen.points.data(), {unseen_count, 2});
  data.inputs["learning_rate"] = Array::scalar(0.5);
  data.inputs["steps"] = Array::scalar<std::int64_t>(steps);
  expect_step(data, network, "first_");
  expect_exactly(data, "logits", {unseen_count, arms});
  expect_exactly(data, "losses", {steps});
  data.outputs["diverged"] = arrays::exactly(DType::kBool, {});
  expect_own(data, "first_outputs", {network.samples, width});
  expect_own(data, "first_activated", {network.samples, width});
  expect_own(data, "first_derivative", {network.samples, width});
  expect_own(data, "first_backward", network.weights(0));
  return data;
}

}  // namespace pset3::cases::p0
