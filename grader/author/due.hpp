#pragma once

#include <set>
#include <string>

#include "grader/report/results.hpp"

namespace pset3::author {

/// Whether a check says itself that something is wrong, and not only that another one does.
bool finds_it(const judge::CheckResult& check);

/// @returns the questions that never gave a value: what is wrong there ended the program, or was
/// the wrong shape, and more than half of their public points are lost. With those that need them
/// and so could not be judged.
std::set<std::string> without_a_value(const report::PartReport& report);

/// @returns what a submission with one bug should lose: the points of the dearest check that finds
/// it, or all points of the questions that it leaves without an answer.
/// @param unanswered  checks, and questions like "p1.b".
double due_of(const report::PartReport& report, const std::set<std::string>& unanswered);

}  // namespace pset3::author
