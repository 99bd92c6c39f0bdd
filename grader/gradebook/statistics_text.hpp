#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/gradebook/finished_run.hpp"
#include "grader/gradebook/statistics.hpp"
#include "grader/report/results.hpp"

namespace pset3::gradebook {

/// Everything that can be said of a run as a whole.
struct RunStatistics {
  nlohmann::json class_json;  ///< made anew from the results
  Distribution scores;        ///< of those that were graded, without extra credit
  double maximum = 0.0;
  bool has_extra = false;                           ///< somebody has extra credit
  std::vector<std::pair<std::string, Flag>> flags;  ///< by submission
  std::vector<Wavering> wavering;
  bool was_compared = false;
};

/// @param again  another grading of the same class, to find what differs; may be nullptr
RunStatistics statistics_of(const FinishedRun& run, const FinishedRun* again);

nlohmann::json to_json(const RunStatistics& statistics);
std::string to_text(const RunStatistics& statistics, const report::TextStyle& style);

}  // namespace pset3::gradebook
