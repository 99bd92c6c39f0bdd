#include "grader/parts/p0_neural_nets/judge/closeness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p0_neural_nets/judge/refusals.hpp"

namespace pset3::judge::p0 {
namespace {

constexpr double kSmallestScale = 1e-3;

double allowed_difference(const Tensor& expected, double relative) {
  return relative * std::max(largest_magnitude(expected), kSmallestScale);
}

struct Worst {
  std::size_t position = 0;
  std::size_t wrong = 0;  ///< how many values differ too much
  double excess = 0.0;    ///< the largest difference in allowed ones
};

Worst worst_of(const Compared& array, double relative) {
  const double allowed = allowed_difference(array.expected, relative);
  Worst worst;
  for (std::size_t i = 0; i < array.expected.values.size(); ++i) {
    const double error = std::abs(array.expected.values[i] - array.got.values[i]);
    if (error <= allowed) continue;
    ++worst.wrong;
    if (error / allowed <= worst.excess) continue;
    worst.excess = error / allowed;
    worst.position = i;
  }
  return worst;
}

std::string how_many(const Compared& array, const Worst& worst) {
  const std::size_t count = array.expected.values.size();
  if (count == 1) return array.name + " is wrong";
  return fmt::format("{}: {} of {} values {} wrong", array.name, worst.wrong, count,
                     worst.wrong == 1 ? "is" : "are");
}

}  // namespace

double tolerance_of(const CaseView& view, const char* key, double otherwise) {
  return view.check.tolerance.is_object() ? view.check.tolerance.value(key, otherwise) : otherwise;
}

double relative_tolerance(const CaseView& view) { return tolerance_of(view, "relative", 1e-9); }

double difference_tolerance(const CaseView& view) {
  return tolerance_of(view, "differences", 1e-6);
}

bool close(const Tensor& expected, const Tensor& got, double relative) {
  return expected.shape == got.shape && worst_of({"", expected, got}, relative).wrong == 0;
}

bool close(double expected, double got, double relative) {
  return std::abs(expected - got) <= relative * std::max(std::abs(expected), kSmallestScale);
}

CaseFinding compare(const std::vector<Compared>& arrays, double relative, const std::string& why) {
  const Compared* farthest = nullptr;
  Worst worst;
  std::string detail;
  for (const Compared& array : arrays) {
    if (array.expected.shape != array.got.shape) {
      return wrong_shape(array.name, array.expected.shape, array.got.shape);
    }
    const Worst here = worst_of(array, relative);
    if (here.wrong == 0) continue;
    detail += (detail.empty() ? "" : "; ") + how_many(array, here);
    if (farthest != nullptr && here.excess <= worst.excess) continue;
    farthest = &array;
    worst = here;
  }
  if (farthest == nullptr) return passed("as the definition says" + why, "the same");
  const std::string place = farthest->name + index_text(farthest->expected.shape, worst.position);
  const NumberPair numbers =
      told_apart(farthest->expected.values[worst.position], farthest->got.values[worst.position]);
  return failed(place + " = " + numbers.expected + why, place + " = " + numbers.got, detail);
}

Compared compared_gradient(const std::string& of, const Tensor& at, const Tensor& got,
                           const std::function<double(const Tensor&)>& loss) {
  return {"d loss / d " + of, central_differences(at, loss), got};
}

std::string index_text(const Shape& shape, std::size_t position) {
  if (shape.empty()) return "";
  std::string text;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const auto size = static_cast<std::size_t>(shape[axis]);
    text = fmt::format("{}{}{}", position % size, text.empty() ? "" : ", ", text);
    position /= size;
  }
  return "[" + text + "]";
}

std::string shape_text(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

NumberPair told_apart(double expected, double got) {
  NumberPair numbers = {number(expected), number(got)};
  if (numbers.expected == numbers.got) {
    numbers = {fmt::format("{:.15g}", expected), fmt::format("{:.15g}", got)};
  }
  return numbers;
}

CaseFinding wrong_shape(const std::string& name, const Shape& expected, const Shape& got) {
  CaseFinding finding =
      failed(name + " of shape " + shape_text(expected), "shape " + shape_text(got));
  finding.verdict = Verdict::kInvalidOutput;
  return finding;
}

Sketch sketch_results(const CaseView& view) {
  if (view.outputs.count("answer") > 0) return sketch_refusals(view);
  arrays::Arrays results;
  for (const auto& [name, array] : view.outputs) {
    if (name.rfind("own_", 0) != 0) results.emplace(name, array);
  }
  return sketch_arrays({view.check, view.inputs, view.expected, results});
}

}  // namespace pset3::judge::p0
