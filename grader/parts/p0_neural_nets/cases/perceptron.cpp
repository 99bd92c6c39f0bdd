#include <cmath>
#include <optional>

#include "grader/parts/p0_neural_nets/cases/drawing.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"
#include "grader/parts/tries.hpp"

namespace pset3::cases::p0 {
namespace {

using arrays::Array;
using arrays::DType;
using Row = std::vector<double>;

double score(const Row& weights, double bias, const double* x) {
  double sum = bias;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * x[i];
  return sum;
}

Row eighths(int count, worlds::Random& random) {
  Row row;
  for (int i = 0; i < count; ++i) row.push_back(eighth(3.875, random));
  return row;
}

/// A power of two, so that products with it are exact; not 1, so that it shows.
double learning_rate(worlds::Random& random) { return std::ldexp(1.0, -random.integer(1, 3)); }

struct Sample {
  Row weights;
  Row input;
  double bias = 0.0;
};

/// @param rate  0 for samples that are right: they lie close to the line, so that it matters where
///              the answer changes; else the weights' step alone changes the answer, so that it
///              matters when the perceptron is asked.
std::optional<Sample> draw_sample(int dimensions, double wanted_sign, double rate,
                                  worlds::Random& random) {
  Sample sample = {eighths(dimensions, random), eighths(dimensions, random), 0.0};
  if (wanted_sign == 0.0) {
    sample.bias = -score(sample.weights, 0.0, sample.input.data());
    if (sample.bias == 0.0) return std::nullopt;
    return sample;
  }
  if (rate == 0.0) {
    const double close = 0.125 * random.integer(1, 3);
    sample.bias = wanted_sign * close - score(sample.weights, 0.0, sample.input.data());
    return sample;
  }
  sample.bias = eighth(3.875, random);
  const double value = score(sample.weights, sample.bias, sample.input.data());
  if (wanted_sign * value < 0.5) return std::nullopt;
  const double square = score(sample.input, 0.0, sample.input.data());
  if (rate * square <= wanted_sign * value) return std::nullopt;
  return sample;
}

struct Points {
  Row values;
  std::vector<std::int64_t> targets;
};

/// What training from zero meets, in the definition's own words.
struct Course {
  std::int64_t epochs = 0;
  bool converged = false;
  bool missed_ones = false;
  bool missed_zeros = false;
  /// The first epoch with as many ones missed as zeros; 0 where there is none.
  std::int64_t cancels_in = 0;
};

Course train(const Points& points, int dimensions, double rate, int max_epochs) {
  Course course;
  Row weights(static_cast<std::size_t>(dimensions), 0.0);
  double bias = 0.0;
  while (course.epochs < max_epochs && !course.converged) {
    course.converged = true;
    ++course.epochs;
    std::int64_t sum = 0;
    for (std::size_t n = 0; n < points.targets.size(); ++n) {
      const double* x = points.values.data() + n * weights.size();
      const std::int64_t said = score(weights, bias, x) > 0.0 ? 1 : 0;
      const std::int64_t error = points.targets[n] - said;
      if (error == 0) continue;
      course.converged = false;
      sum += error;
      (error > 0 ? course.missed_ones : course.missed_zeros) = true;
      for (std::size_t i = 0; i < weights.size(); ++i) {
        weights[i] += rate * static_cast<double>(error) * x[i];
      }
      bias += rate * static_cast<double>(error);
    }
    if (!course.converged && sum == 0 && course.cancels_in == 0) course.cancels_in = course.epochs;
  }
  return course;
}

/// @param with_origin  whether the first point is the origin, of class 1: it is wrong at first, and
///                     correcting it moves the bias alone.
std::optional<Points> draw_points(int samples, int dimensions, bool separable, bool with_origin,
                                  double rate, int max_epochs, worlds::Random& random) {
  const Row normal = eighths(dimensions, random);
  const double offset = eighth(2.0, random);
  Points points;
  while (points.targets.size() < static_cast<std::size_t>(samples)) {
    const bool is_origin = with_origin && points.targets.empty();
    const Row x =
        is_origin ? Row(static_cast<std::size_t>(dimensions), 0.0) : eighths(dimensions, random);
    if (is_origin && offset < 1.0) return std::nullopt;
    const double side = score(normal, offset, x.data());
    if (separable && std::abs(side) < 1.0) continue;
    points.values.insert(points.values.end(), x.begin(), x.end());
    points.targets.push_back(separable ? (side > 0.0 ? 1 : 0) : random.integer(0, 1));
  }
  const Course course = train(points, dimensions, rate, max_epochs);
  // Whoever adds up the signed errors stops there, and not next to the right end.
  const bool cancels_early = course.cancels_in > 0 && course.cancels_in + 2 <= course.epochs;
  if (max_epochs >= 4 && !cancels_early) return std::nullopt;
  if (!separable) return course.converged ? std::nullopt : std::optional(points);
  const bool long_enough =
      max_epochs < 4 ? !course.converged
                     : course.converged && course.epochs >= 3 && course.epochs < max_epochs;
  if (!long_enough) return std::nullopt;
  if (!course.missed_ones || !course.missed_zeros) return std::nullopt;
  return points;
}

}  // namespace

CaseData perceptron_sample(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.perceptron_sample", params);
  const int dimensions = parameters.integer("dimensions", 2, 50);
  const std::string situation = parameters.choice(
      "situation",
      {"says_0_should_say_1", "says_1_should_say_0", "right_0", "right_1", "on_the_line"});
  parameters.finish();
  const bool says_one = situation == "says_1_should_say_0" || situation == "right_1";
  const double sign = situation == "on_the_line" ? 0.0 : says_one ? 1.0 : -1.0;
  const bool right = situation == "right_0" || situation == "right_1";
  const std::int64_t target = says_one == right ? 1 : 0;

  worlds::Random random(seed, "p0.perceptron_sample");
  const double rate = learning_rate(random);
  const Sample sample = first_success("p0.perceptron_sample", [&] {
    return draw_sample(dimensions, sign, right ? 0.0 : rate, random);
  });
  CaseData data;
  data.inputs["weights"] = Array::of(sample.weights);
  data.inputs["bias"] = Array::scalar(sample.bias);
  data.inputs["input"] = Array::of(sample.input);
  data.inputs["target"] = Array::scalar(target);
  data.inputs["learning_rate"] = Array::scalar(rate);
  expect_arguments_kept(data);
  expect_exactly(data, "weights", {dimensions});
  expect_exactly(data, "bias", {});
  return data;
}

CaseData perceptron_data(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.perceptron_data", params);
  const int samples = parameters.integer("samples", 4, 200);
  const int dimensions = parameters.integer("dimensions", 2, 20);
  const int max_epochs = parameters.integer("max_epochs", 1, 100);
  const std::string kind =
      parameters.choice("kind", {"separable", "not_separable", "separable_with_the_origin"});
  parameters.finish();

  worlds::Random random(seed, "p0.perceptron_data");
  const double rate = learning_rate(random);
  const Points points = first_success("p0.perceptron_data " + params.dump(), [&] {
    return draw_points(samples, dimensions, kind != "not_separable",
                       kind == "separable_with_the_origin", rate, max_epochs, random);
  });
  CaseData data;
  data.inputs["inputs"] = Array::copy_of(points.values.data(), {samples, dimensions});
  data.inputs["targets"] = Array::of(points.targets);
  data.inputs["learning_rate"] = Array::scalar(rate);
  data.inputs["max_epochs"] = Array::scalar<std::int64_t>(max_epochs);
  expect_arguments_kept(data);
  expect_exactly(data, "weights", {dimensions});
  expect_exactly(data, "bias", {});
  // An epoch too many is for the judge to tell.
  data.outputs["mistakes"] = {DType::kI64, {{0, max_epochs + 10}}};
  for (const char* way : {"by_changes", "by_predictions"}) {
    expect_own(data, way, {dimensions + 1});
    data.outputs[std::string("own_") + way + "_mistakes"] = {DType::kI64, {{0, max_epochs}}};
  }
  return data;
}

}  // namespace pset3::cases::p0
