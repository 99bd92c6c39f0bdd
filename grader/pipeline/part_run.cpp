#include "grader/pipeline/part_run.hpp"

#include <algorithm>

#include "grader/pipeline/mistakes.hpp"

namespace pset3::pipeline {
namespace {

using judge::CheckSpec;
using run::CaseOutcome;

std::unique_ptr<const CaseOutcome> outcome_of(run::Ended ended, const std::string& file) {
  auto outcome = std::make_unique<CaseOutcome>();
  outcome->ended = ended;
  outcome->message = file;
  return outcome;
}

/// @returns what comes before anything that the program did with stubs in place of the files that
/// are not there; nothing when all files that the check needs are built.
std::unique_ptr<const CaseOutcome> outcome_without_file(const CheckSpec& check,
                                                        const BuiltProgram& program) {
  const auto& missing = program.missing;
  const std::string& own = check.files.at(0);
  if (std::find(missing.begin(), missing.end(), own) != missing.end()) {
    return outcome_of(run::Ended::kMissing, own);
  }
  for (const std::string& file : check.files) {
    if (!program.has(file)) return outcome_of(run::Ended::kNotBuilt, file);
  }
  // What another file does is that file's affair.
  const auto forbidden = program.forbidden.find(own);
  if (forbidden != program.forbidden.end()) {
    return outcome_of(run::Ended::kForbidden, forbidden->second);
  }
  return nullptr;
}

/// @returns the cases under checks all of whose files are the solution's.
std::set<std::string> unchanged_cases(const PreparedPart& part,
                                      const std::map<std::string, std::string>& files,
                                      const std::vector<const CheckSpec*>& checks) {
  const judge::Rubric& rubric = part.rubric();
  const auto solution = read_files(part.course().solution(rubric), rubric.files);
  const auto is_changed = [&](const std::string& name) {
    const auto file = files.find(name);
    return file == files.end() || file->second != solution.at(name);
  };
  std::set<std::string> unchanged;
  std::set<std::string> changed;
  for (const CheckSpec* check : checks) {
    const bool any = std::any_of(check->files.begin(), check->files.end(), is_changed);
    (any ? changed : unchanged).insert(check->cases.begin(), check->cases.end());
  }
  for (const std::string& id : changed) unchanged.erase(id);
  return unchanged;
}

}  // namespace

PartRun build_and_run(const PreparedPart& part, const std::map<std::string, std::string>& files,
                      const std::vector<const CheckSpec*>& checks) {
  PartRun run{checks, build_program(part.context(), files), {}};
  std::set<std::string> wanted;
  for (const CheckSpec* check : run.checks) {
    wanted.insert(check->cases.begin(), check->cases.end());
  }
  if (run.program.executable.empty() || wanted.empty()) return run;
  std::set<std::string> known;
  if (part.options().only_what_changed) known = unchanged_cases(part, files, checks);
  for (const std::string& id : known) wanted.erase(id);
  // Nothing named would be everything.
  if (!wanted.empty()) {
    run.outcomes = run_stored(part.context(), run.program, part.cases(), part.limits(), wanted);
  }
  for (const std::string& id : known) run.outcomes[id] = part.reference_outcomes().at(id);
  return run;
}

CheckEvidence evidence_for(const PreparedPart& part, const CheckSpec& check, const PartRun& run) {
  CheckEvidence evidence;
  evidence.without_file = outcome_without_file(check, run.program);
  for (const std::string& id : check.cases) {
    const PreparedCase& item = part.case_named(id);
    judge::CaseEvidence one{id, &item.judge_inputs, &item.outputs, &part.expected().at(id),
                            evidence.without_file.get()};
    if (evidence.without_file == nullptr) {
      const PlacedOutcome& placed = run.outcomes.at(id);
      one.outcome = &placed.outcome;
      one.student_frame = placed.student_frame;
    }
    evidence.cases.push_back(std::move(one));
  }
  return evidence;
}

std::map<std::string, std::map<std::string, judge::Symptom>> symptoms_of(const PreparedPart& part,
                                                                         const PartRun& run) {
  std::map<std::string, std::map<std::string, judge::Symptom>> symptoms;
  for (const CheckSpec* check : run.checks) {
    const CheckEvidence evidence = evidence_for(part, *check, run);
    for (const judge::CaseEvidence& one : evidence.cases) {
      symptoms[check->id][one.id] = judge::symptom_of(*check, one, part.course().checks);
    }
  }
  return symptoms;
}

}  // namespace pset3::pipeline
