#include "grader/report/results.hpp"

#include <algorithm>

namespace pset3::report {
namespace {

using judge::CheckResult;
using judge::Verdict;

template <typename Condition>
bool any_check(const SubmissionReport& report, const Condition& condition) {
  return std::any_of(report.parts.begin(), report.parts.end(), [&](const PartReport& part) {
    return std::any_of(part.checks.begin(), part.checks.end(), condition);
  });
}

/// Extra credit has no points that it is out of.
bool is_left_alone(const CheckResult& check) {
  return check.max_points == 0.0 && check.verdict == Verdict::kNotAttempted;
}

}  // namespace

bool has_grader_error(const SubmissionReport& report) {
  return any_check(report,
                   [](const CheckResult& check) { return check.verdict == Verdict::kGraderError; });
}

bool all_passed(const SubmissionReport& report) {
  return !any_check(report, [](const CheckResult& check) {
    return check.verdict != Verdict::kPassed && !is_left_alone(check);
  });
}

}  // namespace pset3::report
