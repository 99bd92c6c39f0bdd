#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "grader/pipeline/picture_data.hpp"

namespace pset3::pipeline {
namespace {

using nlohmann::json;

/// Values of one picture, both answers together: 16 bits each, or 8 for images.
constexpr std::size_t kMapValues = 8192;
constexpr std::size_t kImageValues = 18432;
constexpr std::size_t kCurveValues = 2048;
constexpr std::size_t kSlices = 4;

/// An array as slices of rows and columns.
struct Layout {
  std::size_t slices = 1, channels = 1, rows = 1, columns = 1;
  std::size_t slice_stride = 0, channel_stride = 0, row_stride = 0, column_stride = 1;
  std::size_t batch = 1;  ///< slices are items * batch + channel where this is more than 1

  std::size_t at(std::size_t slice, std::size_t channel, std::size_t row,
                 std::size_t column) const {
    return slice * slice_stride + channel * channel_stride + row * row_stride +
           column * column_stride;
  }
};

Layout layout_of(const PictureRule& rule, const std::vector<std::int64_t>& shape) {
  std::vector<std::size_t> sizes(shape.begin(), shape.end());
  Layout layout;
  if (rule.layout == "N" || sizes.size() < 2) {
    layout.columns =
        std::accumulate(sizes.begin(), sizes.end(), std::size_t{1}, std::multiplies<>());
    layout.row_stride = layout.columns;
    return layout;
  }
  if (rule.layout == "HWC" && sizes.size() == 3) {
    layout = {sizes[2], 1, sizes[0], sizes[1], 1, 0, sizes[1] * sizes[2], sizes[2], 1};
    return layout;
  }
  layout.columns = sizes.back();
  layout.rows = sizes[sizes.size() - 2];
  layout.row_stride = layout.columns;
  layout.slice_stride = layout.rows * layout.columns;
  sizes.resize(sizes.size() - 2);
  layout.slices = std::accumulate(sizes.begin(), sizes.end(), std::size_t{1}, std::multiplies<>());
  const std::size_t channels = sizes.empty() ? 1 : sizes.back();
  if (rule.kind == PictureKind::kImage && channels == 3) {
    layout.channels = 3;
    layout.channel_stride = layout.slice_stride;
    layout.slice_stride *= 3;
    layout.slices /= 3;
  } else {
    layout.batch = channels;
  }
  return layout;
}

double error_of(double expected, double got) {
  const double error = std::abs(got - expected);
  return std::isfinite(error) ? error : std::numeric_limits<double>::max();
}

/// Where the answers are farthest apart.
json worst_of(const std::vector<double>& expected, const std::vector<double>& got,
              const std::vector<std::int64_t>& shape) {
  std::size_t worst = 0;
  std::size_t wrong = 0;
  double scale = 0.0;
  for (const double value : expected) scale = std::max(scale, std::abs(value));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (error_of(expected[i], got[i]) > error_of(expected[worst], got[worst])) worst = i;
    wrong += error_of(expected[i], got[i]) > 1e-5 * scale ? 1 : 0;
  }
  if (wrong == 0) return nullptr;
  json index = json::array();
  std::size_t rest = worst;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const auto size = static_cast<std::size_t>(shape[axis]);
    index.insert(index.begin(), rest % size);
    rest /= size;
  }
  return {{"index", index},
          {"expected", fmt::format("{:.6g}", expected[worst])},
          {"got", fmt::format("{:.6g}", got[worst])},
          {"different", wrong},
          {"of", expected.size()}};
}

/// The slices with the largest errors, in their order; none that is right.
std::vector<std::size_t> slices_to_show(const Layout& layout, const std::vector<double>& expected,
                                        const std::vector<double>& got) {
  std::vector<double> errors(layout.slices, 0.0);
  for (std::size_t slice = 0; slice < layout.slices; ++slice) {
    for (std::size_t channel = 0; channel < layout.channels; ++channel) {
      for (std::size_t row = 0; row < layout.rows; ++row) {
        for (std::size_t column = 0; column < layout.columns; ++column) {
          const std::size_t i = layout.at(slice, channel, row, column);
          errors[slice] = std::max(errors[slice], error_of(expected[i], got[i]));
        }
      }
    }
  }
  std::vector<std::size_t> order(layout.slices);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return errors[a] > errors[b]; });
  const auto different = static_cast<std::size_t>(
      std::count_if(errors.begin(), errors.end(), [](double error) { return error > 0.0; }));
  order.resize(std::min({order.size(), kSlices, std::max<std::size_t>(1, different)}));
  std::sort(order.begin(), order.end());
  return order;
}

/// Every `step`-th value of a slice along rows and columns, channels last.
std::vector<double> sampled(const Layout& layout, std::size_t slice, std::size_t step,
                            const std::vector<double>& values) {
  std::vector<double> some;
  for (std::size_t row = 0; row < layout.rows; row += step) {
    for (std::size_t column = 0; column < layout.columns; column += step) {
      for (std::size_t channel = 0; channel < layout.channels; ++channel) {
        some.push_back(values[layout.at(slice, channel, row, column)]);
      }
    }
  }
  return some;
}

std::string label_of(const Layout& layout, const PictureRule& rule, std::size_t slice) {
  if (layout.slices == 1) return "";
  if (rule.layout == "HWC") return fmt::format("channel {}", slice);
  if (layout.batch <= 1) return fmt::format("item {}", slice);
  return fmt::format("item {}, channel {}", slice / layout.batch, slice % layout.batch);
}

/// How far apart the values that are shown lie, so that they fit.
std::size_t step_for(const PictureRule& rule, const Layout& layout, std::size_t slices) {
  const bool image = rule.kind == PictureKind::kImage;
  std::size_t most = image ? kImageValues : kMapValues;
  if (rule.kind == PictureKind::kCurve) most = kCurveValues;
  std::size_t step = 1;
  const auto count = [&] {
    return slices * layout.channels * ((layout.rows + step - 1) / step) *
           ((layout.columns + step - 1) / step);
  };
  while (2 * count() > most) ++step;
  return step;
}

struct Range {
  double low = std::numeric_limits<double>::max();
  double high = std::numeric_limits<double>::lowest();

  void take(const std::vector<double>& values) {
    for (const double value : values) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
};

}  // namespace

json picture_of_planes(const PictureRule& rule, const arrays::Array& expected_array,
                       const arrays::Array& got_array, const std::vector<std::int64_t>& shape,
                       const arrays::Array* before_array) {
  const std::vector<double> expected = numbers_of(expected_array);
  const std::vector<double> got = numbers_of(got_array);
  std::size_t count = 1;
  for (const std::int64_t size : shape)
    count *= static_cast<std::size_t>(std::max<std::int64_t>(size, 0));
  if (count < 2 || expected.size() != count || got.size() != count) return nullptr;
  const json worst = worst_of(expected, got, shape);
  if (worst.is_null()) return nullptr;
  const Layout layout = layout_of(rule, shape);
  const std::vector<std::size_t> slices = slices_to_show(layout, expected, got);
  const std::size_t step = step_for(rule, layout, slices.size());
  const std::vector<double> before =
      before_array == nullptr || before_array->element_count() != count ? std::vector<double>{}
                                                                        : numbers_of(*before_array);
  const bool image = rule.kind == PictureKind::kImage;
  Range range;
  for (const std::size_t slice : slices) {
    range.take(sampled(layout, slice, step, expected));
    range.take(sampled(layout, slice, step, got));
    if (!before.empty()) range.take(sampled(layout, slice, step, before));
  }
  const auto pack = [&](std::size_t slice, const std::vector<double>& values) {
    const std::vector<double> some = sampled(layout, slice, step, values);
    return image ? packed_bytes(some, range.low, range.high) : packed(some, range.low, range.high);
  };
  json list = json::array();
  for (const std::size_t slice : slices) {
    list.push_back({{"label", label_of(layout, rule, slice)},
                    {"expected", pack(slice, expected)},
                    {"got", pack(slice, got)}});
    if (!before.empty()) list.back()["before"] = pack(slice, before);
  }
  const char* kind = image ? "image" : rule.kind == PictureKind::kCurve ? "curve" : "map";
  return {{"kind", kind},
          {"shape", shape},
          {"rows", (layout.rows + step - 1) / step},
          {"columns", (layout.columns + step - 1) / step},
          {"channels", layout.channels},
          {"step", step},
          {"low", range.low},
          {"high", range.high},
          {"slices", list},
          {"slices_left_out", layout.slices - slices.size()},
          {"worst", worst}};
}

}  // namespace pset3::pipeline
