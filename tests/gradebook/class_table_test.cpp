#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/gradebook/class_summary.hpp"
#include "grader/gradebook/class_table.hpp"
#include "grader/report/document.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/page.hpp"
#include "tests/report/samples.hpp"

namespace pset3::gradebook {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::filesystem::path kGolden =
    std::filesystem::path(PSET3_SOURCE_DIR) / "tests/gradebook/golden";

/// As in tests/report: PSET3_REWRITE_GOLDEN=1 writes the samples instead.
void expect_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path file = kGolden / (name + ".txt");
  if (std::getenv("PSET3_REWRITE_GOLDEN") != nullptr) write_file(file, text);
  EXPECT_EQ(read_file(file), text) << name;
}

nlohmann::json class_of(const std::vector<std::string>& names) {
  ClassSummary summary;
  for (const std::string& name : names) {
    summary.add(report::to_results_json(report::samples::all().at(name)), name);
  }
  return summary.finish();
}

nlohmann::json whole_class() {
  ClassSummary summary;
  for (const auto& [name, report] : report::samples::all()) {
    // These have rubrics of their own; a class has the same ones throughout.
    if (name == "extra_credit" || name == "four_parts") continue;
    summary.add(report::to_results_json(report), name);
  }
  return summary.finish();
}

TEST(ClassTable, IsTheApprovedOne) {
  expect_golden(
      "demo",
      class_table(class_of({"untouched_starter", "graded_in_full", "everything_failing"}), {}));
  expect_golden("whole_class", class_table(whole_class(), {}));
  expect_golden("whole_class.narrow", class_table(whole_class(), {false, 72}));
  expect_golden("whole_class.colour", class_table(whole_class(), {true, 110}));
  expect_golden("whole_class.ascii",
                class_table(whole_class(), {false, 96, report::Glyphs::kAscii}));
  expect_golden("empty", class_table(class_of({}), {}));
}

TEST(ClassTable, ShortensLongAndWideNamesAndStaysInsideThePage) {
  report::SubmissionReport report = report::samples::all().at("one_failing");
  ClassSummary summary;
  for (const std::string& name :
       {std::string(500, 'x'), std::string("李小龍李小龍李小龍李小龍李小龍李小龍"),
        std::string("\x1b[31mred\ttab\nline")}) {
    report.name = name;
    summary.add(report::to_results_json(report), "r");
  }
  const std::string text = class_table(summary.finish(), {});
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("…"));
  std::size_t begin = 0;
  std::size_t rows = 0;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const std::string line = text.substr(begin, end - begin);
    EXPECT_LE(report::columns_of(line), 96) << line;
    const std::size_t score = line.find("17/23");
    if (score == std::string::npos) continue;
    EXPECT_EQ(report::columns_of(line.substr(0, score)), 31) << line;
    ++rows;
  }
  EXPECT_EQ(rows, 3U);
}

TEST(ClassTable, ShowsExtraCreditApartFromTheOtherPoints) {
  // 5 of 8 points and 2.5 more: not "7.5 of 8", and not the points of everything.
  const std::string text = class_table(class_of({"extra_credit"}), {});
  const report::Document document = report::document_of(report::samples::all().at("extra_credit"));
  const std::string points = report::points_text(document.points() - document.extra_points());
  const std::string max = report::points_text(document.max_points());
  EXPECT_THAT(text, HasSubstr(" " + points + "+2.5/" + max));
  EXPECT_THAT(text, HasSubstr("median " + points + " of " + max));
  EXPECT_THAT(text, HasSubstr("without extra credit"));
  EXPECT_THAT(class_table(class_of({"one_failing"}), {}), Not(HasSubstr("extra")));
}

TEST(ClassTable, RefusesWhatIsNoClassFile) {
  EXPECT_THROW(class_table(nlohmann::json::array(), {}), InputError);
  nlohmann::json damaged = whole_class();
  damaged["submissions"][0]["strip"] = "??";
  EXPECT_THROW(class_table(damaged, {}), InputError);
  damaged = whole_class();
  damaged["submissions"][0].erase("score");
  EXPECT_THROW(class_table(damaged, {}), InputError);
}

}  // namespace
}  // namespace pset3::gradebook
