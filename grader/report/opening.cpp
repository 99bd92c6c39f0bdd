#include "grader/report/opening.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grader/base/text.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/marks.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::report {
namespace {

using judge::Verdict;

constexpr std::size_t kMostChanges = 6;
constexpr int kNextColumns = 6;

struct Change {
  const CheckEntry* before;
  const CheckEntry* now;
  double points() const { return now->points - before->points; }
};

const CheckEntry* find_check(const Document& document, const std::string& id) {
  const auto found = std::find_if(document.checks.begin(), document.checks.end(),
                                  [&](const CheckEntry& check) { return check.id == id; });
  return found == document.checks.end() ? nullptr : &*found;
}

/// What is worse now comes first: it is what the reader has just done.
std::vector<Change> changes_between(const Document& before, const Document& now) {
  std::vector<Change> changes;
  for (const CheckEntry& check : now.checks) {
    const CheckEntry* was = find_check(before, check.id);
    if (was == nullptr) continue;
    if (was->verdict == check.verdict && was->points == check.points) continue;
    changes.push_back({was, &check});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return (a.points() < 0.0) > (b.points() < 0.0);
  });
  return changes;
}

/// The compiler's first error in a document, with its part.
const Diagnostic* first_error(const Document& document) {
  for (const PartEntry& part : document.parts) {
    for (const Diagnostic& said : part.diagnostics) {
      if (said.severity == "error") return &said;
    }
  }
  return nullptr;
}

std::string state_of(const CheckEntry& check) {
  switch (check.verdict) {
    case Verdict::kPassed:
      return "passes";
    case Verdict::kNotAttempted:
      return "not written";
    case Verdict::kBuildFailed:
      return "does not compile";
    case Verdict::kTimeout:
      return "too slow";
    case Verdict::kCrashed:
      return "crashes";
    case Verdict::kBlocked:
      return "not judged";
    case Verdict::kPartial:
      return "partly right";
    default:
      return "fails";
  }
}

/// "0 → 5", or in words where the points are the same.
std::string change_text(const Change& change) {
  if (change.points() != 0.0) {
    return points_text(change.before->points) + " → " + points_text(change.now->points);
  }
  return state_of(*change.before) + " → " + state_of(*change.now);
}

std::string summary_of(const std::vector<Change>& changes) {
  if (changes.empty()) return "Nothing changed since the last check.";
  double sum = 0.0;
  for (const Change& change : changes) sum += change.points();
  sum = total(sum);
  if (sum == 0.0) return "Since the last check:";
  return fmt::format("Since the last check: {} {}.", counted_points(std::abs(sum)),
                     sum > 0.0 ? "more" : "fewer");
}

void write_changes(const Document& before, const Document& now, Page& page) {
  const std::vector<Change> changes = changes_between(before, now);
  page.paragraph(1, {}, 0, {summary_of(changes), Ink::kBold});
  for (std::size_t i = 0; i < std::min(changes.size(), kMostChanges); ++i) {
    page.row(3, mark_of(changes[i].now->verdict), {changes[i].now->title},
             {change_text(changes[i]), changes[i].points() < 0.0 ? Ink::kBad : Ink::kFaint});
  }
  if (changes.size() > kMostChanges) {
    page.paragraph(3, {}, 0,
                   {"and " + counted(changes.size() - kMostChanges, "more check"), Ink::kFaint});
  }
}

bool is_mistaken(const CheckEntry& check) {
  return check.verdict != Verdict::kPassed && check.verdict != Verdict::kNotAttempted &&
         check.verdict != Verdict::kBlocked && check.verdict != Verdict::kGraderError &&
         check.verdict != Verdict::kBuildFailed;
}

bool is_part_begun(const Document& document, const std::string& part) {
  return std::any_of(document.checks.begin(), document.checks.end(), [&](const auto& check) {
    return check.part == part && check.verdict != Verdict::kNotAttempted;
  });
}

/// What to write next: in a part that is begun, else in the first one; extra credit last.
const CheckEntry* next_to_write(const Document& document) {
  const CheckEntry* best = nullptr;
  int best_rank = 0;
  for (const CheckEntry& check : document.checks) {
    if (check.verdict != Verdict::kNotAttempted) continue;
    const int rank = check.extra ? 1 : is_part_begun(document, check.part) ? 3 : 2;
    if (rank > best_rank) {
      best = &check;
      best_rank = rank;
    }
  }
  return best;
}

/// "carve in carve.cpp"
std::string place_in_files(const CheckEntry& check) {
  if (check.functions.empty()) return check.files.empty() ? check.title : check.files[0];
  return check.functions[0] + (check.files.empty() ? "" : " in " + check.files[0]);
}

std::string reading(const Document& document, const CheckEntry& check) {
  for (const PartEntry& part : document.parts) {
    if (part.part != check.part || part.handout.empty()) continue;
    return ". Read " + part.handout + (check.section.empty() ? "" : ", " + check.section);
  }
  return "";
}

std::string next_step(const Document& document) {
  if (const Diagnostic* error = first_error(document)) {
    return fmt::format("{}: {}", place_of(*error),
                       error->message.substr(0, error->message.find('\n')));
  }
  const auto wrong = std::find_if(document.checks.begin(), document.checks.end(), is_mistaken);
  if (wrong != document.checks.end()) {
    return fmt::format("{}: \"{}\" ({})", place_in_files(*wrong), wrong->title, wrong->id);
  }
  if (const CheckEntry* check = next_to_write(document)) {
    return (check->extra ? "extra credit: " : "write ") + place_in_files(*check) +
           reading(document, *check);
  }
  if (document.our_fault.count > 0 || document.checks.empty()) return "";
  return "./pset3 pack makes the archive to hand in";
}

}  // namespace

bool is_untouched(const Document& document) {
  return std::all_of(document.checks.begin(), document.checks.end(),
                     [](const auto& check) { return check.verdict == Verdict::kNotAttempted; });
}

void write_opening(const Document& now, const Document* before, Page& page) {
  if (!now.refused.empty()) return;
  const bool compares = before != nullptr && before->refused.empty();
  if (compares) write_changes(*before, now, page);
  // The report of one untouched part begins with its first steps.
  const bool says_it_below = now.parts.size() == 1 && is_untouched(now);
  const std::string next = says_it_below ? "" : next_step(now);
  if (!next.empty()) {
    page.paragraph(1, {"Next:", Ink::kAdvice}, kNextColumns, {next, Ink::kAdvice});
  }
  if (compares || !next.empty()) page.blank();
}

}  // namespace pset3::report
