#include "grader/gradebook/finished_run.hpp"

#include <algorithm>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/letter_case.hpp"
#include "grader/gradebook/class_view.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json read_json(const fs::path& file) {
  const json document = json::parse(read_file(file), nullptr, false);
  if (document.is_discarded()) {
    throw InputError(file.string() + ": no JSON; grade again to write it anew");
  }
  return document;
}

std::string text_of(const json& object, const char* key) {
  const json value = object.is_object() ? object.value(key, json()) : json();
  return value.is_string() ? report::one_line(value.get<std::string>()) : "";
}

RunPerson person_in(const json& entry) {
  RunPerson person{text_of(entry, "name"),
                   text_of(entry, "id"),
                   text_of(entry, "email"),
                   text_of(entry, "section"),
                   {}};
  person.keys = keys_of(person.id, person.email);
  return person;
}

/// Whose a row is. What a hand-in of one student is called by is a key of theirs too.
std::vector<RunPerson> people_of(const std::string& row, const json& hand_in) {
  std::vector<RunPerson> people;
  for (const json& entry : hand_in.value("students", json::array())) {
    people.push_back(person_in(entry));
  }
  if (people.empty()) people.push_back({row, "", "", "", {}});
  for (RunPerson& person : people) {
    if (person.name.empty()) person.name = person.id.empty() ? person.email : person.id;
    if (people.size() > 1 && person.keys.empty()) person.keys = {"name:" + lowercase(person.name)};
  }
  if (people.size() > 1) return people;
  for (const json& identity : hand_in.value("identities", json::array())) {
    if (identity.is_string())
      people[0].keys.push_back(report::one_line(identity.get<std::string>(), 1000));
  }
  if (people[0].keys.empty()) people[0].keys = {"name:" + row};
  return people;
}

RunRow read_row(const fs::path& folder, const json& entry) {
  RunRow row;
  row.name = text_of(entry, "name");
  row.results = folder / text_of(entry, "results");
  try {
    row.document = report::read_document(read_json(row.results));
  } catch (const InputError& error) {
    throw InputError(row.results.string() + ": " + error.what());
  }
  const fs::path file = row.results.parent_path() / "hand_in.json";
  json hand_in = fs::is_regular_file(file) ? read_json(file) : json::object();
  if (!hand_in.is_object()) hand_in = json::object();
  row.people = people_of(row.name, hand_in);
  row.at = text_of(hand_in, "at");
  row.uploaded_as = text_of(hand_in, "uploaded_as");
  row.is_late = hand_in.value("late", false);
  row.is_nothing = hand_in.value("nothing_handed_in", false);
  return row;
}

}  // namespace

std::vector<std::string> keys_of(const std::string& id, const std::string& email) {
  std::vector<std::string> keys;
  if (!id.empty()) keys.push_back("id:" + lowercase(id));
  if (!email.empty()) keys.push_back("email:" + lowercase(email));
  return keys;
}

FinishedRun::FinishedRun(const fs::path& folder)
    : folder_(fs::absolute(folder).lexically_normal()) {
  const fs::path file = folder_ / "class.json";
  if (!fs::is_regular_file(file)) {
    throw InputError(folder.string() +
                     ": no class.json in it; expected the folder that `pset3 grade --out` wrote");
  }
  class_ = read_json(file);
  read_class(class_);
  Hasher hasher;
  hasher.add(read_file(file));
  for (const json& entry : class_.at("submissions")) {
    const fs::path results = folder_ / text_of(entry, "results");
    if (fs::is_regular_file(results)) hasher.add(read_file(results));
  }
  hash_ = hasher.hex();
}

void FinishedRun::for_each_row(const std::function<void(const RunRow&)>& take) const {
  for (const json& entry : class_.at("submissions")) take(read_row(folder_, entry));
}

}  // namespace pset3::gradebook
