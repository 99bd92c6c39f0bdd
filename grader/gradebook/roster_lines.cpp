#include "grader/gradebook/roster_lines.hpp"

#include <fmt/format.h>

#include "grader/base/error.hpp"
#include "grader/base/letter_case.hpp"
#include "grader/gradebook/person_name.hpp"

namespace pset3::gradebook {
namespace {

void add_once(std::map<std::string, const GradedStudent*>& index, const std::string& key,
              const GradedStudent& student) {
  if (key.empty()) return;
  const auto [place, is_new] = index.try_emplace(key, &student);
  if (!is_new && place->second != &student) place->second = nullptr;
}

}  // namespace

RosterLines::RosterLines(const CsvTable& table, const std::vector<GradedStudent>& students)
    : table_(table), students_(students) {
  if (table.lines.empty()) throw InputError("the roster is empty");
  for (const GradedStudent& one : students) {
    const Student& student = one.record.student;
    add(student.school_id, one);
    add(student.email, one);
    add(student.email.substr(0, student.email.find('@')), one);
    for (const std::string& key : one.record.keys) {
      // "moodle:Jane Doe:1001" and "id:1001"
      add(key.substr(key.rfind(':') + 1), one);
    }
    add_once(by_name_, words_in_order(student.name), one);
  }
}

void RosterLines::add(const std::string& key, const GradedStudent& student) {
  add_once(by_key_, lowercase(key), student);
}

std::optional<std::size_t> RosterLines::column(const std::vector<std::string>& titles) const {
  const std::vector<std::string>& head = table_.lines[0].cells;
  for (const std::string& title : titles) {
    for (std::size_t i = 0; i < head.size(); ++i) {
      if (lowercase(head[i]) == lowercase(title)) return i;
    }
  }
  return std::nullopt;
}

std::size_t RosterLines::require(const std::string& title, const std::string& file) const {
  if (const auto found = column({title})) return *found;
  throw InputError(fmt::format("the roster has no column \"{}\"; expected {}", title, file));
}

const GradedStudent* RosterLines::student(const CsvLine& line) {
  const auto cell = [&](std::size_t i) {
    std::string text = i < line.cells.size() ? lowercase(line.cells[i]) : "";
    return text.rfind("participant ", 0) == 0 ? text.substr(12) : text;
  };
  const auto take = [&](const std::map<std::string, const GradedStudent*>& index,
                        const std::string& key) {
    const auto found = index.find(key);
    return key.empty() || found == index.end() ? nullptr : found->second;
  };
  static const std::vector<std::string> kKeys = {
      "ID",  "SIS User ID",   "SIS Login ID", "Identifier", "ID number",
      "SID", "Email address", "Email",        "Username"};
  const GradedStudent* found = nullptr;
  for (const std::string& title : kKeys) {
    const auto place = column({title});
    if (found == nullptr && place) found = take(by_key_, cell(*place));
  }
  const auto name = column({"Student", "Full name", "Name"});
  if (found == nullptr && name) found = take(by_name_, words_in_order(cell(*name)));
  if (found != nullptr) found_.insert(found);
  return found;
}

std::vector<std::string> RosterLines::left_over() const {
  std::vector<std::string> names;
  for (const GradedStudent& one : students_) {
    if (found_.count(&one) == 0) names.push_back(one.record.student.name);
  }
  return names;
}

}  // namespace pset3::gradebook
