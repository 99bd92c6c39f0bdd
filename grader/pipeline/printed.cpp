#include "grader/pipeline/printed.hpp"

namespace pset3::pipeline {
namespace {

std::string printed_in(const PartRun& run, const std::string& case_id) {
  const auto placed = run.outcomes.find(case_id);
  if (placed != run.outcomes.end()) return placed->second.outcome.text;
  return run.without_it == nullptr ? "" : printed_in(*run.without_it, case_id);
}

}  // namespace

void add_what_was_printed(const PreparedPart& part, const std::vector<const PartRun*>& decided_by,
                          std::vector<judge::CheckResult>& results) {
  for (std::size_t i = 0; i < results.size(); ++i) {
    const judge::CheckSpec* check = part.rubric().find_check(results[i].check);
    if (check == nullptr || check->visibility != judge::Visibility::kPublic) continue;
    for (judge::CaseFinding& finding : results[i].findings) {
      const bool is_hidden = part.case_named(finding.case_id).spec->hidden;
      if (is_hidden || finding.verdict == judge::Verdict::kPassed) continue;
      finding.printed = printed_in(*decided_by.at(i), finding.case_id);
    }
  }
}

}  // namespace pset3::pipeline
