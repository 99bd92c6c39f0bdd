#include "starter/p2_representation_learning/exercise/plan.hpp"

#include <algorithm>

namespace pset3::representation {

const std::vector<Experiment>& all_experiments() {
  constexpr auto kClass = Predicts::kClass;
  constexpr auto kScratch = StartsFrom::kScratch;
  constexpr auto kRotation = StartsFrom::kRotation;
  // 10 and 50 epochs of fine-tuning on 5 % were both published for one run.
  static const std::vector<Experiment> kAll = {
      {"scratch", "from scratch", kClass, kScratch, 1.0, 10, {0.887, 0.897}},
      {"scratch-5", "from scratch, 5 %", kClass, kScratch, 0.05, 10, {0.778}},
      {"rotation", "rotations", Predicts::kRotation, kScratch, 1.0, 20, {0.980, 0.983}},
      {"fine-tune", "fine-tuned", kClass, kRotation, 1.0, 10, {0.907, 0.910}},
      {"fine-tune-5", "fine-tuned, 5 %", kClass, kRotation, 0.05, 10, {0.856}},
      {"fine-tune-5-long", "fine-tuned, 5 %, longer", kClass, kRotation, 0.05, 50, {0.859}},
  };
  return kAll;
}

std::vector<Experiment> planned(const ExerciseOptions& options) {
  const auto is_asked = [&](const Experiment& experiment) {
    return options.experiments.empty() || options.experiments.count(experiment.name) > 0;
  };
  const std::vector<Experiment>& all = all_experiments();
  const bool needs_rotations = std::any_of(all.begin(), all.end(), [&](const Experiment& one) {
    return is_asked(one) && one.starts_from == StartsFrom::kRotation;
  });
  std::vector<Experiment> plan;
  for (const Experiment& experiment : all) {
    const bool is_needed = needs_rotations && experiment.predicts == Predicts::kRotation;
    if (!is_asked(experiment) && !is_needed) continue;
    plan.push_back(experiment);
    if (is_asked(experiment) && options.epochs) plan.back().epochs = *options.epochs;
  }
  return plan;
}

}  // namespace pset3::representation
