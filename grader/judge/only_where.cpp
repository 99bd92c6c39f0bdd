#include "grader/judge/only_where.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "grader/judge/engine.hpp"

namespace pset3::judge {
namespace {

using Properties = std::vector<std::string>;

/// The cases of a check, by how they ended.
struct Sides {
  std::vector<Properties> failed;
  std::vector<Properties> passed;
};

const Properties& special_of(const Rubric& rubric, const std::string& case_id) {
  static const Properties kNone;
  const auto found = std::find_if(rubric.cases.begin(), rubric.cases.end(),
                                  [&](const CaseSpec& spec) { return spec.id == case_id; });
  return found == rubric.cases.end() ? kNone : found->special;
}

/// Whether a case ran out of time or memory: that depends on how large it is.
bool used_up(const CheckResult& result) {
  return std::any_of(result.findings.begin(), result.findings.end(), [](const CaseFinding& item) {
    return item.verdict == Verdict::kTimeout || item.verdict == Verdict::kOutOfMemory;
  });
}

Sides sides_of(const Rubric& rubric, const CheckResult& result) {
  Sides sides;
  for (const CaseFinding& finding : result.findings) {
    const bool passed = finding.verdict == Verdict::kPassed;
    (passed ? sides.passed : sides.failed).push_back(special_of(rubric, finding.case_id));
  }
  return sides;
}

bool has(const Properties& properties, const std::string& property) {
  return std::find(properties.begin(), properties.end(), property) != properties.end();
}

/// Those that some case that fails has and no case that passes, in the rubric's order.
Properties candidates(const Sides& sides) {
  Properties found;
  for (const Properties& properties : sides.failed) {
    for (const std::string& property : properties) {
      const bool passes = std::any_of(sides.passed.begin(), sides.passed.end(),
                                      [&](const auto& other) { return has(other, property); });
      if (!passes && !has(found, property)) found.push_back(property);
    }
  }
  return found;
}

/// How many of the cases that fail have it.
std::ptrdiff_t count(const Sides& sides, const std::string& property) {
  return std::count_if(sides.failed.begin(), sides.failed.end(),
                       [&](const Properties& own) { return has(own, property); });
}

bool covers(const Sides& sides, const Properties& properties) {
  return std::all_of(sides.failed.begin(), sides.failed.end(), [&](const Properties& own) {
    return std::any_of(properties.begin(), properties.end(),
                       [&](const std::string& property) { return has(own, property); });
  });
}

/// @returns "where A", "where A or B" for two that cannot be told apart, "where A, and where B" for
/// two that share the cases; nothing if there is no such thing, or if nothing passed.
std::string where(const Sides& sides) {
  if (sides.passed.empty()) return "";
  const Properties possible = candidates(sides);
  Properties alone;
  for (const std::string& property : possible) {
    if (covers(sides, {property})) alone.push_back(property);
  }
  if (alone.size() == 1) return "where " + alone[0];
  if (alone.size() == 2) return "where " + alone[0] + " or " + alone[1];
  if (!alone.empty()) return "";
  for (std::size_t i = 0; i < possible.size(); ++i) {
    for (std::size_t j = i + 1; j < possible.size(); ++j) {
      const bool repeated = count(sides, possible[i]) + count(sides, possible[j]) > 2;
      if (repeated && covers(sides, {possible[i], possible[j]})) {
        return "where " + possible[i] + ", and where " + possible[j];
      }
    }
  }
  return "";
}

std::string slug(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const bool is_word = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (is_word) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!is_word && !name.empty() && name.back() != '_') name += '_';
  }
  return name;
}

Diagnosis diagnosis_of(const std::string& place, const Sides& sides) {
  const std::size_t failed = sides.failed.size();
  const std::size_t passed = sides.passed.size();
  const std::string fails = failed == 1 ? "the case of that kind fails"
                                        : fmt::format("the {} cases of that kind fail", failed);
  const std::string is_right =
      passed == 1 ? "the other one is" : fmt::format("the other {} are", passed);
  return {std::string("only_") + slug(place),
          fmt::format("A mistake that shows only {}: {}, and {} right. What does your function do "
                      "differently there?",
                      place, fails, is_right),
          false, failed};
}

}  // namespace

bool says_where(const Diagnosis& diagnosis) { return diagnosis.mistake.rfind(kOnlyWhere, 0) == 0; }

void say_where(const Rubric& rubric, std::vector<CheckResult>& results) {
  for (CheckResult& result : results) {
    const CheckSpec* spec = rubric.find_check(result.check);
    const bool is_public = spec != nullptr && spec->visibility == Visibility::kPublic;
    const bool is_open = result.verdict == Verdict::kBlocked || !result.diagnoses.empty();
    if (!is_public || is_open || !can_be_blocked(result.verdict) || used_up(result)) continue;
    const Sides sides = sides_of(rubric, result);
    const std::string place = where(sides);
    if (!place.empty()) result.diagnoses.push_back(diagnosis_of(place, sides));
  }
}

}  // namespace pset3::judge
