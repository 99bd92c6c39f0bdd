#include "grader/pipeline/explaining.hpp"

#include <algorithm>
#include <set>

namespace pset3::pipeline {

using judge::CheckSpec;

/// Public checks come first: what they show is tried first on the hidden ones.
Explained Explainer::explain(const std::vector<const PartRun*>& runs,
                             std::vector<judge::CheckResult>& checks) {
  const std::vector<judge::KnownMistake>& all = known();
  for (const bool hidden : {false, true}) {
    for (std::size_t i = 0; i < checks.size(); ++i) {
      judge::CheckResult& result = checks[i];
      const CheckSpec& check = *part_.rubric().find_check(result.check);
      const bool is_hidden = check.visibility != judge::Visibility::kPublic;
      if (is_hidden != hidden || !judge::can_be_blocked(result.verdict)) continue;
      const CheckEvidence evidence = evidence_for(part_, check, *runs.at(i));
      if (hidden) {
        explain_hidden(check, evidence.cases, checks, result);
      } else {
        result.diagnoses =
            judge::diagnose(check, result, evidence.cases, all, part_.course().checks);
      }
    }
  }
  judge::Fitting fitting = judge::settle_diagnoses(all, checks);
  return {all_work_, std::move(fitting)};
}

void Explainer::explain_hidden(const CheckSpec& check,
                               const std::vector<judge::CaseEvidence>& evidence, Results all,
                               judge::CheckResult& result) {
  const Suspects found = suspects(check, all);
  for (const auto* group : {&found.diagnosed, &found.others}) {
    show(*group, check);
    result.diagnoses =
        judge::diagnose(check, result, evidence, shown_by(*group, check), part_.course().checks);
    if (!result.diagnoses.empty()) return;
  }
}

/// The mistakes that a submission which fails a hidden check may have made: those that fail it,
/// unless they also fail another check that the submission passes.
Explainer::Suspects Explainer::suspects(const CheckSpec& check, Results all) {
  const std::lock_guard lock(mutex_);
  std::set<std::string> passed;
  std::set<std::string> diagnosed;
  for (const judge::CheckResult& result : all) {
    if (result.verdict == judge::Verdict::kPassed) passed.insert(result.check);
    for (const judge::Diagnosis& item : result.diagnoses) diagnosed.insert(item.mistake);
  }
  Suspects found;
  found.diagnosed = slips_shown_by(all);
  for (const Patch& patch : patches()) {
    const auto& fails = patch.fails;
    const bool fails_it = std::find(fails.begin(), fails.end(), check.id) != fails.end();
    const bool cleared = std::any_of(fails.begin(), fails.end(),
                                     [&](const std::string& id) { return passed.count(id) != 0; });
    if (!fails_it || cleared) continue;
    auto& group = diagnosed.count(patch.name) != 0 ? found.diagnosed : found.others;
    group.push_back({patch.name, patch.explanation, [this, &patch]() -> std::optional<Files> {
                       const judge::Rubric& rubric = part_.rubric();
                       return apply_patch(patch, part_.course().solution(rubric), rubric.files);
                     }});
  }
  return found;
}

/// Slips are tried on hidden checks only where public ones show them: there are too many.
std::vector<Explainer::Suspect> Explainer::slips_shown_by(Results all) {
  std::vector<Suspect> found;
  for (const SlipChange& change : slip_changes()) {
    const auto slip = std::find_if(known_->begin(), known_->end(),
                                   [&](const auto& item) { return item.name == change.name; });
    if (slip == known_->end() || !judge::explains(*slip, {all.begin(), all.end()})) continue;
    found.push_back({change.name, slip->explanation, [this, &change] {
                       const judge::Rubric& rubric = part_.rubric();
                       return with_slip(change,
                                        read_files(part_.course().solution(rubric), rubric.files));
                     }});
  }
  return found;
}

/// Makes what nobody has made yet, and is not making: several threads that fail the same check
/// share the work.
void Explainer::show(const std::vector<Suspect>& suspects, const CheckSpec& check) {
  for (const Suspect& suspect : suspects) {
    if (std::optional<std::promise<Shown>> promise = claim(suspect, check)) {
      promise->set_value(shown_by(suspect, check));
    }
  }
}

std::optional<std::promise<Explainer::Shown>> Explainer::claim(const Suspect& suspect,
                                                               const CheckSpec& check) {
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = shown_.try_emplace({suspect.name, check.id});
  if (!is_new) return std::nullopt;
  if (part_.options().progress) {
    part_.options().progress("what \"" + suspect.name + "\" shows in " + check.id +
                             " (once a run)");
  }
  std::promise<Shown> promise;
  place->second = promise.get_future().share();
  return promise;
}

/// @returns what a mistake shows in a hidden check; nothing for one that does not work. That costs
/// a diagnosis, and never a submission its points.
Explainer::Shown Explainer::shown_by(const Suspect& suspect, const CheckSpec& check) {
  try {
    const std::optional<Files> files = suspect.files();
    if (!files) return std::nullopt;
    const PartRun run = build_and_run(part_, *files, {&check}, Whose::kOurs);
    return judge::KnownMistake{suspect.name, suspect.explanation, symptoms_of(part_, run)};
  } catch (const std::exception&) {
    all_work_ = false;
    return std::nullopt;
  }
}

/// Waits for what other threads make.
std::vector<judge::KnownMistake> Explainer::shown_by(const std::vector<Suspect>& suspects,
                                                     const CheckSpec& check) {
  std::vector<judge::KnownMistake> known;
  for (const Suspect& suspect : suspects) {
    std::shared_future<Shown> shown;
    {
      const std::lock_guard lock(mutex_);
      shown = shown_.at({suspect.name, check.id});
    }
    if (shown.get()) known.push_back(*shown.get());
  }
  return known;
}

/// What was recorded, with the headers of the patches as they are now.
const std::vector<judge::KnownMistake>& Explainer::known() {
  const std::lock_guard lock(mutex_);
  if (known_) return *known_;
  std::vector<judge::KnownMistake> known = part_.public_mistakes();
  for (const Patch& patch : patches()) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const auto& item) { return item.name == patch.name; });
    if (found == known.end()) continue;
    found->fails = patch.fails;
    found->blocks = patch.blocks;
    found->costs = patch.costs;
    found->says = patch.says;
  }
  known_ = std::move(known);
  return *known_;
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

const std::vector<SlipChange>& Explainer::slip_changes() {
  if (!slip_changes_) {
    const judge::Rubric& rubric = part_.rubric();
    slip_changes_ = part_.course().has_solution(rubric)
                        ? read_slip_changes(part_.course().fixtures(rubric))
                        : std::vector<SlipChange>{};
  }
  return *slip_changes_;
}

}  // namespace pset3::pipeline
