#include "grader/gradebook/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "grader/report/results.hpp"
#include "tests/report/samples.hpp"

namespace pset3::gradebook {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// One of the samples, made with a rubric and a carve.cpp that have these hashes.
json results(const std::string& sample, const std::string& rubric, const std::string& file) {
  report::SubmissionReport report = report::samples::all().at(sample);
  for (report::PartReport& part : report.parts) {
    part.provenance = {{"files", {{"carve.cpp", file}}},
                       {"made_with", {{"rubric", rubric}, {"judge", "same"}}}};
  }
  return report::to_results_json(report);
}

TEST(Compare, EqualGradesDifferInNothing) {
  EXPECT_FALSE(compare(results("one_failing", "r", "f"), results("one_failing", "other", "f")));
}

TEST(Compare, SaysWhichCheckCostsAndBecauseOfWhat) {
  const auto change =
      compare(results("all_passed", "r", "f"), results("one_failing", "other", "f"));
  ASSERT_TRUE(change);
  EXPECT_LT(change->difference(), 0.0);
  EXPECT_TRUE(change->fell_by_itself());
  const auto check = std::find_if(change->checks.begin(), change->checks.end(),
                                  [](const auto& item) { return item.id == "p1.b.survivors"; });
  ASSERT_NE(check, change->checks.end());
  EXPECT_EQ(check->before->verdict, judge::Verdict::kPassed);
  EXPECT_EQ(check->after->points, 0.0);
  EXPECT_THAT(check->because, ElementsAre("rubric"));
}

TEST(Compare, AStudentsOwnEditIsTheirsAlone) {
  const auto change = compare(results("all_passed", "r", "f"), results("one_failing", "r", "g"));
  ASSERT_TRUE(change);
  EXPECT_FALSE(change->fell_by_itself());
  EXPECT_THAT(change->checks.at(0).because, ElementsAre("submission: carve.cpp"));
}

TEST(Compare, WithoutARecordTheReasonIsNotKnown) {
  const auto all = report::samples::all();
  const auto change = compare(report::to_results_json(all.at("all_passed")),
                              report::to_results_json(all.at("one_failing")));
  ASSERT_TRUE(change);
  EXPECT_THAT(change->checks.at(0).because, ElementsAre(HasSubstr("not known")));
}

TEST(Compare, ARefusalIsADifference) {
  const auto change = compare(results("all_passed", "r", "f"), results("refused", "r", "f"));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->after, 0.0);
}

std::string text_of(const GradeChange& change) {
  Comparison comparison;
  comparison.compared = 1;
  comparison.changes.push_back(change);
  comparison.changes[0].name = "dov";
  return to_text(comparison);
}

TEST(Compare, AFirstHandInIsOneLine) {
  report::SubmissionReport report = report::samples::all().at("refused");
  report.refused = "nothing was handed in";
  const auto change = compare(report::to_results_json(report), results("all_passed", "r", "f"));
  ASSERT_TRUE(change);
  EXPECT_THAT(text_of(*change),
              AllOf(HasSubstr(" dov  nothing handed in -> "), HasSubstr("1 rose, 0 have the same"),
                    ::testing::Not(HasSubstr("not judged"))));
}

TEST(Compare, FellMeansASmallerShareOfTheMaximum) {
  GradeChange change;
  change.before = change.max_before = 35.0;
  change.after = change.max_after = 33.0;
  EXPECT_FALSE(change.fell_by_itself());
  EXPECT_THAT(text_of(change),
              AllOf(HasSubstr("35/35 -> 33/33 (-2)"), HasSubstr("0 fell, 0 rose, 0 have")));
  change.after = 32.0;
  EXPECT_TRUE(change.fell_by_itself());
  EXPECT_THAT(text_of(change), HasSubstr("1 fell"));
  change.after = 35.0;
  change.max_after = 40.0;
  EXPECT_THAT(text_of(change),
              AllOf(HasSubstr("35/35 -> 35/40"), HasSubstr("0 fell, 0 rose, 1 has the same sum")));
}

TEST(Compare, TextCountsTheReasonsAndIsPrintable) {
  Comparison comparison;
  comparison.compared = 3;
  comparison.changes.push_back(
      *compare(results("all_passed", "r", "f"), results("one_failing", "other", "f")));
  comparison.changes[0].name = "ann\x1b[2J";
  comparison.only_after = {"zoe"};
  EXPECT_THAT(to_text(comparison),
              AllOf(HasSubstr("1 of 3 submissions differ: 1 fell, 0 rose"),
                    HasSubstr("rubric: 1 submission"), HasSubstr("zoe  only in the second"),
                    ::testing::Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace pset3::gradebook
