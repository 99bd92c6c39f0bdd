// What blocked and hidden checks give.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "grader/judge/settling.hpp"

namespace pset3::judge {
namespace {

double rounded(double points) { return std::round(points * 1e9) / 1e9; }

std::size_t passed_cases(const CheckResult& result) {
  return static_cast<std::size_t>(
      std::count_if(result.findings.begin(), result.findings.end(),
                    [](const CaseFinding& item) { return item.verdict == Verdict::kPassed; }));
}

}  // namespace

/// A judge names one check of what stands in the way: in another question, all of it does.
void Settling::add_what_blocks(const CaseFinding& finding, const std::string& own_question,
                               bool and_hidden, Names& rests_on) const {
  const bool is_named = contains(rests_on, finding.blocked_by);
  const std::string question = question_of(finding.blocked_by);
  for (const CheckSpec& check : rubric_.checks) {
    const bool is_public = check.visibility == Visibility::kPublic;
    const bool beside = question != own_question && question_of(check.id) == question &&
                        (is_public ? !is_named : and_hidden);
    if ((check.id == finding.blocked_by || beside) && !contains(rests_on, check.id)) {
      rests_on.push_back(check.id);
    }
  }
}

/// Whether a check of its own question stands in the way that gave nothing: what else the question
/// gave does not speak for this one.
bool Settling::rests_on_nothing(const CheckResult& result) const {
  return std::any_of(
      result.findings.begin(), result.findings.end(), [&](const CaseFinding& finding) {
        return std::any_of(results_.begin(), results_.end(), [&](const CheckResult& other) {
          return other.check == finding.blocked_by && other.points == 0.0 &&
                 question_of(other.check) == question_of(result.check);
        });
      });
}

/// @param works_elsewhere  whether half of its cases passed. Then a hidden check of what it rests
/// on may be the reason as well: its public ones may all have passed.
/// @returns the least share of their points that the questions gave which a blocked check rests on.
double Settling::share_of(const CheckResult& result, bool works_elsewhere) const {
  Names rests_on = counting_needs(rubric_, spec(result), result);
  for (const CaseFinding& finding : result.findings) {
    add_what_blocks(finding, question_of(result.check), works_elsewhere, rests_on);
  }
  std::map<std::string, Earned> questions;
  bool any_failed = false;
  for (const CheckResult& other : results_) {
    if (!contains(rests_on, other.check) || other.check == result.check) continue;
    Earned& earned = questions[question_of(other.check)];
    earned.points += other.points;
    earned.of += spec(other).points;
    any_failed |= other.verdict != Verdict::kPassed;
  }
  if (!any_failed || rests_on_nothing(result)) return 0.0;
  double share = 1.0;
  for (const auto& [question, earned] : questions) share = std::min(share, earned.share());
  return share > 0.5 ? share : 0.0;
}

/// Whether all that stands in its way is right in most of its cases, and wrong in some: a bug that
/// costs there, and is no program which does nothing. What is hidden must have passed somewhere
/// itself.
bool Settling::is_consequence(const CheckResult& result) const {
  if (spec(result).visibility != Visibility::kPublic && passed_cases(result) == 0) return false;
  const auto is_mostly_right = [&](const std::string& check) {
    return std::any_of(results_.begin(), results_.end(), [&](const CheckResult& other) {
      return other.check == check && can_be_blocked(other.verdict) &&
             2 * passed_cases(other) > other.findings.size();
    });
  };
  return std::all_of(result.findings.begin(), result.findings.end(), [&](const CaseFinding& item) {
    return item.verdict != Verdict::kBlocked || is_mostly_right(item.blocked_by);
  });
}

void Settling::share_blocked() {
  for (CheckResult& result : results_) {
    if (!is_open_to_rules(result)) continue;
    const auto blocked = static_cast<double>(
        std::count_if(result.findings.begin(), result.findings.end(),
                      [](const CaseFinding& item) { return item.verdict == Verdict::kBlocked; }));
    const auto passed = static_cast<double>(passed_cases(result));
    const auto cases = static_cast<double>(result.findings.size());
    const bool all_or_nothing = !spec(result).partial && blocked + passed < cases;
    const double share = is_consequence(result) ? 1.0 : share_of(result, 2.0 * passed >= cases);
    if (blocked == 0.0 || all_or_nothing || share == 0.0) continue;
    const double points = rounded((passed + blocked * share) / cases * spec(result).points);
    if (points <= result.points) continue;
    result.points = points;
    result.remarks.push_back(
        share == 1.0
            ? "What it needs is wrong in some cases only: you lose points there and not here."
            : fmt::format("It earns the same share of its points as the checks that it "
                          "needs: {:.0f} %.",
                          100.0 * share));
  }
}

/// @param counts  whether a public check is among those that are meant.
template <typename Counts>
Earned Settling::public_points(const Counts& counts) const {
  Earned earned;
  for (const CheckResult& result : results_) {
    const CheckSpec& check = spec(result);
    if (check.visibility != Visibility::kPublic || !counts(check)) continue;
    earned.points += result.points;
    earned.of += check.points;
  }
  return earned;
}

Earned Settling::points_of(const std::string& question) const {
  return public_points([&](const CheckSpec& check) { return question_of(check.id) == question; });
}

Earned Settling::points_of_what_it_repeats(const CheckResult& hidden) const {
  const Names& repeats = spec(hidden).repeats;
  if (repeats.empty()) return points_of(question_of(hidden.check));
  return public_points([&](const CheckSpec& check) { return contains(repeats, check.id); });
}

void Settling::spare_hidden() {
  std::map<std::string, double> spared;  // a question's public loss is set off once
  for (CheckResult& result : results_) {
    if (spec(result).visibility == Visibility::kPublic || !is_open_to_rules(result)) continue;
    const Earned earned = points_of_what_it_repeats(result);
    double& used = spared[question_of(result.check)];
    const double left = earned.of - earned.points - used;
    if (left <= 0.0 || earned.share() <= 0.5) continue;
    // Each of its cases is worth its part of the points.
    const double cases = static_cast<double>(std::max<std::size_t>(result.findings.size(), 1));
    const double worth = loss(result) * (1.0 - static_cast<double>(passed_cases(result)) / cases);
    const double taken = left >= worth ? loss(result) : left;
    used += std::min(left, worth);
    result.points = rounded(result.points + taken);
    result.remarks.push_back(
        "It repeats public checks on other inputs: points that you lost there are not taken "
        "again.");
  }
}

}  // namespace pset3::judge
