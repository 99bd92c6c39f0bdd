#include "grader/parts/p3_supervised_depth/cases/generators.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "grader/parts/p3_supervised_depth/cases/drawing.hpp"
#include "grader/parts/parameters.hpp"
#include "grader/parts/tries.hpp"

namespace pset3::cases::p3 {
namespace {

using arrays::Array;
using arrays::DType;

arrays::ArraySpec any(DType dtype, std::vector<arrays::DimSpec> shape) {
  return {dtype, std::move(shape)};
}

Array whole_number(std::int64_t value) { return Array::scalar(value); }

/// Values in one row and their shape, as many as `most`.
void add_output(const std::string& name, std::int64_t most, arrays::ArraySpecs& outputs) {
  outputs[name] = any(DType::kF32, {{0, most}});
  outputs[name + "_shape"] = any(DType::kI64, {{0, 8}});
}

double fraction(double value) { return value - std::floor(value); }

struct Split {
  double pct = 0.0;
  double train_share = 0.0;
};

/// No pictures to test, none to train, none at all.
constexpr std::array<Split, 3> kEmptySplits = {{{0.7, 1.0}, {0.7, 0.0}, {0.0, 0.5}}};

/// Where rounding is not cutting off, since both fractions are well above a half, and where the
/// share of a fraction that was not cut off is another number.
Split draw_split(int pictures, worlds::Random& random) {
  return first_success("p3.splits", [&]() -> std::optional<Split> {
    const Split split{random.uniform(0.3, 0.95), random.uniform(0.3, 0.95)};
    const double used = pictures * split.pct;
    const double trains = std::floor(used) * split.train_share;
    const bool tells = fraction(used) > 0.55 && fraction(used) < 0.95 && fraction(trains) > 0.55 &&
                       fraction(trains) < 0.95 &&
                       std::floor(used * split.train_share) > std::floor(trains);
    return tells ? std::optional<Split>(split) : std::nullopt;
  });
}

/// Split number `i` of a case: six that tell, two of whole per cents, the empty ones, and again
/// whole per cents.
Split split_number(int i, int pictures, worlds::Random& random) {
  constexpr int kTelling = 6;
  constexpr int kFirstEmpty = 8;
  if (i < kTelling) return draw_split(pictures, random);
  const auto empty = static_cast<std::size_t>(i - kFirstEmpty);
  if (i >= kFirstEmpty && empty < kEmptySplits.size()) return kEmptySplits.at(empty);
  return {random.integer(0, 100) / 100.0, random.integer(0, 100) / 100.0};
}

/// Depths in [0, 1], of which one in eight is exactly 0, as the background is, whether there was a
/// reading or not.
Array depths_with_background(const Shape& shape, worlds::Random& random) {
  constexpr int kBackgroundIn = 8;
  Array depths(DType::kF32, shape);
  for (std::size_t i = 0; i < depths.element_count(); ++i) {
    const bool background = random.integer(1, kBackgroundIn) == 1;
    depths.data<float>()[i] = background ? 0.0F : static_cast<float>(random.uniform(0.0, 1.0));
  }
  return depths;
}

}  // namespace

CaseData ranges(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.ranges", params);
  const int pictures = parameters.integer("pictures", 10, 200);
  const int count = parameters.integer("ranges", 4, 40);
  parameters.finish();
  worlds::Random random(seed, "p3.ranges");
  std::vector<std::int64_t> begins = {0, random.integer(1, pictures - 1)};
  std::vector<std::int64_t> ends = {pictures, begins[1]};
  while (static_cast<int>(begins.size()) < count) {
    begins.push_back(random.integer(1, pictures - 3));
    ends.push_back(random.integer(static_cast<int>(begins.back()) + 1, pictures - 1));
  }
  CaseData data;
  data.inputs["pictures"] = whole_number(pictures);
  data.inputs["begins"] = Array::of(begins);
  data.inputs["ends"] = Array::of(ends);
  data.outputs["sizes"] = arrays::exactly(DType::kI64, {count});
  data.outputs["items"] = any(DType::kI64, {{0, std::int64_t{count} * pictures}});
  return data;
}

CaseData refusals(const nlohmann::json& params, std::uint64_t) {
  Parameters parameters("p3.refusals", params);
  CaseData data;
  data.inputs["pictures"] = whole_number(parameters.integer("pictures", 10, 200));
  parameters.finish();
  data.outputs["answers"] = arrays::exactly(DType::kI64, {3});
  return data;
}

CaseData splits(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.splits", params);
  const int pictures = parameters.integer("pictures", 10, 200);
  const int count = parameters.integer("splits", 8, 40);
  parameters.finish();
  worlds::Random random(seed, "p3.splits");
  std::vector<double> pct;
  std::vector<double> shares;
  std::vector<std::int64_t> batch_sizes;
  for (int i = 0; i < count; ++i) {
    const Split split = split_number(i, pictures, random);
    pct.push_back(split.pct);
    shares.push_back(split.train_share);
    batch_sizes.push_back(random.integer(1, 30));
  }
  CaseData data;
  data.inputs["pictures"] = whole_number(pictures);
  data.inputs["pct"] = Array::of(pct);
  data.inputs["train_share"] = Array::of(shares);
  data.inputs["batch_size"] = Array::of(batch_sizes);
  for (const std::string which : {"train", "test"}) {
    for (const char* what : {"_sizes", "_batch_sizes", "_shuffled"}) {
      data.outputs[which + what] = arrays::exactly(DType::kI64, {count});
    }
    data.outputs[which + "_items"] = any(DType::kI64, {{0, std::int64_t{count} * pictures}});
  }
  return data;
}

CaseData items(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.items", params);
  const int pictures = parameters.integer("pictures", 4, 20);
  const int height = parameters.integer("height", 2, 64);
  const int width = parameters.integer("width", 2, 64);
  parameters.finish();
  worlds::Random random(seed, "p3.items");
  CaseData data;
  Array colours(DType::kU8, {pictures, 3, height, width});
  for (std::size_t i = 0; i < colours.element_count(); ++i) {
    colours.data<std::uint8_t>()[i] = static_cast<std::uint8_t>(random.integer(0, 255));
  }
  const std::int64_t pixels = std::int64_t{pictures} * height * width;
  data.inputs["colours"] = std::move(colours);
  data.inputs["depths"] = depths_with_background({pictures, 1, height, width}, random);
  data.inputs["valid"] = mask({pictures, 1, height, width}, 10, random);
  // Not from the first picture on: an image and its depths can then be of different ones.
  data.inputs["begin"] = whole_number(pictures / 3);
  data.inputs["end"] = whole_number(pictures);
  data.outputs["size"] = arrays::exactly(DType::kI64, {});
  data.outputs["types_are_right"] = arrays::exactly(DType::kI64, {3});
  add_output("images", 6 * pixels, data.outputs);
  add_output("item_depths", 6 * pixels, data.outputs);
  add_output("item_valid", 6 * pixels, data.outputs);
  return data;
}

CaseData images(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.images", params);
  const int batch = parameters.integer("batch", 1, 8);
  const int height = parameters.integer("height", 32, 128);
  const int width = parameters.integer("width", 32, 128);
  const bool forward = parameters.choice("function", {"forward", "model_gradients"}) == "forward";
  parameters.finish();
  worlds::Random random(seed, "p3.images");
  CaseData data;
  data.inputs["images"] = noise({batch, 3, height, width}, 1.0, random);
  data.inputs["encoder"] = small_encoder(random);
  data.inputs["seed"] = torch_seed(random);
  if (forward) {
    data.outputs["encoder_registered"] = arrays::exactly(DType::kI64, {});
    data.outputs["decoder_registered"] = arrays::exactly(DType::kBool, {});
    data.outputs["mode_stays"] = arrays::exactly(DType::kBool, {});
  } else {
    data.outputs["encoder"] = arrays::exactly(DType::kF64, {});
    data.outputs["decoder"] = arrays::exactly(DType::kF64, {});
  }
  add_output("output", std::int64_t{32} * batch * height * width, data.outputs);
  return data;
}

CaseData pieces(const nlohmann::json& params, std::uint64_t seed) {
  Parameters("p3.pieces", params).finish();
  worlds::Random random(seed, "p3.pieces");
  CaseData data;
  data.inputs["encoder"] = small_encoder(random);
  data.inputs["seed"] = torch_seed(random);
  data.outputs["encoder_registered"] = arrays::exactly(DType::kI64, {});
  data.outputs["encoder_stayed"] = arrays::exactly(DType::kBool, {});
  data.outputs["encoder_mode_stays"] = arrays::exactly(DType::kBool, {});
  data.outputs["decoder_registered"] = arrays::exactly(DType::kBool, {});
  return data;
}

CaseData sizes(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.sizes", params);
  const int count = parameters.integer("sizes", 4, 20);
  parameters.finish();
  worlds::Random random(seed, "p3.sizes");
  std::vector<std::int64_t> sides;
  for (int i = 0; i < 2 * count; ++i) {
    const int side = random.integer(17, 40);
    const std::vector<int> odd = {0, 0, 1, 1, 1, 0, 0, 1};
    sides.push_back(2 * side + (i < 8 ? odd[static_cast<std::size_t>(i)] : random.integer(0, 1)));
  }
  CaseData data;
  data.inputs["sizes"] = Array::copy_of(sides.data(), {count, 2});
  data.inputs["encoder"] = small_encoder(random);
  data.inputs["seed"] = torch_seed(random);
  data.outputs["shapes"] = arrays::exactly(DType::kI64, {count, 5});
  for (const char* name : {"repeats", "sees_images", "sees_weights"}) {
    data.outputs[name] = arrays::exactly(DType::kBool, {});
  }
  return data;
}

CaseData maps(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.maps", params);
  const int batch = parameters.integer("batch", 1, 8);
  const int channels = parameters.integer("channels", 1, 4);
  const int height = parameters.integer("height", 2, 64);
  const int width = parameters.integer("width", 2, 64);
  parameters.finish();
  worlds::Random random(seed, "p3.maps");
  CaseData data;
  const Shape shape = {batch, channels, height, width};
  data.inputs["predicted"] = noise(shape, 1.0, random);
  data.inputs["truth"] = noise(shape, 1.0, random);
  data.inputs["weights"] = noise({batch, height, width}, 1.0, random);
  add_output("output", std::int64_t{4} * batch * channels * height * width, data.outputs);
  data.outputs["gradient"] = arrays::exactly(DType::kF32, shape);
  data.outputs["maps_written"] = arrays::exactly(DType::kBool, {});
  return data;
}

CaseData predictions(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.predictions", params);
  const int batch = parameters.integer("batch", 1, 8);
  const int height = parameters.integer("height", 11, 64);
  const int width = parameters.integer("width", 11, 64);
  const bool alike = parameters.choice("relation", {"alike", "opposite"}) == "alike";
  parameters.finish();
  worlds::Random random(seed, "p3.predictions");
  const Shape shape = {batch, 1, height, width};
  Array truth = noise(shape, 1.0, random);
  Array predicted = noise(shape, 0.5, random);
  for (std::size_t i = 0; i < truth.element_count(); ++i) {
    predicted.data<float>()[i] += (alike ? 0.6F : -0.6F) * truth.data<float>()[i] + 0.2F;
  }
  // About a mean that both share, opposite maps have an SSIM below 0; about 0 they have not, since
  // their means are opposite too.
  constexpr float kSharedMean = 4.0F;
  for (Array* maps : {&truth, &predicted}) {
    for (std::size_t i = 0; !alike && i < maps->element_count(); ++i) {
      maps->data<float>()[i] += kSharedMean;
    }
  }
  CaseData data;
  data.inputs["predicted"] = predicted;
  data.inputs["truth"] = truth;
  for (const char* name : {"ssim", "gradients", "l1", "net", "own_depth_loss"}) {
    data.outputs[name] = arrays::exactly(DType::kF64, {});
  }
  data.outputs["term_sizes"] = arrays::exactly(DType::kI64, {4});
  for (const char* name : {"gradient", "ssim_gradient", "l1_gradient", "own_depth_loss_gradient"}) {
    data.outputs[name] = arrays::exactly(DType::kF32, shape);
  }
  data.outputs["maps_written"] = arrays::exactly(DType::kBool, {});
  return data;
}

Generators generators() {
  return {{"p3.ranges", ranges},
          {"p3.refusals", refusals},
          {"p3.splits", splits},
          {"p3.items", items},
          {"p3.pieces", pieces},
          {"p3.images", images},
          {"p3.sizes", sizes},
          {"p3.maps", maps},
          {"p3.predictions", predictions},
          {"p3.steps", steps},
          {"p3.evaluation", evaluation},
          {"p3.learning", learning},
          {"p3.pretraining", pretraining},
          {"p3.comparison", comparison}};
}

}  // namespace pset3::cases::p3
