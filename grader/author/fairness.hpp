#pragma once

#include <string>
#include <vector>

#include "grader/author/fixtures.hpp"
#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/course.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::author {

/// What one known mistake, or two of them in one submission, cost.
struct FairnessRow {
  std::vector<std::string> mistakes;
  double lost = 0.0;
  /// What it should cost: the dearest check that finds the mistake, or all points of the questions
  /// that it leaves unanswered; for a pair, what its mistakes cost one by one.
  double due = 0.0;
  std::string due_for;  ///< that check, or those questions

  bool is_pair() const { return mistakes.size() == 2; }
  double ratio() const { return lost / due; }
  /// What of the loss comes from checks that only show the same mistake again.
  double consequence() const { return lost > due ? lost - due : 0.0; }
};

struct Fairness {
  std::vector<FairnessRow> rows;
  int pairs_left_out = 0;  ///< patches that change the same lines

  /// Whether mistakes cost 1.0 times their due in the median and at most 1.5 times in 95 of 100.
  bool reaches_goals() const;
};

struct FairnessOptions {
  int pairs = 20;  ///< of mistakes in different questions, drawn at random, the same in each run
  pipeline::Draw draw;
};

/// Grades each known mistake of a part, and pairs of them, hidden checks included. What is
/// not_worth_a_training() is not judged; in pairs, nothing that is learnt is.
Fairness fairness(const pipeline::Course& course, const judge::Rubric& rubric,
                  const pipeline::Store& store, const FairnessOptions& options,
                  const Progress& progress);

/// The table for a terminal.
std::string to_text(const Fairness& fairness);

}  // namespace pset3::author
