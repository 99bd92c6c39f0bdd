// Volumes and the windows that slide over them; the list of all generators.

#include <algorithm>
#include <array>
#include <optional>

#include "grader/parts/p0_neural_nets/cases/drawing.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"
#include "grader/parts/tries.hpp"

namespace pset3::cases::p0 {
namespace {

using arrays::Array;
using arrays::DType;

struct Sliding {
  std::int64_t window = 1;
  std::int64_t stride = 1;
  std::int64_t padding = 0;

  std::int64_t places(std::int64_t size) const {
    return (size - window + 2 * padding) / stride + 1;
  }
  std::int64_t size_for(std::int64_t count) const {
    return (count - 1) * stride + window - 2 * padding;
  }
};

/// A height and a width that fit and differ, with 2 to 4 places more than padding alone would give.
Shape fitting_sizes(const Sliding& sliding, worlds::Random& random) {
  std::int64_t fewest = 2;
  while (sliding.size_for(fewest) < 2) ++fewest;
  const auto counts = two_different(static_cast<int>(fewest), static_cast<int>(fewest) + 2, random);
  return {sliding.size_for(counts[0]), sliding.size_for(counts[1])};
}

/// Whether the function is called for other volumes first, which the adapter makes.
bool has_earlier_calls(Parameters& parameters) {
  return parameters.optional_choice("earlier", {"nothing", "other_volumes"}) == "other_volumes";
}

/// The output's shape; the arrays of a convolution's case but for the values.
void ask_convolution(CaseData& data, bool backward, const Sliding& sliding,
                     worlds::Random& random) {
  const Shape input = data.inputs.at("input").shape();
  const Shape filters = data.inputs.at("filters").shape();
  const Shape output = {sliding.places(input[0]), sliding.places(input[1]), filters[3]};
  data.inputs["stride"] = Array::scalar(sliding.stride);
  data.inputs["padding"] = Array::scalar(sliding.padding);
  expect_own_shape(data);
  expect_arguments_kept(data);
  if (backward) {
    data.inputs["output_gradient"] = away_from_zero(output, 0.1, 1.0, random);
    expect_about(data, "input_gradient", input);
    expect_about(data, "filters_gradient", filters);
    data.outputs["bias_gradient"] = {DType::kF64, {{0, 3 * filters[3] + 16}}};
    if (data.inputs.count("bias") > 0) {
      expect_own(data, "output", {output[0], output[1] * output[2]});
    }
    return;
  }
  expect_about(data, "output", output);
  const Sliding dense = {sliding.window, 1, sliding.padding};
  expect_own(data, "dense", {dense.places(input[0]), dense.places(input[1]) * filters[3]});
}

/// x[:,:,c] of the slides, without the border of zeros.
constexpr std::array<std::array<const char*, 5>, 3> kSlidesVolume = {{
    {"12001", "22010", "22121", "01102", "21021"},
    {"02001", "11022", "01102", "12020", "02010"},
    {"22100", "21001", "02221", "12102", "21111"},
}};
/// w1[:,:,c] of the slides.
constexpr std::array<std::array<int, 9>, 3> kSlidesFilter = {{
    {0, 0, 1, 1, 1, 0, 0, 0, 0},
    {1, 0, 0, 1, -1, 1, -1, 0, 0},
    {-1, 1, 0, 0, -1, 1, 1, 0, -1},
}};

Array slides_volume(std::int64_t border) {
  const std::int64_t size = 5 + 2 * border;
  Array volume(DType::kF64, {size, size, 3});
  for (std::int64_t c = 0; c < 3; ++c) {
    for (std::int64_t row = 0; row < 5; ++row) {
      for (std::int64_t column = 0; column < 5; ++column) {
        const char digit =
            kSlidesVolume[static_cast<std::size_t>(c)][static_cast<std::size_t>(row)][column];
        volume.data<double>()[((row + border) * size + column + border) * 3 + c] = digit - '0';
      }
    }
  }
  return volume;
}

Array slides_filters(worlds::Random& random) {
  Array filters(DType::kF64, {3, 3, 3, 2});
  for (std::size_t place = 0; place < 9; ++place) {
    for (std::size_t c = 0; c < 3; ++c) {
      double* both = filters.data<double>() + (place * 3 + c) * 2;
      both[0] = random.integer(-1, 1);
      both[1] = kSlidesFilter[c][place];
    }
  }
  return filters;
}

/// Values at least 0.01 apart from −1 to 1 and a bit, the first channel's all negative.
Array distinct_values(const Shape& shape, worlds::Random& random) {
  Array array(DType::kF64, shape);
  const auto count = static_cast<std::int64_t>(array.element_count());
  const std::vector<std::int64_t> ranks = shuffled(count, random);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto rank = static_cast<double>(ranks[static_cast<std::size_t>(i)]);
    const double below =
        i % shape[2] == 0 ? static_cast<double>(count) : 0.5 * static_cast<double>(count);
    array.data<double>()[i] = 0.03 * (rank - below) - 0.005 - random.uniform(0.0, 0.01);
  }
  return array;
}

Array equal_values(const Shape& shape, worlds::Random& random) {
  Array array(DType::kF64, shape);
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    array.data<double>()[i] = 0.5 * random.integer(-1, 1);
  }
  return array;
}

}  // namespace

CaseData volume(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.volume", params);
  const std::int64_t size = parameters.integer("filter", 1, 7);
  const std::int64_t in = parameters.integer("in", 1, 16);
  const std::int64_t out = parameters.integer("filters", 1, 16);
  const Sliding sliding = {size, parameters.integer("stride", 1, 4),
                           parameters.integer("padding", 0, 3)};
  const bool backward = parameters.choice("direction", {"forward", "backward"}) == "backward";
  const bool earlier = has_earlier_calls(parameters);
  parameters.finish();
  require_different("p0.volume", {in, out});

  worlds::Random random(seed, "p0.volume");
  const Shape sizes = fitting_sizes(sliding, random);
  CaseData data;
  data.inputs["input"] = away_from_zero({sizes[0], sizes[1], in}, 0.1, 2.0, random);
  data.inputs["filters"] = away_from_zero({size, size, in, out}, 0.1, 1.0, random);
  // As behind a ReLU. A pixel of 0 has a gradient like any other.
  if (backward) set_some_to_zero(data.inputs.at("input"), random);
  if (earlier) data.inputs["earlier"] = Array::scalar(true);
  if (!backward || earlier || sliding.padding >= size) {
    data.inputs["bias"] = away_from_zero({out}, 0.5, 2.0, random);
  }
  ask_convolution(data, backward, sliding, random);
  return data;
}

CaseData slides(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.slides", params);
  const bool asked_for =
      parameters.choice("padding", {"in_the_volume", "asked_for"}) == "asked_for";
  parameters.finish();
  worlds::Random random(seed, "p0.slides");
  CaseData data;
  data.inputs["input"] = slides_volume(asked_for ? 0 : 1);
  data.inputs["filters"] = slides_filters(random);
  data.inputs["bias"] = Array::of(std::vector<double>{1.0, 0.0});
  ask_convolution(data, false, {3, 2, asked_for ? 1 : 0}, random);
  return data;
}

CaseData pooling(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.pooling", params);
  const std::string function =
      parameters.choice("function", {"max_pool", "average_pool", "l2_pool", "max_pool_backward"});
  const Sliding sliding = {parameters.integer("size", 1, 5), parameters.integer("stride", 1, 4), 0};
  const std::int64_t channels = parameters.integer("channels", 1, 8);
  const bool ties = parameters.choice("kind", {"distinct", "ties"}) == "ties";
  const bool earlier = has_earlier_calls(parameters);
  parameters.finish();
  if (ties && sliding.stride < sliding.window) {
    throw InputError("generator p0.pooling: windows with ties may not overlap; give a stride of " +
                     std::to_string(sliding.window) + " or more");
  }

  worlds::Random random(seed, "p0.pooling");
  const Shape sizes = fitting_sizes(sliding, random);
  const Shape input = {sizes[0], sizes[1], channels};
  const Shape output = {sliding.places(input[0]), sliding.places(input[1]), channels};
  CaseData data;
  data.inputs["input"] = ties ? equal_values(input, random) : distinct_values(input, random);
  if (earlier) data.inputs["earlier"] = Array::scalar(true);
  data.inputs["size"] = Array::scalar(sliding.window);
  data.inputs["stride"] = Array::scalar(sliding.stride);
  expect_own_shape(data);
  expect_arguments_kept(data);
  if (function == "max_pool_backward") {
    data.inputs["output_gradient"] = away_from_zero(output, 0.1, 1.0, random);
    expect_about(data, "input_gradient", input);
  } else {
    expect_about(data, function, output);
  }
  return data;
}

CaseData flatten(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p0.flatten", params);
  const Shape shape = {parameters.integer("height", 1, 30), parameters.integer("width", 1, 30),
                       parameters.integer("channels", 1, 30)};
  parameters.finish();
  require_different("p0.flatten", {shape[0], shape[1], shape[2]});
  worlds::Random random(seed, "p0.flatten");
  CaseData data;
  data.inputs["input"] = away_from_zero(shape, 0.1, 2.0, random);
  expect_arguments_kept(data);
  expect_exactly(data, "flat", {shape[0] * shape[1] * shape[2]});
  return data;
}

Generators generators() {
  return {{"p0.perceptron_sample", perceptron_sample},
          {"p0.perceptron_data", perceptron_data},
          {"p0.activation", activation},
          {"p0.loss", loss},
          {"p0.layer", layer},
          {"p0.mlp", mlp},
          {"p0.spiral", spiral},
          {"p0.signals", signals},
          {"p0.signal_properties", signal_properties},
          {"p0.geometries", geometries},
          {"p0.misfits", misfits},
          {"p0.volume", volume},
          {"p0.slides", slides},
          {"p0.pooling", pooling},
          {"p0.flatten", flatten}};
}

}  // namespace pset3::cases::p0
