#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "grader/judge/rubric.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"

namespace pset3::judge::p1 {
namespace {

const std::filesystem::path kFixtures = std::filesystem::path(PSET3_SOURCE_DIR) / "fixtures";

TEST(RubricOfP1, AddsUpToFortyPointsAsTheCourseSplitsThem) {
  const Rubric rubric =
      read_rubric(kFixtures / "p1_space_carving/rubric.json", kFixtures / "rubric.schema.json");
  EXPECT_EQ(rubric.automatic_points(), 35.0);
  EXPECT_EQ(rubric.manual_points(), 5.0);
  std::map<char, double> by_question;
  for (const CheckSpec& check : rubric.checks) by_question[check.id.at(3)] += check.points;
  EXPECT_EQ(by_question, (std::map<char, double>{{'a', 5}, {'b', 15}, {'c', 5}, {'d', 10}}));
}

TEST(RubricOfP1, NamesJudgesThatExist) {
  const Rubric rubric =
      read_rubric(kFixtures / "p1_space_carving/rubric.json", kFixtures / "rubric.schema.json");
  const Checks all = checks();
  for (const CheckSpec& check : rubric.checks) {
    ASSERT_EQ(all.count(check.judge), 1u) << check.judge;
    EXPECT_TRUE(all.at(check.judge).judge);
    EXPECT_TRUE(all.at(check.judge).sketch);
  }
}

}  // namespace
}  // namespace pset3::judge::p1
