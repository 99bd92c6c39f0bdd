#include "grader/author/release_rubric.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "grader/base/files.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;
using Ids = std::set<std::string>;

bool is_public(const judge::CheckSpec& check) {
  return check.visibility == judge::Visibility::kPublic;
}

Ids hidden_checks(const judge::Rubric& rubric) {
  Ids ids;
  for (const judge::CheckSpec& check : rubric.checks) {
    if (!is_public(check)) ids.insert(check.id);
  }
  return ids;
}

Ids public_cases(const judge::Rubric& rubric) {
  Ids ids;
  for (const judge::CheckSpec& check : rubric.checks) {
    if (is_public(check)) ids.insert(check.cases.begin(), check.cases.end());
  }
  return ids;
}

/// The list without the entries that `drop` names.
template <typename Drop>
json without(const json& list, Drop drop) {
  json kept = json::array();
  for (const json& entry : list) {
    if (!drop(entry.at("id").get<std::string>())) kept.push_back(entry);
  }
  return kept;
}

std::string public_rubric(const std::string& text, const judge::Rubric& rubric) {
  const Ids hidden = hidden_checks(rubric);
  const Ids cases = public_cases(rubric);
  json document = json::parse(text);
  document["cases"] =
      without(document["cases"], [&](const std::string& id) { return cases.count(id) == 0; });
  document["checks"] =
      without(document["checks"], [&](const std::string& id) { return hidden.count(id) != 0; });
  for (json& check : document["checks"]) {
    const judge::CheckSpec& spec = *rubric.find_check(check.at("id").get<std::string>());
    if (spec.tolerance.contains("threshold")) {
      check["tolerance"]["threshold"] = spec.tolerance["threshold"].get<double>();
    }
  }
  double points = 0.0;
  for (const std::string& id : hidden) points += rubric.find_check(id)->max_points();
  document["hidden_checks"] = {{"count", hidden.size()}, {"points", points}};
  return document.dump(1) + "\n";
}

void drop_checks(std::vector<std::string>& checks, const Ids& hidden) {
  checks.erase(std::remove_if(checks.begin(), checks.end(),
                              [&](const std::string& id) { return hidden.count(id) != 0; }),
               checks.end());
}

pipeline::RecordedFixtures public_recorded(const pipeline::Course& course,
                                           const judge::Rubric& rubric) {
  const Ids cases = public_cases(rubric);
  const Ids hidden = hidden_checks(rubric);
  pipeline::RecordedFixtures recorded =
      pipeline::read_recorded(course.fixtures(rubric), {cases.begin(), cases.end()});
  std::erase_if(recorded.reference_ms, [&](const auto& e) { return cases.count(e.first) == 0; });
  for (judge::KnownMistake& mistake : recorded.mistakes) {
    drop_checks(mistake.fails, hidden);
    drop_checks(mistake.blocks, hidden);
    drop_checks(mistake.costs, hidden);
    std::erase_if(mistake.symptoms, [&](const auto& e) { return hidden.count(e.first) != 0; });
  }
  std::erase_if(recorded.mistakes, [](const auto& mistake) { return mistake.symptoms.empty(); });
  return recorded;
}

}  // namespace

void add_public_fixtures(ReleaseTree& tree, const pipeline::Course& course,
                         const judge::Rubric& rubric) {
  const std::string folder = "fixtures/" + rubric.folder + "/";
  tree[folder + "rubric.json"].bytes =
      public_rubric(read_file(course.fixtures(rubric) / "rubric.json"), rubric);
  // What further mistakes and slips show is recorded for public checks alone.
  for (const char* name : {"pictures.json", "further.json", "slips.json"}) {
    const auto file = course.home.source / (folder + name);
    if (std::filesystem::exists(file)) tree[folder + name].bytes = read_file(file);
  }
  for (auto& [name, bytes] : pipeline::to_files(public_recorded(course, rubric))) {
    tree[folder + name].bytes = std::move(bytes);
  }
}

}  // namespace pset3::author
