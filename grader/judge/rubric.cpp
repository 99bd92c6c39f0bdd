#include "grader/judge/rubric.hpp"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/judge/rubric_rules.hpp"
#include "grader/judge/schema.hpp"

namespace pset3::judge {
namespace {

using nlohmann::json;

constexpr std::uint64_t kBytesPerMib = 1ull << 20;

/// Parses with a callback, since the library keeps the last of two equal keys without a word.
json parse(const std::filesystem::path& file) {
  std::vector<std::set<std::string>> open_objects;
  const auto watch = [&](int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) open_objects.emplace_back();
    if (event == json::parse_event_t::object_end) open_objects.pop_back();
    if (event == json::parse_event_t::key &&
        !open_objects.back().insert(value.get<std::string>()).second) {
      throw InputError(fmt::format("{}: expected each key once in an object; found \"{}\" twice",
                                   file.string(), value.get<std::string>()));
    }
    return true;
  };
  try {
    return json::parse(read_file(file), watch);
  } catch (const json::parse_error& error) {
    throw InputError(fmt::format("{}: expected JSON; found: {}", file.string(), error.what()));
  }
}

Visibility visibility_of(const std::string& word) {
  if (word == "public") return Visibility::kPublic;
  if (word == "hidden") return Visibility::kHidden;
  return Visibility::kAfterDueDate;  // the schema allows no fourth word
}

CaseSpec case_of(const std::string& file, const json& entry, std::size_t index) {
  CaseSpec spec;
  spec.id = entry.at("id").get<std::string>();
  spec.function = entry.at("function").get<std::string>();
  spec.generator = entry.at("generator").get<std::string>();
  spec.params = entry.at("params");
  spec.hidden = entry.value("hidden", false);
  spec.special = entry.value("special", std::vector<std::string>{});
  if (spec.hidden == entry.contains("seed")) {
    throw InputError(fmt::format("{}: at /cases/{}: expected {}; found {}", file, index,
                                 spec.hidden
                                     ? "no \"seed\" in a hidden case, since every run draws its own"
                                     : "a \"seed\" in a public case",
                                 spec.hidden ? "\"seed\": " + excerpt(entry["seed"]) : "none"));
  }
  if (!spec.hidden) spec.seed = entry.at("seed").get<std::uint64_t>();
  return spec;
}

CheckSpec check_of(const json& entry) {
  CheckSpec spec;
  spec.id = entry.at("id").get<std::string>();
  spec.title = entry.at("title").get<std::string>();
  spec.points = entry.at("points").get<double>();
  spec.visibility = visibility_of(entry.at("visibility").get<std::string>());
  spec.judge = entry.at("judge").get<std::string>();
  spec.cases = entry.at("cases").get<std::vector<std::string>>();
  spec.files = entry.at("files").get<std::vector<std::string>>();
  spec.functions = entry.at("functions").get<std::vector<std::string>>();
  spec.needs = entry.value("needs", std::vector<std::string>());
  spec.repeats = entry.value("repeats", std::vector<std::string>());
  spec.partial = entry.value("partial", false);
  spec.extra = entry.value("extra", false);
  spec.tolerance = entry.value("tolerance", json::object());
  spec.hint = entry.at("hint").get<std::string>();
  spec.section = entry.at("section").get<std::string>();
  return spec;
}

ManualItem manual_of(const json& entry) {
  return {entry.at("id").get<std::string>(), entry.at("title").get<std::string>(),
          entry.at("points").get<double>()};
}

Rubric rubric_of(const std::string& file, const json& document) {
  Rubric rubric;
  rubric.part = document.at("part").get<std::string>();
  rubric.folder = document.at("folder").get<std::string>();
  rubric.title = document.at("title").get<std::string>();
  rubric.libraries = document.at("libraries").get<std::string>();
  rubric.handout = document.at("handout").get<std::string>();
  rubric.files = document.at("files").get<std::vector<std::string>>();
  rubric.time_limit_factor = document.value("time_limit_factor", rubric.time_limit_factor);
  rubric.time_limit_floor_ms = document.value("time_limit_floor_ms", rubric.time_limit_floor_ms);
  rubric.budget_s = document.value("budget_s", rubric.budget_s);
  rubric.memory_limit_bytes = document.at("memory_limit_mib").get<std::uint64_t>() * kBytesPerMib;
  if (document.value("one_bug", "once") == "every_check") rubric.one_bug = OneBug::kEveryCheck;
  rubric.threads = document.value("threads", rubric.threads);
  for (std::size_t i = 0; i < document.at("cases").size(); ++i) {
    rubric.cases.push_back(case_of(file, document["cases"][i], i));
  }
  for (const json& entry : document.at("checks")) rubric.checks.push_back(check_of(entry));
  for (const json& entry : document.value("manual", json::array())) {
    rubric.manual.push_back(manual_of(entry));
  }
  for (const json& entry : document.value("bans", json::array())) {
    rubric.bans.push_back({entry.at("name").get<std::string>(), entry.at("why").get<std::string>(),
                           entry.value("costs", false)});
  }
  if (document.contains("hidden_checks")) {
    rubric.left_out = {document["hidden_checks"].at("count").get<int>(),
                       document["hidden_checks"].at("points").get<double>()};
  }
  return rubric;
}

}  // namespace

const CaseSpec& Rubric::case_named(const std::string& id) const {
  for (const CaseSpec& spec : cases) {
    if (spec.id == id) return spec;
  }
  throw InputError(fmt::format("part {} has no case \"{}\"", part, id));
}

const CheckSpec* Rubric::find_check(const std::string& id) const {
  for (const CheckSpec& spec : checks) {
    if (spec.id == id) return &spec;
  }
  return nullptr;
}

double Rubric::automatic_points() const {
  double total = 0.0;
  for (const CheckSpec& spec : checks) total += spec.max_points();
  return total;
}

double Rubric::manual_points() const {
  double total = 0.0;
  for (const ManualItem& item : manual) total += item.points;
  return total;
}

std::string question_of(const std::string& check) { return check.substr(0, check.rfind('.')); }

Rubric read_rubric(const std::filesystem::path& file, const std::filesystem::path& schema) {
  const json document = parse(file);
  require_schema(file.string(), document, parse(schema));
  Rubric rubric = rubric_of(file.string(), document);
  require_consistent(file.string(), rubric);
  rubric.hash = hash_of(document.dump());
  return rubric;
}

}  // namespace pset3::judge
