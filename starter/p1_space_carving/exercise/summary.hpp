#pragma once

#include <string>

#include "starter/p1_space_carving/exercise/options.hpp"
#include "starter/p1_space_carving/exercise/results.hpp"
#include "starter/p1_space_carving/exercise/views.hpp"

namespace pset3::carving {

/// @returns the text of summary.txt: all numbers of the run, and the questions that are open.
std::string summary_text(const ExerciseOptions& options, const ExerciseViews& views,
                         const Results& results);

/// @returns views.csv: a row for each number of views.
std::string view_counts_csv(const std::vector<ViewCount>& rows);

}  // namespace pset3::carving
