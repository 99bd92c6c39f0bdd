#include "grader/pipeline/part_grader.hpp"

#include <algorithm>

#include "grader/base/error.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/pipeline/recorded.hpp"

namespace pset3::pipeline {
namespace {

using judge::CaseEvidence;
using judge::CheckSpec;
using run::CaseOutcome;

report::Diagnostic to_report(const build::Diagnostic& item) {
  return {item.file, item.line, item.column, item.severity, item.message};
}

/// Fixtures of another version of the generators must not reach the judge.
void require_shape(const std::filesystem::path& fixtures, const PreparedCase& item,
                   const arrays::Arrays& expected) {
  try {
    arrays::decode(arrays::encode(expected), item.data.outputs);
  } catch (const arrays::FormatError& error) {
    throw InputError((fixtures / "expected" / item.spec->id).string() +
                     ".safetensors is stale: " + error.what() +
                     "; bring fixtures/ back from the repository, or as a TA run "
                     "`pset3 author fixtures`");
  }
}

CaseOutcome not_built(const std::string& file) {
  CaseOutcome outcome;
  outcome.ended = run::Ended::kNotBuilt;
  outcome.message = file;
  return outcome;
}

CaseOutcome stub_called(const std::string& function) {
  CaseOutcome outcome;
  outcome.ended = run::Ended::kNotImplemented;
  outcome.function = function;
  return outcome;
}

/// Whether a submission's outputs can tell what went wrong.
bool can_be_diagnosed(judge::Verdict verdict) {
  using judge::Verdict;
  return verdict == Verdict::kFailed || verdict == Verdict::kPartial ||
         verdict == Verdict::kCrashed || verdict == Verdict::kTimeout ||
         verdict == Verdict::kOutOfMemory || verdict == Verdict::kInvalidOutput;
}

}  // namespace

PartGrader::PartGrader(const Course& course, const judge::Rubric& rubric, const Store& store,
                       PartOptions options)
    : course_(course),
      rubric_(rubric),
      store_(store),
      options_(std::move(options)),
      toolkit_(build::prepare_toolkit(course.home, rubric.part, rubric.folder, rubric.libraries)) {
  prepare_cases();
  prepare_expected();
}

bool PartGrader::is_judged(const CheckSpec& check) const {
  if (!options_.only.empty() && options_.only.count(check.id) == 0) return false;
  return options_.hidden || check.visibility == judge::Visibility::kPublic;
}

void PartGrader::prepare_cases() {
  std::set<std::string> wanted;
  for (const CheckSpec& check : rubric_.checks) {
    if (is_judged(check)) wanted.insert(check.cases.begin(), check.cases.end());
  }
  for (const judge::CaseSpec& spec : rubric_.cases) {
    throw_if_interrupted();
    if (wanted.count(spec.id) != 0) {
      cases_.push_back(prepare_case(course_, rubric_, spec, options_.draw));
    }
  }
}

void PartGrader::run_reference() {
  const BuiltProgram program =
      build_program(context(), read_files(course_.solution(rubric_), rubric_.files));
  if (program.executable.empty() || !program.broken.empty()) {
    throw GraderError("the reference solution of " + rubric_.part + " does not build: " +
                      (program.diagnostics.empty() ? "" : program.diagnostics[0].message));
  }
  TimeLimits generous;
  for (const PreparedCase& item : cases_) generous[item.spec->id] = std::chrono::minutes(2);
  reference_ = run_stored(context(), program, cases_, generous);
  for (const auto& [id, placed] : reference_) {
    const CaseOutcome& outcome = placed.outcome;
    if (outcome.ended != run::Ended::kReturned) {
      throw GraderError("the reference solution fails on case " + id + ": " + outcome.message);
    }
    limits_[id] = time_limit(rubric_, outcome.wall_ms);
  }
}

void PartGrader::read_recorded() {
  std::vector<std::string> ids;
  for (const PreparedCase& item : cases_) {
    if (!item.spec->hidden) ids.push_back(item.spec->id);
  }
  Recorded recorded = pipeline::read_recorded(course_.fixtures(rubric_), ids);
  public_mistakes_ = std::move(recorded.mistakes);
  const double slower = machine_speed_ms() / recorded.machine_speed_ms;
  for (const PreparedCase& item : cases_) {
    if (item.spec->hidden) continue;
    const std::string& id = item.spec->id;
    require_shape(course_.fixtures(rubric_), item, recorded.expected.at(id));
    expected_[id] = std::move(recorded.expected.at(id));
    if (limits_.count(id) == 0) {
      limits_[id] = time_limit(rubric_, recorded.reference_ms.at(id) * slower);
    }
  }
}

void PartGrader::prepare_expected() {
  if (options_.hidden || options_.from_reference) run_reference();
  if (!options_.from_reference) read_recorded();
  for (const PreparedCase& item : cases_) {
    const std::string& id = item.spec->id;
    if (expected_.count(id) != 0) continue;
    expected_[id] = arrays::decode(reference_.at(id).outcome.output, item.data.outputs);
  }
}

/// The record of a case under a check. Files that the check needs and that are not there or do not
/// compile come before what the program did with stubs in their place.
CaseEvidence PartGrader::record_of(const CheckSpec& check, const std::string& case_id,
                                   const BuiltProgram& program, const Outcomes& outcomes,
                                   Outcomes& replaced) const {
  const auto item = std::find_if(cases_.begin(), cases_.end(),
                                 [&](const PreparedCase& c) { return c.spec->id == case_id; });
  CaseEvidence record{case_id, &item->data.inputs, &item->data.outputs, &expected_.at(case_id),
                      nullptr};
  const auto replace = [&](CaseOutcome outcome) {
    record.outcome = &(replaced[check.id + " " + case_id].outcome = std::move(outcome));
    return record;
  };
  const std::vector<std::string>& missing = program.missing;
  const bool own_missing =
      std::find(missing.begin(), missing.end(), check.files.at(0)) != missing.end();
  if (own_missing) return replace(stub_called(check.functions.at(0)));
  for (const std::string& file : check.files) {
    if (!program.has(file)) return replace(not_built(file));
  }
  record.outcome = &outcomes.at(case_id).outcome;
  record.student_frame = outcomes.at(case_id).student_frame;
  return record;
}

std::vector<CaseEvidence> PartGrader::records_of(const CheckSpec& check,
                                                 const BuiltProgram& program,
                                                 const Outcomes& outcomes,
                                                 Outcomes& replaced) const {
  std::vector<CaseEvidence> records;
  for (const std::string& case_id : check.cases) {
    records.push_back(record_of(check, case_id, program, outcomes, replaced));
  }
  return records;
}

Outcomes PartGrader::run(const BuiltProgram& program, const std::set<std::string>& left_out) const {
  std::set<std::string> wanted;
  for (const CheckSpec& check : rubric_.checks) {
    if (!is_judged(check) || left_out.count(check.id) != 0) continue;
    wanted.insert(check.cases.begin(), check.cases.end());
  }
  if (program.executable.empty() || wanted.empty()) return {};
  return run_stored(context(), program, cases_, limits_, wanted);
}

report::PartReport PartGrader::grade(const std::map<std::string, std::string>& files,
                                     const std::set<std::string>& left_out) {
  const BuiltProgram program = build_program(context(), files);
  const Outcomes outcomes = run(program, left_out);
  report::PartReport report;
  report.rubric = &rubric_;
  for (const build::Diagnostic& item : program.diagnostics) {
    report.diagnostics.push_back(to_report(item));
  }
  Outcomes replaced;
  for (const CheckSpec& check : rubric_.checks) {
    if (!is_judged(check) || left_out.count(check.id) != 0) continue;
    const std::vector<CaseEvidence> records = records_of(check, program, outcomes, replaced);
    judge::CheckResult result = judge::judge_check(check, records, course_.checks);
    judge::block_by_needs(check, report.checks, result);
    find_mistakes(check, records, report, result);
    report.checks.push_back(std::move(result));
  }
  report.provenance = provenance(program);
  return report;
}

std::map<std::string, std::map<std::string, judge::Symptom>> PartGrader::symptoms(
    const std::map<std::string, std::string>& files, const std::set<std::string>& left_out) {
  const BuiltProgram program = build_program(context(), files);
  const Outcomes outcomes = run(program, left_out);
  std::map<std::string, std::map<std::string, judge::Symptom>> symptoms;
  Outcomes replaced;
  for (const CheckSpec& check : rubric_.checks) {
    if (!is_judged(check) || left_out.count(check.id) != 0) continue;
    for (const CaseEvidence& record : records_of(check, program, outcomes, replaced)) {
      symptoms[check.id][record.id] = judge::symptom_of(check, record, course_.checks);
    }
  }
  return symptoms;
}

/// What a mistake shows in a hidden check. Hidden cases are new in every run, so that the mistake
/// is run on them, once. A mistake that does not work costs a diagnosis, and never a submission its
/// points.
const judge::KnownMistake* PartGrader::shown_by(const Patch& patch, const CheckSpec& check) {
  const auto [place, is_new] = hidden_symptoms_.try_emplace({patch.name, check.id});
  std::optional<judge::KnownMistake>& known = place->second;
  if (!is_new) return known ? &*known : nullptr;
  if (options_.progress) {
    options_.progress("what \"" + patch.name + "\" shows in " + check.id + " (once a run)");
  }
  try {
    const BuiltProgram program =
        build_program(context(), apply_patch(patch, course_.solution(rubric_), rubric_.files));
    const Outcomes outcomes =
        run_stored(context(), program, cases_, limits_, {check.cases.begin(), check.cases.end()});
    Outcomes replaced;
    judge::KnownMistake found{patch.name, patch.explanation, {}};
    for (const CaseEvidence& record : records_of(check, program, outcomes, replaced)) {
      found.symptoms[check.id][record.id] = judge::symptom_of(check, record, course_.checks);
    }
    known = std::move(found);
  } catch (const std::exception&) {
    return nullptr;
  }
  return &*known;
}

/// The mistakes that a submission which fails a hidden check may have made: those that fail it,
/// unless they also fail a public check that the submission passes.
PartGrader::Suspects PartGrader::suspects(const CheckSpec& check,
                                          const report::PartReport& so_far) {
  if (!patches_) {
    patches_ = course_.has_solution(rubric_)
                   ? read_patches(course_.fixtures(rubric_), PatchKind::kMistake, rubric_)
                   : std::vector<Patch>{};
  }
  std::set<std::string> passed;
  std::set<std::string> diagnosed;
  for (const judge::CheckResult& result : so_far.checks) {
    if (result.verdict == judge::Verdict::kPassed) passed.insert(result.check);
    for (const judge::Diagnosis& item : result.diagnoses) diagnosed.insert(item.mistake);
  }
  Suspects found;
  for (const Patch& patch : *patches_) {
    const auto& fails = patch.fails;
    const bool fails_it = std::find(fails.begin(), fails.end(), check.id) != fails.end();
    const bool cleared = std::any_of(fails.begin(), fails.end(),
                                     [&](const std::string& id) { return passed.count(id) != 0; });
    if (!fails_it || cleared) continue;
    (diagnosed.count(patch.name) != 0 ? found.diagnosed : found.others).push_back(&patch);
  }
  return found;
}

/// Adds to a failed check what known mistakes explain it. Public symptoms are recorded with the
/// fixtures.
void PartGrader::find_mistakes(const CheckSpec& check, const std::vector<CaseEvidence>& records,
                               const report::PartReport& so_far, judge::CheckResult& result) {
  if (!can_be_diagnosed(result.verdict)) return;
  if (check.visibility == judge::Visibility::kPublic) {
    result.diagnoses = judge::diagnose(check, result, records, public_mistakes_, course_.checks);
    return;
  }
  const std::lock_guard lock(hidden_mutex_);
  const Suspects found = suspects(check, so_far);
  for (const auto* group : {&found.diagnosed, &found.others}) {
    std::vector<judge::KnownMistake> known;
    for (const Patch* patch : *group) {
      if (const judge::KnownMistake* shown = shown_by(*patch, check)) known.push_back(*shown);
    }
    result.diagnoses = judge::diagnose(check, result, records, known, course_.checks);
    if (!result.diagnoses.empty()) return;
  }
}

nlohmann::json PartGrader::provenance(const BuiltProgram& program) const {
  nlohmann::json cases = nlohmann::json::object();
  for (const PreparedCase& item : cases_) {
    cases[item.spec->id] = {{"seed", item.seed},
                            {"input_sha256", item.input_hash},
                            {"time_limit_ms", limits_.at(item.spec->id).count()}};
  }
  return {{"toolkit", toolkit_.hash},
          {"program", program.key},
          {"missing_files", program.missing},
          {"run", options_.draw.run},
          {"cases", cases}};
}

}  // namespace pset3::pipeline
