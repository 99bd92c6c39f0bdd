#include "grader/author/selftest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tiny_part/course.hpp"

namespace pset3::author {
namespace {

using pset3::testing::TinyCourse;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Selftest : public ::testing::Test {
 protected:
  SelftestResult run() {
    return selftest(tiny_.course, tiny_.rubric(), tiny_.store, {"secret", "1"}, TinyCourse::quiet);
  }
  static const SelftestRow& row(const SelftestResult& result, const std::string& name) {
    for (const SelftestRow& row : result.rows) {
      if (row.name == name) return row;
    }
    throw std::runtime_error("no row " + name);
  }
  /// Records the fixtures anew, as an author would after adding a patch.
  void record() {
    for (const auto& [file, bytes] :
         fixture_files(tiny_.course, tiny_.rubric(), tiny_.store, TinyCourse::quiet)) {
      write_file(tiny_.home.root() / file, bytes);
    }
  }

  TinyCourse tiny_;
};

TEST_F(Selftest, OfTheTinyPartIsClean) {
  const SelftestResult result = run();
  EXPECT_TRUE(result.clean()) << to_text(result);
  EXPECT_EQ(row(result, "solution").points, 6.0);
  EXPECT_EQ(row(result, "starter").points, 0.0);
  EXPECT_EQ(row(result, "one_too_few").points, 4.0);
  EXPECT_EQ(row(result, "one_too_few").diagnosed, "one_too_few");
  EXPECT_EQ(row(result, "mean_of_eigen").points, 6.0);
}

TEST_F(Selftest, ReportsAMistakeThatPasses) {
  tiny_.home.add_patch("mistakes/harmless", "Mistake: m\nExplain: e\nFails: t0.a.mean\n",
                       "mean.cpp", "values.sum()", "1.0 * values.sum()");
  record();
  const SelftestResult result = run();
  EXPECT_FALSE(result.clean());
  EXPECT_THAT(row(result, "harmless").problems,
              Contains(HasSubstr("t0.a.mean is passed (passed), should be failed")));
  EXPECT_THAT(to_text(result), HasSubstr("NOT clean"));
}

TEST_F(Selftest, ReportsAMistakeThatLosesOtherChecksThanItSays) {
  tiny_.home.add_patch("mistakes/mislabelled",
                       "Mistake: m\nExplain: e\nFails: t0.b.variance t0.a.hidden\n", "mean.cpp",
                       "values.sum()", "2.0 * values.sum()");
  record();
  const SelftestResult result = run();
  EXPECT_THAT(row(result, "mislabelled").problems,
              Contains(HasSubstr("t0.b.variance is passed (passed), should be failed")));
  EXPECT_THAT(row(result, "mislabelled").problems,
              Contains(HasSubstr("t0.a.mean is failed (failed), should be passed")));
}

TEST_F(Selftest, ReportsAVariantThatLosesPoints) {
  tiny_.home.add_patch("variants/wrong", "Variant: v\n", "variance.cpp", "values.size())",
                       "values.size() - 1)");
  const SelftestResult result = run();
  EXPECT_FALSE(result.clean());
  EXPECT_THAT(row(result, "wrong").problems, Contains(HasSubstr("t0.b.variance is failed")));
}

TEST_F(Selftest, ReportsACheckThatNoMistakeFails) {
  std::filesystem::remove(tiny_.home.fixtures() / "mistakes/one_too_few.patch");
  record();
  EXPECT_THAT(run().problems, Contains("no mistake fails t0.b.variance"));
}

TEST_F(Selftest, DoesNotTrainForWhatIsKnownBeforehand) {
  tiny_.course.checks.at("t0.variance").metric = {"nearness", [](const auto&) { return 1.0; }};
  for (judge::CheckSpec& check : tiny_.course.parts[0].checks) {
    if (check.judge == "t0.variance") check.needs = {"t0.a.mean"};
  }
  tiny_.home.add_patch(
      "mistakes/certain",
      "Mistake: m\nExplain: e\nFails: t0.a.mean t0.a.hidden\nBlocks: t0.b.variance\n", "mean.cpp",
      "values.sum()", "2.0 * values.sum()");
  record();
  const SelftestResult result = run();
  EXPECT_EQ(row(result, "one_too_many").max_points, 3.0);
  EXPECT_THAT(row(result, "one_too_many").problems, IsEmpty());
  EXPECT_EQ(row(result, "mean_of_eigen").max_points, 6.0);
  EXPECT_THAT(row(result, "certain").problems,
              Contains(HasSubstr("t0.b.variance is known without a training")));
}

TEST_F(Selftest, ReportsAStarterThatHasBeenFilledIn) {
  write_file(tiny_.home.starter() / "mean.cpp", read_file(tiny_.home.solution() / "mean.cpp"));
  EXPECT_THAT(row(run(), "starter").problems,
              Contains(HasSubstr("t0.a.mean is passed (passed), should be not_attempted")));
}

TEST_F(Selftest, SeesFixturesThatAreStale) {
  EXPECT_THAT(stale_fixtures(tiny_.course, tiny_.rubric(), tiny_.store, TinyCourse::quiet),
              IsEmpty());
  arrays::Arrays other;
  other["mean"] = arrays::Array::scalar(0.5);
  write_file(tiny_.home.fixtures() / "expected/mean.few.safetensors", arrays::encode(other));
  EXPECT_THAT(stale_fixtures(tiny_.course, tiny_.rubric(), tiny_.store, TinyCourse::quiet),
              Contains("expected arrays of mean.few"));
}

}  // namespace
}  // namespace pset3::author
