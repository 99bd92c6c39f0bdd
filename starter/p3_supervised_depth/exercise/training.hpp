#pragma once

#include <memory>
#include <string>
#include <vector>

#include "starter/common/training/resumable_training.hpp"
#include "starter/p3_supervised_depth/exercise/data.hpp"
#include "starter/p3_supervised_depth/exercise/results.hpp"
#include "starter/p3_supervised_depth/model.hpp"
#include "starter/p3_supervised_depth/training.hpp"

/// The exercise's trainings and tests with the student's functions.
namespace pset3::depth {

/// Asks the student's network for the depths of two images.
/// @returns how many parameters it has. @throws Unanswered "b" unless the shape is right.
std::int64_t check_network(const ExerciseOptions& options, const ExerciseData& data);

/// Asks the student's depth_loss for that of two maps. @throws Unanswered "c" unless the shape is
/// right.
void check_depth_loss();

/// Trains and tests, and keeps each training in OUT/NAME.safetensors after every epoch, with all
/// that the optimiser remembers: one that is continued ends as if it had never been stopped.
class Trainer {
 public:
  /// `options` and `data` must live longer.
  /// @throws Unanswered "a"; DataError when there is nothing to train or test on, or a batch too
  ///         small to train on.
  Trainer(const ExerciseOptions& options, const ExerciseData& data);

  const DataLoaders& loaders() const { return loaders_; }

  /// Trains from scratch, from where an earlier run stopped if there was one, and tests. Tells on
  /// stderr. @throws Unanswered "b" or "d"
  void train_from_scratch(Results& results);

  /// Pretrains the encoder and does the same. @throws Unanswered "e", "b" or "d"
  void train_pretrained(Results& results);

 private:
  Identity identity_of(const std::string& name) const;
  Outcome train_and_test(const std::string& name, const NamedTensors& encoder,
                         std::vector<Sample>* samples) const;
  void train(const std::string& name, DenseDepth& model, torch::optim::Adam& optimizer,
             ResumableTraining& training) const;
  /// @returns the mean loss of the steps, and the loss on test pictures.
  static std::vector<double> train_epoch(DenseDepth& model, torch::optim::Adam& optimizer,
                                         const DataLoaders& watched);
  std::vector<double> pretrain_encoder(NamedTensors& encoder) const;

  const ExerciseOptions& options_;
  const ExerciseData& data_;
  DataLoaders loaders_;
  std::string data_fingerprint_;
  std::string program_fingerprint_;
};

}  // namespace pset3::depth
