#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "starter/common/exercise/open_question.hpp"
#include "starter/p2_representation_learning/exercise/plan.hpp"

/// What the exercise finds out; without LibTorch, for all that draws and writes.
namespace pset3::representation {

/// An image to be shown.
struct Sample {
  std::vector<float> pixels;  ///< row by row, 0 (black) to 1
  int side = 0;
  std::int64_t label = 0;
};

/// How one pass over the training images went.
struct EpochPoint {
  double loss = 0.0;
  double accuracy = 0.0;
};

/// What came of an experiment.
struct Outcome {
  Experiment experiment;
  std::int64_t images = 0;         ///< that were trained on
  std::vector<EpochPoint> epochs;  ///< by number, 0 first
  /// Epochs after which the training had been stopped, and went on with no momentum.
  std::vector<int> stopped_after;
  std::optional<double> test_accuracy;
  double seconds = 0.0;  ///< of training, in this run
};

struct Results {
  std::int64_t training_images = 0;
  std::int64_t test_images = 0;
  std::vector<Outcome> outcomes;
  std::vector<OpenQuestion> open_questions;
};

}  // namespace pset3::representation
