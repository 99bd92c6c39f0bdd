#pragma once

#include <string>

#include "starter/p3_supervised_depth/exercise/results.hpp"

namespace pset3::depth {

/// @returns the text of summary.txt.
std::string summary_text(const ExerciseOptions& options, const Results& results);

/// @returns errors.csv: prediction,abs_rel,rmse,within_1_25,within_1_25_2,within_1_25_3,pixels.
std::string errors_csv(const Results& results);

/// @returns curves.csv: training,epoch,training_loss,test_loss.
std::string curves_csv(const Results& results);

}  // namespace pset3::depth
