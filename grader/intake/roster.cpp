#include "grader/intake/roster.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "grader/base/csv.hpp"
#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/place.hpp"

namespace pset3::intake {
namespace {

using Cells = std::vector<std::string>;

/// Letters and digits alone, in lower case; other scripts stay as they are.
std::string squashed(std::string_view text) {
  std::string kept;
  for (const char c : lowercase(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || byte >= 0x80) kept += c;
  }
  return kept;
}

/// "Adams, Amy" and "amy_adams" are both "adams amy".
std::string sorted_words(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : lowercase(text) + " ") {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || byte >= 0x80) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, ""));
    }
  }
  std::string all;
  for (const std::string& one : words) all += (all.empty() ? "" : " ") + one;
  return all;
}

enum class Column { kOther, kName, kFirst, kLast, kKey, kEmail, kSection };

Column column_of(const std::string& title) {
  static const std::map<std::string, Column> kTitles = {{"name", Column::kName},
                                                        {"student", Column::kName},
                                                        {"fullname", Column::kName},
                                                        {"studentname", Column::kName},
                                                        {"firstname", Column::kFirst},
                                                        {"givenname", Column::kFirst},
                                                        {"first", Column::kFirst},
                                                        {"lastname", Column::kLast},
                                                        {"surname", Column::kLast},
                                                        {"familyname", Column::kLast},
                                                        {"last", Column::kLast},
                                                        {"id", Column::kKey},
                                                        {"sid", Column::kKey},
                                                        {"studentid", Column::kKey},
                                                        {"idnumber", Column::kKey},
                                                        {"sisuserid", Column::kKey},
                                                        {"sisloginid", Column::kKey},
                                                        {"identifier", Column::kKey},
                                                        {"userid", Column::kKey},
                                                        {"login", Column::kKey},
                                                        {"username", Column::kKey},
                                                        {"account", Column::kKey},
                                                        {"githubusername", Column::kKey},
                                                        {"handle", Column::kKey},
                                                        {"email", Column::kEmail},
                                                        {"emailaddress", Column::kEmail},
                                                        {"section", Column::kSection},
                                                        {"sections", Column::kSection},
                                                        {"group", Column::kSection}};
  const auto found = kTitles.find(squashed(title));
  return found == kTitles.end() ? Column::kOther : found->second;
}

void add_key(Enrolled& student, const std::string& cell) {
  std::string key = lowercase(cell);
  // Moodle's "Participant 1001" is 1001 in its downloads.
  if (key.rfind("participant ", 0) == 0) key.erase(0, 12);
  if (!key.empty()) student.keys.push_back(key);
}

Enrolled student_of(const std::vector<Column>& columns, const Cells& cells) {
  Enrolled student;
  std::string first, last;
  for (std::size_t i = 0; i < std::min(columns.size(), cells.size()); ++i) {
    const std::string& cell = cells[i];
    if (cell.empty()) continue;
    if (columns[i] == Column::kName) student.person.name = cell;
    if (columns[i] == Column::kFirst) first = cell;
    if (columns[i] == Column::kLast) last = cell;
    if (columns[i] == Column::kSection) student.person.section = cell;
    if (columns[i] == Column::kEmail) student.person.email = cell;
    if (columns[i] == Column::kKey && student.person.id.empty()) student.person.id = cell;
    if (columns[i] == Column::kKey || columns[i] == Column::kEmail) add_key(student, cell);
  }
  if (student.person.name.empty()) student.person.name = trimmed(first + " " + last);
  const std::string& name = student.person.name;
  const std::size_t comma = name.find(',');
  if (last.empty() && comma != std::string::npos) {
    last = name.substr(0, comma);
    first = trimmed(name.substr(comma + 1));
  } else if (last.empty() && name.find(' ') != std::string::npos) {
    last = name.substr(name.rfind(' ') + 1);
    first = name.substr(0, name.rfind(' '));
  }
  student.names = {sorted_words(name), squashed(name), squashed(last + first),
                   squashed(first + last)};
  return student;
}

/// The one student who has a key; nobody where two have it.
class Index {
 public:
  void add(const std::string& key, const Enrolled& student) {
    if (key.empty()) return;
    const auto [place, is_new] = students_.try_emplace(key, &student);
    if (!is_new && place->second != &student) place->second = nullptr;
  }
  const Enrolled* find(const std::string& key) const {
    const auto found = students_.find(key);
    return key.empty() || found == students_.end() ? nullptr : found->second;
  }

 private:
  std::map<std::string, const Enrolled*> students_;
};

const Enrolled* find_person(const Person& person, const Index& keys, const Index& names) {
  const std::string email = lowercase(person.email);
  for (const std::string& key : {lowercase(person.id), email, email.substr(0, email.find('@'))}) {
    if (const Enrolled* student = keys.find(key)) return student;
  }
  for (const std::string& name : {sorted_words(person.name), squashed(person.name)}) {
    if (const Enrolled* student = names.find(name)) return student;
  }
  return nullptr;
}

std::string identity_of(const Enrolled& student) {
  return "roster:" + (student.keys.empty() ? student.names.at(0) : student.keys.front());
}

HandIn without_hand_in(const Enrolled& student) {
  HandIn row;
  row.called = student.person.name.empty() ? student.person.id : student.person.name;
  row.identities = {identity_of(student)};
  row.people = {student.person};
  row.refused = kNothingHandedIn;
  row.id_in_class = student.person.id;
  return row;
}

}  // namespace

Roster read_roster(std::string_view csv) {
  const std::vector<CsvLine> lines = read_csv(csv).lines;
  std::vector<Column> columns;
  if (!lines.empty()) {
    for (const std::string& title : lines[0].cells) columns.push_back(column_of(title));
  }
  const bool is_known = std::any_of(columns.begin(), columns.end(), [](Column column) {
    return column != Column::kOther && column != Column::kSection;
  });
  if (!is_known) {
    throw InputError(
        "the roster's first line names no column that is known here; expected some of: id, name, "
        "first name, last name, email, username, section");
  }
  Roster roster;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Enrolled student = student_of(columns, lines[i].cells);
    // Canvas has a line of points and a student for trying things out among the others.
    const std::string name = squashed(student.person.name);
    if (name == "pointspossible" || name == "studenttest" || name == "teststudent") continue;
    if (name.empty() && student.keys.empty()) continue;
    roster.push_back(std::move(student));
  }
  return roster;
}

void match_roster(const Roster& roster, std::vector<HandIn>& hand_ins) {
  Index keys, names;
  for (const Enrolled& student : roster) {
    for (const std::string& key : student.keys) {
      keys.add(key, student);
      keys.add(key.substr(0, key.find('@')), student);
    }
    for (const std::string& name : student.names) names.add(name, student);
  }
  std::set<const Enrolled*> seen;
  for (HandIn& hand_in : hand_ins) {
    const bool is_group = hand_in.people.size() > 1;
    if (hand_in.people.empty()) hand_in.people = {{hand_in.called, hand_in.id_in_class, "", ""}};
    for (Person& person : hand_in.people) {
      const Enrolled* const student = find_person(person, keys, names);
      if (student == nullptr) {
        hand_in.notes.push_back(person.name + " is not on the roster");
        continue;
      }
      person = student->person;
      const bool is_first = seen.insert(student).second;
      if (!is_first) hand_in.notes.push_back(person.name + " has another row in this class");
      if (is_group || !is_first) continue;
      hand_in.identities.push_back(identity_of(*student));
      if (!person.name.empty()) hand_in.called = person.name;
    }
  }
  for (const Enrolled& student : roster) {
    if (seen.count(&student) == 0) hand_ins.push_back(without_hand_in(student));
  }
}

}  // namespace pset3::intake
