#pragma once

#include <memory>
#include <string>
#include <vector>

#include "starter/common/training/checkpoint.hpp"
#include "starter/p2_representation_learning/data.hpp"
#include "starter/p2_representation_learning/exercise/results.hpp"
#include "starter/p2_representation_learning/models.hpp"

/// The experiments with the student's functions.
namespace pset3::representation {

/// What is trained and tested on.
struct ExerciseData {
  LabelledImages training;
  LabelledImages test;
};

/// @throws DataError when the files are not as they should be; std::invalid_argument when an
///         experiment of the plan would have nothing to train on.
ExerciseData read_data(const ExerciseOptions& options, const std::vector<Experiment>& plan);

/// Runs experiments, and keeps each of them in OUT/NAME.safetensors after every epoch.
class Trainer {
 public:
  /// `options` and `data` must live longer.
  Trainer(const ExerciseOptions& options, const ExerciseData& data);

  /// @returns the first `count` training images as the student's dataset gives them.
  /// @throws Unanswered "a"
  std::vector<Sample> samples(Predicts predicts, std::int64_t count) const;

  /// Asks the student's networks for the logits of an image or two.
  /// @throws Unanswered "b" unless their shapes are right.
  static void check_networks();

  /// Trains, from where an earlier run stopped if there was one, and tests. Tells on stderr.
  /// @throws Unanswered "c"; what is missing of (d) leaves the test accuracy empty.
  Outcome run(const Experiment& experiment);

  /// @returns why there is no test accuracy; empty where there is.
  const std::string& why_not_tested() const { return why_not_tested_; }

 private:
  struct Training;

  std::unique_ptr<ImageDataset> dataset(Split split, double share, Predicts predicts) const;
  Identity identity_of(const Experiment& experiment) const;
  std::filesystem::path file_of(const Experiment& experiment) const;
  void resume(Training& training) const;
  void train_rest(Training& training) const;
  void test(Training& training);

  const ExerciseOptions& options_;
  const ExerciseData& data_;
  std::string data_fingerprint_;
  std::string program_fingerprint_;
  NamedTensors pretrained_;  ///< the embedding that knows rotations
  std::string why_not_tested_;
};

}  // namespace pset3::representation
