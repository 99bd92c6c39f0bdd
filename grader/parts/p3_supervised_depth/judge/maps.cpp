#include "grader/parts/p3_supervised_depth/judge/maps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace pset3::judge::p3 {
namespace {

constexpr std::size_t kWindow = 11;
constexpr double kDeviation = 1.5;
constexpr double kC1 = 0.01 * 0.01;
constexpr double kC2 = 0.03 * 0.03;

using WindowWeights = std::array<double, kWindow>;

WindowWeights window() {
  WindowWeights weights{};
  for (std::size_t i = 0; i < kWindow; ++i) {
    const double offset = static_cast<double>(i) - (kWindow - 1) / 2.0;
    weights[i] = std::exp(-offset * offset / (2.0 * kDeviation * kDeviation));
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  return weights;
}

/// What a window sees of two maps.
struct Moments {
  double a = 0.0;
  double b = 0.0;
  double aa = 0.0;
  double bb = 0.0;
  double ab = 0.0;
};

Moments moments_at(const DepthMaps& a, const DepthMaps& b, std::size_t corner,
                   const WindowWeights& weights) {
  Moments sum;
  for (std::size_t y = 0; y < kWindow; ++y) {
    for (std::size_t x = 0; x < kWindow; ++x) {
      const double weight = weights[y] * weights[x];
      const double value_a = a.values[corner + y * a.width + x];
      const double value_b = b.values[corner + y * a.width + x];
      sum.a += weight * value_a;
      sum.b += weight * value_b;
      sum.aa += weight * value_a * value_a;
      sum.bb += weight * value_b * value_b;
      sum.ab += weight * value_a * value_b;
    }
  }
  return sum;
}

double similarity_of(const Moments& m) {
  const double covariance = m.ab - m.a * m.b;
  const double variances = m.aa - m.a * m.a + m.bb - m.b * m.b;
  return (2.0 * m.a * m.b + kC1) / (m.a * m.a + m.b * m.b + kC1) * (2.0 * covariance + kC2) /
         (variances + kC2);
}

/// The next value minus this one; 0 for the last.
double step(const DepthMaps& maps, std::size_t place, std::size_t next, bool is_last) {
  return is_last ? 0.0 : maps.values[next] - maps.values[place];
}

}  // namespace

DepthMaps maps_of(const arrays::Array& array) {
  const auto& shape = array.shape();
  const float* values = array.data<float>();
  return {static_cast<std::size_t>(shape.at(0)),
          static_cast<std::size_t>(shape.at(1)),
          static_cast<std::size_t>(shape.at(2)),
          static_cast<std::size_t>(shape.at(3)),
          {values, values + array.element_count()}};
}

std::vector<double> depth_losses(const DepthMaps& predicted, const DepthMaps& truth) {
  const std::size_t pixels = truth.height * truth.width;
  std::vector<double> losses(truth.batch * pixels);
  for (std::size_t b = 0; b < truth.batch; ++b) {
    for (std::size_t c = 0; c < truth.channels; ++c) {
      for (std::size_t p = 0; p < pixels; ++p) {
        const bool last_row = p / truth.width + 1 == truth.height;
        const bool last_column = p % truth.width + 1 == truth.width;
        const std::size_t place = truth.place(b, c, 0, 0) + p;
        const double down = step(predicted, place, place + truth.width, last_row) -
                            step(truth, place, place + truth.width, last_row);
        const double right = step(predicted, place, place + 1, last_column) -
                             step(truth, place, place + 1, last_column);
        losses[b * pixels + p] +=
            (std::abs(down) + std::abs(right)) / static_cast<double>(truth.channels);
      }
    }
  }
  return losses;
}

double similarity(const DepthMaps& a, const DepthMaps& b) {
  const WindowWeights weights = window();
  double sum = 0.0;
  std::size_t count = 0;
  for (std::size_t map = 0; map < a.batch * a.channels; ++map) {
    for (std::size_t y = 0; y + kWindow <= a.height; ++y) {
      for (std::size_t x = 0; x + kWindow <= a.width; ++x, ++count) {
        const std::size_t corner = (map * a.height + y) * a.width + x;
        sum += similarity_of(moments_at(a, b, corner, weights));
      }
    }
  }
  return sum / static_cast<double>(count);
}

double mean_difference(const DepthMaps& predicted, const DepthMaps& truth) {
  double sum = 0.0;
  for (std::size_t i = 0; i < truth.values.size(); ++i) {
    sum += std::abs(predicted.values[i] - truth.values[i]);
  }
  return sum / static_cast<double>(truth.values.size());
}

NetLoss net_loss(const DepthMaps& predicted, const DepthMaps& truth) {
  return {std::clamp((1.0 - similarity(predicted, truth)) / 2.0, 0.0, 1.0),
          mean(depth_losses(predicted, truth)), mean_difference(predicted, truth)};
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace pset3::judge::p3
