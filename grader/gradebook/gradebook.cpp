#include "grader/gradebook/gradebook.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "grader/base/error.hpp"
#include "grader/base/letter_case.hpp"
#include "grader/base/text.hpp"

namespace pset3::gradebook {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Student student_in(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(), row.getColumn(1).getString(), row.getColumn(2).getString(),
          row.getColumn(3).getString(), row.getColumn(4).getString()};
}

Item item_in(SQLite::Statement& row) {
  Item item;
  item.id = row.getColumn(0).getString();
  item.part = row.getColumn(1).getString();
  item.title = row.getColumn(2).getString();
  item.max_points = row.getColumn(3).getDouble();
  item.is_written = row.getColumn(4).getInt() != 0;
  item.is_extra = row.getColumn(5).getInt() != 0;
  item.is_hidden = row.getColumn(6).getInt() != 0;
  return item;
}

[[noreturn]] void refuse_student(const std::string& text, const std::vector<Student>& fitting,
                                 const std::vector<Student>& all) {
  if (fitting.size() > 1) {
    std::string list;
    for (const Student& one : fitting) {
      list +=
          fmt::format("\n  {} ({})", one.name, one.school_id.empty() ? one.email : one.school_id);
    }
    throw InputError(
        fmt::format("\"{}\" may be any of {} students; say the number or the address:{}", text,
                    fitting.size(), list));
  }
  std::vector<std::string> known;
  for (const Student& one : all) known.insert(known.end(), {one.name, one.school_id, one.email});
  const std::string near = nearest(text, known);
  throw InputError(fmt::format(
      "there is no student \"{}\" in the gradebook{}", text,
      near.empty() ? "; `pset3 gradebook show` lists them" : "; did you mean \"" + near + "\"?"));
}

}  // namespace

Gradebook::Gradebook(const fs::path& file) : file_(file), database_(open_database(file, false)) {
  backups_ = migrate(database_, file_, gradebook_migrations());
}

void Gradebook::make(const fs::path& file) {
  if (fs::exists(file)) {
    throw InputError(file.string() + " is there already; choose another name with --book");
  }
  // Made beside and put in place at once, so that a killed process leaves no half of one.
  const fs::path beside = file.string() + fmt::format(".new_{}", ::getpid());
  std::error_code ignored;
  fs::remove(beside, ignored);
  {
    SQLite::Database database = open_database(beside, true);
    migrate(database, beside, gradebook_migrations());
  }
  const bool is_done = ::link(beside.c_str(), file.c_str()) == 0;
  const int error = errno;
  fs::remove(beside, ignored);
  if (!is_done) throw InputError("cannot make " + file.string() + ": " + std::strerror(error));
}

std::vector<Student> Gradebook::students() {
  SQLite::Statement rows(database_,
                         "SELECT id, name, school_id, email, section FROM students "
                         "ORDER BY name COLLATE NOCASE, school_id, id");
  std::vector<Student> list;
  while (rows.executeStep()) list.push_back(student_in(rows));
  return list;
}

Student Gradebook::student(const std::string& text) {
  const std::vector<Student> all = students();
  const std::string wanted = lowercase(text);
  std::vector<Student> fitting;
  for (const Student& one : all) {
    if (wanted == lowercase(one.school_id) || wanted == lowercase(one.email)) return one;
    if (wanted == lowercase(one.name)) fitting.push_back(one);
  }
  if (fitting.size() != 1) refuse_student(text, fitting, all);
  return fitting[0];
}

std::vector<Item> Gradebook::items() {
  SQLite::Statement rows(database_,
                         "SELECT id, part, title, max_points, is_written, is_extra, is_hidden "
                         "FROM items ORDER BY part, is_written, place, id");
  std::vector<Item> list;
  while (rows.executeStep()) list.push_back(item_in(rows));
  return list;
}

Item Gradebook::item(const std::string& id) {
  std::vector<std::string> known;
  for (Item& one : items()) {
    if (one.id == id) return one;
    known.push_back(one.id);
  }
  const std::string near = nearest(id, known);
  throw InputError(fmt::format("there is no check or written question \"{}\" in the gradebook{}",
                               id, near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

std::optional<Policy> Gradebook::policy() {
  SQLite::Statement row(database_, "SELECT value FROM settings WHERE name = 'policy'");
  if (!row.executeStep()) return std::nullopt;
  return read_policy(json::parse(row.getColumn(0).getString()));
}

void require_points(const Item& item, double points) {
  const bool is_number = std::isfinite(points) && points >= 0.0;
  // Results say of extra credit that its maximum is 0, since it adds nothing to a part's.
  if (is_number && (item.is_extra || points <= item.max_points)) return;
  throw InputError(
      fmt::format("{}: expected 0 to {:g} points, found {:g}", item.id, item.max_points, points));
}

}  // namespace pset3::gradebook
