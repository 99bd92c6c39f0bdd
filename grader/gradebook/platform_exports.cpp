// Tables that Canvas and Moodle take back.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

#include "grader/gradebook/export_cells.hpp"
#include "grader/gradebook/question_points.hpp"
#include "grader/gradebook/roster_lines.hpp"
#include "grader/gradebook/student_grade.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

void note_who_is_missing(const RosterLines& lines, Export& made) {
  for (const std::string& name : lines.left_over()) {
    made.notes.push_back(name + " is in the gradebook and not on the roster: no line is written");
  }
}

/// Whether a title is Canvas's for the assignment: "pset3 (1234)" for "pset3", and not
/// "pset3 (retake) (5678)".
bool is_title_of(const std::string& title, const std::string& assignment) {
  static const std::regex kNumber("( \\(\\d+\\))?");
  return title.rfind(assignment, 0) == 0 &&
         std::regex_match(title.substr(assignment.size()), kNumber);
}

/// The title that the platform has for the assignment.
std::string title_on(const CsvTable& roster, const std::string& assignment) {
  for (const std::string& title : roster.lines[0].cells) {
    if (is_title_of(title, assignment)) return title;
  }
  return assignment;
}

bool has_title(const CsvTable& roster, const std::string& title) {
  const Cells& head = roster.lines[0].cells;
  return std::find(head.begin(), head.end(), title) != head.end();
}

/// What the platform has in these columns: an empty cell would take the grade away.
Cells as_it_was(const CsvTable& roster, const CsvLine& line, const Cells& titles) {
  const Cells& head = roster.lines[0].cells;
  Cells cells;
  for (const std::string& title : titles) {
    const auto place = std::find(head.begin(), head.end(), title);
    const auto column = static_cast<std::size_t>(place - head.begin());
    cells.push_back(column < std::min(head.size(), line.cells.size()) ? line.cells[column] : "");
  }
  return cells;
}

/// Titles and maxima of the columns that Canvas and Moodle take points in.
struct PointColumns {
  explicit PointColumns(const ExportRequest& request, const std::string& total) {
    if (request.questions) questions = questions_of(request.items);
    titles.push_back(total);
    for (const Question& question : questions)
      titles.push_back(request.assignment + " " + question.id);
    double all = 0.0;
    for (const Item& item : request.items) all += item.is_extra ? 0.0 : item.max_points;
    maxima.push_back(amount(report::total(all)));
    for (const Question& question : questions) maxima.push_back(amount(question.max_points));
  }

  Cells of(const GradedStudent& student) const {
    Cells cells = {amount(student.grade.points)};
    for (const Question& question : questions)
      cells.push_back(amount(points_for(question, student.grade)));
    return cells;
  }

  std::vector<Question> questions;
  Cells titles, maxima;
};

/// The feedback waits for the deadline, the Grade column does not.
void note_what_grades_tell(const ExportRequest& request, Export& made) {
  std::vector<std::string> notes;
  note_what_is_untold(request.students, request.now, notes);
  for (const std::string& note : notes) {
    made.notes.push_back(note +
                         "; the grades beside it count it, so upload them after the deadline");
  }
}

/// What Moodle shows the student beside the grade.
std::string feedback_of(const GradedStudent& student, Instant now) {
  return without_formula(remarks_text(student) + grade_text(student, now));
}

Export canvas_from_roster(const ExportRequest& request) {
  const CsvTable& roster = *request.roster;
  RosterLines lines(roster, request.students);
  const char* const kFile = "the .csv that Canvas's gradebook exports";
  lines.require("Student", kFile);
  lines.require("ID", kFile);
  const std::size_t kept = lines.require("Section", kFile) + 1;
  const PointColumns columns(request, title_on(roster, request.assignment));
  const auto known = [&](const CsvLine& line) {
    Cells cells = line.cells;
    cells.resize(kept);
    return cells;
  };
  Export made;
  Cells head = known(roster.lines[0]);
  append(head, columns.titles);
  made.bytes = csv_line(head);
  Cells possible(kept);
  possible[0] = "    Points Possible";
  append(possible, columns.maxima);
  made.bytes += csv_line(possible);
  for (std::size_t i = 1; i < roster.lines.size(); ++i) {
    Cells cells = known(roster.lines[i]);
    if (cells[0].find("Points Possible") != std::string::npos || cells[0].empty()) continue;
    const GradedStudent* const student = lines.student(roster.lines[i]);
    made.students += student == nullptr ? 0 : 1;
    append(cells, student == nullptr ? as_it_was(roster, roster.lines[i], columns.titles)
                                     : columns.of(*student));
    made.bytes += csv_line(cells);
  }
  note_who_is_missing(lines, made);
  if (!has_title(roster, columns.titles[0])) {
    made.notes.push_back("the roster has no column \"" + columns.titles[0] +
                         "\": Canvas makes a new assignment of it; --assignment TITLE names one "
                         "that there is");
  }
  return made;
}

Export moodle_from_worksheet(const ExportRequest& request) {
  const CsvTable& sheet = *request.roster;
  RosterLines lines(sheet, request.students);
  const char* const kFile = "the grading worksheet that Moodle's assignment exports";
  lines.require("Identifier", kFile);
  lines.require("Last modified (grade)", kFile);
  const std::size_t grade = lines.require("Grade", kFile);
  const auto feedback = lines.column({"Feedback comments"});
  const auto maximum = lines.column({"Maximum Grade"});
  Export made;
  made.bytes = csv_line(sheet.lines[0].cells);
  for (std::size_t i = 1; i < sheet.lines.size(); ++i) {
    Cells cells = sheet.lines[i].cells;
    cells.resize(sheet.lines[0].cells.size());
    if (const GradedStudent* const student = lines.student(sheet.lines[i])) {
      ++made.students;
      cells[grade] = amount(student->grade.points);
      if (feedback) cells[*feedback] = feedback_of(*student, request.now);
      const std::string most = amount(student->grade.max_points);
      const bool differs =
          maximum && std::strtod(cells[*maximum].c_str(), nullptr) != student->grade.max_points;
      if (differs && made.notes.empty()) {
        made.notes.push_back(
            fmt::format("Moodle's maximum is {}, and the problem set has {} points: change "
                        "it in the assignment's settings before you upload this",
                        cells[*maximum], most));
      }
    }
    made.bytes += csv_line(cells);
  }
  note_who_is_missing(lines, made);
  return made;
}

}  // namespace

Export canvas_csv(const ExportRequest& request) {
  Export made;
  if (request.roster) {
    made = canvas_from_roster(request);
    note_what_is_open(request, made);
    return made;
  }
  const PointColumns columns(request, request.assignment);
  Cells head = {"Student", "ID", "SIS User ID", "SIS Login ID", "Section"};
  append(head, columns.titles);
  Cells possible = {"    Points Possible", "", "", "", ""};
  append(possible, columns.maxima);
  made.bytes = csv_line(head) + csv_line(possible);
  for (const GradedStudent& one : request.students) {
    const Student& student = one.record.student;
    Cells cells = {without_formula(student.name), number_on("canvas", one.record),
                   without_formula(student.school_id), without_formula(student.email),
                   without_formula(student.section)};
    append(cells, columns.of(one));
    ++made.students;
    made.bytes += csv_line(cells);
  }
  made.notes.push_back(
      "students are told by what the gradebook knows of them; --roster EXPORT.csv keeps Canvas's "
      "own "
      "columns");
  note_what_is_open(request, made);
  return made;
}

Export moodle_csv(const ExportRequest& request) {
  Export made;
  if (request.roster) {
    made = moodle_from_worksheet(request);
    note_what_grades_tell(request, made);
    note_what_is_open(request, made);
    return made;
  }
  const PointColumns columns(request, request.assignment);
  Cells head = {"ID number", "Email address", "Full name"};
  append(head, columns.titles);
  head.push_back(request.assignment + " feedback");
  made.bytes = csv_line(head);
  for (const GradedStudent& one : request.students) {
    Cells cells = {without_formula(one.record.student.school_id),
                   without_formula(one.record.student.email),
                   without_formula(one.record.student.name)};
    append(cells, columns.of(one));
    ++made.students;
    cells.push_back(feedback_of(one, request.now));
    made.bytes += csv_line(cells);
  }
  note_what_grades_tell(request, made);
  note_what_is_open(request, made);
  return made;
}

}  // namespace pset3::gradebook
