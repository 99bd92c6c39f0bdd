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

std::set<std::string> cases_of(const std::vector<const CheckSpec*>& checks) {
  std::set<std::string> cases;
  for (const CheckSpec* check : checks) cases.insert(check->cases.begin(), check->cases.end());
  return cases;
}

bool uses(const CheckSpec& check, const std::string& file) {
  return std::count(check.files.begin(), check.files.end(), file) != 0;
}

/// "carve.cpp" of "carve.cpp:42 in carve".
std::string file_in(const std::string& student_frame) {
  return student_frame.substr(0, student_frame.find(':'));
}

/// @returns the file that keeps the program from loading: the one that the place names, or without
/// which it loads; "" when there is none.
std::string file_that_fails_to_load(const PreparedPart& part, const PartRun& run, Whose whose) {
  const auto ends_early = [](const auto& item) { return item.second.outcome.while_loading; };
  if (run.outcomes.empty()) return "";
  if (!std::all_of(run.outcomes.begin(), run.outcomes.end(), ends_early)) return "";
  const auto& [first_case, first] = *run.outcomes.begin();
  const std::string placed = file_in(first.student_frame);
  if (run.program.files.count(placed) != 0) return placed;
  for (const std::string& name : part.rubric().files) {
    auto others = run.program.files;
    if (others.erase(name) == 0) continue;
    const BuiltProgram program = build_program(part.context(whose), others);
    if (program.executable.empty()) continue;
    const Outcomes outcomes =
        run_stored(part.context(whose), program, part.cases(), part.limits(), {first_case});
    if (!ends_early(*outcomes.begin())) return name;
  }
  return "";
}

/// Judges what does not use a file that fails to load, in a program without it.
void set_apart_what_fails_to_load(const PreparedPart& part, Whose whose, PartRun& run) {
  run.fails_to_load = file_that_fails_to_load(part, run, whose);
  if (run.fails_to_load.empty()) return;
  auto others = run.program.files;
  others.erase(run.fails_to_load);
  std::vector<const CheckSpec*> checks;
  for (const CheckSpec* check : run.checks) {
    if (!uses(*check, run.fails_to_load)) checks.push_back(check);
  }
  run.without_it = std::make_shared<PartRun>(build_and_run(part, others, checks, whose));
}

}  // namespace

PartRun build_and_run(const PreparedPart& part, const std::map<std::string, std::string>& files,
                      const std::vector<const CheckSpec*>& checks, Whose whose) {
  PartRun run;
  run.checks = checks;
  run.program = build_program(part.context(whose), files);
  std::set<std::string> wanted = cases_of(checks);
  if (run.program.executable.empty() || wanted.empty()) return run;
  std::set<std::string> known;
  if (part.options().only_what_changed) known = unchanged_cases(part, files, checks);
  for (const std::string& id : known) wanted.erase(id);
  // Nothing named would be everything.
  if (!wanted.empty()) {
    run.outcomes =
        run_stored(part.context(whose), run.program, part.cases(), part.limits(), wanted);
    set_apart_what_fails_to_load(part, whose, run);
  }
  for (const std::string& id : known) run.outcomes[id] = part.reference_outcomes().at(id);
  return run;
}

CheckEvidence evidence_for(const PreparedPart& part, const CheckSpec& check, const PartRun& run) {
  if (run.without_it != nullptr && !uses(check, run.fails_to_load)) {
    return evidence_for(part, check, *run.without_it);
  }
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

std::vector<judge::CheckResult> judge_run(const PreparedPart& part, const PartRun& run) {
  std::vector<judge::CheckResult> results;
  results.reserve(run.checks.size());
  for (const CheckSpec* check : run.checks) {
    const CheckEvidence evidence = evidence_for(part, *check, run);
    results.push_back(judge::judge_check(*check, evidence.cases, part.course().checks));
  }
  return results;
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
