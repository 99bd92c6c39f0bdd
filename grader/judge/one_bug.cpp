#include "grader/judge/one_bug.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "grader/judge/settling.hpp"

namespace pset3::judge {
namespace {

/// Says in words which check stands in the way.
void name_what_blocks(const Rubric& rubric, const std::vector<CheckResult>& results,
                      CaseFinding& finding) {
  const CheckSpec* cause = rubric.find_check(finding.blocked_by);
  if (finding.verdict != Verdict::kBlocked || cause == nullptr) return;
  const bool passed = std::any_of(results.begin(), results.end(), [&](const CheckResult& result) {
    return result.check == cause->id && result.verdict == Verdict::kPassed;
  });
  std::string words = fmt::format("needs \"{}\" ({}){}", cause->title, cause->id,
                                  passed ? "" : ", which did not pass");
  // What the judge said of it; a result that was not judged has only numbers.
  if (finding.detail.empty() && finding.got.find(' ') != std::string::npos) {
    words += ": " + finding.got;
  }
  finding.got = std::move(words);
  finding.detail.clear();
}

}  // namespace

/// The checks that a check needs and that still count: our file stands in for no other.
Names counting_needs(const Rubric& rubric, const CheckSpec& spec, const CheckResult& result) {
  Names needs;
  for (const std::string& id : spec.needs) {
    const CheckSpec* needed = rubric.find_check(id);
    const bool ours =
        needed != nullptr &&
        std::any_of(result.stand_ins.begin(), result.stand_ins.end(),
                    [&](const StandIn& item) { return item.file == needed->files[0]; });
    if (!ours) needs.push_back(id);
  }
  return needs;
}

void block_by_needs(const Rubric& rubric, std::vector<CheckResult>& results) {
  for (CheckResult& result : results) {
    const CheckSpec& spec = *rubric.find_check(result.check);
    block_by_needs(counting_needs(rubric, spec, result), results, result);
    for (CaseFinding& finding : result.findings) name_what_blocks(rubric, results, finding);
  }
}

void count_bugs_once(const Rubric& rubric, const std::vector<KnownMistake>& known,
                     const Fitting& fitting, std::vector<CheckResult>& results) {
  Settling settling(rubric, known, fitting, results);
  settling.leave_unanswered();
  settling.count_known_mistakes();
  settling.count_fitting_mistakes();
  settling.share_blocked();
  settling.spare_hidden();
}

}  // namespace pset3::judge
