#include "grader/author/due.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pset3::author {
namespace {

using judge::Verdict;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Question (a) with two checks of 3 and 1 points, (b) with one of 2.
class Due : public ::testing::Test {
 protected:
  Due() {
    add("q.a.first", 3.0);
    add("q.a.second", 1.0);
    add("q.b.all", 2.0);
    report_.rubric = &rubric_;
  }

  void add(const std::string& id, double points) {
    judge::CheckSpec spec;
    spec.id = id;
    spec.points = points;
    rubric_.checks.push_back(spec);
    judge::CheckResult result;
    result.check = id;
    report_.checks.push_back(result);
    set(id, Verdict::kPassed);
  }

  void set(const std::string& id, Verdict verdict, const std::string& blocked_by = "") {
    for (judge::CheckResult& result : report_.checks) {
      if (result.check != id) continue;
      result.verdict = verdict;
      result.points = verdict == Verdict::kPassed ? rubric_.find_check(id)->points : 0.0;
      result.findings.assign(1, judge::CaseFinding{});
      result.findings[0].verdict = verdict;
      result.findings[0].blocked_by = blocked_by;
    }
  }

  judge::Rubric rubric_;
  report::PartReport report_;
};

TEST_F(Due, IsTheDearestCheckThatFindsABug) {
  set("q.a.first", Verdict::kFailed);
  set("q.a.second", Verdict::kFailed);
  set("q.b.all", Verdict::kBlocked, "q.a.first");
  EXPECT_THAT(without_a_value(report_), IsEmpty());
  EXPECT_EQ(due_of(report_, {}), 3.0);
}

TEST_F(Due, IsTheQuestionWhereNothingComesBack) {
  set("q.a.first", Verdict::kCrashed);
  set("q.a.second", Verdict::kTimeout);
  EXPECT_THAT(without_a_value(report_), ElementsAre("q.a"));
  EXPECT_EQ(due_of(report_, without_a_value(report_)), 4.0);
}

TEST_F(Due, IncludesTheQuestionsThatNeedWhatNeverComesBack) {
  set("q.a.first", Verdict::kCrashed);
  set("q.a.second", Verdict::kBlocked, "q.a.first");
  set("q.b.all", Verdict::kBlocked, "q.a.first");
  EXPECT_EQ(due_of(report_, without_a_value(report_)), 6.0);
}

TEST_F(Due, IsOneCheckWhereMostComesBackRight) {
  set("q.a.second", Verdict::kCrashed);
  EXPECT_THAT(without_a_value(report_), IsEmpty());
  EXPECT_EQ(due_of(report_, without_a_value(report_)), 1.0);
}

TEST_F(Due, IsOneCheckWhereAWrongValueComesBack) {
  set("q.a.first", Verdict::kCrashed);
  set("q.a.second", Verdict::kFailed);
  EXPECT_THAT(without_a_value(report_), IsEmpty());
}

}  // namespace
}  // namespace pset3::author
