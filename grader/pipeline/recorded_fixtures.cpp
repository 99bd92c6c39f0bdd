#include "grader/pipeline/recorded_fixtures.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "grader/arrays/safetensors.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kRemedy =
    "; bring fixtures/ back from the repository, or as a TA run "
    "`pset3 author fixtures`";

constexpr const char* kRecordAgain =
    "; bring it back from the repository, or as a TA run `pset3 author mutants --record`";

json to_json(const judge::KnownMistake& mistake) {
  json symptoms = json::object();
  for (const auto& [check, cases] : mistake.symptoms) {
    for (const auto& [case_id, symptom] : cases) {
      symptoms[check][case_id] = {{"ending", symptom.ending}, {"sketch", symptom.sketch}};
    }
  }
  json document = {
      {"name", mistake.name}, {"explanation", mistake.explanation}, {"symptoms", symptoms}};
  document["fails"] = mistake.fails;
  if (!mistake.blocks.empty()) document["blocks"] = mistake.blocks;
  if (!mistake.costs.empty()) document["costs"] = mistake.costs;
  if (!mistake.says.empty()) document["says"] = mistake.says;
  return document;
}

judge::KnownMistake mistake_from(const json& document) {
  judge::KnownMistake mistake;
  mistake.name = document.at("name");
  mistake.explanation = document.at("explanation");
  const std::vector<std::string> none;
  mistake.fails = document.value("fails", none);
  mistake.blocks = document.value("blocks", none);
  mistake.costs = document.value("costs", none);
  mistake.says = document.value("says", "");
  for (const auto& [check, cases] : document.at("symptoms").items()) {
    for (const auto& [case_id, symptom] : cases.items()) {
      judge::Sketch sketch;
      for (const json& value : symptom.at("sketch")) {
        sketch.push_back(value.is_null() ? std::nan("") : value.get<double>());
      }
      mistake.symptoms[check][case_id] = {symptom.at("ending"), sketch};
    }
  }
  return mistake;
}

/// Time limits are made of these: a 0 or a slip in the exponent would make one that never ends.
double duration_from(const json& value) {
  const double milliseconds = value.get<double>();
  constexpr double kHour = 3.6e6;
  if (milliseconds > 0.0 && milliseconds <= kHour) return milliseconds;
  throw InputError("a time is " + value.dump() + " ms, not above 0 and at most an hour");
}

void read_times(const json& document, RecordedFixtures& recorded) {
  recorded.machine_speed_ms = duration_from(document.at("machine_speed_ms"));
  for (const auto& [id, value] : document.at("reference_ms").items()) {
    recorded.reference_ms[id] = duration_from(value);
  }
  for (const json& mistake : document.at("mistakes")) {
    recorded.mistakes.push_back(mistake_from(mistake));
  }
}

/// A line for each mistake: the file is large, and a change in it is seen.
std::string lines_of(const std::vector<judge::KnownMistake>& mistakes) {
  std::string lines;
  for (const judge::KnownMistake& mistake : mistakes) {
    lines += (lines.empty() ? "\n  " : ",\n  ") + to_json(mistake).dump();
  }
  return lines;
}

std::string recorded_text(const RecordedFixtures& recorded) {
  return fmt::format(
      "{{\n \"machine_speed_ms\": {},\n \"reference_ms\": {},\n \"mistakes\": [{}\n ]\n}}\n",
      recorded.machine_speed_ms, json(recorded.reference_ms).dump(), lines_of(recorded.mistakes));
}

/// @param verb  what records the file
std::vector<judge::KnownMistake> read_mistakes(const fs::path& file, const std::string& verb) {
  std::vector<judge::KnownMistake> mistakes;
  if (!fs::exists(file)) return mistakes;
  try {
    for (const json& item : json::parse(read_file(file))) mistakes.push_back(mistake_from(item));
  } catch (const std::exception& error) {
    throw InputError(file.string() + " is damaged: " + error.what() +
                     "; bring it back from the repository, or as a TA run `pset3 author " + verb +
                     " --record`");
  }
  return mistakes;
}

}  // namespace

RecordedFixtures read_recorded(const fs::path& fixtures, const std::vector<std::string>& cases) {
  RecordedFixtures recorded;
  const fs::path file = fixtures / "recorded.json";
  if (!fs::exists(file)) throw InputError(file.string() + " is missing" + kRemedy);
  try {
    read_times(json::parse(read_file(file)), recorded);
  } catch (const std::exception& error) {
    throw InputError(file.string() + " is damaged: " + error.what() + kRemedy);
  }
  for (const std::string& id : cases) {
    const fs::path arrays_file = fixtures / "expected" / (id + ".safetensors");
    if (!fs::exists(arrays_file)) throw InputError(arrays_file.string() + " is missing" + kRemedy);
    try {
      recorded.expected[id] = arrays::decode(read_file(arrays_file));
    } catch (const arrays::FormatError& error) {
      throw InputError(arrays_file.string() + " is damaged: " + error.what() + kRemedy);
    }
    if (recorded.reference_ms.count(id) == 0) {
      throw InputError(file.string() + " has no time for case " + id + kRemedy);
    }
  }
  return recorded;
}

std::vector<judge::KnownMistake> read_slips(const fs::path& fixtures) {
  return read_mistakes(fixtures / "slips.json", "mutants");
}

std::vector<judge::KnownMistake> read_further(const fs::path& fixtures) {
  return read_mistakes(fixtures / "further.json", "further");
}

std::string slips_text(const std::vector<judge::KnownMistake>& slips) {
  return "[" + lines_of(slips) + "\n]\n";
}

std::vector<SlipChange> read_slip_changes(const fs::path& fixtures) {
  const fs::path file = fixtures / "slip_changes.json";
  std::vector<SlipChange> changes;
  if (!fs::exists(file)) return changes;
  try {
    for (const json& item : json::parse(read_file(file))) {
      changes.push_back({item.at("name"), item.at("file"), item.at("begin"), item.at("removed"),
                         item.at("replacement")});
    }
  } catch (const std::exception& error) {
    throw InputError(file.string() + " is damaged: " + error.what() + kRecordAgain);
  }
  return changes;
}

std::string slip_changes_text(const std::vector<SlipChange>& changes) {
  std::string lines;
  for (const SlipChange& change : changes) {
    const json item = {{"name", change.name},
                       {"file", change.file},
                       {"begin", change.begin},
                       {"removed", change.removed},
                       {"replacement", change.replacement}};
    lines += (lines.empty() ? "\n  " : ",\n  ") + item.dump();
  }
  return "[" + lines + "\n]\n";
}

std::optional<std::map<std::string, std::string>> with_slip(
    const SlipChange& change, std::map<std::string, std::string> files) {
  const auto file = files.find(change.file);
  if (file == files.end() || change.begin > file->second.size()) return std::nullopt;
  const std::size_t length = change.removed.size();
  if (file->second.compare(change.begin, length, change.removed) != 0) return std::nullopt;
  file->second.replace(change.begin, length, change.replacement);
  return files;
}

std::map<std::string, std::string> to_files(const RecordedFixtures& recorded) {
  std::map<std::string, std::string> files;
  files["recorded.json"] = recorded_text(recorded);
  for (const auto& [id, arrays] : recorded.expected) {
    files["expected/" + id + ".safetensors"] = arrays::encode(arrays);
  }
  return files;
}

}  // namespace pset3::pipeline
