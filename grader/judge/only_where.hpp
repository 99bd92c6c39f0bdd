#pragma once

#include <string>
#include <vector>

#include "grader/judge/rubric.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::judge {

/// The name of a diagnosis that says where a program goes wrong, and not why, begins so.
inline constexpr const char* kOnlyWhere = "only_where_";

/// Adds to each public check that failed in some of its cases, and that no known mistake explains,
/// what sets these cases apart: "the stride is above 1". That is a fact about the outputs, no
/// guess. It needs CaseSpec::special: what holds for each case that fails and for none that passes,
/// or two such properties that share the cases that fail. Changes no points.
void say_where(const Rubric& rubric, std::vector<CheckResult>& results);

/// @returns whether a diagnosis is of that kind.
bool says_where(const Diagnosis& diagnosis);

}  // namespace pset3::judge
