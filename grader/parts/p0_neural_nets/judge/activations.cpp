#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/closeness.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"

namespace pset3::judge::p0 {
namespace {

/// In the order of Activation.
constexpr std::array<const char*, 3> kActivations = {"sigmoid", "tanh", "relu"};
constexpr double kFar = 100.0;   ///< from here on only stability is asked for
constexpr double kLimit = 40.0;  ///< here sigmoid and tanh are within 1e-17 of their limits

/// What a case returned, found by the name of its array.
struct Returned {
  std::string name;
  Activation activation = Activation::kSigmoid;
  bool is_derivative = false;
  Tensor values;
};

Returned returned_in(const CaseView& view) {
  for (std::size_t i = 0; i < kActivations.size(); ++i) {
    for (const bool is_derivative : {false, true}) {
      const std::string name = std::string(kActivations[i]) + (is_derivative ? "_derivative" : "");
      if (view.outputs.count(name) == 0) continue;
      return {name, static_cast<Activation>(i), is_derivative, tensor_of(view.outputs, name)};
    }
  }
  throw std::logic_error("this case returns no activation");
}

/// The name behind its argument: the index alone says little of an element-by-element function.
CaseFinding with_argument(CaseFinding finding, const std::string& name, const Tensor& z,
                          const Tensor& expected, const Tensor& got, const std::string& why) {
  if (finding.verdict != Verdict::kFailed) return finding;
  std::size_t worst = 0;
  double largest = -1.0;
  for (std::size_t i = 0; i < z.values.size(); ++i) {
    const double error = std::abs(expected.values[i] - got.values[i]);
    if (error > largest) {
      largest = error;
      worst = i;
    }
  }
  const NumberPair numbers = told_apart(expected.values[worst], got.values[worst]);
  const std::string call = fmt::format("{}({})", name, number(z.values[worst]));
  finding.expected = call + " = " + numbers.expected + why;
  finding.got = call + " = " + numbers.got;
  return finding;
}

/// sigmoid' = s (1 − s), tanh' = 1 − t², relu' = [r > 0], with the student's own s, t and r.
/// Whoever returns the same everywhere has no activation to follow.
bool follows_own_activation(const CaseView& view, const Returned& returned, double relative) {
  if (own_array(view.outputs, "activation") == nullptr) return false;
  const Tensor own = tensor_of(view.outputs, "own_activation");
  const auto [least, most] = std::minmax_element(own.values.begin(), own.values.end());
  if (*most - *least < 1e-3) return false;
  Tensor derivative = own;
  for (double& a : derivative.values) {
    if (returned.activation == Activation::kSigmoid) a = a * (1.0 - a);
    if (returned.activation == Activation::kTanh) a = 1.0 - a * a;
    if (returned.activation == Activation::kRelu) a = a > 0.0 ? 1.0 : 0.0;
  }
  if (close(derivative, returned.values, relative)) return true;
  return returned.activation == Activation::kSigmoid &&
         own_array(view.outputs, "mirrored") != nullptr &&
         close(product(own, tensor_of(view.outputs, "own_mirrored")), returned.values, relative);
}

/// By differences; the ReLU's at 0 is taken as it came where it is allowed.
Tensor derivative_at(const Tensor& z, const Returned& returned) {
  constexpr double kStep = 1e-5;
  Tensor expected = z;
  for (std::size_t i = 0; i < z.values.size(); ++i) {
    const double at = z.values[i];
    const double got = returned.values.values[i];
    if (returned.activation == Activation::kRelu && at == 0.0) {
      expected.values[i] = std::clamp(got, 0.0, 1.0);
      continue;
    }
    const double above = at + kStep;
    const double below = at - kStep;
    expected.values[i] =
        (activated(returned.activation, above) - activated(returned.activation, below)) /
        (above - below);
  }
  return expected;
}

/// What the function has come to at ±40 but for 1e-17.
double right_limit(const Returned& returned, double sign) {
  return returned.is_derivative ? 0.0 : activated(returned.activation, sign * kLimit);
}

/// The value that came back for ±40.
double at_limit(const Tensor& z, const Tensor& values, double sign) {
  for (std::size_t i = 0; i < z.values.size(); ++i) {
    if (z.values[i] == sign * kLimit) return values.values[i];
  }
  throw std::logic_error("this case has no limit to compare with");
}

/// One number for every argument, or the argument itself: finite, and nothing of the function.
bool is_no_answer(const Tensor& z, const Returned& returned) {
  const auto& values = returned.values.values;
  const bool constant = std::all_of(values.begin(), values.end(),
                                    [&](double value) { return value == values.front(); });
  return (constant && !returned.is_derivative) || values == z.values;
}

}  // namespace

CaseFinding judge_activation(const CaseView& view) {
  const Tensor z = tensor_of(view.inputs, "z");
  if (view.outputs.count("softmax") > 0) {
    return compare({{"softmax(z)", softmax(z), tensor_of(view.outputs, "softmax")}},
                   relative_tolerance(view));
  }
  const Returned returned = returned_in(view);
  const Tensor expected = applied(z, [&](double x) { return activated(returned.activation, x); });
  return with_argument(
      compare({{returned.name, expected, returned.values}}, relative_tolerance(view)),
      returned.name, z, expected, returned.values, "");
}

CaseFinding judge_stability(const CaseView& view) {
  const Returned returned = returned_in(view);
  const Tensor z = tensor_of(view.inputs, "z");
  const double tolerance = relative_tolerance(view);
  if (is_no_answer(z, returned)) {
    return blocked("p0.b.values", "an activation", "the same number, or the argument, everywhere");
  }
  bool wrong_at_limit = false;
  for (std::size_t i = 0; i < z.values.size(); ++i) {
    if (std::abs(z.values[i]) < kFar) continue;
    const double sign = z.values[i] < 0.0 ? -1.0 : 1.0;
    const double limit = at_limit(z, returned.values, sign);
    // What is wrong at 40 already is scored where it shows first.
    if (!close(right_limit(returned, sign), limit, tolerance)) {
      wrong_at_limit = true;
      continue;
    }
    if (close(limit, returned.values.values[i], tolerance)) continue;
    const NumberPair numbers = told_apart(limit, returned.values.values[i]);
    return failed(fmt::format("{}({}) = {}, which your function gives at {}", returned.name,
                              number(z.values[i]), numbers.expected, sign * kLimit),
                  numbers.got);
  }
  const std::string expected = "the limits, and finite numbers";
  if (wrong_at_limit) {
    return blocked(returned.is_derivative ? "p0.b.derivatives" : "p0.b.values", expected,
                   fmt::format("a limit that is wrong at {} already", kLimit));
  }
  return passed(expected, "the same");
}

CaseFinding judge_derivative(const CaseView& view) {
  const Returned returned = returned_in(view);
  if (!returned.is_derivative) throw std::logic_error("this case returns no derivative");
  const Tensor z = tensor_of(view.inputs, "z");
  const Tensor expected = derivative_at(z, returned);
  const double relative = difference_tolerance(view);
  CaseFinding finding = compare({{returned.name, expected, returned.values}}, relative);
  if (finding.verdict == Verdict::kPassed) return finding;
  if (follows_own_activation(view, returned, relative)) {
    return passed("the derivative of your own " +
                      std::string(kActivations[static_cast<std::size_t>(returned.activation)]),
                  "the same");
  }
  return with_argument(std::move(finding), returned.name, z, expected, returned.values,
                       ", by differences");
}

Sketch sketch_derivative(const CaseView& view) {
  const Returned returned = returned_in(view);
  const Tensor z = tensor_of(view.inputs, "z");
  arrays::Arrays outputs = {{returned.name, get(view.outputs, returned.name)}};
  for (std::size_t i = 0; i < z.values.size(); ++i) {
    // What may be anything tells nothing.
    if (returned.activation != Activation::kRelu || z.values[i] != 0.0) continue;
    outputs.at(returned.name).data<double>()[i] = 0.0;
  }
  return sketch_arrays({view.check, view.inputs, view.expected, outputs});
}

}  // namespace pset3::judge::p0
