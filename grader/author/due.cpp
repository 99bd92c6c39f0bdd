#include "grader/author/due.hpp"

#include <algorithm>
#include <map>

namespace pset3::author {
namespace {

using judge::CaseFinding;
using judge::CheckResult;
using judge::Verdict;

bool ended_without_a_value(Verdict verdict) {
  return verdict == Verdict::kCrashed || verdict == Verdict::kTimeout ||
         verdict == Verdict::kOutOfMemory || verdict == Verdict::kInvalidOutput;
}

/// One question's public checks.
struct Question {
  double points = 0.0;
  double earned = 0.0;
  bool any_ended = false;        ///< a case ended without a value
  bool any_wrong_value = false;  ///< a case gave one
  std::set<std::string> needs;   ///< questions that stand in its way

  bool is_half_lost() const { return 2.0 * earned <= points; }
};

void add(const std::string& own, const CheckResult& check, double points, Question& question) {
  question.points += points;
  question.earned += std::min(check.points, points);
  for (const CaseFinding& finding : check.findings) {
    if (finding.verdict == Verdict::kPassed) continue;
    if (finding.verdict == Verdict::kBlocked) {
      const std::string cause = judge::question_of(finding.blocked_by);
      if (cause != own) question.needs.insert(cause);
    } else if (ended_without_a_value(finding.verdict)) {
      question.any_ended = true;
    } else {
      question.any_wrong_value = true;
    }
  }
}

std::map<std::string, Question> public_questions(const report::PartReport& report) {
  std::map<std::string, Question> questions;
  for (const CheckResult& check : report.checks) {
    const judge::CheckSpec& spec = *report.rubric->find_check(check.check);
    if (spec.visibility != judge::Visibility::kPublic) continue;
    const std::string own = judge::question_of(check.check);
    add(own, check, spec.points, questions[own]);
  }
  return questions;
}

}  // namespace

bool finds_it(const CheckResult& check) {
  return check.verdict != Verdict::kPassed && check.verdict != Verdict::kBlocked;
}

std::set<std::string> without_a_value(const report::PartReport& report) {
  const std::map<std::string, Question> questions = public_questions(report);
  std::set<std::string> without;
  for (const auto& [name, question] : questions) {
    if (question.any_ended && !question.any_wrong_value && question.is_half_lost()) {
      without.insert(name);
    }
  }
  const std::set<std::string> causes = without;
  for (const auto& [name, question] : questions) {
    const bool only_blocked = !question.any_ended && !question.any_wrong_value;
    const bool by_these = std::any_of(question.needs.begin(), question.needs.end(),
                                      [&](const auto& need) { return causes.count(need) != 0; });
    if (only_blocked && by_these && question.is_half_lost()) without.insert(name);
  }
  return without;
}

double due_of(const report::PartReport& report, const std::set<std::string>& unanswered) {
  double dearest = 0.0;
  double of_questions = 0.0;
  for (const CheckResult& check : report.checks) {
    const double points = report.rubric->find_check(check.check)->points;
    const bool is_unanswered = unanswered.count(check.check) != 0 ||
                               unanswered.count(judge::question_of(check.check)) != 0;
    if (is_unanswered) of_questions += points;
    if (finds_it(check)) dearest = std::max(dearest, points);
  }
  return std::max(dearest, of_questions);
}

}  // namespace pset3::author
