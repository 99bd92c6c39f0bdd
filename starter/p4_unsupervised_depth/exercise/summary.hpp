#pragma once

#include <string>

#include "starter/p4_unsupervised_depth/exercise/results.hpp"

namespace pset3::stereo {

/// @returns the text of summary.txt.
std::string summary_text(const ExerciseOptions& options, const Results& results);

/// @returns views.csv: view,pixels,before,after,wrong_sign, in differences of colours 0 to 1.
std::string views_csv(const PairResults& pair);

/// @returns curves.csv: epoch,training_loss,test_loss,correlation.
std::string curves_csv(const TrainingResults& training);

/// @returns columns.csv: view,column,predicted_px,true_px,error_px.
std::string columns_csv(const TrainingResults& training);

}  // namespace pset3::stereo
