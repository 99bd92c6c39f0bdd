// Activations, losses and a single layer.

#include <algorithm>
#include <array>
#include <cmath>

#include "grader/parts/p0_neural_nets/cases/drawing.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"

namespace pset3::cases::p0 {
namespace {

using arrays::Array;
using arrays::DType;

/// The limits ±40 first, then numbers at which exp overflows or vanishes, and last some for which
/// it does neither.
constexpr std::array<double, 17> kExtremes = {40.0,   -40.0,  100.0,  -100.0,  710.0, -710.0,
                                              745.0,  -745.0, 1000.0, -1000.0, 0.0,   300.0,
                                              -300.0, 12.0,   -12.0,  25.0,    -25.0};

/// Each number in turn, so that none is left out, in a grid of at least as many places.
Array extremes(const Shape& shape, worlds::Random& random) {
  Array array(DType::kF64, shape);
  const std::vector<std::int64_t> order =
      shuffled(static_cast<std::int64_t>(array.element_count()), random);
  for (std::size_t i = 0; i < order.size(); ++i) {
    array.data<double>()[order[i]] = kExtremes[i % kExtremes.size()];
  }
  return array;
}

/// Each row far below zero or far above it, and its numbers close to each other.
/// @param side  −1, 1, or 0: the rows take turns.
Array one_sided(const Shape& shape, double side, worlds::Random& random) {
  Array array(DType::kF64, shape);
  for (std::int64_t row = 0; row < shape[0]; ++row) {
    const double sign = side == 0.0 ? (row % 2 == 0 ? -1.0 : 1.0) : side;
    const double middle = sign * random.uniform(800.0, 1000.0);
    for (std::int64_t k = 0; k < shape[1]; ++k) {
      array.data<double>()[row * shape[1] + k] = middle + random.uniform(-2.0, 2.0);
    }
  }
  return array;
}

/// In each row one number far above zero and the others far below.
Array one_above(const Shape& shape, worlds::Random& random) {
  Array array = uniform_array(shape, -1200.0, -1000.0, random);
  for (std::int64_t row = 0; row < shape[0]; ++row) {
    const std::int64_t above = random.integer(0, static_cast<int>(shape[1]) - 1);
    array.data<double>()[row * shape[1] + above] = random.uniform(1000.0, 1200.0);
  }
  return array;
}

/// @param kind as in p0.activation.
Array arguments(const std::string& kind, const Shape& shape, worlds::Random& random) {
  if (kind == "extreme") return extremes(shape, random);
  if (kind == "far_below") return one_sided(shape, -1.0, random);
  if (kind == "far_above") return one_sided(shape, 1.0, random);
  if (kind == "one_above") return one_above(shape, random);
  if (kind == "far_apart") return one_sided(shape, 0.0, random);
  return away_from_zero(shape, 0.01, kind == "wide" ? 16.0 : 6.0, random);
}

/// Rows that sum to 1.
void normalise_rows(Array& array) {
  const std::int64_t columns = array.shape()[1];
  for (std::int64_t row = 0; row < array.shape()[0]; ++row) {
    double* values = array.data<double>() + row * columns;
    double sum = 0.0;
    for (std::int64_t k = 0; k < columns; ++k) sum += values[k];
    for (std::int64_t k = 0; k < columns; ++k) values[k] /= sum;
  }
}

void set_one_hot(Array& array, std::int64_t row, std::int64_t column, double off, double on) {
  const std::int64_t columns = array.shape()[1];
  for (std::int64_t k = 0; k < columns; ++k) {
    array.data<double>()[row * columns + k] = k == column ? on : off;
  }
}

struct Batch {
  Array predictions;
  Array targets;
};

/// Independent outputs; the last sample's targets are soft.
Batch moderate_outputs(bool probabilities, const Shape& shape, worlds::Random& random) {
  Batch batch;
  batch.predictions = probabilities ? uniform_array(shape, 0.05, 0.95, random)
                                    : away_from_zero(shape, 0.1, 2.0, random);
  batch.targets = probabilities ? uniform_array(shape, 0.2, 0.8, random)
                                : away_from_zero(shape, 0.1, 2.0, random);
  if (!probabilities) return batch;
  for (std::int64_t i = 0; i < (shape[0] - 1) * shape[1]; ++i) {
    batch.targets.data<double>()[i] = random.coin() ? 1.0 : 0.0;
  }
  return batch;
}

/// Classes; the last sample's targets are soft.
Batch moderate_classes(bool logits, const Shape& shape, worlds::Random& random) {
  Batch batch;
  batch.predictions =
      logits ? away_from_zero(shape, 0.05, 1.5, random) : uniform_array(shape, 0.3, 1.0, random);
  if (!logits) normalise_rows(batch.predictions);
  batch.targets = uniform_array(shape, 0.2, 1.0, random);
  normalise_rows(batch.targets);
  for (std::int64_t row = 0; row + 1 < shape[0]; ++row) {
    set_one_hot(batch.targets, row, random.integer(0, static_cast<int>(shape[1]) - 1), 0.0, 1.0);
  }
  return batch;
}

/// In the first sample every output is wrong, in the second right, the others are open.
Batch certain_outputs(const Shape& shape, worlds::Random& random) {
  Batch batch = moderate_outputs(true, shape, random);
  for (std::int64_t k = 0; k < shape[1]; ++k) {
    // Both ways to be wrong occur.
    const double target = k == 0 ? 1.0 : k == 1 ? 0.0 : static_cast<double>(random.integer(0, 1));
    for (std::int64_t row = 0; row < 2; ++row) {
      batch.targets.data<double>()[row * shape[1] + k] = target;
      batch.predictions.data<double>()[row * shape[1] + k] = row == 0 ? 1.0 - target : target;
    }
  }
  return batch;
}

/// Gives a class this probability; the others of the row share what is left.
void give_to_class(Array& probabilities, std::int64_t row, std::int64_t k, double p) {
  const std::int64_t classes = probabilities.shape()[1];
  double* values = probabilities.data<double>() + row * classes;
  const double scale = (1.0 - p) / (1.0 - values[k]);
  for (std::int64_t other = 0; other < classes; ++other) values[other] *= scale;
  values[k] = p;
}

/// Some probabilities of the right answer are small, and none is as small as any ε.
void make_confident(bool binary, const Shape& shape, Batch& batch, worlds::Random& random) {
  for (std::int64_t row = 0; row + 1 < shape[0]; ++row) {
    for (std::int64_t k = 0; k < shape[1]; ++k) {
      const std::int64_t i = row * shape[1] + k;
      const double small = random.uniform(0.002, 0.008);
      const bool wanted = batch.targets.data<double>()[i] == 1.0;
      if (binary) batch.predictions.data<double>()[i] = wanted ? small : 1.0 - small;
      if (!binary && wanted) give_to_class(batch.predictions, row, k, small);
    }
  }
}

/// Another class leads by 40 to 90, so that the right one's probability is far below any ε; all
/// logits of the first sample are negative, all of the second positive.
void make_confident_logits(const Shape& shape, Batch& batch, worlds::Random& random) {
  for (std::int64_t row = 0; row + 1 < shape[0]; ++row) {
    double* logits = batch.predictions.data<double>() + row * shape[1];
    const double* targets = batch.targets.data<double>() + row * shape[1];
    const std::int64_t right = std::max_element(targets, targets + shape[1]) - targets;
    logits[(right + 1) % shape[1]] += random.uniform(40.0, 90.0);
    const double shift = row == 0 ? -1000.0 : row == 1 ? 1000.0 : 0.0;
    for (std::int64_t k = 0; k < shape[1]; ++k) logits[k] += shift;
  }
}

Batch certain_classes(bool logits, const Shape& shape, worlds::Random& random) {
  Batch batch = moderate_classes(logits, shape, random);
  const double off = logits ? -1000.0 : 0.0;
  const double on = logits ? 1000.0 : 1.0;
  for (std::int64_t row = 0; row < 2; ++row) {
    const auto classes = two_different(0, static_cast<int>(shape[1]) - 1, random);
    set_one_hot(batch.targets, row, classes[0], 0.0, 1.0);
    set_one_hot(batch.predictions, row, classes[row == 0 ? 1 : 0], off, on);
  }
  return batch;
}

Batch draw_batch(const std::string& loss, bool certain, const Shape& shape,
                 worlds::Random& random) {
  const bool logits = loss == "softmax_cross_entropy";
  if (logits || loss == "cross_entropy") {
    return certain ? certain_classes(logits, shape, random)
                   : moderate_classes(logits, shape, random);
  }
  return certain ? certain_outputs(shape, random)
                 : moderate_outputs(loss == "binary_cross_entropy", shape, random);
}

}  // namespace

CaseData activation(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.activation", params);
  const std::string function =
      parameters.choice("function", {"sigmoid", "tanh", "relu", "sigmoid_derivative",
                                     "tanh_derivative", "relu_derivative", "softmax"});
  const Shape shape = {parameters.integer("rows", 1, 50), parameters.integer("columns", 1, 50)};
  const std::string kind = parameters.choice(
      "kind",
      {"moderate", "wide", "zeros", "extreme", "far_below", "far_above", "far_apart", "one_above"});
  parameters.finish();
  require_different("p0.activation", {shape[0], shape[1]});

  worlds::Random random(seed, "p0.activation");
  CaseData data;
  Array z = arguments(kind, shape, random);
  if (kind == "zeros") set_some_to_zero(z, random);
  data.inputs["z"] = std::move(z);
  expect_exactly(data, function, shape);
  expect_arguments_kept(data);
  if (function.find("_derivative") != std::string::npos) {
    expect_own(data, "activation", shape);
    expect_own(data, "mirrored", shape);
  }
  return data;
}

CaseData loss(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.loss", params);
  const std::string loss = parameters.choice(
      "loss", {"squared_error", "binary_cross_entropy", "cross_entropy", "softmax_cross_entropy"});
  const Shape shape = {parameters.integer("samples", 1, 50), parameters.integer("outputs", 1, 50)};
  const std::string kind = parameters.choice("kind", {"moderate", "certain", "confident"});
  parameters.finish();
  if (kind != "moderate" && std::min(shape[0], shape[1]) < 2) {
    throw InputError("generator p0.loss: two samples and two outputs are needed to be " + kind);
  }
  require_different("p0.loss", {shape[0], shape[1]});
  if (kind == "confident" && loss == "squared_error") {
    throw InputError("generator p0.loss: only cross entropies can be confident");
  }

  worlds::Random random(seed, "p0.loss");
  Batch batch = draw_batch(loss, kind == "certain", shape, random);
  if (kind == "confident" && loss == "softmax_cross_entropy") {
    make_confident_logits(shape, batch, random);
  } else if (kind == "confident") {
    make_confident(loss == "binary_cross_entropy", shape, batch, random);
  }
  CaseData data;
  data.inputs["predictions"] = std::move(batch.predictions);
  data.inputs["targets"] = std::move(batch.targets);
  expect_exactly(data, loss, {});
  expect_arguments_kept(data);
  expect_exactly(data, "gradient", shape);
  if (loss == "softmax_cross_entropy") {
    expect_own(data, "softmax", shape);
    expect_own(data, "value", {});
  }
  return data;
}

CaseData layer(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.layer", params);
  const std::int64_t samples = parameters.integer("samples", 1, 50);
  const std::int64_t in = parameters.integer("inputs", 1, 50);
  const std::int64_t out = parameters.integer("outputs", 1, 50);
  const bool backward = parameters.choice("direction", {"forward", "backward"}) == "backward";
  parameters.finish();
  require_different("p0.layer", {samples, in, out});

  worlds::Random random(seed, "p0.layer");
  CaseData data;
  data.inputs["inputs"] = away_from_zero({samples, in}, 0.1, 2.0, random);
  data.inputs["weights"] = away_from_zero({in, out}, 0.1, 2.0, random);
  data.inputs["bias"] = away_from_zero({out}, 0.1, 2.0, random);
  expect_arguments_kept(data);
  if (!backward) {
    expect_exactly(data, "outputs", {samples, out});
    return data;
  }
  data.inputs["output_gradient"] = away_from_zero({samples, out}, 0.1, 2.0, random);
  expect_exactly(data, "inputs_gradient", {samples, in});
  expect_exactly(data, "weights_gradient", {in, out});
  expect_exactly(data, "bias_gradient", {out});
  return data;
}

}  // namespace pset3::cases::p0
