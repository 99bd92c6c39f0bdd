#include "grader/parts/p2_representation_learning/cases/generators.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "grader/parts/parameters.hpp"
#include "grader/worlds/garments.hpp"
#include "grader/worlds/random.hpp"

namespace pset3::cases::p2 {
namespace {

using arrays::Array;
using arrays::DType;
using Shape = std::vector<std::int64_t>;

constexpr std::int64_t kSide = 32;
constexpr std::int64_t kEmbedding = 2048;
constexpr std::int64_t kHidden = 25;
constexpr std::int64_t kClasses = 10;
constexpr std::int64_t kRotations = 8;

Array whole_number(std::int64_t value) { return Array::scalar(value); }

/// LibTorch's seeds, of a size that everybody can type.
Array torch_seed(worlds::Random& random) { return whole_number(random.integer(1, 1'000'000)); }

Array images_of(const worlds::GarmentSet& set) {
  const auto count = static_cast<std::int64_t>(set.labels.size());
  return Array::copy_of(set.images.data(), {count, worlds::kGarmentSide, worlds::kGarmentSide});
}

Array labels_of(const worlds::GarmentSet& set) {
  return Array::of(std::vector<std::int64_t>(set.labels.begin(), set.labels.end()));
}

void add_garments(int count, worlds::Random& random, arrays::Arrays& inputs) {
  const worlds::GarmentSet set = worlds::draw_garments(count, random.next());
  inputs["images"] = images_of(set);
  inputs["labels"] = labels_of(set);
}

/// Where nobody looks at the images: no two alike, and much faster than to draw so many garments.
void add_speckles(int count, worlds::Random& random, arrays::Arrays& inputs) {
  worlds::Random speckles(random.next(), "speckles");
  Array images(DType::kU8, {count, worlds::kGarmentSide, worlds::kGarmentSide});
  std::vector<std::int64_t> labels(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < images.element_count(); ++i) {
    images.data<std::uint8_t>()[i] = static_cast<std::uint8_t>(speckles.next() >> 56);
  }
  for (std::int64_t& label : labels) label = speckles.integer(0, kClasses - 1);
  inputs["images"] = std::move(images);
  inputs["labels"] = Array::of(labels);
}

/// Evenly spread around 0 with the variance given.
Array noise(const Shape& shape, double deviation, worlds::Random& random) {
  Array array(DType::kF32, shape);
  const double bound = std::sqrt(3.0) * deviation;
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    array.data<float>()[i] = static_cast<float>(random.uniform(-bound, bound));
  }
  return array;
}

/// Weights that keep the size of what passes through, half of which a ReLU takes away (He et al.,
/// ICCV 2015), and biases beside them.
void add_layer(const std::string& name, const Shape& weight, worlds::Random& random,
               arrays::Arrays& inputs) {
  double fan_in = 1.0;
  for (std::size_t d = 1; d < weight.size(); ++d) fan_in *= static_cast<double>(weight[d]);
  inputs[name + ".weight"] = noise(weight, std::sqrt(2.0 / fan_in), random);
  inputs[name + ".bias"] = noise({weight[0]}, 0.2, random);
}

arrays::ArraySpec any(DType dtype, std::vector<arrays::DimSpec> shape) {
  return {dtype, std::move(shape)};
}

/// What a network of any shape gives.
void add_forward_outputs(std::int64_t batch, arrays::ArraySpecs& outputs) {
  constexpr std::int64_t kWidest = 1 << 17;
  outputs["output"] = any(DType::kF32, {{0, batch * kWidest}});
  outputs["output_shape"] = any(DType::kI64, {{0, 8}});
  outputs["parameter_shapes"] = any(DType::kI64, {{0, 50}, {5, 5}});
  outputs["fits"] = arrays::exactly(DType::kBool, {});
  outputs["images_written"] = arrays::exactly(DType::kBool, {});
  outputs["same_in_training"] = arrays::exactly(DType::kBool, {});
  outputs["gradients_reach_all"] = arrays::exactly(DType::kBool, {});
}

void add_epochs(const std::string& prefix, arrays::ArraySpecs& outputs) {
  outputs[prefix + "losses"] = any(DType::kF64, {{0, 1000}});
  outputs[prefix + "accuracies"] = any(DType::kF64, {{0, 1000}});
}

/// What is known of labels besides their values.
void add_target_facts(arrays::ArraySpecs& outputs) {
  outputs["target_type"] = arrays::exactly(DType::kI64, {});
  outputs["images_written"] = arrays::exactly(DType::kBool, {});
  outputs["labels_written"] = arrays::exactly(DType::kBool, {});
}

double fraction_of_product(int images, double pct) {
  const double product = images * pct;
  return product - std::floor(product);
}

/// A fraction of which the product's fraction lies in a range.
double draw_fraction(int images, double low, double high, worlds::Random& random) {
  for (;;) {
    const double pct = random.uniform(0.02, 0.98);
    const double fraction = fraction_of_product(images, pct);
    if (fraction >= low && fraction <= high) return pct;
  }
}

}  // namespace

CaseData sizes(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.sizes", params);
  const int images = parameters.integer("images", 20, 400);
  const int fractions = parameters.integer("fractions", 8, 100);
  parameters.finish();
  worlds::Random random(seed, "p2.sizes");
  std::vector<double> pct = {0.0, 1.0};
  for (int i = 0; i < 3; ++i) {
    pct.push_back(draw_fraction(images, 0.15, 0.45, random));
    pct.push_back(draw_fraction(images, 0.55, 0.85, random));
  }
  while (static_cast<int>(pct.size()) < fractions) pct.push_back(random.integer(1, 99) / 100.0);
  CaseData data;
  add_garments(images, random, data.inputs);
  data.inputs["pct"] = Array::of(pct);
  data.outputs["sizes"] = arrays::exactly(DType::kI64, {static_cast<std::int64_t>(pct.size())});
  return data;
}

CaseData items(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.items", params);
  const int images = parameters.integer("images", 4, 400);
  const bool all = parameters.choice("pct", {"all", "part"}) == "all";
  const bool rotated = parameters.choice("labels", {"class", "rotation"}) == "rotation";
  const int rounds = parameters.integer("rounds", 1, 20);
  parameters.finish();
  worlds::Random random(seed, "p2.items");
  CaseData data;
  add_garments(images, random, data.inputs);
  // In the middle between two whole products.
  const double part = (std::floor(images * random.uniform(0.55, 0.75)) + 0.5) / images;
  data.inputs["pct"] = Array::scalar(all ? 1.0 : part);
  data.inputs["rotated"] = whole_number(rotated ? 1 : 0);
  data.inputs["rounds"] = whole_number(rounds);
  data.inputs["seed"] = torch_seed(random);
  const std::int64_t most = std::int64_t{images} * rounds;
  data.outputs["items"] = any(DType::kF32, {{0, most}, {1, 1}, {kSide, kSide}, {kSide, kSide}});
  data.outputs["targets"] = any(DType::kI64, {{0, most}});
  data.outputs["images_kept"] = arrays::exactly(DType::kBool, {});
  data.outputs["labels_kept"] = arrays::exactly(DType::kBool, {});
  add_target_facts(data.outputs);
  return data;
}

CaseData targets(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.targets", params);
  const int images = parameters.integer("images", 100, 2000);
  parameters.finish();
  worlds::Random random(seed, "p2.targets");
  CaseData data;
  add_speckles(images, random, data.inputs);
  data.inputs["seed"] = torch_seed(random);
  data.outputs["targets"] = any(DType::kI64, {{0, images}});
  add_target_facts(data.outputs);
  return data;
}

CaseData refusals(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.refusals", params);
  const int images = parameters.integer("images", 4, 400);
  parameters.finish();
  worlds::Random random(seed, "p2.refusals");
  CaseData data;
  add_speckles(images, random, data.inputs);
  // The source has more images than the dataset.
  data.inputs["pct"] = Array::scalar((std::floor(images * 0.6) + 0.5) / images);
  data.inputs["seed"] = torch_seed(random);
  data.outputs["answers"] = arrays::exactly(DType::kI64, {6});
  return data;
}

CaseData embedding(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.embedding", params);
  const int batch = parameters.integer("batch", 1, 16);
  parameters.finish();
  worlds::Random random(seed, "p2.embedding");
  CaseData data;
  data.inputs["images"] = noise({batch, 1, kSide, kSide}, 1.0, random);
  add_layer("conv1", {16, 1, 5, 5}, random, data.inputs);
  add_layer("conv2", {32, 16, 5, 5}, random, data.inputs);
  add_forward_outputs(batch, data.outputs);
  return data;
}

CaseData head(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.head", params);
  const int batch = parameters.integer("batch", 1, 64);
  const int classes = parameters.integer("classes", 2, 50);
  parameters.finish();
  worlds::Random random(seed, "p2.head");
  CaseData data;
  data.inputs["images"] = noise({batch, kEmbedding}, 1.0, random);
  data.inputs["classes"] = whole_number(classes);
  add_layer("fc1", {kHidden, kEmbedding}, random, data.inputs);
  add_layer("fc2", {kHidden, kHidden}, random, data.inputs);
  add_layer("fc3", {classes, kHidden}, random, data.inputs);
  add_forward_outputs(batch, data.outputs);
  return data;
}

CaseData whole(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.whole", params);
  const int batch = parameters.integer("batch", 1, 64);
  const int classes = parameters.integer("classes", 2, 50);
  parameters.finish();
  worlds::Random random(seed, "p2.whole");
  CaseData data;
  data.inputs["images"] = noise({batch, 1, kSide, kSide}, 1.0, random);
  data.inputs["classes"] = whole_number(classes);
  data.inputs["seed"] = torch_seed(random);
  data.outputs["embedding_registered"] = arrays::exactly(DType::kBool, {});
  data.outputs["head_columns"] = arrays::exactly(DType::kI64, {});
  for (const std::string name : {"output", "from_pieces"}) {
    data.outputs[name] = any(DType::kF32, {{0, 100'000}});
    data.outputs[name + "_shape"] = any(DType::kI64, {{0, 8}});
  }
  return data;
}

CaseData parameters(const nlohmann::json& params, std::uint64_t seed) {
  Parameters reader("p2.parameters", params);
  const int classes = reader.integer("classes", 2, 50);
  const bool exclude = reader.boolean("exclude");
  reader.finish();
  worlds::Random random(seed, "p2.parameters");
  CaseData data;
  data.inputs["classes"] = whole_number(classes);
  data.inputs["exclude"] = Array::scalar(exclude);
  data.inputs["seed"] = torch_seed(random);
  data.outputs["embedding"] = any(DType::kI64, {{0, 50}});
  data.outputs["head"] = any(DType::kI64, {{0, 50}});
  data.outputs["foreign"] = arrays::exactly(DType::kI64, {});
  data.outputs["cut_off"] = arrays::exactly(DType::kI64, {});
  return data;
}

CaseData classes(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.classes", params);
  const int images = parameters.integer("images", 10, 2000);
  const int unseen = parameters.integer("unseen", 10, 2000);
  worlds::Random random(seed, "p2.classes");
  CaseData data;
  data.inputs["epochs"] = whole_number(parameters.integer("epochs", 1, 50));
  data.inputs["batch_size"] = whole_number(parameters.integer("batch_size", 1, 100));
  data.inputs["learning_rate"] =
      Array::scalar(parameters.integer("learning_rate_1e4", 1, 10'000) * 1e-4);
  data.inputs["momentum"] = Array::scalar(0.9);
  parameters.finish();
  add_garments(images, random, data.inputs);
  const worlds::GarmentSet others = worlds::draw_garments(unseen, random.next());
  data.inputs["unseen"] = images_of(others);
  data.truth["unseen_labels"] = labels_of(others);
  data.inputs["seed"] = torch_seed(random);
  add_epochs("", data.outputs);
  data.outputs["logits"] = arrays::exactly(DType::kF32, {unseen, kClasses});
  return data;
}

namespace {

/// 0 to count − 1 in an order that nobody can guess.
Array shuffled(std::int64_t count, std::uint64_t seed) {
  worlds::Random random(seed, "p2.turn_order");
  std::vector<std::int64_t> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i-- > 1;) {
    std::swap(order[i], order[static_cast<std::size_t>(random.integer(0, static_cast<int>(i)))]);
  }
  return Array::of(order);
}

}  // namespace

CaseData rotations(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p2.rotations", params);
  const int images = parameters.integer("images", 10, 2000);
  const int few = parameters.integer("few", 10, images);
  const int few_epochs = parameters.integer("few_epochs", 1, 200);
  nlohmann::json rest = params;  // whose names classes() looks at
  rest.erase("few");
  rest.erase("few_epochs");
  CaseData data = classes(rest, seed);
  data.inputs["pct"] = Array::scalar((few + 0.5) / images);
  data.inputs["few_epochs"] = whole_number(few_epochs);
  const std::int64_t unseen = data.inputs.at("unseen").shape()[0];
  data.inputs["turn_order"] = shuffled(unseen * kRotations, seed);
  data.outputs.clear();
  for (const char* prefix : {"rotation_", "tuned_"}) add_epochs(prefix, data.outputs);
  data.outputs["rotation_logits"] = arrays::exactly(DType::kF32, {unseen * kRotations, kRotations});
  data.outputs["tuned_logits"] = arrays::exactly(DType::kF32, {unseen, kClasses});
  for (const char* name : {"rotation_embedding_stayed", "tuned_embedding_kept"}) {
    data.outputs[name] = arrays::exactly(DType::kBool, {});
  }
  return data;
}

Generators generators() {
  return {{"p2.sizes", sizes},       {"p2.items", items},           {"p2.targets", targets},
          {"p2.refusals", refusals}, {"p2.embedding", embedding},   {"p2.head", head},
          {"p2.whole", whole},       {"p2.parameters", parameters}, {"p2.training", training},
          {"p2.testing", testing},   {"p2.classes", classes},       {"p2.rotations", rotations}};
}

}  // namespace pset3::cases::p2
