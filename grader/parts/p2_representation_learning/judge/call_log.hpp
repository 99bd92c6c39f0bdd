#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/checks.hpp"

namespace pset3::judge::p2 {

/// The harness's model: logits = weight x + bias + shift (in training mode only) + frozen.
struct LinearWeights {
  std::vector<double> weight;  ///< (classes, features)
  std::vector<double> bias;    ///< (classes)
};

/// A forward pass of the harness's model.
struct Call {
  bool training = false;
  std::vector<std::size_t> examples;  ///< in order
  LinearWeights weights;              ///< that it met
};

/// Some consecutive calls: an epoch.
struct CallRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What the harness's model was shown, call by call.
class CallLog {
 public:
  explicit CallLog(const CaseView& view);

  /// Why nothing can be read from the log, in the student's terms; empty when it can.
  const std::string& complaint() const { return complaint_; }

  std::size_t example_count() const { return labels_.size(); }
  std::size_t batch_size() const { return batch_size_; }
  const std::vector<Call>& calls() const { return calls_; }
  const LinearWeights& before() const { return before_; }
  const LinearWeights& after() const { return after_; }
  bool frozen_changed() const { return frozen_changed_; }

  /// Cut after each time that all examples were seen, else into as many equal parts as there are
  /// results; nothing when neither works out.
  std::optional<std::vector<CallRange>> epochs(std::size_t results) const;

  /// Of the mean cross entropy of a call, with the weights that it met: (classes, features) and
  /// (classes).
  LinearWeights gradient(const Call& call) const;
  /// The mean cross entropy of a call.
  double loss(const Call& call) const;
  /// The same for a program that gives cross entropy probabilities in place of logits.
  LinearWeights gradient_of_softmax(const Call& call) const;
  double loss_of_softmax(const Call& call) const;
  /// How many examples of a call have the lowest logit for their label.
  double lowest_is_label(const Call& call) const;
  /// How many examples of a call get their label, at least and at most: two logits may be equal but
  /// for rounding.
  struct Correct {
    double least = 0.0;
    double most = 0.0;
  };
  Correct correct(const Call& call) const;

 private:
  void read_calls(const CaseView& view);
  std::vector<double> logits(const Call& call, std::size_t example) const;
  std::vector<double> probabilities(const Call& call, std::size_t example) const;
  /// The mean over a call of the gradient to the weights, given that to the logits.
  template <typename ToLogits>
  LinearWeights mean_gradient(const Call& call, const ToLogits& to_logits) const;

  std::string complaint_;
  std::size_t classes_ = 0;
  std::size_t features_ = 0;
  std::size_t batch_size_ = 0;
  std::vector<std::int64_t> labels_;
  std::vector<double> inputs_;  // (N, features)
  std::vector<double> shift_;
  LinearWeights before_;
  LinearWeights after_;
  bool frozen_changed_ = false;
  std::vector<Call> calls_;
};

/// Largest absolute difference of two models' weights.
double difference(const LinearWeights& a, const LinearWeights& b);

/// Losses and accuracies of some calls: right programs average over batches or over images.
struct Tally {
  double mean_of_batches = 0.0;
  double mean_of_images = 0.0;
  double least_correct = 0.0;
  double most_correct = 0.0;
  double images = 0.0;  ///< that were seen
  double dataset =
      0.0;  ///< that there are; others when a batch was left out, which is judged alone

  double accuracy() const { return most_correct / images; }
  bool is_loss(double loss) const;
  bool is_accuracy(double accuracy) const;
};
Tally tally(const CallLog& log, const CallRange& calls);

/// What a function left behind that it shares with all others; empty when nothing.
std::string state_left(const CaseView& view);

/// Whether these calls saw every example exactly once.
bool each_once(const CallLog& log, const CallRange& calls);

}  // namespace pset3::judge::p2
