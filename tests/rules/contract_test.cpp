// fixtures/<part>/contract.json, held against the contract headers, the handouts and the rubrics.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/rules/sentences.hpp"
#include "tests/rules/tree.hpp"

namespace pset3::rules {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

/// What is wrong, in words; empty: nothing.
using Complaints = std::vector<std::string>;
/// A header's name or "handout" -> its sentences.
using Sentences = std::map<std::string, std::vector<std::string>>;

json json_of(const std::string& part, const char* name) {
  return json::parse(read(kRoot / "fixtures" / part / name));
}

struct Part {
  explicit Part(const std::string& folder)
      : rubric(json_of(folder, "rubric.json")), contract(json_of(folder, "contract.json")) {
    for (const auto& entry : std::filesystem::directory_iterator(kRoot / "starter" / folder)) {
      if (entry.path().extension() != ".hpp") continue;
      sentences[entry.path().filename().string()] = sentences_of_header(read(entry.path()));
    }
    sentences["handout"] = sentences_of_handout(read(kRoot / rubric.at("handout")));
  }

  std::string id() const { return rubric.at("part"); }

  json rubric;
  json contract;
  Sentences sentences;  ///< as the headers and the handout have them
};

std::vector<Part> all_parts() {
  std::vector<Part> all;
  for (const std::string& folder : parts()) all.emplace_back(folder);
  return all;
}

/// As the contract has them.
Sentences sentences_in(const json& contract) {
  Sentences all;
  for (const auto& [source, entries] : contract.items()) {
    for (const json& entry : entries) all[source].push_back(entry.at("says"));
  }
  return all;
}

/// The sentences of the first that the second has less often.
Complaints left_over(const Sentences& first, const Sentences& second, const std::string& words) {
  Complaints complaints;
  for (const auto& [source, sentences] : first) {
    const auto other = second.find(source);
    std::multiset<std::string> rest;
    if (other != second.end()) rest.insert(other->second.begin(), other->second.end());
    for (const std::string& sentence : sentences) {
      const auto found = rest.find(sentence);
      if (found == rest.end()) complaints.push_back(source + words + sentence);
      if (found != rest.end()) rest.erase(found);
    }
  }
  return complaints;
}

/// The first sentence of each source that stands elsewhere.
Complaints out_of_order(const Sentences& right, const Sentences& contract) {
  Complaints complaints;
  for (const auto& [source, sentences] : right) {
    const auto found = contract.find(source);
    if (found == contract.end() || found->second.size() != sentences.size()) continue;
    const auto [expected, got] =
        std::mismatch(sentences.begin(), sentences.end(), found->second.begin());
    if (expected == sentences.end()) continue;
    complaints.push_back(source + ": expected next: " + *expected + " Got: " + *got);
  }
  return complaints;
}

/// Why an entry does not say who judges its sentence; empty: it does.
std::string trouble_with(const json& entry) {
  static const std::set<std::string> kKeys = {"says", "checks", "not_judged", "except"};
  for (const auto& [key, value] : entry.items()) {
    if (kKeys.count(key) == 0) return "\"" + key + "\" is no key of a contract";
    const bool no_text = value.is_string() && value.get<std::string>().empty();
    if (value.empty() || no_text) return "\"" + key + "\" is empty";
  }
  const bool judged = entry.contains("checks");
  if (judged && entry.contains("not_judged")) return "it has \"checks\" and \"not_judged\"";
  if (!judged && !entry.contains("not_judged"))
    return "it has neither \"checks\" nor \"not_judged\"";
  return !judged && entry.contains("except") ? "\"except\" belongs to \"checks\"" : "";
}

Complaints undecided(const json& contract) {
  Complaints complaints;
  for (const auto& [source, entries] : contract.items()) {
    for (const json& entry : entries) {
      const std::string trouble = trouble_with(entry);
      if (trouble.empty()) continue;
      complaints.push_back(source + ": " + trouble + ": " + entry.at("says").get<std::string>());
    }
  }
  return complaints;
}

/// The checks that the contract names.
std::set<std::string> named_in(const json& contract) {
  std::set<std::string> ids;
  for (const auto& [source, entries] : contract.items()) {
    for (const json& entry : entries) {
      for (const json& id : entry.value("checks", json::array())) ids.insert(id);
    }
  }
  return ids;
}

Complaints unknown_checks(const json& contract, const json& rubric) {
  std::set<std::string> known;
  for (const json& check : rubric.at("checks")) known.insert(check.at("id"));
  Complaints complaints;
  for (const std::string& id : named_in(contract)) {
    if (known.count(id) == 0) complaints.push_back(id + " is no check of the rubric");
  }
  return complaints;
}

/// "p1.b." of "p1.b.survivors".
std::string question_of(const std::string& check) { return check.substr(0, check.rfind('.') + 1); }

/// A hidden check repeats the public ones of its question, and is reached through them.
bool is_reached(const json& check, const std::set<std::string>& named) {
  const std::string id = check.at("id");
  if (named.count(id) != 0) return true;
  return check.at("visibility") == "hidden" &&
         std::any_of(named.begin(), named.end(), [&](const std::string& other) {
           return question_of(other) == question_of(id);
         });
}

Complaints checks_without_sentence(const json& contract, const json& rubric) {
  const std::set<std::string> named = named_in(contract);
  Complaints complaints;
  for (const json& check : rubric.at("checks")) {
    if (is_reached(check, named)) continue;
    complaints.push_back("no sentence leads to " + check.at("id").get<std::string>());
  }
  return complaints;
}

/// "| p1 | 45 | 32 | 2 | 13 |", as the table's head says.
std::string row_of(const json& contract, const std::string& name) {
  int judged = 0;
  int in_part = 0;
  int not_judged = 0;
  for (const auto& [source, entries] : contract.items()) {
    for (const json& entry : entries) {
      ++(entry.contains("checks") ? judged : not_judged);
      in_part += entry.contains("except") ? 1 : 0;
    }
  }
  std::string row = "| " + name;
  for (const int count : {judged + not_judged, judged, in_part, not_judged}) {
    row += " | " + std::to_string(count);
  }
  return row + " |\n";
}

std::string table() {
  std::string rows =
      "| part | sentences | judged | of these with an exception | not judged |\n"
      "|---|---|---|---|---|\n";
  for (const Part& part : all_parts()) rows += row_of(part.contract, part.id());
  return rows;
}

TEST(Contract, HasTheSentencesOfHeadersAndHandout) {
  for (const Part& part : all_parts()) {
    const Sentences contract = sentences_in(part.contract);
    EXPECT_THAT(left_over(part.sentences, contract, ": contract.json lacks: "), IsEmpty())
        << part.id();
    EXPECT_THAT(left_over(contract, part.sentences, " does not say: "), IsEmpty()) << part.id();
    EXPECT_THAT(out_of_order(part.sentences, contract), IsEmpty()) << part.id();
  }
  EXPECT_EQ(all_parts().size(), 5u) << "the parts were not found";
}

TEST(Contract, SaysOfEachSentenceWhetherItIsJudged) {
  for (const Part& part : all_parts())
    EXPECT_THAT(undecided(part.contract), IsEmpty()) << part.id();
}

TEST(Contract, NamesChecksOfTheRubric) {
  for (const Part& part : all_parts()) {
    EXPECT_THAT(unknown_checks(part.contract, part.rubric), IsEmpty());
  }
}

TEST(Contract, LeadsToEveryCheck) {
  for (const Part& part : all_parts()) {
    EXPECT_THAT(checks_without_sentence(part.contract, part.rubric), IsEmpty());
  }
}

TEST(Contract, NoticesWhatItForbids) {
  const json rubric = {{"checks",
                        {{{"id", "p1.b.survivors"}, {"visibility", "public"}},
                         {{"id", "p1.b.hidden"}, {"visibility", "hidden"}},
                         {{"id", "p1.c.hidden"}, {"visibility", "hidden"}}}}};
  const auto with = [](json entry) {
    entry["says"] = "One.";
    return json{{"a.hpp", {entry}}};
  };
  EXPECT_THAT(left_over({{"a.hpp", {"One.", "One."}}}, sentences_in(with({})), " lacks: "),
              ElementsAre("a.hpp lacks: One."));
  EXPECT_EQ(out_of_order({{"a.hpp", {"One.", "Two."}}}, {{"a.hpp", {"Two.", "One."}}}).size(), 1u);
  for (const json& entry : {R"({})", R"({"checks": ["a"], "not_judged": "b"})", R"({"checks": []})",
                            R"({"not_judged": ""})", R"({"not_judged": "a", "except": "b"})",
                            R"({"not_judged": "a", "check": ["b"]})"}) {
    EXPECT_EQ(undecided(with(json::parse(entry.get<std::string>()))).size(), 1u) << entry;
  }
  EXPECT_EQ(unknown_checks(with({{"checks", {"p1.b.survivor"}}}), rubric).size(), 1u);
  EXPECT_THAT(checks_without_sentence(with({{"checks", {"p1.b.survivors"}}}), rubric),
              ElementsAre("no sentence leads to p1.c.hidden"));
}

TEST(Contract, IsCountedInTheReadme) {
  std::cout << table();
  EXPECT_NE(read(kRoot / "fixtures/README.md").find(table()), std::string::npos)
      << "fixtures/README.md has another table; put this one there:\n"
      << table();
}

}  // namespace
}  // namespace pset3::rules
