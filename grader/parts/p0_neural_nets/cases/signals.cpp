// Signals, and the geometry of windows that fit or do not.

#include <algorithm>
#include <array>

#include "grader/parts/p0_neural_nets/cases/drawing.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"

namespace pset3::cases::p0 {
namespace {

using arrays::Array;
using arrays::DType;

struct SignalSizes {
  Shape f;
  Shape g;
  Shape convolved() const { return {f[0] + g[0] - 1, f[1] + g[1] - 1}; }
};

SignalSizes signal_sizes(const char* generator, Parameters& parameters) {
  const SignalSizes sizes = {
      {parameters.integer("rows", 1, 30), parameters.integer("columns", 1, 30)},
      {parameters.integer("kernel_rows", 1, 30), parameters.integer("kernel_columns", 1, 30)}};
  parameters.finish();
  require_different(generator, {sizes.f[0], sizes.f[1]});
  require_different(generator, {sizes.f[1], sizes.g[0]});
  require_different(generator, {sizes.g[0], sizes.g[1]});
  return sizes;
}

/// Height, width, channels, filter size, filters, stride, padding.
using Geometry = std::array<std::int64_t, 7>;

Geometry fitting_geometry(worlds::Random& random) {
  Geometry g{};
  do {
    g[3] = random.integer(1, 7);
    g[5] = random.integer(1, 4);
    g[6] = random.integer(0, 3);
    const auto places = two_different(1, 9, random);
    for (std::size_t axis = 0; axis < 2; ++axis) {
      g[axis] = (places[axis] - 1) * g[5] + g[3] - 2 * g[6];
    }
  } while (g[0] < 1 || g[1] < 1);
  const auto depths = two_different(1, 20, random);
  g[2] = depths[0];
  g[4] = depths[1];
  return g;
}

/// The filter is larger than the padded volume along the height, the width or both, and fits along
/// the other axis: by a whole stride (no place is left, and no remainder either) or by any number.
Geometry too_large(std::int64_t which, worlds::Random& random) {
  Geometry g{};
  std::int64_t excess = 0;
  do {
    g = fitting_geometry(random);
    excess = which % 2 == 0 ? g[5] : random.integer(1, 3);
  } while (g[3] - 2 * g[6] - excess < 1);
  for (std::size_t axis = 0; axis < 2; ++axis) {
    if (which % 3 != static_cast<std::int64_t>(axis)) g[axis] = g[3] - 2 * g[6] - excess;
  }
  return g;
}

/// @param kind 0: the filter is too large, 1 to 3: the stride does not divide along the height, the
///             width, both.
/// @param which  numbers the geometries of a kind.
Geometry misfit_geometry(std::int64_t kind, std::int64_t which, worlds::Random& random) {
  if (kind == 0) return too_large(which, random);
  Geometry g = fitting_geometry(random);
  while (g[5] == 1) g = fitting_geometry(random);
  const auto off = [&] { return random.integer(1, static_cast<int>(g[5]) - 1); };
  if (kind != 2) g[0] += off();
  if (kind != 1) g[1] += off();
  return g;
}

Geometry geometry_at(std::int64_t i, const std::string& kind, worlds::Random& random) {
  const bool fits = kind == "fit" || (kind == "mixed" && i % 2 == 0);
  if (fits) return fitting_geometry(random);
  const std::int64_t number = kind == "mixed" ? i / 2 : i;
  return misfit_geometry(number % 4, number / 4, random);
}

}  // namespace

CaseData signals(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.signals", params);
  const SignalSizes sizes = signal_sizes("p0.signals", parameters);
  worlds::Random random(seed, "p0.signals");
  CaseData data;
  data.inputs["f"] = away_from_zero(sizes.f, 0.1, 2.0, random);
  data.inputs["g"] = away_from_zero(sizes.g, 0.1, 2.0, random);
  expect_arguments_kept(data);
  expect_exactly(data, "convolved", sizes.convolved());
  return data;
}

CaseData signal_properties(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.signal_properties", params);
  const SignalSizes sizes = signal_sizes("p0.signal_properties", parameters);
  worlds::Random random(seed, "p0.signal_properties");
  CaseData data;
  data.inputs["f"] = away_from_zero(sizes.f, 0.1, 2.0, random);
  data.inputs["h"] = away_from_zero(sizes.f, 0.1, 2.0, random);
  data.inputs["g"] = away_from_zero(sizes.g, 0.1, 2.0, random);
  data.inputs["factor"] = Array::scalar(-random.uniform(1.2, 2.5));
  const auto shift = two_different(1, 3, random);
  data.inputs["shift"] = Array::of(shift);
  const Shape result = sizes.convolved();
  for (const char* name : {"of_f", "of_h", "of_sum", "of_f_again"}) {
    expect_about(data, name, result);
  }
  expect_about(data, "of_shifted", {result[0] + 2 * shift[0], result[1] + 2 * shift[1]});
  return data;
}

CaseData geometries(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.geometries", params);
  const std::int64_t count = parameters.integer("count", 4, 500);
  const std::string kind = parameters.choice("kind", {"fit", "misfit", "mixed"});
  parameters.finish();
  worlds::Random random(seed, "p0.geometries");
  Array geometry(DType::kI64, {count, 7});
  for (std::int64_t i = 0; i < count; ++i) {
    const Geometry row = geometry_at(i, kind, random);
    std::copy(row.begin(), row.end(), geometry.data<std::int64_t>() + 7 * i);
  }
  CaseData data;
  data.inputs["geometry"] = std::move(geometry);
  data.outputs["shape"] = arrays::exactly(DType::kI64, {count, 3});
  data.outputs["refused"] = arrays::exactly(DType::kBool, {count});
  data.outputs["message"] = arrays::exactly(DType::kI64, {count});
  return data;
}

CaseData misfits(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.misfits", params);
  const std::int64_t count = parameters.integer("count", 4, 100);
  const bool padded = parameters.choice("padding", {"none", "any"}) == "any";
  parameters.finish();
  worlds::Random random(seed, "p0.misfits");
  Array geometry(DType::kI64, {count, 7});
  for (std::int64_t i = 0; i < count; ++i) {
    Geometry row = misfit_geometry(i % 4, i / 4, random);
    while (!padded && row[6] > 0) row = misfit_geometry(i % 4, i / 4, random);
    std::copy(row.begin(), row.end(), geometry.data<std::int64_t>() + 7 * i);
  }
  CaseData data;
  data.inputs["geometry"] = std::move(geometry);
  data.outputs["answer"] = arrays::exactly(DType::kI64, {count});
  data.outputs["own_answer"] = arrays::exactly(DType::kI64, {count});
  return data;
}

}  // namespace pset3::cases::p0
