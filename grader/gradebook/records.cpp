// What the gradebook knows of one student, and whether all of it holds together.

#include <fmt/format.h>

#include "grader/gradebook/gradebook.hpp"

namespace pset3::gradebook {
namespace {

using judge::Verdict;

std::string column(SQLite::Statement& row, int index) { return row.getColumn(index).getString(); }

/// Runs a query about one student and takes each row.
template <typename Take>
void for_each(SQLite::Database& database, const char* query, std::int64_t student, Take take) {
  SQLite::Statement rows(database, query);
  rows.bind(1, student);
  while (rows.executeStep()) take(rows);
}

/// The newest submission that was judged counts for each part.
void read_submissions(SQLite::Database& database, StudentRecord& record) {
  std::string refused;
  bool has_any = false;
  SQLite::Statement verdicts(
      database,
      "SELECT v.item, v.verdict, v.points, i.part FROM verdicts v JOIN items i "
      "ON i.id = v.item WHERE v.submission = ?");
  for_each(database,
           "SELECT s.id, r.folder, s.name, s.results, s.handed_in_at, s.is_late, s.refused, "
           "s.uploaded_as "
           "FROM submission_students t JOIN submissions s ON s.id = t.submission "
           "JOIN runs r ON r.id = s.run WHERE t.student = ? ORDER BY s.id DESC",
           record.student.id, [&](SQLite::Statement& row) {
             const std::string why = column(row, 6);
             if (!why.empty()) {
               if (refused.empty() && why != kNothingHandedIn) refused = why;
               return;
             }
             has_any = true;
             PartHandIn hand_in{column(row, 1), column(row, 2), column(row, 3), {},
                                column(row, 7), refused};
             hand_in.time = {column(row, 4), row.getColumn(5).getInt() != 0, ""};
             const std::map<std::string, PartHandIn> newer = record.parts;
             verdicts.reset();
             verdicts.bind(1, row.getColumn(0).getInt64());
             while (verdicts.executeStep()) {
               const std::string part = column(verdicts, 3);
               if (newer.count(part) != 0) continue;
               record.parts[part] = hand_in;
               record.judged[column(verdicts, 0)] = {judge::verdict_named(column(verdicts, 1)),
                                                     verdicts.getColumn(2).getDouble()};
             }
           });
  if (!has_any) record.refused = refused.empty() ? kNothingHandedIn : refused;
}

void read_points(SQLite::Database& database, StudentRecord& record) {
  const std::int64_t id = record.student.id;
  for_each(database,
           "SELECT item, points, author, comment FROM scores WHERE student = ? ORDER BY id", id,
           [&](SQLite::Statement& row) {
             record.scores[column(row, 0)] = {row.getColumn(1).getDouble(), column(row, 2),
                                              column(row, 3)};
           });
  for_each(
      database,
      "SELECT item, points, author, reason, over_verdict, over_points FROM overrides "
      "WHERE student = ? ORDER BY id",
      id, [&](SQLite::Statement& row) {
        const std::string item = column(row, 0);
        record.overrides.erase(item);
        if (row.getColumn(1).isNull()) return;
        Override given{row.getColumn(1).getDouble(), column(row, 2), column(row, 3), {}};
        if (!row.getColumn(4).isNull()) {
          given.over = Judged{judge::verdict_named(column(row, 4)), row.getColumn(5).getDouble()};
        }
        record.overrides[item] = given;
      });
  for_each(database, "SELECT item, text, author FROM comments WHERE student = ? ORDER BY id", id,
           [&](SQLite::Statement& row) {
             record.comments.push_back({column(row, 0), column(row, 1), column(row, 2)});
           });
}

void read_times(SQLite::Database& database, StudentRecord& record) {
  const std::int64_t id = record.student.id;
  for_each(database,
           "SELECT deadline, days, until, author, reason FROM extensions WHERE student = ? "
           "ORDER BY id",
           id, [&](SQLite::Statement& row) {
             record.extensions[column(row, 0)] = {row.getColumn(1).getInt(), column(row, 2),
                                                  column(row, 3), column(row, 4)};
           });
  for_each(database,
           "SELECT deadline, handed_in_at, author FROM hand_in_times WHERE student = ? ORDER BY id",
           id, [&](SQLite::Statement& row) {
             record.times[column(row, 0)] = {column(row, 1), false, column(row, 2)};
           });
}

/// Each query lists what should not be.
constexpr std::pair<const char*, const char*> kInvariants[] = {
    {"a student without any key, whom no run would find again",
     "SELECT name FROM students s WHERE NOT EXISTS (SELECT 1 FROM student_keys k WHERE k.student = "
     "s.id)"},
    {"a submission of nobody",
     "SELECT name FROM submissions s WHERE NOT EXISTS (SELECT 1 FROM submission_students t WHERE "
     "t.submission = s.id)"},
    {"a refused submission with verdicts",
     "SELECT DISTINCT s.name FROM submissions s JOIN verdicts v ON v.submission = s.id WHERE "
     "s.refused <> ''"},
    {"a verdict on a written question",
     "SELECT DISTINCT v.item FROM verdicts v JOIN items i ON i.id = v.item WHERE i.is_written"},
    {"a score of a check",
     "SELECT DISTINCT i.id FROM scores c JOIN items i ON i.id = c.item WHERE "
     "NOT i.is_written"},
    {"more points than the item has",
     "SELECT i.id FROM scores c JOIN items i ON i.id = c.item WHERE c.points > i.max_points + 1e-9 "
     "UNION SELECT i.id FROM overrides c JOIN items i ON i.id = c.item WHERE c.points > "
     "i.max_points + 1e-9 AND NOT i.is_extra"},
};

}  // namespace

StudentRecord Gradebook::record(const Student& student) {
  StudentRecord record;
  record.student = student;
  for_each(database_, "SELECT key FROM student_keys WHERE student = ? ORDER BY key", student.id,
           [&](SQLite::Statement& row) { record.keys.push_back(column(row, 0)); });
  read_submissions(database_, record);
  read_points(database_, record);
  read_times(database_, record);
  return record;
}

GradedClass Gradebook::grades() { return grades_of(students()); }

GradedClass Gradebook::grades_of(const std::vector<Student>& students) {
  GradedClass graded;
  graded.items = items();
  const std::optional<Policy> now = policy();
  for (const Student& student : students) {
    StudentRecord known = record(student);
    Grade grade = grade_of(graded.items, known, now);
    graded.students.push_back({std::move(known), std::move(grade)});
  }
  return graded;
}

std::vector<std::string> Gradebook::faults() {
  std::vector<std::string> faults;
  SQLite::Statement damage(database_, "PRAGMA integrity_check(20)");
  while (damage.executeStep()) {
    if (column(damage, 0) != "ok") faults.push_back("damaged: " + column(damage, 0));
  }
  SQLite::Statement dangling(database_, "PRAGMA foreign_key_check");
  while (dangling.executeStep()) {
    faults.push_back(fmt::format("a row of {} names a row of {} that is not there",
                                 column(dangling, 0), column(dangling, 2)));
  }
  for (const auto& [what, query] : kInvariants) {
    SQLite::Statement rows(database_, query);
    while (rows.executeStep()) faults.push_back(fmt::format("{}: {}", what, column(rows, 0)));
  }
  return faults;
}

}  // namespace pset3::gradebook
