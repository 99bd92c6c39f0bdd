#include "grader/pipeline/cases.hpp"

#include <gtest/gtest.h>

#include <set>

#include "grader/base/error.hpp"
#include "grader/pipeline/runs.hpp"

namespace pset3::pipeline {
namespace {

judge::Rubric rubric_of(const std::string& part) {
  judge::Rubric rubric;
  rubric.part = part;
  return rubric;
}

judge::CaseSpec case_of(const std::string& id, bool hidden) {
  judge::CaseSpec spec;
  spec.id = id;
  spec.hidden = hidden;
  spec.seed = 7;
  return spec;
}

TEST(Seeds, OfPublicCasesAreTheRubrics) {
  const judge::CaseSpec spec = case_of("a", false);
  EXPECT_EQ(seed_of(rubric_of("p1"), spec, {}), 7u);
  EXPECT_EQ(seed_of(rubric_of("p2"), spec, {"secret", "run"}), 7u);
}

TEST(Seeds, OfHiddenCasesDependOnSecretRunPartAndCase) {
  const std::set<std::uint64_t> seeds = {
      seed_of(rubric_of("p1"), case_of("a", true), {"secret", "1"}),
      seed_of(rubric_of("p1"), case_of("a", true), {"other", "1"}),
      seed_of(rubric_of("p1"), case_of("a", true), {"secret", "2"}),
      seed_of(rubric_of("p2"), case_of("a", true), {"secret", "1"}),
      seed_of(rubric_of("p1"), case_of("b", true), {"secret", "1"})};
  EXPECT_EQ(seeds.size(), 5u);
}

TEST(Seeds, OfHiddenCasesAreTheHmacThatIsPromised) {
  // /usr/bin/python3 -c 'import hmac; print(int(hmac.new(b"secret", b"1\np1\na",
  //                      "sha256").hexdigest()[:16], 16))'
  EXPECT_EQ(seed_of(rubric_of("p1"), case_of("a", true), {"secret", "1"}), 11545695012543360458ull);
}

TEST(Seeds, OfHiddenCasesNeedASecret) {
  EXPECT_THROW(seed_of(rubric_of("p1"), case_of("a", true), {"", "1"}), GraderError);
}

TEST(TimeLimit, IsTheFloorDoubledUntilItSuffices) {
  judge::Rubric rubric;
  rubric.time_limit_factor = 10.0;
  rubric.time_limit_floor_ms = 1000;
  using std::chrono::milliseconds;
  EXPECT_EQ(time_limit(rubric, 0.1), milliseconds(1000));
  EXPECT_EQ(time_limit(rubric, 100.0), milliseconds(1000));
  EXPECT_EQ(time_limit(rubric, 100.1), milliseconds(2000));
  EXPECT_EQ(time_limit(rubric, 399.0), milliseconds(4000));
  EXPECT_EQ(time_limit(rubric, 400.1), milliseconds(8000));
}

TEST(TimeLimit, DoesNotChangeWithTheNoiseOfAMeasurement) {
  judge::Rubric rubric;
  rubric.time_limit_floor_ms = 2000;
  EXPECT_EQ(time_limit(rubric, 31.0), time_limit(rubric, 57.0));
}

}  // namespace
}  // namespace pset3::pipeline
