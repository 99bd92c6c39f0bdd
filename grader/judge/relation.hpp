#pragma once

#include <string>
#include <vector>

#include "grader/judge/evidence.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::judge {

/// The name of a diagnosis that says what wrong numbers have to do with the right ones begins so.
inline constexpr const char* kNumbers = "numbers_";

/// Adds to a check that failed, and that no known mistake explains, what its wrong outputs have to
/// do with the right ones, if it is simple and the same in each case that fails: "negated",
/// "divided by the number of rows of x", "wrong in the last column alone". That is a fact about the
/// outputs, no guess; a diagnosis that says where the program goes wrong becomes part of it.
/// Changes no points.
/// @param cases  all cases of the check, in the order of the result's findings.
void say_relation(const std::vector<CaseEvidence>& cases, CheckResult& result);

/// @returns whether a diagnosis says what was seen, how or where numbers are wrong, and names no
/// mistake.
bool is_fact(const Diagnosis& diagnosis);

}  // namespace pset3::judge
