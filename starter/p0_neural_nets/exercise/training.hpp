#pragma once

#include <functional>
#include <string>
#include <vector>

#include "starter/common/exercise/open_question.hpp"
#include "starter/p0_neural_nets/neural_nets.hpp"

/// Training with the student's functions, and what it found out.
namespace pset3::neural_nets {

/// Calls a function of the student's.
/// @throws Unanswered in place of what it throws.
template <typename Call>
auto ask(const std::string& function, Call call) {
  try {
    return call();
  } catch (const NotImplemented& error) {
    throw Unanswered(error.what());
  } catch (const std::exception& error) {
    throw Unanswered(function + " threw: " + error.what());
  }
}

/// Samples with their classes.
struct Samples {
  Matrix inputs;             ///< (N, D)
  std::vector<int> classes;  ///< N, from 0
  Matrix targets;            ///< (N, K) the classes one-hot
};

Samples make_samples(Matrix inputs, std::vector<int> classes, int class_count);

/// How well a network did after some steps.
struct Milestone {
  int step = 0;
  double training_loss = 0.0;  ///< mean over the batches since the milestone before
  double unseen_loss = 0.0;
};

struct TrainingPlan {
  std::vector<Index> widths;  ///< of the layers, the samples' first
  Activation activation = Activation::kTanh;
  double first_weights = 1.0;  ///< how large the first layer's are at the start, 1 = the usual size
  double learning_rate = 0.1;
  int steps = 1;
  int batch = 1;
  int milestones = 1;  ///< how many, at most one a step
  std::string label;   ///< of the progress bar
};

struct Trained {
  Mlp mlp;
  std::vector<Milestone> milestones;
  double training_accuracy = 0.0;
  double unseen_accuracy = 0.0;
  std::vector<double> accuracy_of_class;  ///< on unseen samples; NaN where a class has none
  double seconds = 0.0;
};

/// Trains a network that starts from the same random weights in every run.
///
/// @param watch  called with the network before the first step and after each step.
/// @throws Unanswered when a function of the student's is not written, throws, or returns a value
///         that the training cannot use.
Trained train(const TrainingPlan& plan, const Samples& training, const Samples& unseen,
              const std::function<void(int step, const Mlp&)>& watch);

/// @returns (N, K) what the network gives.
/// @throws Unanswered where mlp_forward throws or returns another shape.
Matrix logits_of(const Mlp& mlp, const Matrix& inputs, Index classes);

}  // namespace pset3::neural_nets
