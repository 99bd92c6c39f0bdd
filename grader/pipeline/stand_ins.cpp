#include "grader/pipeline/stand_ins.hpp"

#include <algorithm>
#include <set>

#include "grader/pipeline/mistakes.hpp"

namespace pset3::pipeline {
namespace {

using judge::CheckResult;
using judge::CheckSpec;
using judge::Verdict;
using Files = std::map<std::string, std::string>;
using Names = std::set<std::string>;

/// Takes away what a program with functions of ours in it said: it could read their code to the
/// student. Of an exception its type stays.
void forget_text(PartRun& run) {
  for (auto& [id, placed] : run.outcomes) {
    run::CaseOutcome& outcome = placed.outcome;
    outcome.text.clear();
    const auto colon = outcome.message.find(": ");
    if (outcome.ended != run::Ended::kThrew || colon == std::string::npos) continue;
    outcome.message.resize(colon);
    outcome.message += ": (its text is not shown, since our functions were in the same program)";
  }
}

/// Settles a part file by file, those that others use first.
class StandIns {
 public:
  StandIns(const PreparedPart& part, const Files& files, JudgedPart& judged)
      : part_(part), files_(files), judged_(judged) {}

  void settle_all() {
    for (const std::string& file : part_.rubric().files) settle(file);
  }

 private:
  void settle(const std::string& file);
  /// The positions of the checks that a file is judged by.
  std::vector<std::size_t> checks_of(const std::string& file) const;
  Names files_to_replace(std::size_t check) const;
  bool is_faulty(const std::string& file) const;
  bool is_blamed(const std::string& file, const CheckResult& result) const;
  void judge_mixed(const Names& ours, const std::vector<std::size_t>& checks);
  void leave_open(const Names& ours, CheckResult& result) const;
  judge::StandIn stand_in(const std::string& file) const;
  std::string name_of(const std::string& file) const;
  std::string fault_of(const std::string& file) const;
  std::string question_label(const std::string& file) const;
  const CheckSpec& spec(std::size_t check) const { return *judged_.own.checks[check]; }

  const PreparedPart& part_;
  const Files& files_;
  JudgedPart& judged_;
  Names settled_;
};

std::vector<std::size_t> StandIns::checks_of(const std::string& file) const {
  std::vector<std::size_t> checks;
  for (std::size_t i = 0; i < judged_.own.checks.size(); ++i) {
    if (spec(i).files[0] == file) checks.push_back(i);
  }
  return checks;
}

void StandIns::settle(const std::string& file) {
  if (!settled_.insert(file).second) return;
  std::map<Names, std::vector<std::size_t>> groups;
  for (const std::size_t check : checks_of(file)) {
    for (const std::string& other : spec(check).files) settle(other);
    const CheckResult& result = judged_.results[check];
    const bool ours_may_help = judge::can_be_blocked(result.verdict) ||
                               result.verdict == Verdict::kBlocked ||
                               result.verdict == Verdict::kNotAttempted;
    if (!ours_may_help) continue;
    const Names ours = files_to_replace(check);
    if (!ours.empty()) groups[ours].push_back(check);
  }
  for (const auto& [ours, checks] : groups) {
    if (part_.has_solution()) {
      judge_mixed(ours, checks);
    } else {
      for (const std::size_t check : checks) leave_open(ours, judged_.results[check]);
    }
  }
}

Names StandIns::files_to_replace(std::size_t check) const {
  const std::vector<std::string>& files = spec(check).files;
  Names ours;
  for (std::size_t i = 1; i < files.size(); ++i) {
    if (is_faulty(files[i]) || is_blamed(files[i], judged_.results[check])) ours.insert(files[i]);
  }
  ours.erase(files[0]);
  return ours;
}

bool StandIns::is_faulty(const std::string& file) const {
  if (!judged_.own.program.has(file)) return true;
  const std::vector<std::size_t> checks = checks_of(file);
  return std::any_of(checks.begin(), checks.end(), [&](std::size_t check) {
    const CheckResult& result = judged_.results[check];
    return !result.open && result.verdict != Verdict::kPassed &&
           result.verdict != Verdict::kGraderError;
  });
}

/// Whether a judge, or a stub that was called, says that the file stands in the way.
bool StandIns::is_blamed(const std::string& file, const CheckResult& result) const {
  return std::any_of(
      result.findings.begin(), result.findings.end(), [&](const judge::CaseFinding& finding) {
        if (finding.verdict != Verdict::kBlocked) return false;
        const auto& checks = part_.rubric().checks;
        return std::any_of(checks.begin(), checks.end(), [&](const CheckSpec& check) {
          const auto& functions = check.functions;
          return check.files[0] == file &&
                 (check.id == finding.blocked_by ||
                  std::count(functions.begin(), functions.end(), finding.blocked_by) != 0);
        });
      });
}

void StandIns::judge_mixed(const Names& ours, const std::vector<std::size_t>& checks) {
  const judge::Rubric& rubric = part_.rubric();
  Files files = files_;
  for (const auto& [name, bytes] :
       read_files(part_.course().solution(rubric), {ours.begin(), ours.end()})) {
    files[name] = bytes;
  }
  std::vector<const CheckSpec*> specs;
  for (const std::size_t check : checks) specs.push_back(&spec(check));
  auto run = std::make_unique<PartRun>(build_and_run(part_, files, specs));
  forget_text(*run);
  std::vector<CheckResult> results = judge_run(part_, *run);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    CheckResult& own = judged_.results[checks[i]];
    CheckResult& mixed = results[i];
    const bool worse = mixed.points < own.points || mixed.verdict == Verdict::kBuildFailed;
    if (worse && mixed.verdict != Verdict::kGraderError) continue;
    for (const std::string& file : ours) mixed.stand_ins.push_back(stand_in(file));
    own = std::move(mixed);
    judged_.decided_by[checks[i]] = run.get();
  }
  judged_.mixed.push_back(std::move(run));
}

void StandIns::leave_open(const Names& ours, CheckResult& result) const {
  if (result.verdict == Verdict::kNotAttempted) return;
  std::string needed;
  for (const std::string& file : ours) {
    const std::string label = question_label(file);
    if (needed.find(label) == std::string::npos) needed += (needed.empty() ? "" : " and ") + label;
  }
  result.open = true;
  result.points = 0.0;
  result.verdict = Verdict::kBlocked;
  for (judge::CaseFinding& finding : result.findings) {
    if (finding.verdict == Verdict::kPassed) continue;
    finding = {finding.case_id, Verdict::kBlocked, finding.expected, "", "",
               needed,          finding.wall_ms,   finding.peak_mib};
    finding.got = "not judged here: needs " + needed + "; when the course grades, ours stands in" +
                  (ours.size() == 1 ? " for it" : " for them");
  }
}

judge::StandIn StandIns::stand_in(const std::string& file) const {
  return {file, name_of(file), fault_of(file)};
}

/// The function that a file is about; the file where there are several.
std::string StandIns::name_of(const std::string& file) const {
  Names functions;
  for (const CheckSpec& check : part_.rubric().checks) {
    if (check.files[0] != file) continue;
    functions.insert(check.functions.begin(), check.functions.end());
  }
  return functions.size() == 1 ? *functions.begin() : file;
}

std::string StandIns::fault_of(const std::string& file) const {
  const auto& broken = judged_.own.program.broken;
  if (files_.count(file) == 0) return "is missing";
  if (std::count(broken.begin(), broken.end(), file) != 0) return "does not compile";
  const std::vector<std::size_t> checks = checks_of(file);
  const bool untouched =
      !checks.empty() && std::all_of(checks.begin(), checks.end(), [&](std::size_t check) {
        return judged_.results[check].verdict == Verdict::kNotAttempted;
      });
  return untouched ? "is not written yet" : "fails " + question_label(file);
}

/// "(a)", from the section of the first check that the file fails; the check's id where the section
/// has no letter.
std::string StandIns::question_label(const std::string& file) const {
  const CheckSpec* first = nullptr;
  for (const CheckSpec& check : part_.rubric().checks) {
    if (check.files[0] == file && first == nullptr) first = &check;
  }
  for (const std::size_t check : checks_of(file)) {
    if (judged_.results[check].verdict == Verdict::kPassed) continue;
    first = &spec(check);
    break;
  }
  if (first == nullptr) return file;
  const std::size_t end = first->section.find(')');
  const bool has_letter = first->section.starts_with('(') && end != std::string::npos;
  return has_letter ? first->section.substr(0, end + 1) : first->id;
}

}  // namespace

std::vector<const PartRun*> JudgedPart::deciding() const {
  std::vector<const PartRun*> runs = decided_by;
  for (const PartRun*& run : runs) {
    if (run == nullptr) run = &own;
  }
  return runs;
}

JudgedPart judge_with_stand_ins(const PreparedPart& part, const Files& files,
                                const std::vector<const CheckSpec*>& checks) {
  JudgedPart judged;
  judged.own = build_and_run(part, files, checks);
  judged.results = judge_run(part, judged.own);
  judged.decided_by.assign(checks.size(), nullptr);
  if (part.rubric().one_bug == judge::OneBug::kOnce) {
    StandIns(part, files, judged).settle_all();
  }
  return judged;
}

}  // namespace pset3::pipeline
