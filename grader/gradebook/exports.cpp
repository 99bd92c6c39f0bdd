#include "grader/gradebook/exports.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "grader/base/text.hpp"
#include "grader/gradebook/export_cells.hpp"
#include "grader/gradebook/person_name.hpp"
#include "grader/gradebook/question_points.hpp"
#include "grader/gradebook/student_grade.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

std::string late_text(const Grade& grade) {
  std::chrono::seconds most{0};
  for (const Lateness& late : grade.lateness) most = std::max(most, late.after);
  const auto all = most.count();
  return fmt::format("{:02}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60);
}

Cells plain_head(const ExportRequest& request) {
  Cells head = {"name", "id", "email", "section", "points", "max_points", "taken_off", "days_late"};
  if (!request.students.empty()) {
    for (const PartGrade& part : request.students[0].grade.parts) head.push_back(part.part);
  }
  for (const Question& question : questions_of(request.items)) head.push_back(question.id);
  for (const Item& item : request.items) head.push_back(item.id);
  append(head, {"open", "look_at"});
  return head;
}

Cells plain_cells(const ExportRequest& request, const GradedStudent& one) {
  const Student& student = one.record.student;
  double taken_off = 0.0;
  int days_late = 0;
  for (const PartGrade& part : one.grade.parts) taken_off += part.taken_off;
  for (const Lateness& late : one.grade.lateness) days_late += late.days_late;
  Cells cells = {without_formula(student.name),    without_formula(student.school_id),
                 without_formula(student.email),   without_formula(student.section),
                 amount(one.grade.points),         amount(one.grade.max_points),
                 amount(report::total(taken_off)), std::to_string(days_late)};
  for (const PartGrade& part : one.grade.parts) cells.push_back(amount(part.points));
  for (const Question& question : questions_of(request.items)) {
    cells.push_back(amount(points_for(question, one.grade)));
  }
  for (const ItemGrade& given : one.grade.items) {
    cells.push_back(given.by == GivenBy::kNobodyYet ? "" : amount(given.points));
  }
  std::vector<std::string> notices = one.grade.flags;
  if (!one.record.refused.empty()) notices.push_back(one.record.refused);
  append(cells, {without_formula(joined(one.grade.open)), without_formula(joined(notices))});
  return cells;
}

}  // namespace

std::string amount(double points) { return report::points_text(points); }

std::string number_on(const std::string& platform, const StudentRecord& record) {
  for (const std::string& key : record.keys) {
    const std::size_t colon = key.rfind(':');
    if (key.rfind(platform + ":", 0) == 0 && colon > platform.size()) return key.substr(colon + 1);
  }
  return "";
}

void note_what_is_open(const ExportRequest& request, Export& made) {
  constexpr std::size_t kMostLines = 10;
  std::size_t count = 0;
  for (const GradedStudent& student : request.students) {
    const std::vector<std::string>& open = student.grade.open;
    if (open.empty() || ++count > kMostLines) continue;
    made.notes.push_back(
        fmt::format("{}: {} {}", student.record.student.name, fmt::join(open, ", "),
                    open.size() == 1 ? "is open; counts as 0" : "are open; they count as 0"));
  }
  if (count > kMostLines) {
    made.notes.back() += fmt::format(" (and {} more)", count - kMostLines);
  }
}

void note_what_is_untold(const std::vector<GradedStudent>& students, Instant now,
                         std::vector<std::string>& notes) {
  const auto count =
      std::count_if(students.begin(), students.end(),
                    [&](const GradedStudent& student) { return has_untold_points(student, now); });
  if (count == 0) return;
  notes.push_back(fmt::format(
      "the deadline of {} has not passed: feedback leaves out what hidden checks gave them",
      counted(static_cast<std::size_t>(count), "student")));
}

Export plain_csv(const ExportRequest& request) {
  Export made;
  made.bytes = csv_line(plain_head(request));
  made.students = request.students.size();
  for (const GradedStudent& student : request.students)
    made.bytes += csv_line(plain_cells(request, student));
  note_what_is_open(request, made);
  return made;
}

Export gradescope_csv(const ExportRequest& request) {
  const std::vector<Question> questions = questions_of(request.items);
  Cells head = {"First Name",      "Last Name",        "SID",
                "Email",           "Sections",         "Total Score",
                "Max Points",      "Status",           "Submission ID",
                "Submission Time", "Lateness (H:M:S)", "View Count",
                "Submission Count"};
  for (const Question& question : questions) {
    head.push_back(fmt::format("{} ({} pts)", question.id, amount(question.max_points)));
  }
  Export made;
  made.bytes = csv_line(head);
  made.students = request.students.size();
  for (const GradedStudent& one : request.students) {
    const Student& student = one.record.student;
    const auto [first, last] = first_and_last(student.name);
    const bool is_missing = !one.record.refused.empty();
    const std::string at = one.record.parts.empty() ? "" : one.record.parts.begin()->second.time.at;
    Cells cells = {without_formula(first),
                   without_formula(last),
                   without_formula(student.school_id),
                   without_formula(student.email),
                   without_formula(student.section),
                   is_missing ? "" : amount(one.grade.points),
                   amount(one.grade.max_points),
                   is_missing               ? "Missing"
                   : one.grade.open.empty() ? "Graded"
                                            : "Ungraded",
                   is_missing ? "" : without_formula(one.record.parts.begin()->second.row),
                   without_formula(at),
                   late_text(one.grade),
                   "",  // Gradescope alone knows the counts; scripts ask for their columns
                   ""};
    for (const Question& question : questions) {
      cells.push_back(is_missing ? "" : amount(points_for(question, one.grade)));
    }
    made.bytes += csv_line(cells);
  }
  note_what_is_open(request, made);
  return made;
}

}  // namespace pset3::gradebook
