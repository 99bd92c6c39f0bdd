#include "grader/gradebook/course_time.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <regex>

#include "grader/base/error.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using std::chrono::seconds;

const date::time_zone* zone_named(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    throw InputError(fmt::format(
        "there is no time zone \"{}\"; expected a name such as America/Los_Angeles or UTC "
        "(`timedatectl list-timezones` lists them)",
        report::one_line(name)));
  }
}

[[noreturn]] void refuse(std::string_view text) {
  throw InputError(
      fmt::format("\"{}\" is no time; expected one like 2026-11-20 23:59, or with its offset like "
                  "2026-11-20 23:59:00 -0800",
                  report::one_line(text, 80)));
}

int number(const std::string& digits) { return digits.empty() ? 0 : std::stoi(digits); }

/// "Z", "UTC" and "-0800" as seconds east of Greenwich.
seconds offset_of(const std::string& text) {
  if (text == "Z" || text == "UTC") return seconds(0);
  const int hours = number(text.substr(1, 2));
  const int minutes = number(text.substr(text.size() - 2));
  const seconds size = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return text[0] == '-' ? -size : size;
}

Instant moment_of(const date::time_zone* zone, date::local_seconds local, Zone::OfTwo which) {
  const auto choice =
      which == Zone::OfTwo::kEarlier ? date::choose::earliest : date::choose::latest;
  return zone->to_sys(local, choice);
}

}  // namespace

Zone::Zone(std::string name) : name_(std::move(name)) { zone_named(name_); }

Instant Zone::read(std::string_view text, OfTwo which) const {
  static const std::regex kTime(
      "(\\d{4})-(\\d{2})-(\\d{2})[ T-](\\d{2})[:-](\\d{2})(?:[:-](\\d{2})(?:\\.\\d{1,9})?)?"
      " ?(Z|UTC|[+-]\\d{2}:?\\d{2})?");
  const std::string whole(text.substr(0, 80));
  std::smatch part;
  if (!std::regex_match(whole, part, kTime)) refuse(text);
  const date::year_month_day day = date::year(number(part[1])) / number(part[2]) / number(part[3]);
  const int hour = number(part[4]);
  const int minute = number(part[5]);
  const int second = number(part[6]);
  if (!day.ok() || hour > 23 || minute > 59 || second > 60) refuse(text);
  const date::local_seconds local = date::local_days(day) + std::chrono::hours(hour) +
                                    std::chrono::minutes(minute) + seconds(second);
  if (part[7].matched) return Instant(local.time_since_epoch()) - offset_of(part[7]);
  return moment_of(zone_named(name_), local, which);
}

Instant Zone::days_later(Instant from, int days) const {
  const date::time_zone* const zone = zone_named(name_);
  return moment_of(zone, zone->to_local(from) + date::days(days), OfTwo::kLater);
}

std::string Zone::text(Instant at) const {
  const date::local_seconds local = zone_named(name_)->to_local(at);
  const bool has_seconds = local.time_since_epoch() % std::chrono::minutes(1) != seconds(0);
  return date::format(has_seconds ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M", local);
}

std::string duration_text(seconds duration) {
  const auto days = duration / std::chrono::hours(24);
  const auto hours = duration / std::chrono::hours(1) % 24;
  const auto minutes = duration / std::chrono::minutes(1) % 60;
  std::string text;
  if (days > 0) text += fmt::format("{} {} ", days, days == 1 ? "day" : "days");
  if (hours > 0) text += fmt::format("{} h ", hours);
  if (minutes > 0) text += fmt::format("{} min ", minutes);
  if (text.empty()) return fmt::format("{} s", duration.count());
  text.pop_back();
  return text;
}

}  // namespace pset3::gradebook
