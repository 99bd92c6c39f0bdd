#include "grader/pipeline/part_run.hpp"

#include <algorithm>

namespace pset3::pipeline {
namespace {

using judge::CheckSpec;
using run::CaseOutcome;

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

/// @returns what comes before anything that the program did with stubs in place of the files that
/// are not there; nothing when all files that the check needs are built.
std::unique_ptr<const CaseOutcome> outcome_without_file(const CheckSpec& check,
                                                        const BuiltProgram& program) {
  const auto& missing = program.missing;
  if (std::find(missing.begin(), missing.end(), check.files.at(0)) != missing.end()) {
    return std::make_unique<const CaseOutcome>(stub_called(check.functions.at(0)));
  }
  for (const std::string& file : check.files) {
    if (!program.has(file)) return std::make_unique<const CaseOutcome>(not_built(file));
  }
  return nullptr;
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
  run.outcomes = run_stored(part.context(), run.program, part.cases(), part.limits(), wanted);
  return run;
}

CheckEvidence evidence_for(const PreparedPart& part, const CheckSpec& check, const PartRun& run) {
  CheckEvidence evidence;
  evidence.without_file = outcome_without_file(check, run.program);
  for (const std::string& id : check.cases) {
    const PreparedCase& item = part.case_named(id);
    judge::CaseEvidence one{id, &item.data.inputs, &item.data.outputs, &part.expected().at(id),
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
