#pragma once

#include <string>

#include "grader/judge/rubric.hpp"
#include "grader/judge/verdict.hpp"
#include "grader/run/outcome.hpp"

namespace pset3::judge {

/// What is to be said of a case that did not return: never kPassed.
/// @param student_frame  the student's own place of a crash, "carve.cpp:42 in carve"; may be empty.
/// @throws GraderError for kReturned, which a judging function has to judge.
CaseFinding finding_of_ending(const CheckSpec& spec, const run::CaseOutcome& outcome,
                              const std::string& student_frame);

/// The short name of an ending, the same for the same kind of end: "returned", "SIGSEGV",
/// "threw std::out_of_range", "exit 3", "timeout", …
std::string ending_name(const run::CaseOutcome& outcome);

}  // namespace pset3::judge
