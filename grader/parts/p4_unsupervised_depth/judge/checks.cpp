#include "grader/parts/p4_unsupervised_depth/judge/checks.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pset3::judge::p4 {
namespace {

/// LibTorch adds floats in another order on another processor.
constexpr double kSketchTolerance = 1e-4;

Check sketched(JudgeFunction judge, const std::vector<std::string>& names) {
  return judge::sketched(std::move(judge), names, kSketchTolerance);
}

/// Hidden cases of one question, each judged by what it is a case of.
CaseFinding judge_any_flip(const CaseView& view) {
  if (view.outputs.count("lefts") == 0) return judge_flipped_twice(view);
  for (const auto& judge : {judge_flipped_views, judge_flip_share, judge_pair_unchanged}) {
    CaseFinding finding = judge(view);
    if (finding.verdict != Verdict::kPassed) return finding;
  }
  return judge_flipped_views(view);
}

CaseFinding judge_any_samples(const CaseView& view) {
  const bool is_of_values = view.outputs.count("output") != 0;
  const std::vector<Reading> readings = right_readings();
  CaseFinding finding =
      is_of_values ? judge_samples(view, readings) : judge_image_gradient(view, readings);
  if (finding.verdict != Verdict::kPassed) return finding;
  return is_of_values ? judge_arguments_unchanged(view) : judge_disparity_gradient(view, readings);
}

/// What tells the hidden cases of one question from one another.
Sketch sketch_any_samples(const CaseView& view) {
  return view.outputs.count("output") != 0 ? sketch_samples(view) : sketch_gradients(view);
}

CaseFinding judge_any_view(const CaseView& view) {
  const bool is_left = get(view.inputs, "sign").item<double>() < 0.0;
  return is_left ? judge_left_by_own_sampler(view) : judge_right_by_own_sampler(view);
}

}  // namespace

Checks checks() {
  const std::vector<std::string> output = {"output", "output_shape"};
  const auto by = [](JudgeFunction judge, const SketchFunction& sketch) {
    return Check{std::move(judge), sketch, kSketchTolerance, {}};
  };
  using JudgeReadings = CaseFinding (*)(const CaseView&, const std::vector<Reading>&);
  const auto with = [](JudgeReadings judge, const std::vector<Reading>& readings) {
    return [=](const CaseView& view) { return judge(view, readings); };
  };
  return {
      {"p4.flipped_views",
       sketched(judge_flipped_views, {"lefts", "rights", "lefts_shape", "rights_shape"})},
      {"p4.flip_share", sketched(judge_flip_share, {"lefts"})},
      {"p4.flipped_twice", sketched(judge_flipped_twice, {"left", "right", "left_shape"})},
      {"p4.pair_unchanged",
       sketched(judge_pair_unchanged, {"left_after", "right_after", "written_into"})},
      {"p4.flips", sketched(judge_any_flip, {"lefts", "rights", "left", "right"})},
      {"p4.samples", by(with(judge_samples, right_readings()), sketch_samples)},
      {"p4.same_disparity", by(with(judge_samples, readings_on_any_grid()), sketch_samples)},
      {"p4.any_disparity", by(with(judge_samples, known_readings()), sketch_samples)},
      {"p4.image_gradient", by(with(judge_image_gradient, known_readings()), sketch_gradients)},
      {"p4.disparity_gradient",
       by(with(judge_disparity_gradient, known_readings()), sketch_gradients)},
      {"p4.arguments_unchanged",
       sketched(judge_arguments_unchanged,
                {"image_after", "disparity_after", "own_disparity_after", "written_into"})},
      {"p4.refusals", by(judge_refusals, sketch_refusals)},
      {"p4.view_refusals", by(judge_view_refusals, sketch_refusals)},
      {"p4.any_samples", by(judge_any_samples, sketch_any_samples)},
      {"p4.left_by_own_sampler", by(judge_left_by_own_sampler, sketch_views)},
      {"p4.right_by_own_sampler", by(judge_right_by_own_sampler, sketch_views)},
      {"p4.left_scene", sketched(judge_left_scene, output)},
      {"p4.right_scene", sketched(judge_right_scene, output)},
      {"p4.view_gradients", by(judge_view_gradients, sketch_view_gradients)},
      {"p4.any_view", by(judge_any_view, sketch_views)},
  };
}

}  // namespace pset3::judge::p4
