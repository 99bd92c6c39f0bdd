#include "grader/parts/p0_neural_nets/judge/definitions.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace pset3::judge::p0 {
namespace {

double log_sum_exp(const Tensor& logits, std::int64_t row) {
  double largest = logits(row, 0);
  for (std::int64_t k = 1; k < logits.size(1); ++k) largest = std::max(largest, logits(row, k));
  double sum = 0.0;
  for (std::int64_t k = 0; k < logits.size(1); ++k) sum += std::exp(logits(row, k) - largest);
  return largest + std::log(sum);
}

/// What one output adds to the loss of its sample.
double loss_term(LossKind kind, double p, double t) {
  switch (kind) {
    case LossKind::kSquaredError:
      return (p - t) * (p - t);
    case LossKind::kBinaryCrossEntropy:
      return -(t * std::log(p) + (1.0 - t) * std::log(1.0 - p));
    case LossKind::kCrossEntropy:
      return -t * std::log(p);
    case LossKind::kSoftmaxCrossEntropy:
      break;  // no sum over outputs that know nothing of each other
  }
  throw std::logic_error("this loss has no terms");
}

}  // namespace

double sigmoid(double z) { return 1.0 / (1.0 + std::exp(-z)); }

double relu(double z) { return z > 0.0 ? z : 0.0; }

double activated(Activation activation, double z) {
  if (activation == Activation::kSigmoid) return sigmoid(z);
  return activation == Activation::kTanh ? std::tanh(z) : relu(z);
}

double activation_derivative(Activation activation, double z) {
  if (activation == Activation::kRelu) return z > 0.0 ? 1.0 : 0.0;
  const double a = activated(activation, z);
  return activation == Activation::kSigmoid ? a * (1.0 - a) : 1.0 - a * a;
}

Tensor softmax(const Tensor& logits) {
  Tensor result = logits;
  for (std::int64_t n = 0; n < logits.size(0); ++n) {
    const double log_sum = log_sum_exp(logits, n);
    for (std::int64_t k = 0; k < logits.size(1); ++k) {
      result(n, k) = std::exp(logits(n, k) - log_sum);
    }
  }
  return result;
}

double loss_value(LossKind kind, const Tensor& predictions, const Tensor& targets) {
  double sum = 0.0;
  for (std::int64_t n = 0; n < predictions.size(0); ++n) {
    const bool of_logits = kind == LossKind::kSoftmaxCrossEntropy;
    const double log_sum = of_logits ? log_sum_exp(predictions, n) : 0.0;
    for (std::int64_t k = 0; k < predictions.size(1); ++k) {
      const double t = targets(n, k);
      sum += of_logits ? t * (log_sum - predictions(n, k)) : loss_term(kind, predictions(n, k), t);
    }
  }
  return sum / static_cast<double>(predictions.size(0));
}

Tensor convolve_signals(const Tensor& f, const Tensor& g) {
  Tensor result({f.size(0) + g.size(0) - 1, f.size(1) + g.size(1) - 1});
  for (std::int64_t x = 0; x < result.size(0); ++x) {
    for (std::int64_t y = 0; y < result.size(1); ++y) {
      for (std::int64_t n1 = 0; n1 < f.size(0); ++n1) {
        for (std::int64_t n2 = 0; n2 < f.size(1); ++n2) {
          const std::int64_t i = x - n1;
          const std::int64_t j = y - n2;
          if (i < 0 || i >= g.size(0) || j < 0 || j >= g.size(1)) continue;
          result(x, y) += f(n1, n2) * g(i, j);
        }
      }
    }
  }
  return result;
}

std::optional<std::array<std::int64_t, 2>> places(std::int64_t height, std::int64_t width,
                                                  const Window& window) {
  std::array<std::int64_t, 2> result{};
  const std::array<std::int64_t, 2> sizes = {height, width};
  for (std::size_t axis = 0; axis < 2; ++axis) {
    const std::int64_t room = sizes[axis] - window.size + 2 * window.padding;
    if (room < 0 || room % window.stride != 0) return std::nullopt;
    result[axis] = room / window.stride + 1;
  }
  return result;
}

Tensor convolution_layer(const Tensor& input, const Tensor& filters, const Tensor& bias,
                         std::int64_t stride, std::int64_t padding) {
  const std::int64_t size = filters.size(0);
  const auto shape = places(input.size(0), input.size(1), {size, stride, padding}).value();
  Tensor output({shape[0], shape[1], filters.size(3)});
  const auto sum_at = [&](std::int64_t y, std::int64_t x, std::int64_t k) {
    double sum = bias(k);
    for (std::int64_t i = 0; i < size; ++i) {
      for (std::int64_t j = 0; j < size; ++j) {
        const std::int64_t row = y * stride + i - padding;
        const std::int64_t column = x * stride + j - padding;
        if (row < 0 || row >= input.size(0) || column < 0 || column >= input.size(1)) continue;
        for (std::int64_t c = 0; c < input.size(2); ++c) {
          sum += input(row, column, c) * filters(i, j, c, k);
        }
      }
    }
    return sum;
  };
  for (std::int64_t y = 0; y < shape[0]; ++y) {
    for (std::int64_t x = 0; x < shape[1]; ++x) {
      for (std::int64_t k = 0; k < filters.size(3); ++k) output(y, x, k) = sum_at(y, x, k);
    }
  }
  return output;
}

Tensor pool(Pooling pooling, const Tensor& input, const Window& window) {
  const auto shape = places(input.size(0), input.size(1), window).value();
  Tensor output({shape[0], shape[1], input.size(2)});
  const auto value_at = [&](std::int64_t y, std::int64_t x, std::int64_t c) {
    double largest = input(y * window.stride, x * window.stride, c);
    double sum = 0.0;
    double squares = 0.0;
    for (std::int64_t i = 0; i < window.size; ++i) {
      for (std::int64_t j = 0; j < window.size; ++j) {
        const double value = input(y * window.stride + i, x * window.stride + j, c);
        largest = std::max(largest, value);
        sum += value;
        squares += value * value;
      }
    }
    if (pooling == Pooling::kMax) return largest;
    const auto count = static_cast<double>(window.size * window.size);
    return pooling == Pooling::kAverage ? sum / count : std::sqrt(squares);
  };
  for (std::int64_t y = 0; y < shape[0]; ++y) {
    for (std::int64_t x = 0; x < shape[1]; ++x) {
      for (std::int64_t c = 0; c < input.size(2); ++c) output(y, x, c) = value_at(y, x, c);
    }
  }
  return output;
}

}  // namespace pset3::judge::p0
