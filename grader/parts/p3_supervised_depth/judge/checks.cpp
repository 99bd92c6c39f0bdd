#include "grader/parts/p3_supervised_depth/judge/checks.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pset3::judge::p3 {
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

}  // namespace

Checks checks() {
  return {
      {"p3.ranges", sketched(judge_ranges)},
      {"p3.refusals", sketched(judge_refusals)},
      {"p3.item_values", sketched(judge_item_values)},
      {"p3.split",
       sketched(judge_split, {"train_sizes", "train_items", "test_sizes", "test_items"})},
      {"p3.loaders", sketched(judge_loaders, {"train_batch_sizes", "train_shuffled",
                                              "test_batch_sizes", "test_shuffled"})},
      {"p3.data", sketched(judge_data)},
      {"p3.pieces", sketched(judge_pieces)},
      {"p3.depth_sizes", sketched(judge_depth_sizes)},
      {"p3.depths", sketched(judge_depths, {"output", "output_shape", "mode_stays"})},
      {"p3.model_gradients", sketched(judge_model_gradients, {"encoder", "decoder"})},
      {"p3.model", sketched(judge_model)},
      {"p3.depth_loss", sketched(judge_depth_loss, {"output", "output_shape", "maps_written"})},
      {"p3.depth_loss_gradient", sketched(judge_depth_loss_gradient, {"gradient"})},
      {"p3.losses", sketched(judge_losses)},
      {"p3.loss_terms",
       sketched(judge_loss_terms, {"ssim", "gradients", "l1", "term_sizes", "maps_written"})},
      {"p3.net_loss", sketched(judge_net_loss, {"net", "term_sizes"})},
      {"p3.net_loss_gradient", sketched(judge_net_loss_gradient, {"gradient"})},
      {"p3.training_steps", sketched(judge_training_steps, {"weights"})},
      {"p3.step_losses", sketched(judge_step_losses, {"losses"})},
      {"p3.step_mode", sketched(judge_step_mode, {"call_modes"})},
      {"p3.evaluation_loss", sketched(judge_evaluation_loss, {"loss"})},
      {"p3.evaluation_pass", sketched(judge_evaluation_pass, {"seen", "call_sizes"})},
      {"p3.evaluation_mode", sketched(judge_evaluation_mode, {"call_modes"})},
      {"p3.no_gradients", sketched(judge_no_gradients, {"call_gradient_modes", "keeps_gradients",
                                                        "gradients_are_back", "weights_after"})},
      {"p3.unknown_pixels", sketched(judge_unknown_pixels, {"weights", "loss"})},
      {"p3.training", sketched(judge_training)},
      {"p3.depth_skill", measured(judge_depth_skill, sketch_depth_skill,
                                  {"share of the mean's error that is gone", depth_skill})},
      {"p3.autoencoder", {judge_autoencoder, sketch_autoencoder, kSketchTolerance, {}}},
      {"p3.pretrained_encoder", sketched(judge_pretrained_encoder, {"encoder_changed"})},
      {"p3.reconstruction",
       measured(judge_reconstruction, sketch_reconstruction,
                {"share of the squared error that is gone", reconstruction_gain})},
      {"p3.pretraining_losses",
       {judge_pretraining_losses, sketch_pretraining_losses, kSketchTolerance, {}}},
      {"p3.comparison", sketched(judge_comparison, {"train_looks", "test_looks"})},
      {"p3.fairness", {judge_fairness, sketch_fairness, kSketchTolerance, {}}},
  };
}

}  // namespace pset3::judge::p3
