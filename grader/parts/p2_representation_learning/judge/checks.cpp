#include "grader/parts/p2_representation_learning/judge/checks.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pset3::judge::p2 {
namespace {

/// LibTorch adds floats in another order on another processor.
constexpr double kSketchTolerance = 1e-4;

Check sketched(JudgeFunction judge, const std::vector<std::string>& names = {}) {
  return judge::sketched(std::move(judge), names, kSketchTolerance);
}

/// A check on something learnt. Its sketch says what right solutions have in common, not how well
/// they learnt.
Check measured(JudgeFunction judge, SketchFunction sketch, Metric metric) {
  return {std::move(judge), std::move(sketch), kSketchTolerance, std::move(metric)};
}

const std::vector<std::string> kWeights = {"call_weights", "call_biases", "weight_after",
                                           "bias_after"};

}  // namespace

Checks checks() {
  return {
      {"p2.sizes", sketched(judge_sizes)},
      {"p2.first_images", sketched(judge_first_images, {"targets"})},
      {"p2.image_values", sketched(judge_image_values, {"items"})},
      {"p2.class_labels", sketched(judge_class_labels, {"targets", "target_type"})},
      {"p2.rotation_labels", sketched(judge_rotation_labels, {"targets", "target_type"})},
      {"p2.turned_images", sketched(judge_turned_images, {"items"})},
      {"p2.dataset", sketched(judge_dataset)},
      {"p2.layers", sketched(judge_layers, {"parameter_shapes", "fits"})},
      {"p2.forward", sketched(judge_forward, {"output", "output_shape"})},
      {"p2.whole", sketched(judge_whole)},
      {"p2.parameters_to_train", sketched(judge_parameters_to_train)},
      {"p2.network", sketched(judge_network)},
      {"p2.epoch_zero", sketched(judge_epoch_zero, kWeights)},
      {"p2.steps", sketched(judge_steps, kWeights)},
      {"p2.order", sketched(judge_order, {"seen", "call_sizes"})},
      {"p2.training_mode", sketched(judge_training_mode, {"call_modes"})},
      {"p2.frozen", sketched(judge_frozen, {"frozen_after"})},
      {"p2.train_loss", sketched(judge_train_loss, {"losses"})},
      {"p2.train_accuracy", sketched(judge_train_accuracy, {"accuracies"})},
      {"p2.train", sketched(judge_train)},
      {"p2.test_pass", sketched(judge_test_pass, {"seen", "weight_after", "bias_after"})},
      {"p2.test_mode", sketched(judge_test_mode, {"call_modes"})},
      {"p2.test_loss", sketched(judge_test_loss, {"loss"})},
      {"p2.test_accuracy", sketched(judge_test_accuracy, {"accuracy"})},
      {"p2.test", sketched(judge_test)},
      {"p2.class_accuracy", measured(judge_class_accuracy, sketch_class_accuracy,
                                     {"accuracy on unseen images", class_accuracy})},
      {"p2.rotation_accuracy", measured(judge_rotation_accuracy, sketch_rotation_accuracy,
                                        {"rotations told of unseen images", rotation_accuracy})},
      {"p2.fine_tuning_gain", measured(judge_fine_tuning_gain, sketch_fine_tuning_gain,
                                       {"accuracy gained by fine-tuning", fine_tuning_gain})},
  };
}

}  // namespace pset3::judge::p2
