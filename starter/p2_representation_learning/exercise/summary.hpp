#pragma once

#include <string>

#include "starter/p2_representation_learning/exercise/results.hpp"

namespace pset3::representation {

/// @returns the text of summary.txt.
std::string summary_text(const ExerciseOptions& options, const Results& results);

/// @returns accuracies.csv: experiment,training_images,epochs,training_loss,training_accuracy,
///          test_accuracy,published_test_accuracies (with spaces between),seconds.
std::string accuracies_csv(const Results& results);

/// @returns curves.csv: experiment,epoch,loss,accuracy.
std::string curves_csv(const Results& results);

}  // namespace pset3::representation
