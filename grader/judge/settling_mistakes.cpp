// Which mistakes explain what failed, and what they cost.

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "grader/judge/settling.hpp"

namespace pset3::judge {

/// Whether a mistake of the other kind shows the same: one that leaves a question unanswered beside
/// one that does not. Nobody can say which of them was made, so neither rule applies.
bool Settling::is_in_doubt(const KnownMistake& mistake) const {
  return std::any_of(known_.begin(), known_.end(), [&](const KnownMistake& other) {
    if (other.costs.empty() == mistake.costs.empty() || !explains(other, results_)) return false;
    return std::any_of(results_.begin(), results_.end(), [&](const CheckResult& result) {
      return shows(result, mistake.name) && shows(result, other.name);
    });
  });
}

void Settling::leave_unanswered() {
  for (const KnownMistake& mistake : known_) {
    if (mistake.costs.empty() || !explains(mistake, results_) || is_in_doubt(mistake)) continue;
    for (CheckResult& result : results_) {
      const bool unanswered = contains(mistake.costs, result.check) ||
                              contains(mistake.costs, question_of(result.check));
      if (!unanswered || is_settled(result)) continue;
      result.points = 0.0;
      settled_.insert(result.check);
      result.remarks.push_back("No points: what was handed in does not answer question " +
                               question_of(result.check) + ".");
    }
  }
}

/// The checks whose loss a mistake explains and no other one has.
std::vector<CheckResult*> Settling::shown_by(const KnownMistake& mistake) {
  std::vector<CheckResult*> shown;
  for (CheckResult& result : results_) {
    if (!is_open_to_rules(result)) continue;
    const bool consequence = result.verdict == Verdict::kBlocked && result.diagnoses.empty() &&
                             contains(mistake.blocks, result.check);
    if (consequence || shows(result, mistake.name)) shown.push_back(&result);
  }
  return shown;
}

/// The checks that name no mistake, which this one fits.
std::vector<CheckResult*> Settling::fitted_by(const KnownMistake& mistake) {
  std::vector<CheckResult*> fitted;
  for (CheckResult& result : results_) {
    if (!is_open_to_rules(result) || !result.diagnoses.empty()) continue;
    const bool consequence =
        result.verdict == Verdict::kBlocked && contains(mistake.blocks, result.check);
    if (consequence || fits(fitting_, result.check, mistake.name)) fitted.push_back(&result);
  }
  return fitted;
}

/// @param remark  with a place for the check that costs.
void Settling::count_once(const std::vector<CheckResult*>& shown, const char* remark) {
  const auto is_public = [&](const CheckResult* result) {
    return spec(*result).visibility == Visibility::kPublic;
  };
  // What it blocks is a consequence: the check that is about it costs.
  const auto is_about_it = [&](const CheckResult* result) {
    return is_public(result) && result->verdict != Verdict::kBlocked;
  };
  const bool any_about_it = std::any_of(shown.begin(), shown.end(), is_about_it);
  const bool any_public = std::any_of(shown.begin(), shown.end(), is_public);
  const CheckResult* dearest = nullptr;
  for (const CheckResult* result : shown) {
    if (any_public && !is_public(result)) continue;
    if (any_about_it && !is_about_it(result)) continue;
    if (dearest == nullptr || loss(*result) > loss(*dearest)) dearest = result;
  }
  for (CheckResult* result : shown) {
    settled_.insert(result->check);
    if (result == dearest) continue;
    result->points = spec(*result).points;
    result->counted_in = dearest->check;
    result->remarks.push_back(fmt::format(fmt::runtime(remark), dearest->check));
  }
}

bool Settling::shows_a_value(const KnownMistake& mistake) const {
  return std::any_of(results_.begin(), results_.end(), [&](const CheckResult& result) {
    return std::any_of(result.diagnoses.begin(), result.diagnoses.end(), [&](const auto& item) {
      return item.mistake == mistake.name && item.specific;
    });
  });
}

/// What shows by no value, only by how the program ended, can be had by doing nothing: it counts
/// once only in questions that gave more than half of their public points.
bool Settling::may_be_once(const KnownMistake& mistake) const {
  if (!mistake.costs.empty() || is_in_doubt(mistake)) return false;
  if (shows_a_value(mistake)) return true;
  return std::all_of(results_.begin(), results_.end(), [&](const CheckResult& result) {
    return !shows(result, mistake.name) || points_of(question_of(result.check)).share() > 0.5;
  });
}

/// Those that explain most come first, so that what two could explain is counted with the larger.
void Settling::count_known_mistakes() {
  std::vector<std::pair<double, const KnownMistake*>> order;
  for (const KnownMistake& mistake : known_) {
    if (!explains(mistake, results_) || !may_be_once(mistake)) continue;
    double explained = 0.0;
    for (const CheckResult* result : shown_by(mistake)) explained += loss(*result);
    order.emplace_back(explained, &mistake);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [explained, mistake] : order) {
    count_once(shown_by(*mistake), "The same mistake as in {}, counted once.");
  }
}

/// Whether what leaves a question unanswered fits where a mistake does, or is named elsewhere in
/// that question.
bool Settling::may_be_no_answer(const KnownMistake& mistake) const {
  return std::any_of(known_.begin(), known_.end(), [&](const KnownMistake& other) {
    if (other.costs.empty()) return false;
    const bool is_named =
        std::any_of(results_.begin(), results_.end(),
                    [&](const CheckResult& result) { return shows(result, other.name); });
    return std::any_of(results_.begin(), results_.end(), [&](const CheckResult& result) {
      if (!fits(fitting_, result.check, mistake.name)) return false;
      return fits(fitting_, result.check, other.name) ||
             (is_named && contains(other.costs, question_of(result.check)));
    });
  });
}

/// What fits everywhere shows that one bug is enough, even where nobody can say which of many.
void Settling::count_fitting_mistakes() {
  for (const KnownMistake& mistake : known_) {
    if (!mistake.costs.empty() || !fits_everywhere(mistake, fitting_, results_)) continue;
    const std::vector<CheckResult*> fitted = fitted_by(mistake);
    if (fitted.size() < 2 || may_be_no_answer(mistake)) continue;
    count_once(fitted, "The same mistake may be the cause here and in {}, so it is counted once.");
  }
}

}  // namespace pset3::judge
