#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace pset3::gradebook {

/// What Gradescope's submission_metadata.json says of when a submission came and was due. Times are
/// seconds since 1970; a regrade keeps `created_at`.
struct SubmissionMetadata {
  using Time = std::chrono::sys_seconds;
  std::optional<Time> created;
  std::optional<Time> due;
  std::string created_at;  ///< as the platform wrote it
  std::string due_date;
};

/// @param document  anything: what is missing or unreadable is left empty, since a submission is
///                  graded all the same.
SubmissionMetadata read_submission_metadata(const nlohmann::json& document);

/// @returns a line that says how late it is, in days that have begun; empty where it is in time or
/// nobody knows.
std::string lateness_note(const SubmissionMetadata& metadata);

/// @returns days that have begun after the due date; 0 where it is in time or nobody knows.
int late_days(const SubmissionMetadata& metadata);

}  // namespace pset3::gradebook
