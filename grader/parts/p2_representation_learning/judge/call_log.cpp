#include "grader/parts/p2_representation_learning/judge/call_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "grader/judge/distance.hpp"

namespace pset3::judge::p2 {
namespace {

std::vector<double> doubles(const arrays::Array& array, std::size_t begin, std::size_t count) {
  const float* values = array.data<float>() + begin;
  return {values, values + count};
}

std::vector<double> doubles(const arrays::Array& array) {
  return doubles(array, 0, array.element_count());
}

std::vector<double> softmax(std::vector<double> values) {
  const double highest = *std::max_element(values.begin(), values.end());
  double sum = 0.0;
  for (double& value : values) sum += value = std::exp(value - highest);
  for (double& value : values) value /= sum;
  return values;
}

}  // namespace

CallLog::CallLog(const CaseView& view) {
  const arrays::Array& weight = get(view.inputs, "weight");
  classes_ = static_cast<std::size_t>(weight.shape()[0]);
  features_ = static_cast<std::size_t>(weight.shape()[1]);
  batch_size_ = static_cast<std::size_t>(get(view.inputs, "batch_size").item<std::int64_t>());
  const arrays::Array& labels = get(view.inputs, "labels");
  const auto* label = labels.data<std::int64_t>();
  labels_.assign(label, label + labels.element_count());
  const arrays::Array& images = get(view.inputs, "images");
  const std::size_t pixels = images.element_count() / labels_.size();
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    const std::vector<double> own = doubles(images, i * pixels + 1, features_);
    inputs_.insert(inputs_.end(), own.begin(), own.end());
  }
  shift_ = doubles(get(view.inputs, "training_shift"));
  before_ = {doubles(weight), doubles(get(view.inputs, "bias"))};
  after_ = {doubles(get(view.outputs, "weight_after")), doubles(get(view.outputs, "bias_after"))};
  const std::vector<double> frozen = doubles(get(view.outputs, "frozen_after"));
  frozen_changed_ =
      std::any_of(frozen.begin(), frozen.end(), [](double value) { return value != 0.0; });
  read_calls(view);
}

void CallLog::read_calls(const CaseView& view) {
  const arrays::Array& sizes = get(view.outputs, "call_sizes");
  const auto* size = sizes.data<std::int64_t>();
  const auto* mode = get(view.outputs, "call_modes").data<std::int64_t>();
  const arrays::Array& seen = get(view.outputs, "seen");
  const std::size_t count = sizes.element_count();
  for (const char* name : {"call_modes", "call_weights", "call_biases"}) {
    if (static_cast<std::size_t>(get(view.outputs, name).shape()[0]) != count) {
      complaint_ = "a record whose parts do not fit each other";
      return;
    }
  }
  std::size_t next = 0;
  for (std::size_t c = 0; c < count; ++c) {
    Call call{mode[c] != 0, {}, {}};
    for (std::int64_t i = 0; i < size[c] && next < seen.element_count(); ++i, ++next) {
      const std::int64_t example = seen.data<std::int64_t>()[next];
      if (example < 0 || static_cast<std::size_t>(example) >= labels_.size()) {
        complaint_ = "the model was shown images that are not in the dataset";
        return;
      }
      call.examples.push_back(static_cast<std::size_t>(example));
    }
    if (call.examples.empty()) {
      complaint_ = "the model was shown an empty batch";
      return;
    }
    const std::size_t weights = classes_ * features_;
    call.weights = {doubles(get(view.outputs, "call_weights"), c * weights, weights),
                    doubles(get(view.outputs, "call_biases"), c * classes_, classes_)};
    calls_.push_back(std::move(call));
  }
  if (calls_.empty()) complaint_ = "the model was shown nothing";
}

std::optional<std::vector<CallRange>> CallLog::epochs(std::size_t results) const {
  std::vector<CallRange> epochs;
  std::size_t seen = 0;
  std::size_t begin = 0;
  for (std::size_t c = 0; c < calls_.size(); ++c) {
    seen += calls_[c].examples.size();
    if (seen < example_count()) continue;
    if (seen > example_count()) break;
    epochs.push_back({begin, c + 1});
    begin = c + 1;
    seen = 0;
  }
  if (begin == calls_.size()) return epochs;
  if (results == 0 || calls_.size() % results != 0) return std::nullopt;
  epochs.clear();
  const std::size_t length = calls_.size() / results;
  for (std::size_t e = 0; e < results; ++e) epochs.push_back({e * length, (e + 1) * length});
  return epochs;
}

std::vector<double> CallLog::logits(const Call& call, std::size_t example) const {
  std::vector<double> result(classes_);
  for (std::size_t k = 0; k < classes_; ++k) {
    result[k] = call.weights.bias[k];
    if (call.training) result[k] += shift_[k];
    // It is added to the logits as the bias is; whoever trains it changes it as much.
    if (frozen_changed_) result[k] += call.weights.bias[k] - before_.bias[k];
    for (std::size_t d = 0; d < features_; ++d) {
      result[k] += call.weights.weight[k * features_ + d] * inputs_[example * features_ + d];
    }
  }
  return result;
}

std::vector<double> CallLog::probabilities(const Call& call, std::size_t example) const {
  return softmax(logits(call, example));
}

LinearWeights CallLog::gradient(const Call& call) const {
  return mean_gradient(call, [&](std::size_t example) {
    std::vector<double> errors = probabilities(call, example);
    errors[static_cast<std::size_t>(labels_[example])] -= 1.0;
    return errors;
  });
}

LinearWeights CallLog::gradient_of_softmax(const Call& call) const {
  return mean_gradient(call, [&](std::size_t example) {
    const std::vector<double> once = probabilities(call, example);
    std::vector<double> errors = softmax(once);
    errors[static_cast<std::size_t>(labels_[example])] -= 1.0;
    const double mean = std::inner_product(once.begin(), once.end(), errors.begin(), 0.0);
    for (std::size_t k = 0; k < classes_; ++k) errors[k] = once[k] * (errors[k] - mean);
    return errors;
  });
}

double CallLog::loss_of_softmax(const Call& call) const {
  double sum = 0.0;
  for (const std::size_t example : call.examples) {
    sum -=
        std::log(softmax(probabilities(call, example))[static_cast<std::size_t>(labels_[example])]);
  }
  return sum / static_cast<double>(call.examples.size());
}

double CallLog::lowest_is_label(const Call& call) const {
  double count = 0.0;
  for (const std::size_t example : call.examples) {
    const std::vector<double> all = logits(call, example);
    const auto lowest = std::min_element(all.begin(), all.end()) - all.begin();
    count += lowest == labels_[example] ? 1.0 : 0.0;
  }
  return count;
}

template <typename ToLogits>
LinearWeights CallLog::mean_gradient(const Call& call, const ToLogits& to_logits) const {
  LinearWeights sum{std::vector<double>(classes_ * features_), std::vector<double>(classes_)};
  const auto count = static_cast<double>(call.examples.size());
  for (const std::size_t example : call.examples) {
    const std::vector<double> errors = to_logits(example);
    for (std::size_t k = 0; k < classes_; ++k) {
      const double error = errors[k] / count;
      sum.bias[k] += error;
      for (std::size_t d = 0; d < features_; ++d) {
        sum.weight[k * features_ + d] += error * inputs_[example * features_ + d];
      }
    }
  }
  return sum;
}

double CallLog::loss(const Call& call) const {
  double sum = 0.0;
  for (const std::size_t example : call.examples) {
    sum -= std::log(probabilities(call, example)[static_cast<std::size_t>(labels_[example])]);
  }
  return sum / static_cast<double>(call.examples.size());
}

CallLog::Correct CallLog::correct(const Call& call) const {
  constexpr double kTie = 1e-4;
  Correct result;
  for (const std::size_t example : call.examples) {
    const std::vector<double> all = logits(call, example);
    const auto own = static_cast<std::size_t>(labels_[example]);
    double best_other = -1e300;
    for (std::size_t k = 0; k < classes_; ++k) {
      if (k != own) best_other = std::max(best_other, all[k]);
    }
    if (all[own] > best_other + kTie) result.least += 1.0;
    if (all[own] > best_other - kTie) result.most += 1.0;
  }
  return result;
}

double difference(const LinearWeights& a, const LinearWeights& b) {
  double worst = 0.0;
  for (std::size_t i = 0; i < a.weight.size(); ++i) {
    worst = std::max(worst, distance(a.weight[i], b.weight[i]));
  }
  for (std::size_t i = 0; i < a.bias.size(); ++i) {
    worst = std::max(worst, distance(a.bias[i], b.bias[i]));
  }
  return worst;
}

bool Tally::is_loss(double loss) const {
  const auto near = [&](double wanted) {
    return std::abs(loss - wanted) <= 1e-4 * std::max(1.0, std::abs(wanted));
  };
  return near(mean_of_batches) || near(mean_of_images);
}

bool Tally::is_accuracy(double accuracy) const {
  constexpr double kRounding = 1e-6;  // of a float
  const auto fits = [&](double count) {
    return accuracy >= least_correct / count - kRounding &&
           accuracy <= most_correct / count + kRounding;
  };
  return fits(images) || fits(dataset);
}

Tally tally(const CallLog& log, const CallRange& calls) {
  Tally result;
  result.dataset = static_cast<double>(log.example_count());
  for (std::size_t c = calls.begin; c < calls.end; ++c) {
    const Call& call = log.calls()[c];
    const auto count = static_cast<double>(call.examples.size());
    const double loss = log.loss(call);
    const CallLog::Correct correct = log.correct(call);
    result.images += count;
    result.mean_of_batches += loss / static_cast<double>(calls.end - calls.begin);
    result.mean_of_images += loss * count;
    result.least_correct += correct.least;
    result.most_correct += correct.most;
  }
  result.mean_of_images /= result.images;
  return result;
}

std::string state_left(const CaseView& view) {
  const auto* state = get(view.outputs, "shared_state").data<std::int64_t>();
  if (state[0] == 0) return "gradients are still switched off when your function has returned";
  if (state[1] == 0) return "LibTorch's default type is not what it was before";
  if (state[2] == 0) return "a parameter that needed gradients before does not need them now";
  if (state[2] != 1) return "a parameter that needed no gradients before needs them now";
  if (state[3] == 0) return "the dataset's own tensors were written into";
  if (state[3] != 1) return "the dataset's own tensors have other shapes now";
  return state[4] == 0 ? "gradients are left in the parameters: a backward() ran" : "";
}

bool each_once(const CallLog& log, const CallRange& calls) {
  std::vector<int> times(log.example_count(), 0);
  for (std::size_t c = calls.begin; c < calls.end; ++c) {
    for (const std::size_t example : log.calls()[c].examples) ++times[example];
  }
  return std::all_of(times.begin(), times.end(), [](int count) { return count == 1; });
}

}  // namespace pset3::judge::p2
