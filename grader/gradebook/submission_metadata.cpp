#include "grader/gradebook/submission_metadata.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "grader/base/text.hpp"

namespace pset3::gradebook {
namespace {

using nlohmann::json;
using std::chrono::seconds;

std::string text_in(const json& object, const char* key) {
  if (!object.is_object() || !object.contains(key) || !object[key].is_string()) return "";
  return printable(object[key].get<std::string>(), 60);
}

/// "-07:00" or "Z" behind the time, as seconds.
std::optional<seconds> offset_of(const std::string& text) {
  if (text == "Z") return seconds(0);
  char sign = 0;
  int hours = 0;
  int minutes = 0;
  const bool fits = std::sscanf(text.c_str(), "%c%2d:%2d", &sign, &hours, &minutes) == 3;
  if (!fits || (sign != '+' && sign != '-') || hours > 14 || minutes > 59) return std::nullopt;
  const seconds offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return sign == '-' ? -offset : offset;
}

/// ISO 8601 with an offset, "2026-11-20T23:59:10.123456-08:00".
std::optional<SubmissionMetadata::Time> time_of(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, used = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute,
                  &second, &used) != 6) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  std::string rest = text.substr(static_cast<std::size_t>(used));
  if (!rest.empty() && rest[0] == '.') {
    rest.erase(0, std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  }
  const std::optional<seconds> offset = offset_of(rest);
  if (!date.ok() || !offset || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         seconds(second) - *offset;
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
