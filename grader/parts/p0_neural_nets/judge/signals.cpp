#include <cmath>
#include <numeric>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/closeness.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"

namespace pset3::judge::p0 {
namespace {

/// factor · a + b
Tensor sum_of(const Tensor& a, double factor, const Tensor& b) {
  Tensor result = a;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    result.values[i] = factor * a.values[i] + b.values[i];
  }
  return result;
}

Tensor moved(const Tensor& signal, const Shape& frame, std::int64_t rows, std::int64_t columns) {
  Tensor result(frame);
  for (std::int64_t i = 0; i < signal.size(0); ++i) {
    for (std::int64_t j = 0; j < signal.size(1); ++j) {
      result(i + rows, j + columns) = signal(i, j);
    }
  }
  return result;
}

double total(const Tensor& tensor) {
  return std::accumulate(tensor.values.begin(), tensor.values.end(), 0.0);
}

double size_of_sums(const Tensor& f, const Tensor& g) {
  const auto sizes = [](double sum, double value) { return sum + std::abs(value); };
  return std::accumulate(f.values.begin(), f.values.end(), 0.0, sizes) *
         std::accumulate(g.values.begin(), g.values.end(), 0.0, sizes);
}

}  // namespace

CaseFinding judge_signals(const CaseView& view) {
  return compare(
      {{"f * g", convolve_signals(tensor_of(view.inputs, "f"), tensor_of(view.inputs, "g")),
        tensor_of(view.outputs, "convolved")}},
      relative_tolerance(view));
}

CaseFinding judge_properties(const CaseView& view) {
  const Tensor of_f = tensor_of(view.outputs, "of_f");
  const Tensor of_h = tensor_of(view.outputs, "of_h");
  const Tensor of_sum = tensor_of(view.outputs, "of_sum");
  const Tensor of_shifted = tensor_of(view.outputs, "of_shifted");
  const Tensor f = tensor_of(view.inputs, "f");
  const Tensor g = tensor_of(view.inputs, "g");
  const std::int64_t* shift = get(view.inputs, "shift").data<std::int64_t>();
  const Shape right = {f.size(0) + g.size(0) - 1, f.size(1) + g.size(1) - 1};
  const Shape framed = {right[0] + 2 * shift[0], right[1] + 2 * shift[1]};
  if (of_f.shape != right || of_h.shape != right || of_sum.shape != right ||
      of_shifted.shape != framed) {
    return blocked("p0.e.signals", "a result of shape " + shape_text(right),
                   "shape " + shape_text(of_f.shape));
  }
  const double relative = relative_tolerance(view);
  // Zeros are linear too: what is said of both signals has to depend on both.
  if (std::abs(total(of_f) - total(f) * total(g)) > relative * size_of_sums(f, g)) {
    return blocked("p0.e.signals",
                   "values of f * g that add up to " + number(total(f) * total(g)) +
                       ", the sum of f times the sum of g",
                   "a sum of " + number(total(of_f)));
  }
  const double factor = get(view.inputs, "factor").item<double>();
  CaseFinding finding =
      compare({{"f * g, asked for again,", of_f, tensor_of(view.outputs, "of_f_again")}}, relative,
              ", as the first time");
  if (finding.verdict != Verdict::kPassed) return finding;
  finding = compare({{"(c f + h) * g", sum_of(of_f, factor, of_h), of_sum}}, relative,
                    " = c (f * g) + h * g");
  if (finding.verdict != Verdict::kPassed) return finding;
  return compare({{"(f moved) * g", moved(of_f, framed, shift[0], shift[1]), of_shifted}}, relative,
                 ", f * g moved as far");
}

}  // namespace pset3::judge::p0
