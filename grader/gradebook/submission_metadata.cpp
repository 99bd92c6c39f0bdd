#include "grader/gradebook/submission_metadata.hpp"

#include <fmt/format.h>

#include <regex>

#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/gradebook/course_time.hpp"

namespace pset3::gradebook {
namespace {

using nlohmann::json;

std::string text_in(const json& object, const char* key) {
  if (!object.is_object() || !object.contains(key) || !object[key].is_string()) return "";
  return printable(object[key].get<std::string>(), 60);
}

/// ISO 8601 with an offset, "2026-11-20T23:59:10.123456-08:00", and no other form.
std::optional<SubmissionMetadata::Time> time_of(const std::string& text) {
  static const std::regex kForm("[-\\d]{10}T[:\\d]{8}(\\.\\d*)?(Z|[+-](0\\d|1[0-4]):[0-5]\\d)");
  if (!std::regex_match(text, kForm)) return std::nullopt;
  try {
    return Zone().read(text, Zone::OfTwo::kEarlier);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace

SubmissionMetadata read_submission_metadata(const json& document) {
  SubmissionMetadata metadata;
  metadata.created_at = text_in(document, "created_at");
  if (document.is_object() && document.contains("assignment")) {
    metadata.due_date = text_in(document["assignment"], "due_date");
  }
  metadata.created = time_of(metadata.created_at);
  metadata.due = time_of(metadata.due_date);
  return metadata;
}

int late_days(const SubmissionMetadata& metadata) {
  if (!metadata.created || !metadata.due || *metadata.created <= *metadata.due) return 0;
  return static_cast<int>(
      std::chrono::ceil<std::chrono::days>(*metadata.created - *metadata.due).count());
}

std::string lateness_note(const SubmissionMetadata& metadata) {
  const int days = late_days(metadata);
  if (days == 0) return "";
  const auto hours = std::chrono::floor<std::chrono::hours>(*metadata.created - *metadata.due);
  return fmt::format("Handed in late: at {}, {} after {} ({} that have begun)", metadata.created_at,
                     counted(static_cast<std::size_t>(hours.count()), "full hour"),
                     metadata.due_date, counted(static_cast<std::size_t>(days), "day"));
}

}  // namespace pset3::gradebook
