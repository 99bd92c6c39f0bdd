#include "tests/tiny_part/grader/parts/t0_tiny/judge/checks.hpp"

#include <cmath>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/parameters.hpp"
#include "grader/worlds/random.hpp"

namespace pset3::tiny_part {
namespace {

using arrays::Array;
using arrays::DType;

judge::CaseFinding judge_number(const judge::CaseView& view, double got, double expected) {
  const double error = std::abs(got - expected) / std::max(1.0, std::abs(expected));
  const bool near = error <= view.check.tolerance.at("relative").get<double>();
  if (near) return judge::passed(judge::number(expected), judge::number(got));
  return judge::failed(judge::number(expected), judge::number(got));
}

judge::CaseFinding judge_mean(const judge::CaseView& view) {
  return judge_number(view, arrays::get(view.outputs, "mean").item<double>(),
                      arrays::get(view.expected, "mean").item<double>());
}

/// Around the student's own mean, right or wrong.
judge::CaseFinding judge_variance(const judge::CaseView& view) {
  const Array& values = arrays::get(view.inputs, "values");
  const double mean = arrays::get(view.outputs, "mean").item<double>();
  double sum = 0.0;
  for (std::size_t i = 0; i < values.element_count(); ++i) {
    sum += std::pow(values.data<double>()[i] - mean, 2);
  }
  return judge_number(view, arrays::get(view.outputs, "variance").item<double>(),
                      sum / static_cast<double>(values.element_count()));
}

cases::CaseData numbers(const nlohmann::json& params, std::uint64_t seed) {
  cases::Parameters parameters("t0", params);
  const int count = parameters.integer("count", 1, 10'000);
  parameters.finish();
  worlds::Random random(seed, "t0");
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) values.push_back(random.uniform(3.0, 30.0));
  cases::CaseData data;
  data.inputs["values"] = Array::of(values);
  data.outputs["mean"] = arrays::exactly(DType::kF64, {});
  return data;
}

cases::CaseData numbers_for_variance(const nlohmann::json& params, std::uint64_t seed) {
  cases::CaseData data = numbers(params, seed);
  data.outputs["variance"] = arrays::exactly(DType::kF64, {});
  return data;
}

}  // namespace

judge::Checks checks() {
  return {{"t0.mean", {judge_mean, judge::sketch_arrays}},
          {"t0.variance", {judge_variance, judge::sketch_arrays}}};
}

cases::Generators generators() {
  return {{"t0.for_mean", numbers}, {"t0.for_variance", numbers_for_variance}};
}

}  // namespace pset3::tiny_part
