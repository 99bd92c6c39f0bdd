// Reports as the platforms take them back.

#include <algorithm>
#include <optional>
#include <regex>

#include "grader/gradebook/export_cells.hpp"
#include "grader/gradebook/student_grade.hpp"

namespace pset3::gradebook {
namespace {

/// Where the platform looks for a student's feedback; nothing where that is not known.
std::optional<std::string> feedback_path(const StudentRecord& record, FeedbackLayout layout) {
  const PartHandIn hand_in = record.parts.empty() ? PartHandIn() : record.parts.begin()->second;
  if (layout == FeedbackLayout::kFolders) {
    const std::string number = std::to_string(record.student.id);
    return (hand_in.row.empty() ? "student_" + number : hand_in.row) + "/feedback.txt";
  }
  if (layout == FeedbackLayout::kMoodle) {
    const std::string number = number_on("moodle", record);
    if (number.empty()) return std::nullopt;
    // Moodle splits the folder's name at underscores, so that the student's must have none.
    std::string name = record.student.name;
    for (char& c : name) c = c == '_' || c == '/' || c == '\\' ? ' ' : c;
    // Moodle before 4.1 asks for the last underscore; later ones do with and without it.
    return name + "_" + number + "_assignfeedback_file_/feedback.txt";
  }
  // Canvas looks for the numbers of the student and of the upload between underscores.
  const std::string& name = hand_in.uploaded_as;
  if (name.empty()) return std::nullopt;
  static const std::regex kNumbers("^(.*?_\\d+_\\d+_)");
  std::smatch match;
  if (!std::regex_search(name, match, kNumbers)) return std::nullopt;
  return match[1].str() + "feedback.txt";
}

bool came_from(const std::string& platform, const std::vector<GradedStudent>& students) {
  return std::any_of(students.begin(), students.end(), [&](const GradedStudent& student) {
    return !number_on(platform, student.record).empty();
  });
}

}  // namespace

std::string why_no_feedback(const std::vector<GradedStudent>& students, FeedbackLayout layout) {
  const std::string nobody = "there is feedback for nobody, and no file was written: ";
  if (layout == FeedbackLayout::kFolders) {
    return nobody + "nothing was graded; `pset3 gradebook import RUN` brings grades";
  }
  if (layout == FeedbackLayout::kMoodle && came_from("canvas", students)) {
    return nobody + "this class came from Canvas: --layout canvas";
  }
  if (layout == FeedbackLayout::kCanvas && came_from("moodle", students)) {
    return nobody + "this class came from Moodle: --layout moodle";
  }
  return nobody + "no hand-in came in a download of this platform: --layout folders";
}

Feedback feedback_files(const std::vector<GradedStudent>& students, FeedbackLayout layout,
                        const std::vector<std::string>& reports, Instant now) {
  Feedback feedback;
  for (std::size_t i = 0; i < students.size(); ++i) {
    const std::string remarks = remarks_text(students[i]);
    if (reports[i].empty() && remarks.empty()) continue;
    const std::optional<std::string> path = feedback_path(students[i].record, layout);
    if (!path) {
      feedback.notes.push_back(students[i].record.student.name +
                               " is left out: the hand-in was in no download of this platform, so "
                               "its number there is not known");
      continue;
    }
    feedback.files.emplace_back(*path, reports[i] + "\n" + remarks + grade_text(students[i], now));
  }
  note_what_is_untold(students, now, feedback.notes);
  return feedback;
}

}  // namespace pset3::gradebook
