#include "grader/parts/p2_representation_learning/judge/checks.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "grader/parts/p2_representation_learning/judge/recognising.hpp"

namespace pset3::judge::p2 {
namespace {

/// LibTorch adds floats in another order on another processor.
constexpr double kSketchTolerance = 1e-4;

Check sketched(JudgeFunction judge, const std::vector<std::string>& names = {}) {
  return judge::sketched(std::move(judge), names, kSketchTolerance);
}

Check marking(const Check& check, const std::vector<std::string>& flags) {
  Check with_marks = check;
  with_marks.sketch = [sketch = check.sketch, flags](const CaseView& view) {
    return marked(sketch(view), view, flags);
  };
  return with_marks;
}

/// A check on something learnt. Its sketch says what right solutions have in common, not how well
/// they learnt.
Check measured(JudgeFunction judge, SketchFunction sketch, Metric metric) {
  return {std::move(judge), std::move(sketch), kSketchTolerance, std::move(metric)};
}

/// A check whose sketch says by which rule the outputs came about.
Check recognised(JudgeFunction judge, SketchFunction sketch) {
  return {std::move(judge), std::move(sketch), kSketchTolerance, {}};
}

/// Of several sketches in a row.
Sketch sketch_train(const CaseView& view) {
  Sketch sketch;
  for (const auto part : {sketch_order, sketch_steps, sketch_train_loss, sketch_train_accuracy}) {
    const Sketch more = part(view);
    sketch.insert(sketch.end(), more.begin(), more.end());
  }
  for (const char* name : {"call_modes", "shared_state", "told_epochs"}) {
    const arrays::Array& array = get(view.outputs, name);
    sketch.insert(sketch.end(), array.data<std::int64_t>(),
                  array.data<std::int64_t>() + array.element_count());
  }
  return sketch;
}

Sketch sketch_test(const CaseView& view) {
  Sketch sketch = sketch_test_loss(view);
  sketch.push_back(sketch_test_accuracy(view).front());
  for (const char* name : {"call_modes", "shared_state"}) {
    const arrays::Array& array = get(view.outputs, name);
    sketch.insert(sketch.end(), array.data<std::int64_t>(),
                  array.data<std::int64_t>() + array.element_count());
  }
  return sketch;
}

}  // namespace

Sketch marked(Sketch sketch, const CaseView& view, const std::vector<std::string>& flags) {
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (!get(view.outputs, flags[i]).item<bool>()) sketch.push_back(static_cast<double>(i) + 1.0);
  }
  return sketch;
}

Checks checks() {
  return {
      {"p2.sizes", sketched(judge_sizes)},
      {"p2.first_images", sketched(judge_first_images, {"targets"})},
      {"p2.image_values",
       marking(sketched(judge_image_values, {"items", "images_written"}), {"images_kept"})},
      {"p2.class_labels",
       marking(sketched(judge_class_labels, {"targets", "target_type", "labels_written"}),
               {"labels_kept"})},
      {"p2.rotation_labels", recognised(judge_rotation_labels, sketch_rotation_labels)},
      {"p2.refusals", sketched(judge_refusals)},
      {"p2.turned_images", recognised(judge_turned_images, sketch_turned_images)},
      {"p2.dataset", recognised(judge_dataset, sketch_dataset)},
      {"p2.layers", sketched(judge_layers, {"parameter_shapes", "fits"})},
      {"p2.forward", recognised(judge_forward, sketch_forward)},
      {"p2.whole", sketched(judge_whole)},
      {"p2.parameters_to_train", recognised(judge_parameters_to_train, sketch_parameters_to_train)},
      {"p2.network", sketched(judge_network)},
      {"p2.epoch_zero", recognised(judge_epoch_zero, sketch_steps)},
      {"p2.steps", recognised(judge_steps, sketch_steps)},
      {"p2.order", recognised(judge_order, sketch_order)},
      {"p2.training_mode", sketched(judge_training_mode, {"call_modes"})},
      {"p2.frozen", sketched(judge_frozen, {"frozen_after", "shared_state"})},
      {"p2.train_loss", recognised(judge_train_loss, sketch_train_loss)},
      {"p2.train_accuracy", recognised(judge_train_accuracy, sketch_train_accuracy)},
      {"p2.told", sketched(judge_told, {"told_epochs", "told_calls"})},
      {"p2.train", recognised(judge_train, sketch_train)},
      {"p2.test_pass",
       sketched(judge_test_pass, {"call_sizes", "weight_after", "bias_after", "shared_state"})},
      {"p2.test_mode", sketched(judge_test_mode, {"call_modes"})},
      {"p2.test_loss", recognised(judge_test_loss, sketch_test_loss)},
      {"p2.test_accuracy", recognised(judge_test_accuracy, sketch_test_accuracy)},
      {"p2.test", recognised(judge_test, sketch_test)},
      {"p2.class_accuracy", measured(judge_class_accuracy, sketch_class_accuracy,
                                     {"accuracy on unseen images", class_accuracy})},
      {"p2.rotation_accuracy", measured(judge_rotation_accuracy, sketch_rotation_accuracy,
                                        {"rotations told of unseen images", rotation_accuracy})},
      {"p2.fine_tuning_gain", measured(judge_fine_tuning_gain, sketch_fine_tuning_gain,
                                       {"accuracy gained by fine-tuning", fine_tuning_gain})},
  };
}

}  // namespace pset3::judge::p2
