#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <functional>

#include "starter/common/drawing/progress.hpp"
#include "starter/p4_unsupervised_depth/exercise/fit.hpp"
#include "starter/p4_unsupervised_depth/exercise/results.hpp"
#include "starter/p4_unsupervised_depth/exercise/training_pairs.hpp"
#include "starter/p4_unsupervised_depth/flip.hpp"
#include "starter/p4_unsupervised_depth/given/disparity_net.hpp"
#include "starter/p4_unsupervised_depth/given/stereo_loss.hpp"

/// The exercise's training and test, through the student's functions.
namespace pset3::stereo {

/// Trains on the first four fifths of the pairs and tests on the others. The training is kept in
/// OUT/network.safetensors after every epoch; one that is continued ends as if it had never been
/// stopped.
class Trainer {
 public:
  /// `options` and `pairs` must live longer.
  Trainer(const ExerciseOptions& options, const TrainingPairs& pairs);

  /// Trains from where an earlier run stopped, if there was one, and tests. Tells on stderr.
  /// @throws Unanswered "a" or "c"
  TrainingResults run();

 private:
  using TestCallback = std::function<void(const torch::Tensor& numbers, const StereoPair& views,
                                          const Disparities& disparities)>;

  std::int64_t training_pairs() const {
    return static_cast<std::int64_t>(training_share(static_cast<std::size_t>(pairs_.size())));
  }
  std::int64_t test_pairs() const { return pairs_.size() - training_pairs(); }
  bool has_truth() const { return pairs_.left_disparity.defined(); }
  StereoPair views_of(const torch::Tensor& numbers) const;
  StereoPair flipped(const StereoPair& views, StereoRandomFlip& flip) const;
  torch::Tensor loss_of(const Disparities& disparities, const StereoPair& views) const;
  double train_epoch(std::uint64_t seed, drawing::Progress& progress);
  EpochPoint test_epoch(double training_loss, drawing::Progress& progress);
  void test(const TestCallback& look);
  void measure(TrainingResults& results);
  Fit fit_of_mean_map() const;

  const ExerciseOptions& options_;
  const TrainingPairs& pairs_;
  DisparityNet network_;
  torch::optim::Adam optimizer_;
};

}  // namespace pset3::stereo
