#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p2_representation_learning/judge/checks.hpp"

namespace pset3::judge::p2 {
namespace {

std::int64_t highest(const float* logits, std::int64_t count) {
  return std::max_element(logits, logits + count) - logits;
}

/// @param logits  (U, classes).
double accuracy(const arrays::Array& logits, const arrays::Array& labels) {
  const std::int64_t count = logits.shape()[0];
  const std::int64_t classes = logits.shape()[1];
  double correct = 0.0;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t got = highest(logits.data<float>() + i * classes, classes);
    if (got == labels.data<std::int64_t>()[i]) correct += 1.0;
  }
  return correct / static_cast<double>(count);
}

double accuracy_of(const CaseView& view, const std::string& logits) {
  return accuracy(get(view.outputs, logits), get(view.inputs, "unseen_labels"));
}

double threshold_of(const CaseView& view) { return view.check.tolerance.at("threshold"); }

/// The share of unseen images that a network of ours gets right when it learns from the few labels
/// alone. A number of ours: a student whose own network begins better must not gain less.
constexpr double kFromScratch = 0.2;

/// Whether a network gave all classes the same score before it learnt anything. Weights that are
/// drawn do not do that; what they do give differs between right solutions.
double begins_even(const CaseView& view, const std::string& prefix) {
  const arrays::Array& losses = get(view.outputs, prefix + "losses");
  const arrays::Array& logits = get(view.outputs, prefix + "logits");
  const double even = std::log(static_cast<double>(logits.shape().back()));
  constexpr double kFloat = 1e-5;
  return losses.element_count() > 0 && std::abs(losses.data<double>()[0] - even) < kFloat ? 1 : 0;
}

double flag(const CaseView& view, const std::string& name) {
  return get(view.outputs, name).item<bool>() ? 1.0 : 0.0;
}

/// Never a bare number: what it is of, what is asked for, what was reached.
CaseFinding at_least(const CaseView& view, const std::string& what, double value,
                     const std::string& detail = {}) {
  const double threshold = threshold_of(view);
  const std::string expected = fmt::format("{}: at least {:.3f}", what, threshold);
  const std::string got = fmt::format("{:.3f}", value);
  CaseFinding finding = value >= threshold ? passed(expected, got) : failed(expected, got, detail);
  return finding;
}

}  // namespace

double class_accuracy(const CaseView& view) { return accuracy_of(view, "logits"); }

double rotation_accuracy(const CaseView& view) {
  const arrays::Array& logits = get(view.outputs, "rotation_logits");
  const auto* order = get(view.inputs, "turn_order").data<std::int64_t>();
  const std::int64_t items = logits.shape()[0];
  const std::int64_t rotations = logits.shape()[1];
  double same = 0.0;
  double opposite = 0.0;
  for (std::int64_t i = 0; i < items; ++i) {
    const std::int64_t right = order[i] % rotations;
    const std::int64_t got = highest(logits.data<float>() + i * rotations, rotations);
    if (got == right) same += 1.0;
    // Who turns the other way calls 90 degrees what the harness calls 270.
    if (got == (rotations - right) % rotations) opposite += 1.0;
  }
  return std::max(same, opposite) / static_cast<double>(items);
}

double fine_tuning_gain(const CaseView& view) {
  return accuracy_of(view, "tuned_logits") - kFromScratch;
}

Sketch sketch_class_accuracy(const CaseView& view) { return {begins_even(view, "")}; }

Sketch sketch_rotation_accuracy(const CaseView& view) {
  return {begins_even(view, "rotation_"), flag(view, "rotation_embedding_stayed")};
}

Sketch sketch_fine_tuning_gain(const CaseView& view) {
  return {begins_even(view, "tuned_"), flag(view, "tuned_embedding_kept")};
}

CaseFinding judge_class_accuracy(const CaseView& view) {
  return at_least(view, "share of unseen images that get their class", class_accuracy(view));
}

/// A head alone can tell rotations too, from what it is given by an embedding that never learns.
CaseFinding judge_rotation_accuracy(const CaseView& view) {
  if (flag(view, "rotation_embedding_stayed") != 0.0) {
    return failed("an embedding that learns while rotations are learnt",
                  "its weights are what they were before");
  }
  return at_least(view, "share of turned unseen images that get their rotation",
                  rotation_accuracy(view));
}

CaseFinding judge_fine_tuning_gain(const CaseView& view) {
  // Right solutions tell more than six rotations of ten, chance one of eight.
  constexpr double kLearntSomething = 0.4;
  if (rotation_accuracy(view) < kLearntSomething) {
    return blocked("p2.e.rotations", "an embedding that has learnt rotations",
                   fmt::format("one that names the rotation of {:.3f} of the images",
                               rotation_accuracy(view)));
  }
  if (flag(view, "tuned_embedding_kept") == 0.0) {
    return failed("a new model that takes the embedding as it is",
                  "the embedding's weights were changed when the model was made");
  }
  return at_least(
      view, "accuracy gained on few labels by starting from rotations", fine_tuning_gain(view),
      fmt::format("fine-tuned {:.3f}; a network of ours that starts from nothing reaches about {}",
                  accuracy_of(view, "tuned_logits"), kFromScratch));
}

}  // namespace pset3::judge::p2
