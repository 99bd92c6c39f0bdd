#pragma once

#include <string>

#include "grader/judge/outcome.hpp"
#include "grader/judge/rubric.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::judge {

/// What is to be said of a case that did not return: never kPassed.
/// @throws GraderError for kReturned, which a judging function has to judge.
CaseFinding finding_of_ending(const CheckSpec& spec, const CaseOutcome& outcome);

/// The short name of an ending, the same for the same kind of end: "returned", "SIGSEGV",
/// "threw std::out_of_range", "exit 3", "timeout", …
std::string ending_name(const CaseOutcome& outcome);

}  // namespace pset3::judge
