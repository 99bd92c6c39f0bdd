#pragma once

#include <map>
#include <string>

#include "grader/judge/rubric.hpp"
#include "grader/report/results.hpp"

namespace pset3::report::samples {

/// A rubric in the manner of p1's: three questions with public checks, two hidden checks, a written
/// question.
const judge::Rubric& carving_rubric();
/// A small second part.
const judge::Rubric& depth_rubric();

/// A result for a check of a rubric, with full points when it passed and none otherwise.
judge::CheckResult result(const judge::Rubric& rubric, const std::string& check,
                          judge::Verdict verdict);

/// All checks (or, as `pset3 check` does, the public ones only) with one verdict.
enum class Which { kAll, kPublic };
PartReport part_with(const judge::Rubric& rubric, judge::Verdict verdict, Which which);

/// The result of a check in a part, to be changed.
judge::CheckResult& in(PartReport& part, const std::string& check);

/// Submissions of every kind, by name: "all_passed", "untouched_starter", "one_failing", …
std::map<std::string, SubmissionReport> all();

}  // namespace pset3::report::samples
