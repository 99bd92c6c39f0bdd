#include "grader/base/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pset3 {
namespace {

using ::testing::ElementsAre;

TEST(Csv, ReadsQuotedCellsAndNumbersLinesByTheFile) {
  const CsvTable table = read_csv("\xEF\xBB\xBFid,note\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2, d \r\n");
  ASSERT_EQ(table.lines.size(), 3U);
  EXPECT_THAT(table.lines[1].cells, ElementsAre("1", "a, \"b\"\nc"));
  EXPECT_EQ(table.lines[1].number, 2U);
  EXPECT_THAT(table.lines[2].cells, ElementsAre("2", "d"));
  EXPECT_EQ(table.lines[2].number, 5U);
}

TEST(Csv, TakesSemicolonsAndTabs) {
  EXPECT_THAT(read_csv("a;b\n1,5;2").lines[1].cells, ElementsAre("1,5", "2"));
  EXPECT_THAT(read_csv("a\tb\n1\t2").lines[1].cells, ElementsAre("1", "2"));
}

TEST(Csv, ReadsWhatItWrote) {
  const std::vector<std::string> cells = {"plain", "a,b", "say \"hi\"", "two\nlines", ""};
  EXPECT_THAT(read_csv("h,h,h,h,h\n" + csv_line(cells)).lines[1].cells,
              ::testing::ElementsAreArray(cells));
}

TEST(Csv, QuotesWhatASpreadsheetWouldRun) {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"}) {
    EXPECT_EQ(without_formula(text), std::string("'") + text);
    EXPECT_EQ(with_formula(without_formula(text)), text);
  }
  for (const char* text : {"", "a=1", "'quoted'", "4.5"}) {
    EXPECT_EQ(without_formula(text), text);
    EXPECT_EQ(with_formula(text), text);
  }
}

}  // namespace
}  // namespace pset3
