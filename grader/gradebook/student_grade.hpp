#pragma once

#include <string>

#include "grader/gradebook/record.hpp"

namespace pset3::gradebook {

/// Whether students may know what the hidden checks of a part gave: where there is no deadline, and
/// after it. Until then they can hand in again.
bool hidden_may_be_told(const PartGrade& part, Instant now);

/// Whether grade_text() leaves something out, since a deadline has not passed.
bool has_untold_points(const GradedStudent& student, Instant now);

/// A student's grade and how it adds up, for the student: "Your grade: 37.5 of 40: 21 of 26 from
/// the checks that are shown, …", one line for each part where there are several. Of hidden checks
/// it tells the sum alone. It says so where the grade is not final. Ends with a newline.
std::string grade_text(const GradedStudent& student, Instant now);

}  // namespace pset3::gradebook
