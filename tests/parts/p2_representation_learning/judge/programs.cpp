#include "tests/parts/p2_representation_learning/judge/programs.hpp"
#include "grader/parts/p2_representation_learning/judge/checks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pset3::judge::p2::testing {
namespace {

using Weights = std::vector<double>;  // (classes, features), then (classes), then frozen (classes)

/// A student's program that writes down what it does.
class Program {
 public:
  Program(const Lesson& lesson, const Habits& habits) : lesson_(lesson), habits_(habits) {
    for (int k = 0; k < lesson.classes; ++k) {
      for (int d = 0; d < lesson.features; ++d) weights_.push_back(lesson.weight(k, d));
    }
    for (int k = 0; k < lesson.classes; ++k) weights_.push_back(lesson.bias(k));
    weights_.resize(weights_.size() + static_cast<std::size_t>(lesson.classes), 0.0);
    velocity_.resize(weights_.size(), habits.keeps_velocity);
    gradient_.resize(weights_.size(), 0.0);
  }

  void run_epoch(int epoch, bool training, bool learns) {
    double losses = 0.0;
    double correct = 0.0;
    int batches = 0;
    const std::vector<int> order = order_of(epoch);
    for (std::size_t begin = 0; begin < order.size();) {
      const std::size_t end =
          std::min(order.size(), begin + static_cast<std::size_t>(lesson_.batch_size));
      const std::vector<int> batch(order.begin() + static_cast<std::ptrdiff_t>(begin),
                                   order.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end;
      if (habits_.drops_last && static_cast<int>(batch.size()) < lesson_.batch_size) continue;
      write_down(batch, training);
      const double share = habits_.averages_images ? static_cast<double>(batch.size()) : 1.0;
      losses += share * loss(batch, training);
      for (const int i : batch) correct += answer(i, training) == lesson_.label(i) ? 1.0 : 0.0;
      ++batches;
      if (learns) step(batch, training);
    }
    double divisor = habits_.averages_images ? lesson_.examples : batches;
    if (habits_.adds_losses_up) divisor = 1.0;
    losses_.push_back(losses / divisor);
    accuracies_.push_back(correct / (habits_.divides_by_batches ? batches : lesson_.examples));
  }

  Arrays record() const {
    Arrays outputs = {{"call_sizes", Array::of(sizes_)},
                      {"call_modes", Array::of(modes_)},
                      {"seen", Array::of(seen_)}};
    const auto calls = static_cast<std::int64_t>(sizes_.size());
    outputs["call_weights"] =
        Array::copy_of(call_weights_.data(), {calls, lesson_.classes, lesson_.features});
    outputs["call_biases"] = Array::copy_of(call_biases_.data(), {calls, lesson_.classes});
    const std::vector<float> now(weights_.begin(), weights_.end());
    outputs["weight_after"] = Array::copy_of(now.data(), {lesson_.classes, lesson_.features});
    const float* bias = now.data() + lesson_.classes * lesson_.features;
    outputs["bias_after"] = Array::copy_of(bias, {lesson_.classes});
    outputs["frozen_after"] = Array::copy_of(bias + lesson_.classes, {lesson_.classes});
    outputs["shared_state"] =
        Array::of(std::vector<std::int64_t>{habits_.leaves_gradients_off ? 0 : 1, 1, 1, 1, 1});
    return outputs;
  }
  std::int64_t calls() const { return static_cast<std::int64_t>(sizes_.size()); }
  const std::vector<double>& losses() const { return losses_; }
  const std::vector<double>& accuracies() const { return accuracies_; }

 private:
  std::vector<int> order_of(int epoch) const {
    std::vector<int> order(static_cast<std::size_t>(lesson_.examples));
    std::iota(order.begin(), order.end(), 0);
    if (!habits_.shuffles) return order;
    // A different one for each epoch: the examples by their remainder, in steps.
    std::sort(order.begin(), order.end(),
              [&](int a, int b) { return (a * 7 + epoch * 5) % 29 < (b * 7 + epoch * 5) % 29; });
    return order;
  }

  std::vector<double> logits(int i, bool training) const {
    std::vector<double> result;
    const int biases = lesson_.classes * lesson_.features;
    for (int k = 0; k < lesson_.classes; ++k) {
      double sum = weights_[static_cast<std::size_t>(biases + k)] +
                   weights_[static_cast<std::size_t>(biases + lesson_.classes + k)];
      if (training) sum += lesson_.shift(k);
      for (int d = 0; d < lesson_.features; ++d) {
        sum += weights_[static_cast<std::size_t>(k * lesson_.features + d)] * lesson_.example(i, d);
      }
      result.push_back(sum);
    }
    return result;
  }

  std::int64_t answer(int i, bool training) const {
    const std::vector<double> all = logits(i, training);
    return std::max_element(all.begin(), all.end()) - all.begin();
  }

  double loss(const std::vector<int>& batch, bool training) const {
    double sum = 0.0;
    for (const int i : batch) {
      const std::vector<double> all = logits(i, training);
      double total = 0.0;
      for (const double logit : all) total += std::exp(logit);
      sum += std::log(total) - all[static_cast<std::size_t>(lesson_.label(i))];
    }
    return sum / static_cast<double>(batch.size());
  }

  void step(const std::vector<int>& batch, bool training) {
    constexpr double kDelta = 1e-5;
    if (habits_.clears_gradients) std::fill(gradient_.begin(), gradient_.end(), 0.0);
    for (std::size_t w = 0; w < weights_.size(); ++w) {
      const double kept = weights_[w];
      weights_[w] = kept + kDelta;
      const double above = loss(batch, training);
      weights_[w] = kept - kDelta;
      gradient_[w] += (above - loss(batch, training)) / (2.0 * kDelta);
      weights_[w] = kept;
    }
    const std::size_t trained =
        weights_.size() - (habits_.trains_frozen ? 0U : static_cast<std::size_t>(lesson_.classes));
    for (std::size_t w = 0; w < trained; ++w) {
      velocity_[w] = (habits_.momentum ? lesson_.momentum : 0.0) * velocity_[w] + gradient_[w];
      weights_[w] = static_cast<float>(weights_[w] - lesson_.learning_rate * velocity_[w]);
    }
  }

  void write_down(const std::vector<int>& batch, bool training) {
    seen_.insert(seen_.end(), batch.begin(), batch.end());
    sizes_.push_back(static_cast<std::int64_t>(batch.size()));
    modes_.push_back(training ? 1 : 0);
    const auto biases = weights_.begin() + lesson_.classes * lesson_.features;
    call_weights_.insert(call_weights_.end(), weights_.begin(), biases);
    call_biases_.insert(call_biases_.end(), biases, biases + lesson_.classes);
  }

  Lesson lesson_;
  Habits habits_;
  Weights weights_;
  Weights velocity_;
  Weights gradient_;
  std::vector<std::int64_t> sizes_;
  std::vector<std::int64_t> modes_;
  std::vector<std::int64_t> seen_;
  std::vector<float> call_weights_;
  std::vector<float> call_biases_;
  std::vector<double> losses_;
  std::vector<double> accuracies_;
};

}  // namespace

float Lesson::example(int i, int feature) const {
  return static_cast<float>(std::sin(1.3 * i + 2.1 * feature));
}

float Lesson::weight(int k, int feature) const {
  return static_cast<float>(0.5 * std::cos(1.7 * k + 0.9 * feature));
}

Arrays Lesson::inputs() const {
  constexpr std::int64_t kPixels = 1024;
  Array images(arrays::DType::kF32, {examples, 1, 32, 32});
  std::vector<std::int64_t> labels;
  for (int i = 0; i < examples; ++i) {
    float* image = images.data<float>() + i * kPixels;
    image[0] = static_cast<float>(i);
    for (int d = 0; d < features; ++d) image[1 + d] = example(i, d);
    labels.push_back(label(i));
  }
  std::vector<float> weights;
  std::vector<float> biases;
  std::vector<float> shifts;
  for (int k = 0; k < classes; ++k) {
    for (int d = 0; d < features; ++d) weights.push_back(weight(k, d));
    biases.push_back(bias(k));
    shifts.push_back(shift(k));
  }
  return {{"images", images},
          {"labels", Array::of(labels)},
          {"weight", Array::copy_of(weights.data(), {classes, features})},
          {"bias", Array::of(biases)},
          {"training_shift", Array::of(shifts)},
          {"batch_size", Array::scalar<std::int64_t>(batch_size)},
          {"epochs", Array::scalar<std::int64_t>(epochs)},
          {"learning_rate", Array::scalar(learning_rate)},
          {"momentum", Array::scalar(momentum)},
          {"told", Array::scalar<std::int64_t>(1)}};
}

Arrays train(const Lesson& lesson, const Habits& habits) {
  Program program(lesson, habits);
  std::vector<std::int64_t> told_epochs;
  std::vector<std::int64_t> told_calls;
  for (int epoch = habits.has_epoch_0 ? 0 : 1; epoch <= lesson.epochs; ++epoch) {
    program.run_epoch(epoch, habits.training_mode, epoch > 0 || habits.learns_in_epoch_0);
    if (habits.tells) told_epochs.push_back(static_cast<std::int64_t>(told_epochs.size()));
    if (habits.tells) told_calls.push_back(program.calls());
  }
  Arrays outputs = program.record();
  outputs["losses"] = outputs["told_losses"] = Array::of(program.losses());
  outputs["accuracies"] = outputs["told_accuracies"] = Array::of(program.accuracies());
  outputs["told_epochs"] = Array::of(told_epochs);
  outputs["told_calls"] = Array::of(told_calls);
  return outputs;
}

Arrays test(const Lesson& lesson, const Habits& habits) {
  Program program(lesson, habits);
  program.run_epoch(0, habits.training_mode, habits.learns_in_epoch_0);
  Arrays outputs = program.record();
  outputs["loss"] = Array::scalar(program.losses()[0]);
  outputs["accuracy"] = Array::scalar(program.accuracies()[0]);
  return outputs;
}

CaseFinding judge_p2(const std::string& name, const Arrays& inputs, const Arrays& outputs,
                     double threshold) {
  CheckSpec spec;
  spec.tolerance = {{"threshold", threshold}};
  return p2::checks().at(name).judge({spec, inputs, {}, outputs});
}

}  // namespace pset3::judge::p2::testing
