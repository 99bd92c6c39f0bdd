#pragma once

#include <map>
#include <string>
#include <vector>

#include "grader/judge/checks.hpp"
#include "grader/judge/evidence.hpp"
#include "grader/judge/rubric.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::judge {

/// What one program shows on one case under one check: how it ended, and the sketch of its outputs.
struct Symptom {
  std::string ending;  ///< "returned", "SIGSEGV", "threw std::out_of_range", "timeout", …
  Sketch sketch;
};

/// A known mistake and what it shows: check id -> case id -> symptom.
struct KnownMistake {
  std::string name;
  std::string explanation;
  std::map<std::string, std::map<std::string, Symptom>> symptoms;
  std::vector<std::string> fails = {};   ///< the checks that it is found in
  std::vector<std::string> blocks = {};  ///< the checks that cannot be judged because of it
  /// Questions ("p1.b") or checks that it leaves without an answer: it costs all their points.
  std::vector<std::string> costs = {};
  std::string says = {};  ///< what the message of its exception contains; empty = anything
};

/// @returns whether two symptoms of one check show the same; out of time and out of memory are the
/// same.
/// @param tolerance  the check's sketch_tolerance.
bool agree(const Symptom& a, const Symptom& b, double tolerance);

/// @returns whether a symptom says no more than that nothing came back, or nothing but zeros: it
/// fits too many mistakes.
bool is_bare(const Symptom& symptom);

/// Judges one check from the outcomes of its cases (in the rubric's order). Pure.
/// A check fails unless its judging function says otherwise: there is no other way to pass.
CheckResult judge_check(const CheckSpec& spec, const std::vector<CaseEvidence>& cases,
                        const Checks& checks);

/// Turns a result that is not passed into "blocked" when a check that it needs was not passed
/// either. What was not attempted or not built stays that.
/// @param needs    the check's needs, or those of them that count.
/// @param earlier  results of other checks; one that is not there does not block.
void block_by_needs(const std::vector<std::string>& needs, const std::vector<CheckResult>& earlier,
                    CheckResult& result);

/// @returns whether something that is scored elsewhere may be why a check ended like this.
bool can_be_blocked(Verdict verdict);

/// @returns what a case shows under a check.
Symptom symptom_of(const CheckSpec& spec, const CaseEvidence& evidence, const Checks& checks);

/// @returns the mistakes whose symptoms agree with the submission's on every case of the check that
/// did not pass (at least one), and differ from the reference's on one of them or more. A
/// mistake that shows in a case that passed with another result is out. In the order of their
/// names: settle_diagnoses() chooses among them.
std::vector<Diagnosis> diagnose(const CheckSpec& spec, const CheckResult& result,
                                const std::vector<CaseEvidence>& cases,
                                const std::vector<KnownMistake>& mistakes, const Checks& checks);

}  // namespace pset3::judge
