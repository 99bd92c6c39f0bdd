#pragma once

#include <set>
#include <string>
#include <vector>

#include "grader/judge/checks.hpp"
#include "grader/judge/rubric.hpp"
#include "grader/report/results.hpp"

namespace pset3::author {

/// What became of one wrong program.
struct Graded {
  double lost = 0.0;
  std::vector<std::string> failed;  ///< checks that find what is wrong
  std::vector<std::string> blocked;
  std::vector<std::string> named;  ///< mistakes that the report names; not where it only says where
  /// What the report says of its numbers where it names nothing: "numbers_negated", "only_where_…".
  std::vector<std::string> told;
};

Graded graded(const report::PartReport& report);

/// @returns the checks on what is learnt: each costs a training.
std::set<std::string> learnt_checks(const judge::Rubric& rubric, const judge::Checks& checks);

}  // namespace pset3::author
