#include "grader/parts/p2_representation_learning/judge/layers.hpp"

#include <algorithm>

namespace pset3::judge::p2 {
namespace {

std::size_t size_at(const arrays::Array& array, std::size_t axis) {
  return static_cast<std::size_t>(array.shape()[axis]);
}

/// Adds one kernel's answer to one input channel.
void add_filtered(const double* from, std::size_t side, const float* kernel, std::size_t width,
                  double* to) {
  const auto n = static_cast<std::ptrdiff_t>(side);
  const auto k = static_cast<std::ptrdiff_t>(width);
  for (std::ptrdiff_t ky = 0; ky < k; ++ky) {
    for (std::ptrdiff_t kx = 0; kx < k; ++kx) {
      const double weight = kernel[ky * k + kx];
      const std::ptrdiff_t dy = ky - k / 2;
      const std::ptrdiff_t dx = kx - k / 2;
      const std::ptrdiff_t first_x = std::max<std::ptrdiff_t>(0, -dx);
      const std::ptrdiff_t last_x = std::min(n, n - dx);
      for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, -dy); y < std::min(n, n - dy); ++y) {
        for (std::ptrdiff_t x = first_x; x < last_x; ++x) {
          to[y * n + x] += weight * from[(y + dy) * n + x + dx];
        }
      }
    }
  }
}

}  // namespace

Maps example_of(const arrays::Array& batch, std::size_t index) {
  Maps maps;
  maps.channels = size_at(batch, 1);
  if (batch.shape().size() == 4) maps.side = size_at(batch, 2);
  const std::size_t count = maps.channels * maps.side * maps.side;
  const float* values = batch.data<float>() + index * count;
  maps.values.assign(values, values + count);
  return maps;
}

Maps convolved(const Maps& maps, const std::string& name, const arrays::Arrays& weights) {
  const arrays::Array& kernels = get(weights, name + ".weight");
  const auto* bias = get(weights, name + ".bias").data<float>();
  const std::size_t width = size_at(kernels, 2);
  const std::size_t pixels = maps.side * maps.side;
  Maps result{size_at(kernels, 0), maps.side, {}};
  for (std::size_t o = 0; o < result.channels; ++o) {
    result.values.insert(result.values.end(), pixels, bias[o]);
    for (std::size_t i = 0; i < maps.channels; ++i) {
      const float* kernel = kernels.data<float>() + (o * maps.channels + i) * width * width;
      add_filtered(&maps.values[i * pixels], maps.side, kernel, width, &result.values[o * pixels]);
    }
  }
  return result;
}

Maps rectified(Maps maps) {
  for (double& value : maps.values) value = std::max(value, 0.0);
  return maps;
}

Maps pooled(const Maps& maps) {
  const std::size_t half = maps.side / 2;
  Maps result{maps.channels, half, {}};
  for (std::size_t c = 0; c < maps.channels; ++c) {
    for (std::size_t y = 0; y < half; ++y) {
      for (std::size_t x = 0; x < half; ++x) {
        const double* corner = &maps.values[(c * maps.side + 2 * y) * maps.side + 2 * x];
        result.values.push_back(
            std::max({corner[0], corner[1], corner[maps.side], corner[maps.side + 1]}));
      }
    }
  }
  return result;
}

Maps linear(const Maps& maps, const std::string& name, const arrays::Arrays& weights) {
  const arrays::Array& weight = get(weights, name + ".weight");
  const auto* bias = get(weights, name + ".bias").data<float>();
  Maps result{size_at(weight, 0), 1, {}};
  for (std::size_t o = 0; o < result.channels; ++o) {
    double sum = bias[o];
    const float* row = weight.data<float>() + o * maps.values.size();
    for (std::size_t i = 0; i < maps.values.size(); ++i) sum += row[i] * maps.values[i];
    result.values.push_back(sum);
  }
  return result;
}

}  // namespace pset3::judge::p2
