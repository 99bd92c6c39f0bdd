#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "grader/author/fixtures.hpp"
#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/course.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::author {

/// One submission whose result is known, graded.
struct SelftestRow {
  std::string kind;  ///< "reference", "starter", "mistake", "variant"
  std::string name;
  double points = 0.0;
  double max_points = 0.0;
  std::vector<std::string> failed;  ///< checks that did not pass, but for the blocked ones
  std::vector<std::string> blocked;
  std::string diagnosed;              ///< mistakes that the report names, joined
  std::vector<std::string> problems;  ///< empty = as it should be
};

struct SelftestResult {
  std::vector<SelftestRow> rows;
  std::vector<std::string> problems;  ///< of the whole: a check that no mistake fails
  bool clean() const;
};

/// Grades the reference (full marks), the starter (not attempted everywhere), every mistake (found
/// in exactly the checks that its patch says, perhaps blocking those that it says; recognised,
/// unless nothing but a way to end shows it; costs at most 1.5 times its dearest check, or all of
/// the questions that it does not answer) and every variant (full marks), hidden checks included.
/// What is not_worth_a_training() is not judged.
SelftestResult selftest(const pipeline::Course& course, const judge::Rubric& rubric,
                        const pipeline::Store& store, const pipeline::Draw& draw,
                        const Progress& progress);

/// The table for a terminal.
std::string to_text(const SelftestResult& result);

}  // namespace pset3::author
