#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/gradebook/late_days.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& field, const std::string& expected, const json& found) {
  throw InputError(fmt::format("policy: {}: expected {}, found {}", field, expected,
                               report::one_line(found.dump(), 80)));
}

double number_in(const json& document, const char* field, double otherwise, double low,
                 double high) {
  if (!document.contains(field)) return otherwise;
  const json& value = document[field];
  const bool fits = value.is_number() && value.get<double>() >= low && value.get<double>() <= high;
  if (!fits) refuse(field, fmt::format("a number from {:g} to {:g}", low, high), value);
  return value;
}

int whole_in(const json& document, const char* field, int otherwise, int high) {
  const double value = number_in(document, field, otherwise, 0, high);
  if (value != std::floor(value)) refuse(field, "a whole number", document[field]);
  return static_cast<int>(value);
}

std::string text_in(const json& object, const std::string& field, const char* key) {
  const json value = object.is_object() ? object.value(key, json()) : json();
  if (!value.is_string() || value.get<std::string>().empty()) refuse(field, "a text", value);
  return report::one_line(value.get<std::string>());
}

void require_known_fields(const json& object, const std::string& where,
                          const std::vector<std::string>& known) {
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string near = nearest(key, known);
    throw InputError(fmt::format("policy: {}there is no field \"{}\"{}", where,
                                 report::one_line(key, 80),
                                 near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  }
}

Deadline deadline_in(const json& entry, std::size_t place, const Zone& zone) {
  const std::string where = fmt::format("deadlines[{}]", place);
  if (!entry.is_object()) refuse(where, "an object with name and due", entry);
  require_known_fields(entry, where + ": ", {"name", "parts", "due"});
  Deadline deadline{
      text_in(entry, where + ".name", "name"), {}, text_in(entry, where + ".due", "due")};
  for (const json& part : entry.value("parts", json::array())) {
    if (!part.is_string()) refuse(where + ".parts", "short names of parts, [\"p1\"]", part);
    deadline.parts.push_back(report::one_line(part.get<std::string>()));
  }
  try {
    zone.read(deadline.due, Zone::OfTwo::kLater);
  } catch (const InputError& error) {
    throw InputError("policy: " + where + ".due: " + error.what());
  }
  return deadline;
}

void require_one_deadline_a_part(const Policy& policy) {
  std::set<std::string> names, parts;
  for (const Deadline& deadline : policy.deadlines) {
    if (!names.insert(deadline.name).second) {
      throw InputError("policy: two deadlines are called " + deadline.name);
    }
    if (deadline.parts.empty() && policy.deadlines.size() > 1) {
      throw InputError("policy: " + deadline.name +
                       " names no parts; with several deadlines each says which parts are due");
    }
    for (const std::string& part : deadline.parts) {
      if (!parts.insert(part).second) {
        throw InputError("policy: " + part + " is due at two deadlines; expected one");
      }
    }
  }
}

}  // namespace

const Deadline* Policy::deadline_of(const std::string& part) const {
  for (const Deadline& deadline : deadlines) {
    const auto& all = deadline.parts;
    if (all.empty() || std::find(all.begin(), all.end(), part) != all.end()) return &deadline;
  }
  return nullptr;
}

Policy read_policy(const json& document) {
  if (!document.is_object()) refuse("the file", "a JSON object", document);
  require_known_fields(document, "",
                       {"schema", "version", "zone", "deadlines", "grace_minutes", "free_days",
                        "percent_per_day", "cap_percent", "latest_days", "round_to"});
  if (document.value("version", json(1)) != 1) refuse("version", "1", document["version"]);
  Policy policy;
  policy.zone = text_in(document, "zone", "zone");
  const Zone zone(policy.zone);
  policy.grace_minutes = whole_in(document, "grace_minutes", 0, 24 * 60);
  policy.free_days = whole_in(document, "free_days", 0, 1000);
  policy.percent_per_day = number_in(document, "percent_per_day", 0.0, 0.0, 100.0);
  policy.cap_percent = number_in(document, "cap_percent", 100.0, 0.0, 100.0);
  if (document.contains("latest_days"))
    policy.latest_days = whole_in(document, "latest_days", 0, 1000);
  policy.round_to = number_in(document, "round_to", 0.01, 1e-6, 10.0);
  const json deadlines = document.value("deadlines", json());
  if (!deadlines.is_array() || deadlines.empty()) {
    refuse("deadlines", "a list of {\"name\", \"parts\", \"due\"}", deadlines);
  }
  for (const json& entry : deadlines) {
    policy.deadlines.push_back(deadline_in(entry, policy.deadlines.size(), zone));
  }
  require_one_deadline_a_part(policy);
  return policy;
}

json to_json(const Policy& policy) {
  json document = {{"schema", "pset3-policy"},
                   {"version", 1},
                   {"zone", policy.zone},
                   {"deadlines", json::array()},
                   {"grace_minutes", policy.grace_minutes},
                   {"free_days", policy.free_days},
                   {"percent_per_day", policy.percent_per_day},
                   {"cap_percent", policy.cap_percent},
                   {"round_to", policy.round_to}};
  if (policy.latest_days) document["latest_days"] = *policy.latest_days;
  for (const Deadline& deadline : policy.deadlines) {
    json entry = {{"name", deadline.name}, {"due", deadline.due}};
    if (!deadline.parts.empty()) entry["parts"] = deadline.parts;
    document["deadlines"].push_back(entry);
  }
  return document;
}

}  // namespace pset3::gradebook
