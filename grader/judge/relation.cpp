#include "grader/judge/relation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "grader/judge/answer.hpp"
#include "grader/judge/engine.hpp"
#include "grader/judge/only_where.hpp"
#include "grader/judge/output_pair.hpp"
#include "grader/judge/relations.hpp"

namespace pset3::judge {
namespace {

/// One output of the cases that fail and have it wrong.
using Pairs = std::vector<OutputPair>;

bool is_wrong_answer(const CaseFinding& finding) { return finding.verdict == Verdict::kFailed; }

/// @returns the outputs that are wrong, the smallest first: a loss before its gradient.
std::vector<Pairs> wrong_outputs(const std::vector<CaseEvidence>& cases,
                                 const CheckResult& result) {
  std::map<std::string, Pairs> found;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!is_wrong_answer(result.findings[i])) continue;
    const Answer answer = read_answer(cases[i]);
    if (!answer.valid()) return {};
    for (OutputPair& pair : pairs_of(*cases[i].inputs, *cases[i].expected, answer.outputs)) {
      if (pair.differs()) found[pair.name].push_back(std::move(pair));
    }
  }
  std::vector<Pairs> ordered;
  for (auto& [name, pairs] : found) ordered.push_back(std::move(pairs));
  std::stable_sort(ordered.begin(), ordered.end(), [](const Pairs& a, const Pairs& b) {
    return a[0].right.size() < b[0].right.size();
  });
  return ordered;
}

std::string in_how_many(std::size_t count) {
  return count == 1 ? "in the case that fails" : fmt::format("in all {} cases that fail", count);
}

std::string sentence(const Relation& relation, const std::string& output, std::size_t count) {
  const std::string which = output.empty() ? "" : " for \"" + output + "\"";
  return fmt::format("Your numbers{} {}, {}.", which, relation.words, in_how_many(count));
}

/// What ended otherwise has no numbers, and a relation then would not hold in each case.
bool has_numbers(const CheckResult& result) {
  return std::all_of(result.findings.begin(), result.findings.end(), [](const CaseFinding& item) {
    return item.verdict == Verdict::kPassed || is_wrong_answer(item);
  });
}

bool is_named(const CheckResult& result) {
  return !std::all_of(result.diagnoses.begin(), result.diagnoses.end(), says_where);
}

}  // namespace

bool is_fact(const Diagnosis& diagnosis) {
  return says_where(diagnosis) || diagnosis.mistake.rfind(kNumbers, 0) == 0;
}

void say_relation(const std::vector<CaseEvidence>& cases, CheckResult& result) {
  if (is_named(result) || !can_be_blocked(result.verdict) || !has_numbers(result)) return;
  if (cases.size() != result.findings.size()) return;
  const auto count = static_cast<std::size_t>(
      std::count_if(result.findings.begin(), result.findings.end(), is_wrong_answer));
  const std::vector<Pairs> wrong = wrong_outputs(cases, result);
  for (const Pairs& pairs : wrong) {
    if (pairs.size() != count) continue;
    const std::optional<Relation> relation = relation_between(pairs);
    if (!relation) continue;
    std::string words = sentence(*relation, wrong.size() > 1 ? pairs[0].name : "", count);
    for (const Diagnosis& place : result.diagnoses) words += " " + place.explanation;
    result.diagnoses = {{kNumbers + relation->slug, words, false, count}};
    return;
  }
}

}  // namespace pset3::judge
