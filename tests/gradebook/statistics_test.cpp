#include "grader/gradebook/statistics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/files.hpp"
#include "grader/gradebook/statistics_text.hpp"
#include "tests/gradebook/run_folder.hpp"
#include "tests/report/samples.hpp"

namespace pset3::gradebook {
namespace {

using judge::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

report::SubmissionReport graded() { return report::samples::all().at("graded_in_full"); }

void fail(report::SubmissionReport& report, const std::string& check) {
  judge::CheckResult& result = report::samples::in(report.parts[0], check);
  result.verdict = Verdict::kFailed;
  result.points = 0.0;
}

/// Passes what is public, and fails every hidden check.
report::SubmissionReport memorised() {
  report::SubmissionReport report = graded();
  fail(report, "p1.b.fresh");
  fail(report, "p1.d.fresh");
  return report;
}

TEST(Discrimination, IsTheCorrelationWorkedByHand) {
  // Passed by the two with 10 and 8, not by those with 6 and 0: mean 6, deviations 4 2 0 -6.
  // Covariance 6/4 … (0.5*4 + 0.5*2 + 0 + 0.5*6) / sqrt(1 * 56) = 6 / 7.4833.
  EXPECT_NEAR(*discrimination({true, true, false, false}, {10, 8, 6, 0}), 0.80178, 1e-5);
  EXPECT_NEAR(*discrimination({false, false, true, true}, {10, 8, 6, 0}), -0.80178, 1e-5);
}

TEST(Discrimination, IsUnknownWhereNothingDiffers) {
  EXPECT_FALSE(discrimination({true, true, true}, {1, 2, 3}));
  EXPECT_FALSE(discrimination({true, false, true}, {2, 2, 2}));
  EXPECT_FALSE(discrimination({true, false}, {1, 2}));
}

TEST(Distribution, IsThatOfFiveNumbers) {
  const Distribution five = distribution_of({10, 0, 4, 2, 9}, 10);
  EXPECT_DOUBLE_EQ(five.mean, 5.0);
  EXPECT_DOUBLE_EQ(five.median, 4.0);
  EXPECT_DOUBLE_EQ(five.quarter, 2.0);
  EXPECT_DOUBLE_EQ(five.three_quarters, 9.0);
  EXPECT_NEAR(five.deviation, 4.3589, 1e-4);  // sqrt((25 + 25 + 1 + 9 + 16) / 4)
  EXPECT_THAT(five.tenths, ElementsAre(1, 0, 1, 0, 1, 0, 0, 0, 0, 2));
  EXPECT_EQ(distribution_of({}, 10).count, 0U);
}

TEST(UnusualCosts, AreFarAboveTheOthers) {
  std::vector<Cost> costs;
  for (int i = 0; i < 9; ++i) costs.push_back({"s" + std::to_string(i), 1000.0 + 50.0 * i, 100.0});
  EXPECT_THAT(unusual_costs(costs), IsEmpty());
  costs.push_back({"slow", 9000.0, 100.0});
  costs.push_back({"large", 1000.0, 900.0});
  const auto flags = unusual_costs(costs);
  ASSERT_EQ(flags.size(), 2U);
  EXPECT_EQ(flags[0].first, "slow");
  EXPECT_THAT(flags[0].second.text,
              HasSubstr("needs 9.0 s; half of the class needs at most 1.2 s"));
  EXPECT_EQ(flags[1].first, "large");
  EXPECT_EQ(flags[1].second.kind, "memory");
  EXPECT_THAT(unusual_costs({{"a", 1, 1}, {"b", 100, 1}}), IsEmpty());
}

TEST(MemorisedAnswers, AreThoseThatFailEverythingHidden) {
  const auto flags = memorised_answers(report::document_of(memorised()));
  ASSERT_EQ(flags.size(), 1U);
  EXPECT_THAT(flags[0].text,
              HasSubstr("passes the public p1.b.survivors, p1.b.outside, p1.b.moved, p1.d.box "
                        "and fails the hidden p1.b.fresh, p1.d.fresh"));
}

TEST(MemorisedAnswers, AreNotSuspectedOfOthers) {
  EXPECT_THAT(memorised_answers(report::document_of(graded())), IsEmpty());
  report::SubmissionReport one_hidden = graded();
  fail(one_hidden, "p1.b.fresh");
  EXPECT_THAT(memorised_answers(report::document_of(one_hidden)), IsEmpty());
  report::SubmissionReport public_too = memorised();
  fail(public_too, "p1.b.outside");
  EXPECT_THAT(memorised_answers(report::document_of(public_too)), IsEmpty());
  // Checks of a question without hidden ones say nothing about it.
  report::SubmissionReport other_question = memorised();
  fail(other_question, "p1.a.side");
  EXPECT_EQ(memorised_answers(report::document_of(other_question)).size(), 1U);
}

TEST(MemorisedAnswers, AreSeenBesideAQuestionThatWasSolvedOrSpoilt) {
  report::SubmissionReport report = memorised();
  fail(report, "p1.a.side");
  report::samples::in(report.parts[0], "p1.b.moved").verdict = Verdict::kBlocked;
  const auto flags = memorised_answers(report::document_of(report));
  ASSERT_EQ(flags.size(), 1U);
  EXPECT_THAT(flags[0].text,
              HasSubstr("passes the public p1.b.survivors, p1.b.outside, p1.d.box and"));
}

TEST(Wavering, IsToldOnlyWhereNothingElseChanged) {
  const auto with = [](report::SubmissionReport report, const char* file, const char* inputs) {
    report.parts[0].provenance = {{"files", {{"carve.cpp", file}}},
                                  {"made_with", {{"rubric", "r"}, {"inputs", inputs}}}};
    return report::document_of(report);
  };
  const auto wavering = wavering_checks(with(graded(), "x", "1"), with(memorised(), "x", "1"));
  ASSERT_EQ(wavering.size(), 2U);
  EXPECT_EQ(wavering[0].check, "p1.b.fresh");
  EXPECT_EQ(wavering[0].first, "passed");
  EXPECT_EQ(wavering[0].second, "failed");
  EXPECT_THAT(wavering_checks(with(graded(), "x", "1"), with(memorised(), "y", "1")), IsEmpty());
  EXPECT_THAT(wavering_checks(with(graded(), "x", "1"), with(memorised(), "x", "2")), IsEmpty());
  // Of results that do not say what they were made from nothing is known.
  EXPECT_THAT(wavering_checks(report::document_of(graded()), report::document_of(memorised())),
              IsEmpty());
}

TEST(Statistics, LeaveExtraCreditOutOfTheScores) {
  const TemporaryFolder folder;
  const report::SubmissionReport extra = report::samples::all().at("extra_credit");
  write_run(folder.path(), {{"eva", {extra}}});
  const report::Document document = report::document_of(extra);
  ASSERT_GT(document.extra_points(), 0.0);
  const RunStatistics all = statistics_of(FinishedRun(folder.path()), nullptr);
  EXPECT_DOUBLE_EQ(all.scores.high, document.points() - document.extra_points());
  EXPECT_THAT(to_text(all, {}), HasSubstr("points, without extra credit"));
}

TEST(Statistics, TellOfAWholeRun) {
  const TemporaryFolder folder;
  write_run(folder.path(), {{"amy", {graded()}},
                            {"bob", {memorised()}},
                            {"cat", {report::samples::all().at("everything_failing")}},
                            {"dan", {report::samples::all().at("refused")}}});
  const FinishedRun run(folder.path());
  const RunStatistics all = statistics_of(run, &run);
  EXPECT_EQ(all.scores.count, 3U);
  EXPECT_THAT(all.wavering, IsEmpty());
  const std::string text = to_text(all, {});
  EXPECT_THAT(text, HasSubstr("3 submissions graded, of 30 points"));
  EXPECT_THAT(text, HasSubstr("highest 30.00"));
  EXPECT_THAT(text, HasSubstr("bob: p1: passes the public"));
  EXPECT_THAT(text, HasSubstr("swap row column"));
  EXPECT_EQ(to_json(all).at("flags").size(), 1U);
}

}  // namespace
}  // namespace pset3::gradebook
