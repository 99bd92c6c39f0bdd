#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grader/base/csv.hpp"
#include "grader/gradebook/book_text.hpp"

namespace pset3::gradebook {

/// What an export is made from.
struct ExportRequest {
  std::vector<Item> items;
  std::vector<GradedStudent> students;
  /// What the platform has exported, whose lines and columns are kept.
  std::optional<CsvTable> roster;
  std::string assignment = "pset3";  ///< what the platform calls it
  bool questions = false;            ///< a column for each question as well
  Instant now = this_instant();      ///< hidden checks are told to students after the deadline
};

struct Export {
  std::string bytes;
  std::size_t students = 0;        ///< lines with a student's grade
  std::vector<std::string> notes;  ///< who is missing where, and what to look at
};

/// A spreadsheet of everything, one line for each student: points of each part, question and item,
/// what being late cost, what is open. Text that a spreadsheet would run is quoted.
Export plain_csv(const ExportRequest& request);
/// What Canvas's gradebook imports: Student, ID, SIS User ID, SIS Login ID, Section, then
/// assignments, and a line of the points possible.
Export canvas_csv(const ExportRequest& request);
/// With a roster: the grading worksheet of the assignment, filled in. Without: what Moodle's
/// gradebook imports, told by e-mail address or ID number.
Export moodle_csv(const ExportRequest& request);
/// The columns that Gradescope's own export of an assignment has, for scripts that read those.
Export gradescope_csv(const ExportRequest& request);

/// How feedback is packed.
enum class FeedbackLayout { kFolders, kCanvas, kMoodle };

/// One file for each student, as the platform takes them back: path in the archive, and bytes.
struct Feedback {
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::string> notes;
};

/// @param reports  the text of each student's report; "" where there is none
/// @param now  hidden checks are told after the deadline
Feedback feedback_files(const std::vector<GradedStudent>& students, FeedbackLayout layout,
                        const std::vector<std::string>& reports, Instant now);

/// Why feedback_files() found no file to write, and what to do.
std::string why_no_feedback(const std::vector<GradedStudent>& students, FeedbackLayout layout);

}  // namespace pset3::gradebook
