#pragma once

#include <string>
#include <vector>

#include "grader/gradebook/record.hpp"
#include "grader/report/results.hpp"

namespace pset3::gradebook {

/// The whole class as a table for a terminal: points a part, what is open, what to look at.
std::string book_table(const std::vector<GradedStudent>& class_of, const report::TextStyle& style);

/// What a TA should look at and what clears it, one line for each flag: " Look at    Amy Adams: …".
/// Empty where there is nothing.
std::string flags_text(const std::vector<GradedStudent>& class_of);

/// All of one student's grade, line by line: how each point came about.
std::string student_text(const GradedStudent& student, const report::TextStyle& style);

/// How late each hand-in was and what that costs, and what people wrote: for the student too.
/// Empty where there is nothing to say.
std::string remarks_text(const GradedStudent& student);

}  // namespace pset3::gradebook
