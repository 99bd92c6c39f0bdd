#include "grader/judge/checks.hpp"

#include <algorithm>
#include <cmath>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/t0_tiny/judge/checks.hpp"

namespace pset3::judge::t0 {
namespace {

using arrays::Array;

CaseFinding judge_number(const CaseView& view, double got, double expected) {
  const double error = std::abs(got - expected) / std::max(1.0, std::abs(expected));
  const bool near = error <= view.check.tolerance.at("relative").get<double>();
  if (near) return passed(number(expected), number(got));
  return failed(number(expected), number(got));
}

CaseFinding judge_mean(const CaseView& view) {
  return judge_number(view, arrays::get(view.outputs, "mean").item<double>(),
                      arrays::get(view.expected, "mean").item<double>());
}

/// Around the student's own mean, right or wrong.
CaseFinding judge_variance(const CaseView& view) {
  const Array& values = arrays::get(view.inputs, "values");
  const double mean = arrays::get(view.outputs, "mean").item<double>();
  double sum = 0.0;
  for (std::size_t i = 0; i < values.element_count(); ++i) {
    sum += std::pow(values.data<double>()[i] - mean, 2);
  }
  return judge_number(view, arrays::get(view.outputs, "variance").item<double>(),
                      sum / static_cast<double>(values.element_count()));
}

}  // namespace

Checks checks() {
  return {{"t0.mean", {judge_mean, sketch_arrays}},
          {"t0.variance", {judge_variance, sketch_arrays}}};
}

}  // namespace pset3::judge::t0
