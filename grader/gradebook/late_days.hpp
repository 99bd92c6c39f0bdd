#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "grader/gradebook/course_time.hpp"

namespace pset3::gradebook {

struct Deadline {
  std::string name;
  std::vector<std::string> parts;  ///< what is due then; empty = all parts
  std::string due;                 ///< local time of the policy's zone
};

/// What handing in late costs: data, so that a course can have its own.
struct Policy {
  std::string zone = "UTC";
  std::vector<Deadline> deadlines;
  int grace_minutes = 0;           ///< after each day's end, too
  int free_days = 0;               ///< a student has for all deadlines together
  double percent_per_day = 0.0;    ///< of the points that were reached, a day that is not free
  double cap_percent = 100.0;      ///< at most this much is taken off
  std::optional<int> latest_days;  ///< what comes more days late than this gets no points
  double round_to = 0.01;          ///< a part's points after the deduction

  /// @returns the deadline of a part, or nullptr where it has none.
  const Deadline* deadline_of(const std::string& part) const;
};

/// Reads policy.json. @throws InputError that names the field, what was expected and what is there.
Policy read_policy(const nlohmann::json& document);
nlohmann::json to_json(const Policy& policy);

/// More time for one student and deadline.
struct Extension {
  int days = 0;       ///< calendar days after the deadline …
  std::string until;  ///< … or a time in the policy's zone; empty = `days`
  std::string author;
  std::string reason;
};

/// When one student handed in what was due at a deadline.
struct HandInTime {
  std::string at;        ///< as the platform wrote it; empty where it is not known
  bool is_late = false;  ///< the platform said so
  std::string source;    ///< who says so, where it is not the platform
};

/// What being late costs at one deadline, and how that came about.
struct Lateness {
  std::string deadline;
  Instant until{};                ///< the deadline, extended where it was
  std::chrono::seconds after{0};  ///< how long after `until` it was handed in
  int days_late = 0;
  int free_used = 0;
  double percent_off = 0.0;
  bool too_late = false;
  bool is_unknown = false;  ///< marked as late, and nobody knows by how much
  std::vector<std::string> lines;
};

/// Applies a policy to all that one student handed in; free days go to the earliest deadlines.
/// @param hand_ins, extensions  by the deadline's name; a deadline that is not among hand_ins is
/// not in the result.
std::vector<Lateness> lateness_of(const Policy& policy,
                                  const std::map<std::string, HandInTime>& hand_ins,
                                  const std::map<std::string, Extension>& extensions);

/// @returns the points that stay, rounded to the policy's step, halves upwards.
double points_after(const Policy& policy, const Lateness& lateness, double points);

}  // namespace pset3::gradebook
