#include "grader/gradebook/late_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grader/base/text.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

struct Due {
  const Deadline* deadline;
  Instant at;
};

std::vector<Due> in_order(const Policy& policy, const Zone& zone) {
  std::vector<Due> dues;
  for (const Deadline& deadline : policy.deadlines) {
    dues.push_back({&deadline, zone.read(deadline.due, Zone::OfTwo::kLater)});
  }
  std::stable_sort(dues.begin(), dues.end(),
                   [](const Due& a, const Due& b) { return a.at < b.at; });
  return dues;
}

/// The first whole number of days after which the hand-in would have been in time.
int days_late(const Zone& zone, Instant due, seconds grace, Instant at) {
  const auto about = std::chrono::duration_cast<std::chrono::hours>(at - due).count() / 24;
  int days = std::max(0, static_cast<int>(about) - 2);
  while (at > zone.days_later(due, days) + grace) ++days;
  return days;
}

std::string grace_text(const Policy& policy) {
  return policy.grace_minutes == 0 ? ""
                                   : fmt::format(" after {} min of grace", policy.grace_minutes);
}

/// One student, one deadline after the other.
class Reckoning {
 public:
  explicit Reckoning(const Policy& policy)
      : policy_(policy), zone_(policy.zone), free_left_(policy.free_days) {}

  Lateness at(const Due& due, const HandInTime& hand_in, const Extension* extension) {
    Lateness result;
    result.deadline = due.deadline->name;
    const Instant until = extension == nullptr ? due.at : extended(due.at, *extension);
    result.until = until;
    if (extension != nullptr) tell_extension(*extension, until, result);
    if (hand_in.at.empty()) {
      tell_unknown(hand_in, result);
      return result;
    }
    const Instant at = zone_.read(hand_in.at, Zone::OfTwo::kEarlier);
    tell_times(until, at, hand_in, result);
    result.after = std::max(at - until, seconds(0));
    result.days_late = days_late(zone_, until, minutes(policy_.grace_minutes), at);
    if (result.days_late > 0) charge(result);
    return result;
  }

 private:
  Instant extended(Instant due, const Extension& extension) const {
    if (extension.until.empty()) return zone_.days_later(due, extension.days);
    return std::max(due, zone_.read(extension.until, Zone::OfTwo::kLater));
  }

  void tell_extension(const Extension& extension, Instant until, Lateness& result) const {
    result.lines.push_back(fmt::format("Deadline {}: extended to {} by {}: {}", result.deadline,
                                       zone_.text(until), extension.author, extension.reason));
  }

  static void tell_unknown(const HandInTime& hand_in, Lateness& result) {
    result.is_unknown = hand_in.is_late;
    result.lines.push_back(
        "Deadline " + result.deadline +
        (hand_in.is_late ? ": the platform marks it as late and does not say by how much; nothing "
                           "is taken off so far"
                         : ": no time is known, so it counts as handed in on time"));
  }

  void tell_times(Instant until, Instant at, const HandInTime& hand_in, Lateness& result) const {
    const std::string distance =
        at <= until ? "in time" : duration_text(at - until) + " after the deadline";
    result.lines.push_back(fmt::format("Deadline {}: due {}, handed in {} ({}): {}",
                                       result.deadline, zone_.text(until), zone_.text(at),
                                       zone_.name(), distance));
    if (!hand_in.source.empty())
      result.lines.push_back("  the time is as told by " + hand_in.source);
    if (at > until && at <= until + minutes(policy_.grace_minutes)) {
      result.lines.push_back(
          fmt::format("  within the {} min of grace: not late", policy_.grace_minutes));
    }
  }

  void charge(Lateness& result) {
    const auto count = static_cast<std::size_t>(result.days_late);
    result.lines.push_back(fmt::format("  {}{}: each day that has begun counts",
                                       counted(count, "late day"), grace_text(policy_)));
    if (policy_.latest_days && result.days_late > *policy_.latest_days) {
      result.too_late = true;
      result.percent_off = 100.0;
      result.lines.push_back(
          fmt::format("  later than {}: it gets no points",
                      counted(static_cast<std::size_t>(*policy_.latest_days), "day")));
      return;
    }
    result.free_used = std::min(result.days_late, free_left_);
    free_left_ -= result.free_used;
    if (policy_.free_days > 0) {
      result.lines.push_back(
          fmt::format("  {} used, {} of {} left",
                      counted(static_cast<std::size_t>(result.free_used), "free day"), free_left_,
                      policy_.free_days));
    }
    take_off(result.days_late - result.free_used, result);
  }

  void take_off(int days, Lateness& result) const {
    if (days == 0) return;
    const double all = days * policy_.percent_per_day;
    result.percent_off = std::min(all, policy_.cap_percent);
    result.lines.push_back(fmt::format(
        "  {} at {:g} %: {:g} % of the points are taken off{}",
        counted(static_cast<std::size_t>(days), "day"), policy_.percent_per_day, result.percent_off,
        all > policy_.cap_percent ? ", which is the most that can be" : ""));
  }

  const Policy& policy_;
  Zone zone_;
  int free_left_;
};

}  // namespace

std::vector<Lateness> lateness_of(const Policy& policy,
                                  const std::map<std::string, HandInTime>& hand_ins,
                                  const std::map<std::string, Extension>& extensions) {
  Reckoning reckoning(policy);
  std::vector<Lateness> all;
  for (const Due& due : in_order(policy, Zone(policy.zone))) {
    const auto hand_in = hand_ins.find(due.deadline->name);
    if (hand_in == hand_ins.end()) continue;
    const auto extension = extensions.find(due.deadline->name);
    all.push_back(reckoning.at(due, hand_in->second,
                               extension == extensions.end() ? nullptr : &extension->second));
  }
  return all;
}

double points_after(const Policy& policy, const Lateness& lateness, double points) {
  const double kept = points * (100.0 - lateness.percent_off) / 100.0;
  // 1.005 is stored as a little less: the small amount more keeps it a half.
  return report::total(std::floor(kept / policy.round_to + 0.5 + 1e-9) * policy.round_to);
}

}  // namespace pset3::gradebook
