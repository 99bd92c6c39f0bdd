#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "grader/parts/p2_representation_learning/cases/generators.hpp"
#include "grader/parts/parameters.hpp"
#include "grader/parts/tries.hpp"
#include "grader/worlds/random.hpp"
#include "grader/worlds/scene.hpp"

namespace pset3::cases::p2 {
namespace {

using arrays::Array;
using arrays::DType;

constexpr std::int64_t kPixels = 32 * 32;

/// A linear model and what it is shown: one row of numbers an example.
struct Exercise {
  int classes = 0;
  int features = 0;
  std::vector<float> examples;  // (N, features)
  std::vector<std::int64_t> labels;
  std::vector<float> weight;  // (classes, features)
  std::vector<float> bias;
  std::vector<float> shift;  // that training mode adds to the logits
};

std::vector<float> numbers(int count, double bound, worlds::Random& random) {
  std::vector<float> values;
  for (int i = 0; i < count; ++i)
    values.push_back(static_cast<float>(random.uniform(-bound, bound)));
  return values;
}

/// @returns the class with the highest logit, in training mode or not.
std::int64_t answer(const Exercise& exercise, std::size_t example, bool training) {
  std::vector<float> logits = exercise.bias;
  const auto features = static_cast<std::size_t>(exercise.features);
  for (std::size_t k = 0; k < logits.size(); ++k) {
    if (training) logits[k] += exercise.shift[k];
    for (std::size_t d = 0; d < features; ++d) {
      logits[k] += exercise.weight[k * features + d] * exercise.examples[example * features + d];
    }
  }
  return std::max_element(logits.begin(), logits.end()) - logits.begin();
}

std::optional<Exercise> draw_exercise(int examples, worlds::Random& random) {
  Exercise exercise;
  exercise.classes = random.integer(2, 5);
  exercise.features = random.integer(2, 6);
  exercise.examples = numbers(examples * exercise.features, 2.0, random);
  for (int i = 0; i < examples; ++i) {
    exercise.labels.push_back(random.integer(0, exercise.classes - 1));
  }
  exercise.weight = numbers(exercise.classes * exercise.features, 0.6, random);
  exercise.bias = numbers(exercise.classes, 0.3, random);
  exercise.shift = numbers(exercise.classes, 2.0, random);
  int changed = 0;
  for (std::size_t i = 0; i < exercise.labels.size(); ++i) {
    changed += answer(exercise, i, true) != answer(exercise, i, false) ? 1 : 0;
  }
  if (3 * changed < examples) return std::nullopt;
  return exercise;
}

/// The first pixel numbers the example, the next ones are its features, the others are noise that
/// the model does not look at.
Array images_of(const Exercise& exercise, worlds::Random& random) {
  const auto count = static_cast<std::int64_t>(exercise.labels.size());
  Array images(DType::kF32, {count, 1, 32, 32});
  const auto features = static_cast<std::size_t>(exercise.features);
  for (std::size_t i = 0; i < exercise.labels.size(); ++i) {
    float* image = images.data<float>() + i * kPixels;
    for (std::size_t p = 0; p < kPixels; ++p) image[p] = static_cast<float>(random.uniform(-1, 1));
    image[0] = static_cast<float>(i);
    std::copy_n(&exercise.examples[i * features], features, image + 1);
  }
  return images;
}

/// What is in the records of both functions.
void add_record(const Exercise& exercise, std::int64_t most_calls, std::int64_t most_seen,
                arrays::ArraySpecs& outputs) {
  const std::int64_t classes = exercise.classes;
  const std::int64_t features = exercise.features;
  const arrays::DimSpec calls{0, most_calls};
  outputs["call_sizes"] = {DType::kI64, {calls}};
  outputs["call_modes"] = {DType::kI64, {calls}};
  outputs["call_weights"] = {DType::kF32, {calls, {classes, classes}, {features, features}}};
  outputs["call_biases"] = {DType::kF32, {calls, {classes, classes}}};
  outputs["seen"] = {DType::kI64, {{0, most_seen}}};
  outputs["weight_after"] = arrays::exactly(DType::kF32, {classes, features});
  outputs["bias_after"] = arrays::exactly(DType::kF32, {classes});
  outputs["frozen_after"] = arrays::exactly(DType::kF32, {classes});
  outputs["shared_state"] = arrays::exactly(DType::kI64, {5});
}

/// @param passes  how often a program may well look at each example.
CaseData recorded(int examples, int batch_size, int passes, worlds::Random& random) {
  const Exercise exercise =
      first_success("p2.training", [&] { return draw_exercise(examples, random); });
  CaseData data;
  data.inputs["images"] = images_of(exercise, random);
  data.inputs["labels"] = Array::of(exercise.labels);
  data.inputs["weight"] =
      Array::copy_of(exercise.weight.data(), {exercise.classes, exercise.features});
  data.inputs["bias"] = Array::of(exercise.bias);
  data.inputs["training_shift"] = Array::of(exercise.shift);
  data.inputs["batch_size"] = Array::scalar<std::int64_t>(batch_size);
  data.inputs["seed"] = Array::scalar<std::int64_t>(random.integer(1, 1'000'000));
  // A call an example: who takes no batches.
  const std::int64_t most = 2LL * passes * examples;
  add_record(exercise, most, most, data.outputs);
  return data;
}

}  // namespace

CaseData training(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.training", params);
  const int examples = parameters.integer("examples", 2, 100);
  const int batch_size = parameters.integer("batch_size", 1, 100);
  const int epochs = parameters.integer("epochs", 0, 5);
  const bool told = parameters.boolean("told");
  parameters.finish();
  worlds::Random random(seed, "p2.training");
  CaseData data = recorded(examples, batch_size, epochs + 2, random);
  data.inputs["epochs"] = Array::scalar<std::int64_t>(epochs);
  data.inputs["learning_rate"] = Array::scalar(random.uniform(0.05, 0.2));
  data.inputs["momentum"] = Array::scalar(random.uniform(0.5, 0.9));
  data.inputs["told"] = Array::scalar<std::int64_t>(told ? 1 : 0);
  for (const std::string prefix : {"", "told_"}) {
    data.outputs[prefix + "losses"] = {DType::kF64, {{0, 1000}}};
    data.outputs[prefix + "accuracies"] = {DType::kF64, {{0, 1000}}};
  }
  data.outputs["told_epochs"] = {DType::kI64, {{0, 1000}}};
  data.outputs["told_calls"] = {DType::kI64, {{0, 1000}}};
  return data;
}

CaseData testing(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.testing", params);
  const int examples = parameters.integer("examples", 2, 100);
  const int batch_size = parameters.integer("batch_size", 1, 100);
  parameters.finish();
  worlds::Random random(seed, "p2.testing");
  CaseData data = recorded(examples, batch_size, 2, random);
  data.outputs["loss"] = arrays::exactly(DType::kF64, {});
  data.outputs["accuracy"] = arrays::exactly(DType::kF64, {});
  return data;
}

}  // namespace pset3::cases::p2
