#pragma once

#include <string>
#include <vector>

#include "starter/p2_representation_learning/exercise/options.hpp"

namespace pset3::representation {

enum class Predicts { kClass, kRotation };
enum class StartsFrom { kScratch, kRotation };

/// One of the handout's trainings.
struct Experiment {
  std::string name;   ///< on the command line, and of its checkpoint
  std::string title;  ///< in tables and legends
  Predicts predicts = Predicts::kClass;
  StartsFrom starts_from = StartsFrom::kScratch;
  double share = 1.0;  ///< of the training images
  int epochs = 10;
  /// Test accuracies of right solutions on the 60,000 and 10,000 images of Fashion-MNIST.
  std::vector<double> published;
};

/// @returns the six, in the order in which they are run.
const std::vector<Experiment>& all_experiments();

/// @returns those that were asked for, with the epochs that were asked for; the prediction of
///          rotations also where it was not, but something starts from it.
std::vector<Experiment> planned(const ExerciseOptions& options);

}  // namespace pset3::representation
