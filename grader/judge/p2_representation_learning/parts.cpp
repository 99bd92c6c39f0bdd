#include "grader/judge/p2_representation_learning/parts.hpp"

#include <string>
#include <vector>

namespace pset3::judge {
namespace {

/// A sketch of some of the outputs: what a check is not about does not tell one mistake from
/// another.
SketchFunction sketch_of(const std::vector<std::string>& names) {
  return [names](const CaseView& view) {
    arrays::Arrays some;
    for (const std::string& name : names) {
      const auto found = view.outputs.find(name);
      if (found != view.outputs.end()) some.insert(*found);
    }
    return sketch_arrays({view.check, view.inputs, view.expected, some});
  };
}

const std::vector<std::string> kWeights = {"call_weights", "call_biases", "weight_after",
                                           "bias_after"};

}  // namespace

Checks p2_representation_learning_checks() {
  return {
      {"p2.sizes", {judge_sizes, sketch_arrays}},
      {"p2.first_images", {judge_first_images, sketch_of({"targets"})}},
      {"p2.image_values", {judge_image_values, sketch_of({"items"})}},
      {"p2.class_labels", {judge_class_labels, sketch_of({"targets", "target_type"})}},
      {"p2.rotation_labels", {judge_rotation_labels, sketch_of({"targets", "target_type"})}},
      {"p2.turned_images", {judge_turned_images, sketch_of({"items"})}},
      {"p2.dataset", {judge_dataset, sketch_arrays}},
      {"p2.layers", {judge_layers, sketch_of({"parameter_shapes", "fits"})}},
      {"p2.forward", {judge_forward, sketch_of({"output"})}},
      {"p2.whole", {judge_whole, sketch_arrays}},
      {"p2.parameters_to_train", {judge_parameters_to_train, sketch_arrays}},
      {"p2.network", {judge_network, sketch_arrays}},
      {"p2.epoch_zero", {judge_epoch_zero, sketch_of(kWeights)}},
      {"p2.steps", {judge_steps, sketch_of(kWeights)}},
      {"p2.order", {judge_order, sketch_of({"seen", "call_sizes"})}},
      {"p2.training_mode", {judge_training_mode, sketch_of({"call_modes"})}},
      {"p2.frozen", {judge_frozen, sketch_of({"frozen_after"})}},
      {"p2.train_loss", {judge_train_loss, sketch_of({"losses"})}},
      {"p2.train_accuracy", {judge_train_accuracy, sketch_of({"accuracies"})}},
      {"p2.train", {judge_train, sketch_arrays}},
      {"p2.test_pass", {judge_test_pass, sketch_of({"seen", "weight_after", "bias_after"})}},
      {"p2.test_mode", {judge_test_mode, sketch_of({"call_modes"})}},
      {"p2.test_loss", {judge_test_loss, sketch_of({"loss"})}},
      {"p2.test_accuracy", {judge_test_accuracy, sketch_of({"accuracy"})}},
      {"p2.test", {judge_test, sketch_arrays}},
      {"p2.class_accuracy",
       {judge_class_accuracy, {}, {"accuracy on unseen images", class_accuracy}}},
      {"p2.rotation_accuracy",
       {judge_rotation_accuracy, {}, {"rotations told of unseen images", rotation_accuracy}}},
      {"p2.fine_tuning_gain",
       {judge_fine_tuning_gain, {}, {"accuracy gained by fine-tuning", fine_tuning_gain}}},
  };
}

}  // namespace pset3::judge
