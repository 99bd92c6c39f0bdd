#include "grader/author/further.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/files.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"
#include "tests/tiny_part/course.hpp"

namespace pset3::author {
namespace {

using pset3::testing::TinyCourse;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Mistakes that only fixtures/tiny_part/further/ has.
class FurtherMistakes : public ::testing::Test {
 protected:
  void add(const std::string& name, const std::string& change) const {
    const std::string line = "  return values.sum() / static_cast<double>(values.size());\n";
    const std::string source = read_file(tiny_.home.solution() / "mean.cpp");
    const std::size_t at = source.find(line);
    const auto number =
        1 + std::count(source.begin(), source.begin() + static_cast<long>(at), '\n');
    std::filesystem::create_directories(tiny_.home.fixtures() / "further");
    write_file(tiny_.home.fixtures() / "further" / (name + ".patch"),
               "Mistake: " + name + "\nExplain: You did " + name + ".\n\n--- a/solution/" +
                   tiny_.rubric().folder + "/mean.cpp\n+++ b/solution/" + tiny_.rubric().folder +
                   "/mean.cpp\n@@ -" + std::to_string(number) + ",1 +" + std::to_string(number) +
                   ",1 @@\n-" + line + "+" + change + "\n");
  }
  Further run(std::optional<int> sample = std::nullopt) {
    FurtherOptions options;
    options.draw = {"secret", "1"};
    options.sample = sample;
    return further(tiny_.course, tiny_.rubric(), tiny_.store, options, TinyCourse::quiet);
  }

  TinyCourse tiny_;
};

TEST_F(FurtherMistakes, AreNamedOnceTheyAreRecorded) {
  add("half", "  return 0.5 * values.sum() / static_cast<double>(values.size());");
  add("half_again", "  return values.sum() / static_cast<double>(2 * values.size());");
  const Further before = run();
  ASSERT_THAT(before.rows, SizeIs(2));
  EXPECT_TRUE(before.all_caught());
  EXPECT_THAT(before.rows[0].failed, Contains("t0.a.mean"));
  EXPECT_THAT(before.rows[0].named, IsEmpty());

  const auto recorded = to_record(tiny_.course, tiny_.rubric(), tiny_.store, before);
  ASSERT_THAT(recorded, SizeIs(1)) << "both show the same";
  EXPECT_EQ(recorded[0].explanation, "You did half.");
  write_file(tiny_.home.fixtures() / "further.json", pipeline::slips_text(recorded));
  for (const FurtherRow& row : run().rows) EXPECT_THAT(row.named, ElementsAre("half"));
}

TEST_F(FurtherMistakes, MustLosePoints) {
  add("half", "  return 0.5 * values.sum() / static_cast<double>(values.size());");
  add("right", "  return values.sum() * (1.0 / static_cast<double>(values.size()));");
  const Further all = run();
  EXPECT_FALSE(all.all_caught());
  EXPECT_THAT(to_text(all), HasSubstr("PROBLEM: it loses nothing"));
  EXPECT_TRUE(run(1).all_caught());
}

}  // namespace
}  // namespace pset3::author
