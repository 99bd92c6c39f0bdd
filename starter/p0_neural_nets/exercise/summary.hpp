#pragma once

#include <optional>
#include <string>
#include <vector>

#include "starter/common/exercise/open_question.hpp"
#include "starter/p0_neural_nets/exercise/options.hpp"
#include "starter/p0_neural_nets/exercise/training.hpp"

namespace pset3::neural_nets {

/// All that the run finds out; what is absent was not reached.
struct Results {
  std::size_t spiral_points = 0;
  std::size_t training_images = 0;
  std::size_t unseen_images = 0;
  std::string note;  ///< what is odd about the data
  std::optional<Trained> spiral;
  std::optional<Trained> images;
  std::vector<OpenQuestion> open_questions;
};

/// @returns the text of summary.txt.
std::string summary_text(const ExerciseOptions& options, const Results& results);

/// @returns accuracies.csv: data,training_accuracy,unseen_accuracy, one row for each network and
/// then a row
///          for each class of the images, without the training accuracy.
std::string accuracies_csv(const Results& results);

}  // namespace pset3::neural_nets
