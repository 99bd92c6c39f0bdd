#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "grader/judge/one_bug.hpp"

// One part's results while their points are settled: what one_bug.hpp promises, step by step.

namespace pset3::judge {

using Names = std::vector<std::string>;

inline bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The checks that a check needs and that still count: our file stands in for no other.
Names counting_needs(const Rubric& rubric, const CheckSpec& spec, const CheckResult& result);

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

}  // namespace pset3::judge
