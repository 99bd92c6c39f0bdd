#include "grader/parts/p4_unsupervised_depth/cases/generators.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "grader/parts/parameters.hpp"
#include "grader/worlds/block_world.hpp"
#include "grader/worlds/random.hpp"

namespace pset3::cases::p4 {
namespace {

using arrays::Array;
using arrays::DType;
using Shape = std::vector<std::int64_t>;

arrays::ArraySpec any(DType dtype, std::vector<arrays::DimSpec> shape) {
  return {dtype, std::move(shape)};
}

/// Values in one row and their shape, as many as `most`.
void add_output(const std::string& name, std::int64_t most, arrays::ArraySpecs& outputs) {
  outputs[name] = any(DType::kF32, {{0, most}});
  outputs[name + "_shape"] = any(DType::kI64, {{0, 8}});
}

/// What each function that samples may be asked for.
enum class Asked { kSamples, kGradients, kViewGradients, kOwnSampler };

struct SamplingFunction {
  Asked asked;
  bool both_signs;  ///< of the disparity it is given
  double sign;      ///< that it is to give the disparity
};

Array filled(const Shape& shape, const std::function<double(std::size_t)>& value) {
  Array array(DType::kF32, shape);
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    array.data<float>()[i] = static_cast<float>(value(i));
  }
  return array;
}

Array noise(const Shape& shape, worlds::Random& random) {
  return filled(shape, [&](std::size_t) { return random.uniform(0.0, 1.0); });
}

/// A sum of waves along both axes, another one in each channel.
Array smooth(const Shape& shape, worlds::Random& random) {
  const auto width = static_cast<std::size_t>(shape[3]);
  const auto plane = static_cast<std::size_t>(shape[2]) * width;
  const double along = random.uniform(0.15, 0.3);
  const double down = random.uniform(0.1, 0.4);
  const double phase = random.uniform(0.0, 6.0);
  return filled(shape, [=](std::size_t i) {
    const std::size_t plane_index = i / plane;
    const std::size_t row = i % plane / width;
    const auto channel = static_cast<double>(plane_index);
    const auto y = static_cast<double>(row);
    const auto x = static_cast<double>(i % width);
    return 0.5 + 0.3 * std::sin(along * x + phase + channel) + 0.2 * std::cos(down * y - channel);
  });
}

/// Sampled places lie between pixels' centres, whatever of the two conventions is used.
double between_pixels(double largest, std::int64_t width, worlds::Random& random) {
  const auto off_grid = [](double pixels) {
    const double part = std::abs(pixels - std::round(pixels));
    return part > 0.05;
  };
  for (;;) {
    const double share = random.uniform(-largest, largest);
    if (off_grid(share * static_cast<double>(width)) &&
        off_grid(share * static_cast<double>(width - 1))) {
      return share;
    }
  }
}

/// Whether a pixel looks at a place of the picture, whatever of the two conventions is used.
bool stays_inside(std::int64_t x, double share, std::int64_t width) {
  const double place = static_cast<double>(x) + share * static_cast<double>(width);
  return place >= 0.0 && place <= static_cast<double>(width - 1);
}

Array disparities(const std::string& kind, const Shape& shape, const SamplingFunction& function,
                  worlds::Random& random) {
  const std::int64_t width = shape[3];
  if (kind == "zero") return filled(shape, [](std::size_t) { return 0.0; });
  if (kind == "half") return filled(shape, [](std::size_t) { return 0.5; });
  if (kind == "pixels") {
    const auto pixels = static_cast<double>(random.integer(1, static_cast<int>(width) / 3));
    const double sign = function.both_signs && random.integer(0, 1) == 0 ? -1.0 : 1.0;
    return filled(shape, [=](std::size_t) { return sign * pixels / static_cast<double>(width); });
  }
  return filled(shape, [&](std::size_t i) {
    if (kind == "any_and_zero" && random.integer(0, 5) == 0) return 0.0;
    const auto x = static_cast<std::int64_t>(i % static_cast<std::size_t>(width));
    const double share = between_pixels(0.25, width, random);
    const double far = between_pixels(0.95, width, random);
    const bool goes_far = random.integer(0, 4) == 0;
    const double signed_share = function.both_signs ? share : std::abs(share);
    const double signed_far = function.both_signs ? far : std::abs(far);
    return goes_far && stays_inside(x, function.sign * signed_far, width) ? signed_far
                                                                          : signed_share;
  });
}

/// Noise where a value is sampled between the outermost pixels' centres, whatever of the two
/// conventions is used, and 0 elsewhere: what lies beyond the picture is for each to choose.
///
/// @param sign  that the function gives the disparity.
Array weights_inside(const Shape& image, const Array& disparity, double sign,
                     worlds::Random& random) {
  constexpr double kMarginPx = 0.01;  // rounding may put a place on either side of the centre
  const std::int64_t width = image[3];
  const auto plane = static_cast<std::size_t>(image[2] * width);
  const auto channels = static_cast<std::size_t>(image[1]);
  return filled(image, [&](std::size_t i) {
    const double weight = random.uniform(0.0, 1.0);
    const std::size_t pixel = i / plane / channels * plane + i % plane;
    const auto x = static_cast<double>(i % static_cast<std::size_t>(width));
    for (const std::int64_t pixels_of_one : {width, width - 1}) {
      const double shift = sign * static_cast<double>(disparity.data<float>()[pixel]) *
                           static_cast<double>(pixels_of_one);
      const bool inside =
          x + shift >= kMarginPx && x + shift <= static_cast<double>(width - 1) - kMarginPx;
      if (!inside) return 0.0;
    }
    return weight;
  });
}

/// The shape of a picture that a function is called on before.
Shape shape_before(const std::string& kind, const Shape& image) {
  const std::int64_t batch = image[0];
  const std::int64_t channels = image[1];
  const std::int64_t height = image[2];
  const std::int64_t width = image[3];
  if (kind == "height") return {batch, channels, height + 3, width};
  if (kind == "width") return {batch, channels, height, width + 3};
  if (kind == "batch") return {batch + 1, channels + 1, height, width};
  if (kind == "turned") return {batch, channels, width, height};
  if (kind == "small") return {1, 1, 4, 5};
  return image;
}

std::int64_t count_of(const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return count;
}

void add_sampling_outputs(const Shape& image, const Shape& disparity, CaseData& data) {
  data.outputs["image_after"] = arrays::exactly(DType::kF32, image);
  data.outputs["disparity_after"] = data.outputs["own_disparity_after"] =
      arrays::exactly(DType::kF32, disparity);
  data.outputs["written_into"] = arrays::exactly(DType::kI64, {3});
  add_output("output", 4 * count_of(image), data.outputs);
}

void add_gradients(const std::string& prefix, const Shape& image, const Shape& disparity,
                   CaseData& data) {
  data.outputs[prefix + "image_gradient"] = arrays::exactly(DType::kF32, image);
  data.outputs[prefix + "disparity_gradient"] = arrays::exactly(DType::kF32, disparity);
}

const std::map<std::string, SamplingFunction>& sampling_functions() {
  static const std::map<std::string, SamplingFunction> kFunctions = {
      {"bilinear_sampler", {Asked::kSamples, true, 1.0}},
      {"sampler_after_another_call", {Asked::kSamples, true, 1.0}},
      {"sampler_gradients", {Asked::kGradients, true, 1.0}},
      {"generate_image_left", {Asked::kSamples, false, -1.0}},
      {"generate_image_right", {Asked::kSamples, false, 1.0}},
      {"left_gradients", {Asked::kViewGradients, false, -1.0}},
      {"right_gradients", {Asked::kViewGradients, false, 1.0}},
      {"left_by_own_sampler", {Asked::kOwnSampler, false, -1.0}},
      {"right_by_own_sampler", {Asked::kOwnSampler, false, 1.0}},
  };
  return kFunctions;
}

void add_outputs(Asked asked, const Shape& image, const Shape& disparity, CaseData& data) {
  if (asked == Asked::kSamples) add_sampling_outputs(image, disparity, data);
  if (asked == Asked::kGradients) {
    add_gradients("", image, disparity, data);
    data.outputs["finite_on_pixels"] = arrays::exactly(DType::kI64, {});
  }
  if (asked == Asked::kViewGradients) {
    for (const char* prefix : {"", "plus_", "minus_"}) {
      add_gradients(prefix, image, disparity, data);
    }
  }
  std::vector<std::string> pictures;
  if (asked == Asked::kViewGradients) pictures = {"output", "plus", "minus"};
  if (asked == Asked::kOwnSampler) pictures = {"left", "right", "plus", "minus"};
  for (const std::string& name : pictures) add_output(name, 4 * count_of(image), data.outputs);
}

}  // namespace

CaseData flips(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p4.flips", params);
  const std::string function = parameters.choice(
      "function",
      {"random_flip", "random_flip_of_either_form", "flip_twice", "flip_twice_of_either_form"});
  const int batch = parameters.integer("batch", 0, 8);
  Shape shape = {parameters.integer("channels", 1, 4), parameters.integer("height", 2, 64),
                 parameters.integer("width", 2, 64)};
  if (batch > 0) shape.insert(shape.begin(), batch);
  worlds::Random random(seed, "p4.flips");
  CaseData data;
  data.inputs["left"] = noise(shape, random);
  data.inputs["right"] = noise(shape, random);
  if (function.rfind("flip_twice", 0) == 0) {
    add_output("left", 2 * count_of(shape), data.outputs);
    add_output("right", 2 * count_of(shape), data.outputs);
    add_output("left_once", 2 * count_of(shape), data.outputs);
  } else {
    const std::int64_t draws = parameters.integer("draws", 1, 400);
    data.inputs["draws"] = Array::scalar(draws);
    data.inputs["probability"] = Array::scalar(parameters.integer("percent", 0, 100) / 100.0);
    data.inputs["seed"] = Array::scalar<std::int64_t>(random.integer(1, 1'000'000));
    data.outputs["left_after"] = data.outputs["right_after"] = arrays::exactly(DType::kF32, shape);
    data.outputs["written_into"] = arrays::exactly(DType::kI64, {2});
    for (const std::string name : {"lefts", "rights"}) {
      add_output(name, 2 * draws * count_of(shape), data.outputs);
      data.outputs[name + "_sizes"] = arrays::exactly(DType::kI64, {draws});
    }
  }
  parameters.finish();
  return data;
}

CaseData samples(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p4.samples", params);
  const std::string name = parameters.choice(
      "function", {"bilinear_sampler", "sampler_after_another_call", "sampler_gradients",
                   "generate_image_left", "generate_image_right", "left_gradients",
                   "right_gradients", "left_by_own_sampler", "right_by_own_sampler"});
  const SamplingFunction& function = sampling_functions().at(name);
  const int batch = parameters.integer("batch", 1, 8);
  const int channels = parameters.integer("channels", 1, 4);
  const int height = parameters.integer("height", 1, 64);
  const int width = parameters.integer("width", 4, 64);
  const std::string picture = parameters.choice("picture", {"noise", "smooth"});
  const std::string kind =
      parameters.choice("disparity", {"zero", "pixels", "half", "any", "any_and_zero"});
  const bool is_called_before =
      name == "sampler_after_another_call" || function.asked == Asked::kOwnSampler;
  const std::string before =
      is_called_before
          ? parameters.choice("before", {"same", "height", "width", "batch", "turned", "small"})
          : "";
  parameters.finish();
  worlds::Random random(seed, "p4.samples");
  const Shape image = {batch, channels, height, width};
  const Shape disparity = {batch, 1, height, width};
  CaseData data;
  data.inputs["image"] = picture == "noise" ? noise(image, random) : smooth(image, random);
  data.inputs["disparity"] = disparities(kind, disparity, function, random);
  if (is_called_before) data.inputs["before"] = Array::of(shape_before(before, image));
  data.truth["sign"] = Array::scalar(function.sign);
  if (function.asked == Asked::kGradients || function.asked == Asked::kViewGradients) {
    data.inputs["weights"] =
        weights_inside(image, get(data.inputs, "disparity"), function.sign, random);
  }
  add_outputs(function.asked, image, disparity, data);
  return data;
}

CaseData scene(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p4.scene", params);
  const std::string function =
      parameters.choice("function", {"generate_image_left", "generate_image_right"});
  worlds::BlockWorldOptions options;
  options.height = parameters.integer("height", 32, 128);
  options.width = parameters.integer("width", 32, 256);
  parameters.finish();
  worlds::Random random(seed, "p4.scene");
  const worlds::StereoPicture pair =
      worlds::photograph(worlds::random_block_scene(random.next(), options));
  const bool makes_left = function == "generate_image_left";
  const worlds::BlockView& wanted = makes_left ? pair.left : pair.right;
  const worlds::BlockView& given = makes_left ? pair.right : pair.left;
  const std::int64_t height = options.height;
  const std::int64_t width = options.width;
  const auto pixels = static_cast<std::size_t>(height * width);
  CaseData data;
  const Shape image = {1, 3, height, width};
  const Shape disparity = {1, 1, height, width};
  data.inputs["image"] = filled(
      image, [&](std::size_t i) { return given.colour[3 * (i % pixels) + i / pixels] / 255.0; });
  data.inputs["disparity"] = filled(disparity, [&](std::size_t i) {
    return static_cast<double>(wanted.disparity_px[i]) / static_cast<double>(width);
  });
  add_sampling_outputs(image, disparity, data);
  data.truth["view"] = Array::copy_of(wanted.colour.data(), {height, width, 3});
  data.truth["in_both"] = Array(DType::kBool, {height, width});
  for (std::size_t i = 0; i < pixels; ++i) {
    data.truth["in_both"].data<bool>()[i] = wanted.in_both[i] != 0;
  }
  return data;
}

Generators generators() {
  return {
      {"p4.flips", flips}, {"p4.samples", samples}, {"p4.scene", scene}, {"p4.misfits", misfits}};
}

}  // namespace pset3::cases::p4
