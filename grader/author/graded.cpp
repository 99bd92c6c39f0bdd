#include "grader/author/graded.hpp"

#include "grader/author/due.hpp"
#include "grader/judge/relation.hpp"

namespace pset3::author {

Graded graded(const report::PartReport& report) {
  Graded graded;
  std::set<std::string> named;
  std::set<std::string> told;
  for (const judge::CheckResult& check : report.checks) {
    graded.lost += report.rubric->find_check(check.check)->points - check.points;
    for (const judge::Diagnosis& diagnosis : check.diagnoses) {
      (judge::is_fact(diagnosis) ? told : named).insert(diagnosis.mistake);
    }
    if (finds_it(check)) graded.failed.push_back(check.check);
    if (check.verdict == judge::Verdict::kBlocked) graded.blocked.push_back(check.check);
  }
  graded.named.assign(named.begin(), named.end());
  graded.told.assign(told.begin(), told.end());
  return graded;
}

std::set<std::string> learnt_checks(const judge::Rubric& rubric, const judge::Checks& checks) {
  std::set<std::string> learnt;
  for (const judge::CheckSpec& check : rubric.checks) {
    if (checks.at(check.judge).metric) learnt.insert(check.id);
  }
  return learnt;
}

}  // namespace pset3::author
