#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grader/gradebook/record.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

template <typename Map>
const typename Map::mapped_type* find_in(const Map& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

std::string judged_text(const std::optional<Judged>& judged) {
  if (!judged) return "not judged";
  return fmt::format("{} with {:g}", judge::name_of(judged->verdict), judged->points);
}

bool is_same(const std::optional<Judged>& a, const std::optional<Judged>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->verdict == b->verdict && std::abs(a->points - b->points) < 1e-9;
}

/// What was due at a deadline came when the last of its parts came.
std::map<std::string, HandInTime> times_of(const Policy& policy, const StudentRecord& record) {
  const Zone zone(policy.zone);
  std::map<std::string, HandInTime> times;
  for (const auto& [part, hand_in] : record.parts) {
    const Deadline* const deadline = policy.deadline_of(part);
    if (deadline == nullptr) continue;
    const auto [place, is_new] = times.try_emplace(deadline->name, hand_in.time);
    HandInTime& known = place->second;
    const bool is_late = known.is_late || hand_in.time.is_late;
    const bool is_later = !hand_in.time.at.empty() &&
                          (known.at.empty() || zone.read(hand_in.time.at, Zone::OfTwo::kEarlier) >
                                                   zone.read(known.at, Zone::OfTwo::kEarlier));
    if (is_later) known = hand_in.time;
    known.is_late = is_late;
  }
  for (const auto& [deadline, time] : record.times) times[deadline] = time;
  return times;
}

class Grading {
 public:
  explicit Grading(const StudentRecord& record) : record_(record) {}

  ItemGrade give(const Item& item) {
    ItemGrade given{&item, 0.0, GivenBy::kNobodyYet};
    const Judged* const judged = find_in(record_.judged, item.id);
    if (const Override* const by_hand = find_in(record_.overrides, item.id)) {
      flag_what_changed(item, *by_hand, judged);
      return {&item, by_hand->points, GivenBy::kOverride};
    }
    if (item.is_written) {
      if (const Score* const score = find_in(record_.scores, item.id)) {
        return {&item, score->points, GivenBy::kPerson};
      }
      // Who has not handed in a part has no answer either that somebody should read.
      if (record_.parts.count(item.part) != 0) grade.open.push_back(item.id);
      return given;
    }
    if (judged == nullptr) return given;
    if (judged->verdict == judge::Verdict::kGraderError) {
      grade.open.push_back(item.id);
      grade.flags.push_back(item.id +
                            " could not be judged, by the grader's own fault: grade again");
      return given;
    }
    return {&item, judged->points, GivenBy::kGrader};
  }

  void flag_hand_ins() {
    std::set<std::string> told;
    for (const auto& [part, hand_in] : record_.parts) {
      if (hand_in.refused_since.empty() || !told.insert(hand_in.refused_since).second) continue;
      grade.flags.push_back(
          "a later hand-in was refused, the earlier one counts: " + hand_in.refused_since +
          ". This clears when a hand-in that can be graded is imported");
    }
  }

  Grade grade;

 private:
  void flag_what_changed(const Item& item, const Override& by_hand, const Judged* judged) {
    const std::optional<Judged> now = judged == nullptr ? std::nullopt : std::optional(*judged);
    if (is_same(by_hand.over, now)) return;
    grade.flags.push_back(fmt::format(
        "{}: {} gave {:g} in the place of \"{}\"; now the grader says \"{}\". Look again: "
        "`pset3 gradebook override` with points, or with --withdraw, clears this",
        item.id, by_hand.author, by_hand.points, judged_text(by_hand.over), judged_text(now)));
  }

  const StudentRecord& record_;
};

PartGrade& part_in(std::vector<PartGrade>& parts, const std::string& name) {
  for (PartGrade& part : parts) {
    if (part.part == name) return part;
  }
  parts.push_back({name});
  return parts.back();
}

void add_to_part(const ItemGrade& given, std::vector<PartGrade>& parts) {
  PartGrade& part = part_in(parts, given.item->part);
  part.points += given.points;
  if (given.item->is_extra) {
    part.extra_points += given.points;
  } else {
    part.max_points += given.item->max_points;
  }
}

constexpr const char* kHowToTellTheTime =
    ". `pset3 gradebook time` says when it came, and clears this";

void take_off(const Policy& policy, Grade& grade) {
  const Zone zone(policy.zone);
  for (PartGrade& part : grade.parts) {
    const Deadline* const deadline = policy.deadline_of(part.part);
    if (deadline != nullptr) part.due = zone.read(deadline->due, Zone::OfTwo::kLater);
    for (const Lateness& late : grade.lateness) {
      if (deadline == nullptr || late.deadline != deadline->name) continue;
      part.due = late.until;
      const double kept = points_after(policy, late, part.points);
      part.taken_off = late.percent_off > 0.0 ? report::total(part.points - kept) : 0.0;
      part.points = kept;
      if (late.percent_off > 0.0) {
        part.extra_points = points_after(policy, late, part.extra_points);
      }
    }
  }
}

}  // namespace

Grade grade_of(const std::vector<Item>& items, const StudentRecord& record,
               const std::optional<Policy>& policy) {
  Grading grading(record);
  Grade& grade = grading.grade;
  for (const Item& item : items) {
    grade.items.push_back(grading.give(item));
    add_to_part(grade.items.back(), grade.parts);
  }
  grading.flag_hand_ins();
  for (PartGrade& part : grade.parts) part.points = report::total(part.points);
  if (policy) {
    grade.lateness = lateness_of(*policy, times_of(*policy, record), record.extensions);
    for (const Lateness& late : grade.lateness) {
      if (late.is_unknown) grade.flags.push_back(late.lines.back() + kHowToTellTheTime);
    }
    take_off(*policy, grade);
  }
  for (const PartGrade& part : grade.parts) {
    grade.points += part.points;
    grade.max_points += part.max_points;
  }
  grade.points = report::total(grade.points);
  grade.max_points = report::total(grade.max_points);
  return grade;
}

}  // namespace pset3::gradebook
