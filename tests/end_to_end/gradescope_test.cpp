// `pset3 gradescope` on folders laid out as that platform does, with metadata as it documents them.

#include <unistd.h>

#include <csignal>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Gradescope : public Desk {
 protected:
  Gradescope() {
    environment_["PSET3_HOME"] = small_course().string();
    fs::create_directories(path("autograder/results"));
    write_file(path("secret"), "a secret");
    hand_in_at("2026-11-19T10:00:00.000000-08:00");
  }

  void hand_in_at(const std::string& created_at) const {
    const nlohmann::json metadata = {
        {"id", 123456},
        {"created_at", created_at},
        {"assignment",
         {{"id", 25828},
          {"title", "Problem set 3"},
          {"due_date", "2026-11-20T23:59:00.000000-08:00"},
          {"late_due_date", nullptr},
          {"group_submission", false},
          {"total_points", "40.0"}}},
        {"submission_method", "upload"},
        {"users", {{{"email", "ann@example.edu"}, {"id", 1}, {"name", "Ann"}}}},
        {"previous_submissions", nlohmann::json::array()}};
    write_file(path("autograder/submission_metadata.json"), metadata.dump());
  }

  std::vector<std::string> command(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"gradescope", "--root", "autograder", "--secret", "secret"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  nlohmann::json results() const { return json(path("autograder/results/results.json")); }
  std::string told() const { return results().at("output"); }
};

TEST_F(Gradescope, GradesWhatWasHandedInTwiceAlike) {
  solution("autograder/submission");
  hand_in_at("2026-11-22T10:00:00.000000-08:00");
  ASSERT_EQ(pset3(command()).status, 0);
  const nlohmann::json first = results();
  EXPECT_EQ(first.at("score"), 35);
  EXPECT_EQ(check_in(first, "p1.b.hidden").at("visibility"), "hidden");
  EXPECT_EQ(first.at("extra_data").at("late_days"), 2);
  EXPECT_THAT(told(), AllOf(HasSubstr("Handed in late"), Not(HasSubstr("Not judged yet"))));
  ASSERT_EQ(pset3(command()).status, 0);
  EXPECT_EQ(without_times(results()), without_times(first));
}

TEST_F(Gradescope, LeavesAWholeFileWhenItIsKilledAndGoesOn) {
  solution("autograder/submission");
  const auto process = start(command());
  const fs::path file = path("autograder/results/results.json");
  ASSERT_TRUE(wait_until([&] { return fs::exists(file); }));
  process->signal(SIGKILL);
  process->wait();
  EXPECT_THAT(told(), HasSubstr("Not judged yet: p1"));
  EXPECT_EQ(results().at("score"), 0);
  ASSERT_EQ(pset3(command()).status, 0);
  EXPECT_EQ(results().at("score"), 35);
}

TEST_F(Gradescope, EndsBeforeThePlatformDoes) {
  edited("autograder/submission", "carve.cpp", "  return kept;",
         "  for (;;) {\n  }\n  return kept;");
  const Result result = pset3(command({"--within", "1"}));
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_LT(result.seconds, 20.0);
  EXPECT_THAT(told(), HasSubstr("Not judged yet: p1"));
}

TEST_F(Gradescope, TellsOfASubmissionThatIsNone) {
  fs::create_directories(path("autograder/submission"));
  write_file(path("autograder/submission/notes.txt"), "I did it on paper");
  write_file(path("autograder/submission_metadata.json"), "{ broken");
  EXPECT_EQ(pset3(command()).status, 0);
  EXPECT_EQ(results().at("score"), 0);
  EXPECT_THAT(told(), HasSubstr("could not be taken"));
}

TEST_F(Gradescope, SaysHowWeakTheBoxIs) {
  if (::geteuid() != 0) GTEST_SKIP() << "skipped: hiding bubblewrap needs root";
  edited("autograder/submission", "carve.cpp", "  return kept;", "  std::abort();");
  const char* const script = "mount --bind /bin/false /usr/bin/bwrap && exec \"$0\" \"$@\"";
  std::vector<std::string> words = {"unshare", "--mount", "sh", "-c", script, PSET3_PROGRAM};
  for (const std::string& word : command()) words.push_back(word);
  Process process(words, environment_, path("."));
  EXPECT_EQ(process.wait(), 0) << process.err();
  EXPECT_THAT(told(), HasSubstr("Judged in a box of level L1"));
  EXPECT_EQ(verdict_of(results(), "p1.b.survivors"), "crashed");
  EXPECT_EQ(verdict_of(results(), "p1.a.hidden"), "passed");
}

}  // namespace
}  // namespace pset3::end_to_end
