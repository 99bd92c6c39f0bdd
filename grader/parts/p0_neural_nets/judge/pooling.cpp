#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"
#include "grader/parts/p0_neural_nets/judge/refusals.hpp"
#include "grader/parts/p0_neural_nets/judge/volumes.hpp"

namespace pset3::judge::p0 {
namespace {

constexpr std::array<const char*, 3> kPoolings = {"max_pool", "average_pool", "l2_pool"};

struct Pooled {
  Tensor input;
  Window window;
};

Pooled pooled_in(const arrays::Arrays& inputs) {
  return {
      tensor_of(inputs, "input"),
      {get(inputs, "size").item<std::int64_t>(), get(inputs, "stride").item<std::int64_t>(), 0}};
}

using Place = std::array<std::int64_t, 3>;

/// The places of a window whose value is its largest.
std::vector<Place> maxima_of(const Pooled& given, std::int64_t y, std::int64_t x, std::int64_t c) {
  const Window& window = given.window;
  std::vector<Place> maxima;
  double largest = -INFINITY;
  for (std::int64_t i = 0; i < window.size; ++i) {
    for (std::int64_t j = 0; j < window.size; ++j) {
      const Place place = {y * window.stride + i, x * window.stride + j, c};
      const double value = given.input(place[0], place[1], place[2]);
      if (value > largest) maxima.clear();
      if (value >= largest) maxima.push_back(place);
      largest = std::max(largest, value);
    }
  }
  return maxima;
}

template <typename Function>
void for_each_window(const Tensor& output_gradient, Function function) {
  for (std::int64_t y = 0; y < output_gradient.size(0); ++y) {
    for (std::int64_t x = 0; x < output_gradient.size(1); ++x) {
      for (std::int64_t c = 0; c < output_gradient.size(2); ++c) function(y, x, c);
    }
  }
}

bool has_ties(const Pooled& given, const Tensor& output_gradient) {
  bool ties = false;
  for_each_window(output_gradient, [&](std::int64_t y, std::int64_t x, std::int64_t c) {
    ties = ties || maxima_of(given, y, x, c).size() > 1;
  });
  return ties;
}

/// What the maxima of a window got together, and whether each got a share of it.
struct Shares {
  double sum = 0.0;
  bool all_between = true;
};

Shares shares_of(const Tensor& got, const std::vector<Place>& maxima, double gradient) {
  Shares shares;
  for (const Place& place : maxima) {
    const double share = got(place[0], place[1], place[2]);
    shares.sum += share;
    const double part = gradient == 0.0 ? share : share / gradient;
    shares.all_between = shares.all_between && part >= -1e-9 && part <= 1.0 + 1e-9;
  }
  return shares;
}

/// The gradient split as it came where that is a right split, else all of it at the first maximum.
Tensor split_gradient(const Pooled& given, const Tensor& output_gradient, const Tensor& got,
                      double relative) {
  if (given.window.stride < given.window.size) {
    throw std::logic_error("equal maxima in windows that overlap cannot be told apart");
  }
  Tensor expected(given.input.shape);
  for_each_window(output_gradient, [&](std::int64_t y, std::int64_t x, std::int64_t c) {
    const double gradient = output_gradient(y, x, c);
    const std::vector<Place> maxima = maxima_of(given, y, x, c);
    const Shares shares = shares_of(got, maxima, gradient);
    const bool right = shares.all_between && close(gradient, shares.sum, relative);
    for (const Place& place : maxima) {
      double& cell = expected(place[0], place[1], place[2]);
      cell = right ? got(place[0], place[1], place[2]) : (&place == &maxima.front() ? gradient : 0);
    }
  });
  return expected;
}

}  // namespace

CaseFinding judge_pooling(const CaseView& view) {
  if (auto finding = judge_refusals(view)) return *finding;
  const Pooled given = pooled_in(view.inputs);
  for (std::size_t i = 0; i < kPoolings.size(); ++i) {
    if (view.outputs.count(kPoolings[i]) == 0) continue;
    const Tensor expected = pool(static_cast<Pooling>(i), given.input, given.window);
    if (auto finding = shape_trouble(view, kPoolings[i], expected.shape, expected.shape)) {
      return *finding;
    }
    return compare({{kPoolings[i], expected, tensor_of(view.outputs, kPoolings[i])}},
                   relative_tolerance(view));
  }
  throw std::logic_error("this case returns no pooled volume");
}

CaseFinding judge_max_pool_backward(const CaseView& view) {
  const Pooled given = pooled_in(view.inputs);
  const Tensor output_gradient = tensor_of(view.inputs, "output_gradient");
  if (auto finding =
          shape_trouble(view, "input_gradient", given.input.shape, output_gradient.shape)) {
    return *finding;
  }
  const Tensor got = tensor_of(view.outputs, "input_gradient");
  const double relative = difference_tolerance(view);
  if (has_ties(given, output_gradient)) {
    return compare(
        {{"d loss / d input", split_gradient(given, output_gradient, got, relative), got}},
        relative, ", or split among equal maxima");
  }
  return compare({compared_gradient("input", given.input, got,
                                    [&](const Tensor& input) {
                                      return dot(pool(Pooling::kMax, input, given.window),
                                                 output_gradient);
                                    })},
                 relative, ", by differences");
}

/// With equal maxima: what each window's maxima got together, and what other places got.
Sketch sketch_max_pool_backward(const CaseView& view) {
  const Pooled given = pooled_in(view.inputs);
  const Tensor output_gradient = tensor_of(view.inputs, "output_gradient");
  if (get(view.outputs, "input_gradient").shape() != given.input.shape ||
      !has_ties(given, output_gradient)) {
    return sketch_results(view);
  }
  Tensor rest = tensor_of(view.outputs, "input_gradient");
  Tensor sums(output_gradient.shape);
  for_each_window(output_gradient, [&](std::int64_t y, std::int64_t x, std::int64_t c) {
    for (const Place& place : maxima_of(given, y, x, c)) {
      double& cell = rest(place[0], place[1], place[2]);
      sums(y, x, c) += cell;
      cell = 0.0;
    }
  });
  const arrays::Arrays outputs = {{"rest", arrays::Array::copy_of(rest.values.data(), rest.shape)},
                                  {"sums", arrays::Array::copy_of(sums.values.data(), sums.shape)}};
  return sketch_arrays({view.check, view.inputs, view.expected, outputs});
}

CaseFinding judge_flatten(const CaseView& view) {
  Tensor expected = tensor_of(view.inputs, "input");
  expected.shape = {static_cast<std::int64_t>(expected.values.size())};
  return compare({{"flat", expected, tensor_of(view.outputs, "flat")}}, relative_tolerance(view));
}

}  // namespace pset3::judge::p0
