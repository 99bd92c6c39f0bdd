#include "grader/similarity/similarity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pset3::similarity {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kStarter =
    "#include \"carve.hpp\"\n"
    "int carve(int a) {\n"
    "}\n";

std::string sums(const std::string& sum, const std::string& index) {
  return "#include \"carve.hpp\"\nint carve(int a) {\n  int " + sum + " = 0;\n  for (int " + index +
         " = 0; " + index + " < a; ++" + index + ") {\n    if (" + index + " % 3 == 0) " + sum +
         " += " + index + ";\n    else " + sum + " -= 2 * " + index + ";\n  }\n  while (" + sum +
         " > 100) { " + sum + " /= 2; }\n  return " + sum + " * " + sum + ";\n}\n";
}

Work work(const std::string& who, const std::string& text) {
  return {who, "p1", {{"carve.cpp", text}}};
}

TEST(WithoutStarter, KeepsLineNumbers) {
  EXPECT_EQ(
      without_starter("#include \"carve.hpp\"\nint carve(int a)   {\n  return 1;\n}\n", kStarter),
      "\n\n  return 1;\n\n");
}

TEST(ParseShares, ReadsWhatSimPrints) {
  const auto shares =
      parse_shares("Total input: 3 files\n\n/in/0.cpp consists for 97 % of /in/12.cpp material\n");
  ASSERT_EQ(shares.size(), 1U);
  EXPECT_EQ(shares[0].first, 0U);
  EXPECT_EQ(shares[0].second, 12U);
  EXPECT_EQ(shares[0].percent, 97);
}

TEST(ParseRuns, ReadsWhatSimPrints) {
  const auto runs = parse_runs(
      "/in/first_a.cpp: line 6-40             |/in/second_a.cpp: line 7-41     [352]\n\n");
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].first_file, "first_a.cpp");
  EXPECT_EQ(runs[0].second_end, 41U);
  EXPECT_EQ(runs[0].tokens, 352U);
}

class SimilarPairs : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed()) GTEST_SKIP() << "similarity-tester is not installed";
  }
  const std::map<std::string, Files> starter_ = {{"p1", {{"carve.cpp", kStarter}}}};
};

TEST_F(SimilarPairs, AreFoundUnderOtherNames) {
  const std::vector<Work> works = {
      work("amy", sums("sum", "i")), work("bob", "// my own\n" + sums("total", "k")),
      work("cat", "#include \"carve.hpp\"\nint carve(int a) {\n  return a < 0 ? -a : a;\n}\n")};
  const auto pairs = similar_pairs(works, starter_);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].first, "amy");
  EXPECT_EQ(pairs[0].second, "bob");
  EXPECT_GE(std::max(pairs[0].first_percent, pairs[0].second_percent), 90);
  ASSERT_FALSE(pairs[0].runs.empty());
  EXPECT_EQ(pairs[0].runs[0].second_begin, pairs[0].runs[0].first_begin + 1);
  const std::string text = to_text(pairs, works, 96);
  EXPECT_THAT(text, AllOf(HasSubstr("Look at  amy and bob in p1"), HasSubstr("int sum = 0;"),
                          HasSubstr("int total = 0;"), Not(HasSubstr("copied"))));
}

TEST_F(SimilarPairs, AreAllPairsOfThreeInBothDirections) {
  const auto pairs = similar_pairs(
      {work("amy", sums("sum", "i")), work("bob", sums("a1", "k")), work("cat", sums("c", "z"))},
      starter_);
  ASSERT_EQ(pairs.size(), 3U);
  for (const Pair& pair : pairs) {
    EXPECT_GE(pair.first_percent, 90);
    EXPECT_GE(pair.second_percent, 90);
  }
}

TEST_F(SimilarPairs, WhatEverybodyWasGivenIsNoLikeness) {
  std::string long_starter = "int given(int a) {\n";
  for (int i = 0; i < 30; ++i) long_starter += "  a = a * " + std::to_string(i) + " + 1;\n";
  long_starter += "  return a;\n}\n";
  const std::vector<Work> works = {
      work("amy", long_starter + "int f() { return 1; }\n"),
      work("bob", long_starter + "double g(double x) { return x * 2; }\n")};
  EXPECT_THAT(similar_pairs(works, {{"p1", {{"carve.cpp", long_starter}}}}), IsEmpty());
  EXPECT_EQ(similar_pairs(works, {}).size(), 1U);
}

TEST(SimilarText, HostileTextIsInert) {
  const std::vector<Work> works = {work("a\x1b[31m", "int x\x1b[2J;\n"), work("b", "int y;\n")};
  Pair pair{"p1", works[0].submission, "b", 90, 90, {{"carve.cpp", "carve.cpp", 1, 1, 1, 1, 30}}};
  EXPECT_THAT(to_text({pair}, works, 80), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace pset3::similarity
