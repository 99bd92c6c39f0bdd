#include <vector>

#include "grader/parts/p3_supervised_depth/cases/drawing.hpp"
#include "grader/parts/p3_supervised_depth/cases/generators.hpp"
#include "grader/parts/parameters.hpp"

namespace pset3::cases::p3 {
namespace {

using arrays::Array;
using arrays::DType;

struct Pictures {
  int count = 0;
  int height = 0;
  int width = 0;
  int unknown_percent = 0;
};

Pictures read_pictures(const std::string& count, Parameters& parameters) {
  Pictures pictures;
  pictures.count = parameters.integer(count, 1, 40);
  pictures.height = parameters.integer("height", 11, 32);
  pictures.width = parameters.integer("width", 11, 32);
  pictures.unknown_percent = parameters.integer("unknown", 0, 60);
  return pictures;
}

/// The harness's model, what it is shown, and what it should say: something that it can nearly be.
void add_exercise(const Pictures& pictures, worlds::Random& random, arrays::Arrays& inputs) {
  constexpr float kFarAway = 30.0F;
  const Shape one = {pictures.count, 1, pictures.height, pictures.width};
  Array images = noise({pictures.count, 3, pictures.height, pictures.width}, 1.0, random);
  Array depths = noise(one, 0.4, random);
  Array valid = mask(one, pictures.unknown_percent, random);
  const Array wanted = noise({3}, 1.0, random);
  const auto pixels = static_cast<std::size_t>(pictures.height * pictures.width);
  for (std::size_t i = 0; i < depths.element_count(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) {
      const float colour = images.data<float>()[(i / pixels * 3 + c) * pixels + i % pixels];
      depths.data<float>()[i] += wanted.data<float>()[c] * colour;
    }
    if (!valid.data<bool>()[i]) depths.data<float>()[i] += kFarAway;
  }
  inputs["images"] = std::move(images);
  inputs["depths"] = std::move(depths);
  inputs["valid"] = std::move(valid);
  inputs["weight"] = noise({3}, 0.7, random);
  inputs["bias"] = noise({1}, 0.5, random);
  inputs["training_shift"] = Array::of(std::vector<float>{random.coin() ? 0.4F : -0.4F});
  inputs["seed"] = torch_seed(random);
}

void add_calls(std::int64_t most, arrays::ArraySpecs& outputs) {
  for (const char* name : {"call_sizes", "call_modes", "call_gradient_modes"}) {
    outputs[name] = {DType::kI64, {{0, most}}};
  }
}

}  // namespace

CaseData steps(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.steps", params);
  const Pictures pictures = read_pictures("batch", parameters);
  const int steps = parameters.integer("steps", 1, 10);
  const bool adam = parameters.choice("optimizer", {"adam", "sgd"}) == "adam";
  parameters.finish();
  worlds::Random random(seed, "p3.steps");
  CaseData data;
  add_exercise(pictures, random, data.inputs);
  data.inputs["steps"] = Array::scalar<std::int64_t>(steps);
  data.inputs["adam"] = Array::scalar(adam);
  data.inputs["learning_rate"] = Array::scalar(random.uniform(0.02, 0.06));
  data.outputs["losses"] = arrays::exactly(DType::kF64, {steps});
  data.outputs["own_losses"] = arrays::exactly(DType::kF64, {steps});
  data.outputs["weights"] = arrays::exactly(DType::kF32, {steps + 1, 4});
  data.outputs["own_gradients"] = arrays::exactly(DType::kF32, {steps, 4});
  add_calls(std::int64_t{20} * steps * pictures.count, data.outputs);
  return data;
}

CaseData evaluation(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p3.evaluation", params);
  const Pictures pictures = read_pictures("examples", parameters);
  const int batch_size = parameters.integer("batch_size", 1, 40);
  const bool shuffled = parameters.boolean("shuffled");
  parameters.finish();
  worlds::Random random(seed, "p3.evaluation");
  CaseData data;
  add_exercise(pictures, random, data.inputs);
  data.inputs["batch_size"] = Array::scalar<std::int64_t>(batch_size);
  data.inputs["shuffled"] = Array::scalar(shuffled);
  const std::int64_t batches = (pictures.count + batch_size - 1) / batch_size;
  data.outputs["loss"] = arrays::exactly(DType::kF64, {});
  data.outputs["own_losses"] = arrays::exactly(DType::kF64, {batches});
  data.outputs["own_losses_in_training"] = arrays::exactly(DType::kF64, {batches});
  data.outputs["own_sizes"] = arrays::exactly(DType::kI64, {batches});
  data.outputs["seen"] = {DType::kI64, {{0, std::int64_t{20} * pictures.count}}};
  data.outputs["weights_before"] = arrays::exactly(DType::kF32, {4});
  data.outputs["weights_after"] = arrays::exactly(DType::kF32, {4});
  data.outputs["keeps_gradients"] = arrays::exactly(DType::kBool, {});
  data.outputs["gradients_are_back"] = arrays::exactly(DType::kBool, {});
  add_calls(std::int64_t{20} * pictures.count, data.outputs);
  return data;
}

}  // namespace pset3::cases::p3
