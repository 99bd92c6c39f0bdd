#include "grader/pipeline/explaining.hpp"

#include <algorithm>
#include <set>

namespace pset3::pipeline {
namespace {

using judge::CheckSpec;

/// Whether a submission's outputs can tell what went wrong.
bool can_be_diagnosed(judge::Verdict verdict) {
  using judge::Verdict;
  return verdict == Verdict::kFailed || verdict == Verdict::kPartial ||
         verdict == Verdict::kCrashed || verdict == Verdict::kTimeout ||
         verdict == Verdict::kOutOfMemory || verdict == Verdict::kInvalidOutput;
}

}  // namespace

void Explainer::explain(const PartRun& run, std::vector<judge::CheckResult>& checks) {
  for (std::size_t i = 0; i < checks.size(); ++i) {
    judge::CheckResult& result = checks[i];
    if (!can_be_diagnosed(result.verdict)) continue;
    const CheckSpec& check = *run.checks.at(i);
    const CheckEvidence evidence = evidence_for(part_, check, run);
    if (check.visibility == judge::Visibility::kPublic) {
      result.diagnoses = judge::diagnose(check, result, evidence.cases, part_.public_mistakes(),
                                         part_.course().checks);
    } else {
      explain_hidden(check, evidence.cases, Results(checks).first(i), result);
    }
  }
}

void Explainer::explain_hidden(const CheckSpec& check,
                               const std::vector<judge::CaseEvidence>& evidence, Results earlier,
                               judge::CheckResult& result) {
  const std::lock_guard lock(mutex_);
  const Suspects found = suspects(check, earlier);
  for (const auto* group : {&found.diagnosed, &found.others}) {
    std::vector<judge::KnownMistake> known;
    for (const Patch* patch : *group) {
      if (const judge::KnownMistake* shown = shown_by(*patch, check)) known.push_back(*shown);
    }
    result.diagnoses = judge::diagnose(check, result, evidence, known, part_.course().checks);
    if (!result.diagnoses.empty()) return;
  }
}

/// The mistakes that a submission which fails a hidden check may have made: those that fail it,
/// unless they also fail an earlier check that the submission passes.
Explainer::Suspects Explainer::suspects(const CheckSpec& check, Results earlier) {
  std::set<std::string> passed;
  std::set<std::string> diagnosed;
  for (const judge::CheckResult& result : earlier) {
    if (result.verdict == judge::Verdict::kPassed) passed.insert(result.check);
    for (const judge::Diagnosis& item : result.diagnoses) diagnosed.insert(item.mistake);
  }
  Suspects found;
  for (const Patch& patch : patches()) {
    const auto& fails = patch.fails;
    const bool fails_it = std::find(fails.begin(), fails.end(), check.id) != fails.end();
    const bool cleared = std::any_of(fails.begin(), fails.end(),
                                     [&](const std::string& id) { return passed.count(id) != 0; });
    if (!fails_it || cleared) continue;
    (diagnosed.count(patch.name) != 0 ? found.diagnosed : found.others).push_back(&patch);
  }
  return found;
}

/// @returns what a mistake shows in a hidden check; nullptr for one that does not work. That costs
/// a diagnosis, and never a submission its points.
const judge::KnownMistake* Explainer::shown_by(const Patch& patch, const CheckSpec& check) {
  const auto [place, is_new] = shown_.try_emplace({patch.name, check.id});
  std::optional<judge::KnownMistake>& known = place->second;
  if (!is_new) return known ? &*known : nullptr;
  const judge::Rubric& rubric = part_.rubric();
  if (part_.options().progress) {
    part_.options().progress("what \"" + patch.name + "\" shows in " + check.id + " (once a run)");
  }
  try {
    const auto files = apply_patch(patch, part_.course().solution(rubric), rubric.files);
    const PartRun run = build_and_run(part_, files, {&check});
    known = judge::KnownMistake{patch.name, patch.explanation, symptoms_of(part_, run)};
  } catch (const std::exception&) {
    return nullptr;
  }
  return &*known;
}

const std::vector<Patch>& Explainer::patches() {
  if (!patches_) {
    const judge::Rubric& rubric = part_.rubric();
    patches_ = part_.course().has_solution(rubric)
                   ? read_patches(part_.course().fixtures(rubric), PatchKind::kMistake, rubric)
                   : std::vector<Patch>{};
  }
  return *patches_;
}

}  // namespace pset3::pipeline
