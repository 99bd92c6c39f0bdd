#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "grader/report/explain.hpp"
#include "grader/report/page.hpp"
#include "grader/report/results.hpp"
#include "tests/report/samples.hpp"

namespace pset3::report {
namespace {

using judge::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(const SubmissionReport& report, Audience audience) {
  return to_text(to_results_json(report), audience, {});
}

/// A submission whose hidden checks say "secret" wherever something can be said.
SubmissionReport with_secrets(Verdict verdict) {
  SubmissionReport report = samples::all().at("graded_in_full");
  for (const char* check : {"p1.b.fresh", "p1.d.fresh"}) {
    judge::CheckResult& result = samples::in(report.parts[0], check);
    result.verdict = verdict;
    result.points = verdict == Verdict::kPassed ? result.max_points : 0.0;
    result.findings = {{"secret", verdict, "secret", "secret", "secret", "secret", 1.0, 1.0}};
    result.diagnoses = {{"secret", "secret"}};
  }
  report.parts[0].provenance = {{"seed", "secret"}};
  return report;
}

TEST(StudentText, SaysNothingOfHiddenChecksButTheirNumberAndPoints) {
  const std::string failed = text_of(with_secrets(Verdict::kFailed), Audience::kStudent);
  EXPECT_THAT(failed, Not(HasSubstr("secret")));
  EXPECT_THAT(failed, Not(HasSubstr("fresh")));
  EXPECT_THAT(failed, HasSubstr("7 more points are decided by 2 hidden checks."));
  EXPECT_EQ(failed, text_of(with_secrets(Verdict::kPassed), Audience::kStudent));
  EXPECT_EQ(failed, text_of(with_secrets(Verdict::kTimeout), Audience::kStudent));
}

TEST(StudentText, IsTheSameWhetherHiddenChecksWereJudgedOrNot) {
  SubmissionReport checked = samples::all().at("all_passed");
  checked.name = "graded_in_full";
  EXPECT_EQ(text_of(checked, Audience::kStudent),
            text_of(samples::all().at("graded_in_full"), Audience::kStudent));
}

TEST(StaffText, ShowsHiddenChecks) {
  const std::string text = text_of(with_secrets(Verdict::kFailed), Audience::kStaff);
  EXPECT_THAT(text, HasSubstr("The right voxels survive on fresh shapes (hidden)"));
  EXPECT_THAT(text, HasSubstr("Got:       secret"));
}

TEST(Text, ShowsExtraCreditAsWhatItAdds) {
  SubmissionReport report = samples::all().at("all_passed");
  judge::CheckResult& extra = report.parts[0].checks.back();
  const double before = extra.points;
  extra.max_points = 0.0;
  extra.points = 2.5;
  EXPECT_THAT(text_of(report, Audience::kStaff), HasSubstr("+2.5 extra"));
  extra.points = 0.0;
  extra.verdict = Verdict::kFailed;
  EXPECT_THAT(text_of(report, Audience::kStaff), HasSubstr("+0 extra"));
  EXPECT_GT(before, 0.0) << "it did count";
}

TEST(Text, ExplainsAMistakeOnceAndRefersToItAfterwards) {
  const std::string text = text_of(samples::all().at("everything_failing"), Audience::kStaff);
  const std::string words = "rows and columns are swapped";
  const std::size_t first = text.find(words);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(text.find(words, first + 1), std::string::npos);
  EXPECT_THAT(text, HasSubstr("the same mistake as above (swap_row_column)"));
}

TEST(Text, HasNoEscapeSequencesWithoutColour) {
  for (const auto& [name, report] : samples::all()) {
    EXPECT_THAT(text_of(report, Audience::kStaff), Not(HasSubstr("\x1b"))) << name;
  }
}

TEST(Text, SaysTheSameInColour) {
  for (const auto& [name, report] : samples::all()) {
    const nlohmann::json results = to_results_json(report);
    TextStyle style;
    const std::string plain = to_text(results, Audience::kStaff, style);
    style.colour = true;
    std::string colour = to_text(results, Audience::kStaff, style);
    for (std::size_t at = 0; (at = colour.find('\x1b')) != std::string::npos;) {
      colour.erase(at, colour.find('m', at) - at + 1);
    }
    EXPECT_EQ(colour, plain) << name;
  }
}

TEST(Text, IsAsciiWhenAskedForIt) {
  for (const auto& [name, report] : samples::all()) {
    SubmissionReport foreign = report;
    foreign.name = "Zoë 李";
    const std::string text =
        to_text(to_results_json(foreign), Audience::kStaff, {false, 96, Glyphs::kAscii});
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x80;
    })) << name;
    EXPECT_THAT(text, HasSubstr("Zo? ??\n"));
  }
}

TEST(Columns, CountWideAndCombiningCharactersAsATerminalDoes) {
  EXPECT_EQ(columns_of("abc"), 3);
  EXPECT_EQ(columns_of("✓ é"), 3);
  EXPECT_EQ(columns_of("李"), 2);
  EXPECT_EQ(columns_of("e\xcc\x81"), 1);
}

TEST(Shortened, EndsInAnEllipsisAndFits) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abcde…");
  EXPECT_EQ(shortened("李李李", 4), "李…");
}

TEST(Wrapped, BreaksAtSpacesKeepsLinesAndIndentationAndCutsLongWords) {
  EXPECT_THAT(wrapped("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("a\n\nb", 8), ElementsAre("a", "", "b"));
  EXPECT_THAT(wrapped("  in in in in", 8), ElementsAre("  in in", "  in in"));
  EXPECT_THAT(wrapped("abcdefghijklmnopqr st", 8), ElementsAre("abcdefgh", "ijklmnop", "qr st"));
  EXPECT_THAT(wrapped("", 8), ElementsAre(""));
}

TEST(Points, AreShownWithoutDigitsThatSayNothing) {
  EXPECT_EQ(points_text(5.0), "5");
  EXPECT_EQ(points_text(12.5), "12.5");
  EXPECT_EQ(points_text(1.0 / 3.0), "0.33");
  EXPECT_EQ(points_text(-0.0001), "0");
  EXPECT_EQ(counted_points(1.0), "1 point");
  EXPECT_EQ(counted_points(0.0), "0 points");
}

}  // namespace
}  // namespace pset3::report
