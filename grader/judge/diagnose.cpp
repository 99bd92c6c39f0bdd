#include <algorithm>
#include <cmath>
#include <optional>

#include "grader/arrays/safetensors.hpp"
#include "grader/judge/engine.hpp"

namespace pset3::judge {
namespace {

using run::CaseOutcome;
using run::Ended;

bool near(double a, double b, double tolerance) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= tolerance * std::max({1.0, std::abs(a), std::abs(b)});
}

/// What the reference shows: it returned the expected values.
Symptom reference_symptom(const CheckSpec& spec, const CaseEvidence& evidence,
                          const Checks& checks) {
  CaseOutcome outcome;
  outcome.ended = Ended::kReturned;
  outcome.output = arrays::encode(*evidence.expected);
  CaseEvidence reference = evidence;
  reference.outcome = &outcome;
  return symptom_of(spec, reference, checks);
}

/// A case as diagnose() compares it.
struct Observed {
  const std::string* case_id = nullptr;
  bool passed = false;
  bool blocked = false;  ///< judged elsewhere: it speaks for a mistake, and against none
  const std::string* message = nullptr;  ///< of its exception, if it ended in one
  Symptom symptom;
  Symptom reference;
};

/// Nothing can be read from an answer that was never given.
bool tells_nothing(Verdict verdict) {
  return verdict == Verdict::kNotAttempted || verdict == Verdict::kBuildFailed ||
         verdict == Verdict::kForbidden || verdict == Verdict::kGraderError;
}

std::vector<Observed> observe(const CheckSpec& spec, const CheckResult& result,
                              const std::vector<CaseEvidence>& cases, const Checks& checks) {
  std::vector<Observed> observed;
  for (std::size_t i = 0; i < cases.size() && i < result.findings.size(); ++i) {
    const Verdict verdict = result.findings[i].verdict;
    if (tells_nothing(verdict)) continue;
    observed.push_back({&cases[i].id, verdict == Verdict::kPassed, verdict == Verdict::kBlocked,
                        &cases[i].outcome->message, symptom_of(spec, cases[i], checks),
                        reference_symptom(spec, cases[i], checks)});
  }
  return observed;
}

struct Match {
  const KnownMistake* mistake = nullptr;
  std::size_t cases = 0;  ///< on which it agrees
  bool specific = false;
};

/// Whether a mistake shows in a case: who has made it would not have passed with another result.
bool shows_there(const std::map<std::string, Symptom>& symptoms, const Observed& seen,
                 double tolerance) {
  const auto found = symptoms.find(*seen.case_id);
  return found != symptoms.end() && !agree(found->second, seen.reference, tolerance);
}

/// The type of an exception is the same for many causes; its message tells them apart.
bool says_it(const KnownMistake& mistake, const Symptom& symptom, const Observed& seen) {
  return symptom.ending.rfind("threw ", 0) != 0 ||
         seen.message->find(mistake.says) != std::string::npos;
}

/// @returns how well the mistake agrees, or nothing when it does not explain a failure.
std::optional<Match> explained(const KnownMistake& mistake,
                               const std::map<std::string, Symptom>& symptoms,
                               const std::vector<Observed>& observed, double tolerance) {
  Match match{&mistake};
  bool differs_from_right = false;
  for (const Observed& seen : observed) {
    const auto found = symptoms.find(*seen.case_id);
    const bool same = found != symptoms.end() && agree(found->second, seen.symptom, tolerance) &&
                      says_it(mistake, found->second, seen);
    match.cases += same ? 1 : 0;
    if (seen.blocked) continue;
    if (!same && (!seen.passed || shows_there(symptoms, seen, tolerance))) return std::nullopt;
    const bool wrong = !seen.passed && !agree(found->second, seen.reference, tolerance);
    differs_from_right |= wrong;
    match.specific |= wrong && !is_bare(found->second);
  }
  if (!differs_from_right) return std::nullopt;
  return match;
}

/// Which limit a program without bounds meets first, time or memory, is the machine's matter.
bool meets_a_limit(const std::string& ending) {
  return ending == "timeout" || ending == "out of memory";
}

bool same_ending(const std::string& a, const std::string& b) {
  return a == b || (meets_a_limit(a) && meets_a_limit(b));
}

}  // namespace

bool is_bare(const Symptom& symptom) {
  return symptom.ending != "returned" ||
         std::all_of(symptom.sketch.begin(), symptom.sketch.end(),
                     [](double value) { return value == 0.0 || std::isnan(value); });
}

bool agree(const Symptom& a, const Symptom& b, double tolerance) {
  return same_ending(a.ending, b.ending) && a.sketch.size() == b.sketch.size() &&
         std::equal(a.sketch.begin(), a.sketch.end(), b.sketch.begin(),
                    [&](double x, double y) { return near(x, y, tolerance); });
}

std::vector<Diagnosis> diagnose(const CheckSpec& spec, const CheckResult& result,
                                const std::vector<CaseEvidence>& cases,
                                const std::vector<KnownMistake>& mistakes, const Checks& checks) {
  const bool relevant =
      std::any_of(mistakes.begin(), mistakes.end(),
                  [&](const KnownMistake& mistake) { return mistake.symptoms.count(spec.id) > 0; });
  if (result.verdict == Verdict::kPassed || !relevant) return {};
  const double tolerance = checks.at(spec.judge).sketch_tolerance;
  const std::vector<Observed> observed = observe(spec, result, cases, checks);
  std::vector<Match> matches;
  for (const KnownMistake& mistake : mistakes) {
    const auto found = mistake.symptoms.find(spec.id);
    if (found == mistake.symptoms.end()) continue;
    const auto match = explained(mistake, found->second, observed, tolerance);
    if (!match) continue;
    matches.push_back(*match);
  }
  std::sort(matches.begin(), matches.end(),
            [](const Match& a, const Match& b) { return a.mistake->name < b.mistake->name; });
  std::vector<Diagnosis> diagnoses;
  diagnoses.reserve(matches.size());
  for (const Match& match : matches) {
    diagnoses.push_back(
        {match.mistake->name, match.mistake->explanation, match.specific, match.cases});
  }
  return diagnoses;
}

}  // namespace pset3::judge
