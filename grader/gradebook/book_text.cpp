#include "grader/gradebook/book_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/base/text.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/page.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using report::Ink;
using report::Page;

std::string who_text(const Student& student) {
  std::string text = report::one_line(student.name);
  for (const std::string& more : {student.school_id, student.email, student.section}) {
    if (!more.empty()) text += ", " + report::one_line(more);
  }
  return text;
}

std::string padded(std::string text, int columns) {
  text = report::shortened(text, columns);
  return text + std::string(static_cast<std::size_t>(columns - report::columns_of(text)), ' ');
}

/// What a TA should do about a student, shortest first.
std::string notice_of(const GradedStudent& student) {
  std::string text;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
  if (!student.record.refused.empty()) add(report::one_line(student.record.refused));
  for (const Lateness& late : student.grade.lateness) {
    if (late.days_late > 0) {
      add(fmt::format("{} late", counted(static_cast<std::size_t>(late.days_late), "day")));
    }
  }
  if (!student.grade.open.empty() && student.record.refused.empty()) {
    add("open: " + fmt::format("{}", fmt::join(student.grade.open, ", ")));
  }
  if (!student.grade.flags.empty()) add(counted(student.grade.flags.size(), "flag"));
  return text;
}

/// One bug costs once: a check that fails may have all of its points.
std::string verdict_text(const ItemGrade& given, judge::Verdict verdict) {
  const std::string name(judge::name_of(verdict));
  const bool is_whole = given.points >= given.item->max_points && given.item->max_points > 0.0;
  if (verdict == judge::Verdict::kPassed || !is_whole) return name;
  return name + ", and what it shows is counted in another check";
}

std::string given_text(const ItemGrade& given, const StudentRecord& record) {
  const std::string& id = given.item->id;
  switch (given.by) {
    case GivenBy::kGrader:
      return verdict_text(given, record.judged.at(id).verdict);
    case GivenBy::kPerson:
      return "by " + record.scores.at(id).author;
    case GivenBy::kOverride: {
      const Override& by_hand = record.overrides.at(id);
      return fmt::format("overridden by {}: {}", by_hand.author, by_hand.reason);
    }
    case GivenBy::kNobodyYet:
      if (record.parts.count(given.item->part) == 0) return "nothing handed in";
      return given.item->is_written ? "open" : "not judged";
  }
  return "";
}

void put_part(Page& page, const PartGrade& part, const GradedStudent& student) {
  page.blank();
  std::string right = fmt::format("{} of {}", report::points_text(part.points),
                                  report::points_text(part.max_points));
  if (part.extra_points > 0.0)
    right += fmt::format(", {} extra", report::points_text(part.extra_points));
  page.row(1, {"", Ink::kPlain}, {part.part, Ink::kBold}, {right, Ink::kBold});
  for (const ItemGrade& given : student.grade.items) {
    if (given.item->part != part.part) continue;
    const bool is_lost = given.points < given.item->max_points;
    page.row(3, {"", Ink::kPlain},
             {report::one_line(given.item->id + ": " + given_text(given, student.record)),
              is_lost ? Ink::kPlain : Ink::kFaint},
             {given.item->is_extra ? fmt::format("{} extra", report::points_text(given.points))
                                   : fmt::format("{}/{}", report::points_text(given.points),
                                                 report::points_text(given.item->max_points)),
              is_lost ? Ink::kBad : Ink::kGood});
  }
  if (part.taken_off > 0.0) {
    page.row(3, {"", Ink::kPlain}, {"taken off for being late", Ink::kHalf},
             {"-" + report::points_text(part.taken_off), Ink::kBad});
  }
}

void put_lines(Page& page, const std::vector<std::string>& lines, Ink ink) {
  if (lines.empty()) return;
  page.blank();
  for (const std::string& line : lines) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    page.paragraph(1 + static_cast<int>(indent), {"", Ink::kPlain}, 0,
                   {report::one_line(line, report::kBlockBytes), ink});
  }
}

std::vector<std::string> late_lines(const Grade& grade) {
  std::vector<std::string> lines;
  for (const Lateness& late : grade.lateness) {
    lines.insert(lines.end(), late.lines.begin(), late.lines.end());
  }
  return lines;
}

/// Those lines with which no flag begins.
std::vector<std::string> lines_without(const std::vector<std::string>& told,
                                       std::vector<std::string> lines) {
  std::erase_if(lines, [&](const std::string& line) {
    return std::any_of(told.begin(), told.end(),
                       [&](const std::string& flag) { return flag.rfind(line, 0) == 0; });
  });
  return lines;
}

std::vector<std::string> comment_lines(const GradedStudent& student) {
  std::vector<std::string> lines;
  for (const auto& [item, score] : student.record.scores) {
    if (!score.comment.empty()) {
      lines.push_back(fmt::format("{}: {} ({})", item, score.comment, score.author));
    }
  }
  for (const Comment& comment : student.record.comments) {
    lines.push_back(fmt::format("{}{} ({})", comment.item.empty() ? "" : comment.item + ": ",
                                comment.text, comment.author));
  }
  return lines;
}

}  // namespace

std::string book_table(const std::vector<GradedStudent>& class_of, const report::TextStyle& style) {
  Page page(style);
  int name_columns = 7;
  for (const GradedStudent& student : class_of) {
    name_columns =
        std::max(name_columns, report::columns_of(report::one_line(student.record.student.name)));
  }
  name_columns = std::min(name_columns, 28);
  std::string head = padded("student", name_columns) + "  ";
  if (!class_of.empty()) {
    for (const PartGrade& part : class_of[0].grade.parts) {
      head += fmt::format("{:>9}", part.part);
    }
  }
  page.line({{" " + head + fmt::format("{:>9}", "total"), Ink::kBold}});
  for (const GradedStudent& student : class_of) {
    std::string line =
        " " + padded(report::one_line(student.record.student.name), name_columns) + "  ";
    for (const PartGrade& part : student.grade.parts)
      line += fmt::format("{:>9}", report::points_text(part.points));
    line += fmt::format("{:>9}", report::points_text(student.grade.points));
    page.line({{line, Ink::kPlain}, {"  " + notice_of(student), Ink::kHalf}});
  }
  if (!class_of.empty()) {
    std::string line = " " + padded("of", name_columns) + "  ";
    for (const PartGrade& part : class_of[0].grade.parts) {
      line += fmt::format("{:>9}", report::points_text(part.max_points));
    }
    page.line({{line + fmt::format("{:>9}", report::points_text(class_of[0].grade.max_points)),
                Ink::kFaint}});
  }
  return page.take();
}

std::string flags_text(const std::vector<GradedStudent>& class_of) {
  std::string text;
  for (const GradedStudent& student : class_of) {
    for (const std::string& flag : student.grade.flags) {
      text += fmt::format(" Look at    {}: {}\n", report::one_line(student.record.student.name),
                          report::one_line(flag, report::kBlockBytes));
    }
  }
  return text;
}

std::string student_text(const GradedStudent& student, const report::TextStyle& style) {
  Page page(style);
  page.row(1, {"", Ink::kPlain}, {who_text(student.record.student), Ink::kBold},
           {fmt::format("{} of {}", report::points_text(student.grade.points),
                        report::points_text(student.grade.max_points)),
            Ink::kBold});
  if (!student.record.refused.empty()) {
    page.paragraph(1, {"", Ink::kPlain}, 0,
                   {"Nothing was graded: " + report::one_line(student.record.refused), Ink::kBad});
  }
  put_lines(page, student.grade.flags, Ink::kBad);
  for (const PartGrade& part : student.grade.parts) put_part(page, part, student);
  put_lines(page, lines_without(student.grade.flags, late_lines(student.grade)), Ink::kPlain);
  put_lines(page, comment_lines(student), Ink::kPlain);
  return page.take();
}

std::string remarks_text(const GradedStudent& student) {
  std::string text;
  for (const std::string& line : late_lines(student.grade)) text += report::block(line) + "\n";
  for (const std::string& line : comment_lines(student)) text += report::block(line) + "\n";
  return text;
}

}  // namespace pset3::gradebook
