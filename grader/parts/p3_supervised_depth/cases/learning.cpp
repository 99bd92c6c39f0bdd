#include <utility>
#include <vector>

#include "grader/parts/p3_supervised_depth/cases/drawing.hpp"
#include "grader/parts/p3_supervised_depth/cases/generators.hpp"
#include "grader/parts/parameters.hpp"

namespace pset3::cases::p3 {
namespace {

using arrays::Array;
using arrays::DType;

/// What a training on the block world needs.
struct Training {
  Training(const std::string& name, const nlohmann::json& params) : parameters(name, params) {
    pictures = parameters.integer("pictures", 5, 500);
    height = parameters.integer("height", 32, 128);
    width = parameters.integer("width", 32, 128);
    epochs = parameters.integer("epochs", 1, 50);
    batch_size = parameters.integer("batch_size", 1, 32);
    rate = parameters.integer("learning_rate_1e5", 1, 10'000) * 1e-5;
  }

  void add_to(worlds::Random& random, arrays::Arrays& inputs) const {
    BlockPictures drawn = block_pictures(pictures, height, width, random);
    inputs["colours"] = std::move(drawn.colours);
    inputs["depths"] = std::move(drawn.depths);
    inputs["valid"] = std::move(drawn.valid);
    inputs["batch_size"] = Array::scalar<std::int64_t>(batch_size);
    inputs["encoder"] = Array::of(std::vector<std::int64_t>{16, 8, 2, 4, 6, 4, 4});
    inputs["seed"] = torch_seed(random);
  }

  Parameters parameters;
  int pictures = 0;
  int height = 0;
  int width = 0;
  int epochs = 0;
  int batch_size = 0;
  double rate = 0.0;
};

}  // namespace

CaseData learning(const nlohmann::json& params, std::uint64_t seed) {
  Training training("p3.learning", params);
  const int unseen = training.parameters.integer("unseen", 5, 500);
  training.parameters.finish();
  worlds::Random random(seed, "p3.learning");
  CaseData data;
  training.add_to(random, data.inputs);
  data.inputs["pct"] = Array::scalar(1.0);
  data.inputs["epochs"] = Array::scalar<std::int64_t>(training.epochs);
  data.inputs["learning_rate"] = Array::scalar(training.rate);
  BlockPictures others = block_pictures(unseen, training.height, training.width, random);
  data.inputs["unseen"] = std::move(others.colours);
  data.truth["unseen_depths"] = std::move(others.depths);
  data.outputs["training_losses"] = {DType::kF64, {{0, 1000}}};
  data.outputs["test_losses"] = {DType::kF64, {{0, 1000}}};
  data.outputs["predictions"] =
      arrays::exactly(DType::kF32, {unseen, 1, training.height, training.width});
  return data;
}

CaseData pretraining(const nlohmann::json& params, std::uint64_t seed) {
  Training training("p3.pretraining", params);
  const int unseen = training.parameters.integer("unseen", 5, 500);
  training.parameters.finish();
  worlds::Random random(seed, "p3.pretraining");
  CaseData data;
  training.add_to(random, data.inputs);
  data.inputs["pretraining_epochs"] = Array::scalar<std::int64_t>(training.epochs);
  data.inputs["pretraining_rate"] = Array::scalar(training.rate);
  data.inputs["unseen"] = block_pictures(unseen, training.height, training.width, random).colours;
  data.inputs["other_size"] =
      Array::of(std::vector<std::int64_t>{2 * random.integer(17, 35) + 1, random.integer(65, 80)});
  const std::int64_t most = std::int64_t{12} * unseen * training.height * training.width;
  for (const std::string name : {"before", "blind", "after"}) {
    data.outputs[name] = {DType::kF32, {{0, most}}};
    data.outputs[name + "_shape"] = {DType::kI64, {{0, 8}}};
  }
  for (const char* name : {"losses", "losses_of_1", "losses_of_3", "losses_of_strong",
                           "losses_of_both", "losses_of_half"}) {
    data.outputs[name] = {DType::kF64, {{0, 1000}}};
  }
  data.outputs["hardly_moved"] = arrays::exactly(DType::kF64, {});
  data.outputs["other_shape"] = {DType::kI64, {{0, 8}}};
  for (const char* name : {"encoder_used", "size_hinders", "another_learns"}) {
    data.outputs[name] = arrays::exactly(DType::kBool, {});
  }
  for (const char* name : {"encoder_parameters", "encoder_changed", "pictures_seen"}) {
    data.outputs[name] = arrays::exactly(DType::kI64, {});
  }
  return data;
}

CaseData comparison(const nlohmann::json& params, std::uint64_t seed) {
  Training training("p3.comparison", params);
  const int pretraining_epochs = training.parameters.integer("pretraining_epochs", 1, 50);
  const bool varied = training.parameters.choice("varied", {"yes", "no"}) == "yes";
  training.parameters.finish();
  worlds::Random random(seed, "p3.comparison");
  CaseData data;
  training.add_to(random, data.inputs);
  if (varied) data.inputs["encoder"] = small_encoder(random);
  data.inputs["split"] = Array::scalar<std::int64_t>(training.pictures * 3 / 4);
  data.inputs["epochs"] = Array::scalar<std::int64_t>(training.epochs);
  data.inputs["learning_rate"] = Array::scalar(training.rate);
  data.inputs["pretraining_epochs"] = Array::scalar<std::int64_t>(pretraining_epochs);
  data.inputs["pretraining_rate"] = Array::scalar(training.rate);
  const arrays::ArraySpec losses = {DType::kF64, {{0, 1000}}};
  if (!varied) {
    data.outputs["from_scratch"] = losses;
    data.outputs["pretrained"] = losses;
    data.outputs["train_looks"] = arrays::exactly(DType::kI64, {});
    data.outputs["test_looks"] = arrays::exactly(DType::kI64, {});
    return data;
  }
  for (const std::string run : {"base", "encoder", "training", "pretraining", "longer", "test"}) {
    for (const std::string& name : {run, "fair_" + run}) {
      data.outputs[name + "_scratch"] = losses;
      data.outputs[name + "_pretrained"] = losses;
    }
  }
  for (const char* name :
       {"again_scratch", "again_pretrained", "first_scratch", "first_pretrained"}) {
    data.outputs[name] = losses;
  }
  for (const char* name : {"base_stay", "fair_base_stay"}) {
    data.outputs[name] = arrays::exactly(DType::kI64, {});
  }
  return data;
}

}  // namespace pset3::cases::p3
