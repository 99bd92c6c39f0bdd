#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p3_supervised_depth/judge/checks.hpp"
#include "grader/parts/p3_supervised_depth/judge/closeness.hpp"

namespace pset3::judge::p3 {

CaseFinding judge_comparison(const CaseView& view) {
  const auto epochs = static_cast<std::size_t>(get(view.inputs, "epochs").item<std::int64_t>());
  const std::vector<double> scratch = numbers(get(view.outputs, "from_scratch"));
  const std::vector<double> pretrained = numbers(get(view.outputs, "pretrained"));
  const std::string expected =
      fmt::format("test losses after each of {} epochs, without and with pretraining", epochs);
  const std::string got =
      fmt::format("without: {}; with: {}", curve_text(scratch), curve_text(pretrained));
  const auto positive = [](const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return value > 0.0; });
  };
  if (scratch.size() != epochs || pretrained.size() != epochs || !positive(scratch) ||
      !positive(pretrained)) {
    return failed(expected, got);
  }
  if (scratch == pretrained)
    return failed(expected, got, "the two trainings have exactly the same losses");
  const std::int64_t pictures = get(view.inputs, "colours").shape()[0];
  const std::int64_t split = get(view.inputs, "split").item<std::int64_t>();
  const std::int64_t looks = get(view.outputs, "test_looks").item<std::int64_t>();
  const std::int64_t needed = 2 * static_cast<std::int64_t>(epochs) * (pictures - split);
  if (looks < needed) {
    return failed(expected, fmt::format("test pictures were looked at {} times", looks),
                  fmt::format("two trainings of {} epochs look at them {} times", epochs, needed));
  }
  const std::int64_t train_looks = get(view.outputs, "train_looks").item<std::int64_t>();
  if (train_looks > 2 * static_cast<std::int64_t>(epochs) * split) return passed(expected, got);
  return failed(expected,
                fmt::format("training pictures were looked at {} times: by two trainings, and not "
                            "by pretraining",
                            train_looks));
}

namespace {

/// What a comparison by some options, on some pictures, gave.
struct Run {
  Run(const CaseView& view, const std::string& name)
      : scratch(numbers(get(view.outputs, name + "_scratch"))),
        pretrained(numbers(get(view.outputs, name + "_pretrained"))) {}
  std::vector<double> scratch;
  std::vector<double> pretrained;
};

/// Whether something that was changed shows in the losses of the two trainings.
struct Shows {
  bool in_scratch = false;
  bool in_pretrained = false;
};

Shows shows(const CaseView& view, const std::string& prefix, const std::string& changed) {
  const Run base(view, prefix + "base");
  const Run other(view, prefix + changed);
  return {other.scratch != base.scratch, other.pretrained != base.pretrained};
}

/// Whether an encoder that was shown the training pictures kept its weights through all batches of
/// an epoch, as `prefix` says: by the student's comparison, or by one that is fair.
bool keeps_weights(const CaseView& view, const std::string& prefix) {
  const auto split = get(view.inputs, "split").item<std::int64_t>();
  const auto batch_size = get(view.inputs, "batch_size").item<std::int64_t>();
  const auto batches = (split + batch_size - 1) / batch_size;
  return get(view.outputs, prefix + "base_stay").item<std::int64_t>() >= batches;
}

/// Whether the weights stay because of the comparison, and not of what it calls.
bool freezes_encoder(const CaseView& view) {
  return keeps_weights(view, "") && !keeps_weights(view, "fair_");
}

/// What has to change the losses of both trainings, and the words for when it does not.
struct Cause {
  const char* name;
  const char* words;
};
constexpr Cause kCauses[] = {
    {"encoder", "the same losses whatever options.encoder says"},
    {"training", "the same losses whatever options.training says"},
    {"test", "the same losses whatever the test pictures are"},
};

/// What has to change the losses with a pretrained encoder, and no others.
constexpr Cause kPretrainingCauses[] = {
    {"pretraining", "the same losses whatever learning rate options.pretraining has"},
    {"longer", "the same losses however many epochs options.pretraining has"},
};

}  // namespace

CaseFinding judge_fairness(const CaseView& view) {
  const std::string expected =
      "two trainings by the options given, tested on the test pictures, which only pretraining "
      "tells apart";
  const auto epochs = static_cast<std::size_t>(get(view.inputs, "epochs").item<std::int64_t>());
  const Run base(view, "base");
  if (base.scratch.size() != epochs || base.pretrained.size() != epochs) {
    return blocked("p3.e.comparison", expected, "another number of losses");
  }
  if (freezes_encoder(view)) {
    return failed("two trainings that both move all weights",
                  "an encoder that keeps its weights while it is shown the training pictures",
                  "Either its parameters do not require a gradient, or the optimiser does not have "
                  "them.");
  }
  // Who draws numbers from a clock cannot be held to this.
  const Shows chance = shows(view, "", "again");
  if (chance.in_scratch || chance.in_pretrained) return passed(expected, "other ones in each run");
  for (const Cause& cause : kCauses) {
    const Shows own = shows(view, "", cause.name);
    const Shows fair = shows(view, "fair_", cause.name);
    if ((fair.in_scratch && !own.in_scratch) || (fair.in_pretrained && !own.in_pretrained)) {
      return failed(expected, cause.words);
    }
  }
  const Shows first = shows(view, "", "first");
  if (first.in_scratch && first.in_pretrained) {
    return failed(
        expected, "what the first training learns changes the second one too",
        "Two encoders and two decoders are needed: each training begins with weights that no "
        "other training has changed.");
  }
  for (const Cause& cause : kPretrainingCauses) {
    const Shows own = shows(view, "", cause.name);
    // Longer pretraining draws more random numbers, which a training after it does without.
    if (own.in_scratch && cause.name == std::string("pretraining")) {
      return failed(expected, "the training from scratch changes with the pretraining");
    }
    if (!own.in_pretrained && shows(view, "fair_", cause.name).in_pretrained) {
      return failed(expected, cause.words);
    }
  }
  return passed(expected, "the same");
}

/// What shows in the losses, and what could.
Sketch sketch_fairness(const CaseView& view) {
  const Run base(view, "base");
  Sketch sketch = {base.scratch == base.pretrained ? 1.0 : 0.0};
  for (const char* name :
       {"again", "encoder", "training", "test", "pretraining", "longer", "first"}) {
    const Shows own = shows(view, "", name);
    sketch.push_back(own.in_scratch ? 1.0 : 0.0);
    sketch.push_back(own.in_pretrained ? 1.0 : 0.0);
  }
  for (const char* name : {"training", "pretraining", "longer"}) {
    const Shows fair = shows(view, "fair_", name);
    sketch.push_back(fair.in_scratch ? 1.0 : 0.0);
    sketch.push_back(fair.in_pretrained ? 1.0 : 0.0);
  }
  sketch.push_back(freezes_encoder(view) ? 1.0 : 0.0);
  return sketch;
}

}  // namespace pset3::judge::p3
