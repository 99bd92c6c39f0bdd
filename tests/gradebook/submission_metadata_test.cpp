#include "grader/gradebook/submission_metadata.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pset3::gradebook {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

/// The fields of submission_metadata.json that matter here, as Gradescope documents them:
/// gradescope-autograders.readthedocs.io, "Submission Metadata". Times have microseconds and an
/// offset; due_date may be null.
SubmissionMetadata metadata(const std::string& created, const std::string& due) {
  return read_submission_metadata({{"id", 123456},
                                   {"created_at", created},
                                   {"assignment", {{"due_date", due}, {"title", "pset3"}}}});
}

TEST(SubmissionMetadata, CountsDaysThatHaveBegunWhateverTheZone) {
  const std::string due = "2026-11-20T23:59:00.000000-08:00";
  EXPECT_EQ(late_days(metadata("2026-11-20T23:59:00.000000-08:00", due)), 0);
  EXPECT_EQ(late_days(metadata("2026-11-21T07:59:00.000000Z", due)), 0) << "the same moment";
  EXPECT_EQ(late_days(metadata("2026-11-20T23:59:01.500000-08:00", due)), 1);
  EXPECT_EQ(late_days(metadata("2026-11-21T23:59:00.000000-08:00", due)), 1);
  EXPECT_EQ(late_days(metadata("2026-11-22T10:00:00+01:00", due)), 2);
  EXPECT_EQ(lateness_note(metadata("2026-11-20T20:00:00-08:00", due)), "");
  EXPECT_THAT(lateness_note(metadata("2026-11-22T10:00:00+01:00", due)),
              HasSubstr("25 full hours after 2026-11-20T23:59:00.000000-08:00 (2 days"));
}

TEST(SubmissionMetadata, TakesWhatIsMissingOrBrokenForUnknown) {
  for (const json& document :
       {json(), json::array(), json{{"created_at", 5}}, json{{"assignment", "x"}},
        json{{"created_at", "yesterday"}, {"assignment", {{"due_date", nullptr}}}}}) {
    const SubmissionMetadata read = read_submission_metadata(document);
    EXPECT_FALSE(read.created) << document;
    EXPECT_EQ(late_days(read), 0);
  }
  for (const char* broken : {"2026-13-20T23:59:00Z", "2026-02-30T00:00:00Z", "2026-11-20 23:59:00Z",
                             "2026-11-20T23:59:00", "2026-11-20T25:00:00Z"}) {
    EXPECT_FALSE(metadata(broken, "").created) << broken;
  }
}

}  // namespace
}  // namespace pset3::gradebook
