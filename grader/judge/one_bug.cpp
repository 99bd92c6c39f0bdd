#include "grader/judge/one_bug.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace pset3::judge {
namespace {

using Names = std::vector<std::string>;

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

double rounded(double points) { return std::round(points * 1e9) / 1e9; }

/// The checks that a check needs and that still count: our file stands in for no other.
Names counting_needs(const Rubric& rubric, const CheckSpec& spec, const CheckResult& result) {
  Names needs;
  for (const std::string& id : spec.needs) {
    const CheckSpec* needed = rubric.find_check(id);
    const bool ours =
        needed != nullptr &&
        std::any_of(result.stand_ins.begin(), result.stand_ins.end(),
                    [&](const StandIn& item) { return item.file == needed->files[0]; });
    if (!ours) needs.push_back(id);
  }
  return needs;
}

/// Says in words which check stands in the way.
void name_what_blocks(const Rubric& rubric, const std::vector<CheckResult>& results,
                      CaseFinding& finding) {
  const CheckSpec* cause = rubric.find_check(finding.blocked_by);
  if (finding.verdict != Verdict::kBlocked || cause == nullptr) return;
  const bool passed = std::any_of(results.begin(), results.end(), [&](const CheckResult& result) {
    return result.check == cause->id && result.verdict == Verdict::kPassed;
  });
  std::string words = fmt::format("needs \"{}\" ({}){}", cause->title, cause->id,
                                  passed ? "" : ", which did not pass");
  // What the judge said of it; a result that was not judged has only numbers.
  if (finding.detail.empty() && finding.got.find(' ') != std::string::npos) {
    words += ": " + finding.got;
  }
  finding.got = std::move(words);
  finding.detail.clear();
}

/// Points earned of points there were.
struct Earned {
  double points = 0.0;
  double of = 0.0;

  double share() const { return of > 0.0 ? points / of : 0.0; }
};

/// One part's results while their points are settled.
class Settling {
 public:
  Settling(const Rubric& rubric, const std::vector<KnownMistake>& known, const Fitting& fitting,
           std::vector<CheckResult>& results)
      : rubric_(rubric), known_(known), fitting_(fitting), results_(results) {}

  void leave_unanswered();
  void count_known_mistakes();
  void count_fitting_mistakes();
  void share_blocked();
  void spare_hidden();

 private:
  const CheckSpec& spec(const CheckResult& result) const {
    return *rubric_.find_check(result.check);
  }
  double loss(const CheckResult& result) const { return spec(result).points - result.points; }
  bool is_settled(const CheckResult& result) const { return settled_.count(result.check) != 0; }
  /// Whether a mistake may be why the check lost points.
  bool is_open_to_rules(const CheckResult& result) const {
    return !is_settled(result) && !result.open &&
           (can_be_blocked(result.verdict) || result.verdict == Verdict::kBlocked);
  }

  bool is_in_doubt(const KnownMistake& mistake) const;
  bool may_be_once(const KnownMistake& mistake) const;
  bool shows_a_value(const KnownMistake& mistake) const;
  bool may_be_no_answer(const KnownMistake& mistake) const;
  std::vector<CheckResult*> shown_by(const KnownMistake& mistake);
  std::vector<CheckResult*> fitted_by(const KnownMistake& mistake);
  void count_once(const std::vector<CheckResult*>& shown, const char* remark);
  bool is_consequence(const CheckResult& result) const;
  void add_what_blocks(const CaseFinding& finding, const std::string& own_question, bool and_hidden,
                       Names& rests_on) const;
  bool rests_on_nothing(const CheckResult& result) const;
  double share_of(const CheckResult& result, bool works_elsewhere) const;
  template <typename Counts>
  Earned public_points(const Counts& counts) const;
  Earned points_of(const std::string& question) const;
  Earned points_of_what_it_repeats(const CheckResult& hidden) const;

  const Rubric& rubric_;
  const std::vector<KnownMistake>& known_;
  const Fitting& fitting_;
  std::vector<CheckResult>& results_;
  std::set<std::string> settled_;  ///< checks whose points no further rule changes
};

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

/// Whether what leaves a question unanswered fits where a mistake does.
bool Settling::may_be_no_answer(const KnownMistake& mistake) const {
  return std::any_of(known_.begin(), known_.end(), [&](const KnownMistake& other) {
    return !other.costs.empty() &&
           std::any_of(results_.begin(), results_.end(), [&](const CheckResult& result) {
             return fits(fitting_, result.check, mistake.name) &&
                    fits(fitting_, result.check, other.name);
           });
  });
}

/// What fits everywhere shows that one bug is enough, even where nobody can say which of many.
void Settling::count_fitting_mistakes() {
  for (const KnownMistake& mistake : known_) {
    if (!mistake.costs.empty() || !fits_everywhere(mistake, fitting_, results_)) continue;
    const std::vector<CheckResult*> fitted = fitted_by(mistake);
    if (fitted.size() < 2 || may_be_no_answer(mistake)) continue;
    count_once(fitted, "What it shows and what {} shows may come of one mistake, counted once.");
  }
}

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

std::size_t passed_cases(const CheckResult& result) {
  return static_cast<std::size_t>(
      std::count_if(result.findings.begin(), result.findings.end(),
                    [](const CaseFinding& item) { return item.verdict == Verdict::kPassed; }));
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
        share == 1.0 ? "What stands in its way is wrong in some cases alone, and costs there."
                     : fmt::format("It gives the share of its points that was earned in what it "
                                   "rests on: {:.0f} of 100.",
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
        "It repeats public checks on other inputs, and costs only what these have not taken.");
  }
}

}  // namespace

void block_by_needs(const Rubric& rubric, std::vector<CheckResult>& results) {
  for (CheckResult& result : results) {
    const CheckSpec& spec = *rubric.find_check(result.check);
    block_by_needs(counting_needs(rubric, spec, result), results, result);
    for (CaseFinding& finding : result.findings) name_what_blocks(rubric, results, finding);
  }
}

void count_bugs_once(const Rubric& rubric, const std::vector<KnownMistake>& known,
                     const Fitting& fitting, std::vector<CheckResult>& results) {
  Settling settling(rubric, known, fitting, results);
  settling.leave_unanswered();
  settling.count_known_mistakes();
  settling.count_fitting_mistakes();
  settling.share_blocked();
  settling.spare_hidden();
}

}  // namespace pset3::judge
