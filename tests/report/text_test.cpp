#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "grader/report/document.hpp"
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

TEST(MistakeWords, ReadANameAloud) {
  EXPECT_EQ(mistake_words("rows_and_columns_swapped"), "rows and columns swapped");
  EXPECT_EQ(mistake_words("slip_in_the_column_of_the_pixel__y_instead_of_x"),
            "slip in the column of the pixel: y instead of x");
  EXPECT_EQ(mistake_words("_"), " ");
}

TEST(Text, SaysHowManyCasesFailOrAreNotJudged) {
  for (const auto& [verdict, words] :
       {std::pair(Verdict::kFailed, "(1 of 2 cases fails)"),
        std::pair(Verdict::kBlocked, "(1 of 2 cases is not judged)")}) {
    SubmissionReport report = samples::all().at("all_passed");
    judge::CheckResult& check = samples::in(report.parts[0], "p1.d.box");
    check.verdict = verdict;
    check.findings = {{"bounds.default", verdict, "", "", "", "p1.b.moved", 1.0, 1.0},
                      {"bounds.random", Verdict::kPassed, "", "", "", "", 1.0, 1.0}};
    EXPECT_THAT(text_of(report, Audience::kStaff), HasSubstr(words));
  }
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

TEST(Text, IsTheSameOfAResultAndOfItsFile) {
  for (const auto& [name, report] : samples::all()) {
    for (const Audience audience : {Audience::kStudent, Audience::kStaff}) {
      EXPECT_EQ(to_text(document_of(report), audience, {}),
                to_text(to_results_json(report), audience, {}))
          << name;
    }
  }
}

TEST(Text, ShowsExtraCreditApart) {
  const std::string text = text_of(samples::all().at("extra_credit"), Audience::kStudent);
  EXPECT_THAT(text, HasSubstr("0 + 2.5 extra of 8.2 + 10 points so far\n"));
  EXPECT_THAT(text, HasSubstr("2.5 of 10 extra"));
  const nlohmann::json results = to_results_json(samples::all().at("extra_credit"));
  EXPECT_THAT(results.at("output").get<std::string>(),
              HasSubstr("0 + 2.5 extra of 8.2 + 10 points from the checks"));
}

TEST(Text, FoldsPassedChecksOfALongReport) {
  SubmissionReport report = samples::all().at("all_passed");
  EXPECT_THAT(text_of(report, Audience::kStudent), HasSubstr("✓ The right voxels survive"));
  report.parts.push_back(report.parts[0]);
  const std::string text = text_of(report, Audience::kStudent);
  EXPECT_THAT(text, HasSubstr("✓ 3 checks pass"));
  EXPECT_THAT(text, Not(HasSubstr("The right voxels survive")));
}

TEST(Text, GivesALineToAPartInWhichNothingIsWritten) {
  EXPECT_THAT(text_of(samples::all().at("four_parts"), Audience::kStudent),
              ::testing::ContainsRegex("\n p2  Part p2 +nothing written yet\n p3  Part p3 "));
}

TEST(Text, ShowsWhatAFailedCasePrintedWhenAskedTo) {
  const nlohmann::json results = to_results_json(samples::all().at("four_parts"));
  TextStyle style;
  EXPECT_THAT(to_text(results, Audience::kStudent, style), Not(HasSubstr("voxels: 1377")));
  style.show_output = true;
  const std::string text = to_text(results, Audience::kStudent, style);
  EXPECT_THAT(text, HasSubstr("Printed:   voxels: 1377\n"));
  EXPECT_THAT(text, HasSubstr("\\x1b[31mred"));
}

TEST(Results, NeverTellWhatAHiddenCheckPrinted) {
  SubmissionReport report = with_secrets(Verdict::kFailed);
  samples::in(report.parts[0], "p1.b.fresh").findings[0].printed = "a hidden input";
  EXPECT_THAT(to_results_json(report).dump(), Not(HasSubstr("a hidden input")));
}

std::string opening_of(const std::string& before, const std::string& now) {
  const nlohmann::json earlier =
      before.empty() ? nlohmann::json() : to_results_json(samples::all().at(before));
  return to_check_text(to_results_json(samples::all().at(now)), earlier, {});
}

TEST(Opening, TellsWhatChangedWorseThingsFirst) {
  const std::string text = opening_of("one_failing", "crash");
  EXPECT_THAT(text, ::testing::StartsWith(" Since the last check: 3 points more.\n"));
  const std::size_t worse = text.find("✗ What projects outside the image is carved");
  const std::size_t better = text.find("✓ The right voxels survive");
  EXPECT_LT(worse, better);
  EXPECT_THAT(text, HasSubstr("3 → 0\n"));
  EXPECT_THAT(text, HasSubstr("0 → 6\n"));
}

TEST(Opening, SaysWhatToDoNext) {
  EXPECT_THAT(opening_of("", "build_failure"),
              ::testing::StartsWith(" Next: space_carving.cpp:42:17: use of undeclared"));
  EXPECT_THAT(
      opening_of("", "one_failing"),
      ::testing::StartsWith(" Next: carve in space_carving.cpp: \"The right voxels survive\" "
                            "(p1.b.survivors)\n"));
  EXPECT_THAT(opening_of("", "all_passed"),
              ::testing::StartsWith(" Next: ./pset3 pack makes the archive to hand in\n"));
  EXPECT_THAT(opening_of("", "untouched_starter"), ::testing::StartsWith(" untouched_starter\n"));
}

TEST(Opening, SaysThatNothingChanged) {
  EXPECT_THAT(opening_of("crash", "crash"),
              ::testing::StartsWith(" Nothing changed since the last check.\n Next: carve in"));
}

TEST(Opening, DoesWithoutResultsThatItCannotRead) {
  const nlohmann::json results = to_results_json(samples::all().at("crash"));
  for (const nlohmann::json& before :
       {nlohmann::json(), nlohmann::json(3), nlohmann::json::object()}) {
    EXPECT_THAT(to_check_text(results, before, {}), ::testing::StartsWith(" Next: "));
  }
}

TEST(Text, ExplainsAMistakeOnceAndRefersToItAfterwards) {
  const std::string text = text_of(samples::all().at("everything_failing"), Audience::kStaff);
  const std::string words = "rows and columns are swapped";
  const std::size_t first = text.find(words);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(text.find(words, first + 1), std::string::npos);
  EXPECT_THAT(text, HasSubstr("the same mistake as above (swap row column)"));
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
