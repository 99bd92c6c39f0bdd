#include <fcntl.h>
#include <sys/file.h>

#include <map>

#include "grader/base/descriptor.hpp"
#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Two students, graded once, with a store of their own.
class Again : public Desk {
 protected:
  using Bytes = std::map<std::string, std::string>;

  Again() {
    environment_["PSET3_HOME"] = small_course().string();
    write_file(path("secret"), "for tests only");
  }

  /// The class is graded for the first test, and copied with its store for the others.
  void SetUp() override {
    static const TemporaryFolder graded(fs::temp_directory_path(), 0755);
    constexpr auto kAll = fs::copy_options::recursive;
    if (!fs::exists(graded.path() / "grades")) {
      solution("in/ann");
      swapped("in/ben");
      ASSERT_EQ(grade("grades").status, 0);
      for (const char* name : {"in", "store", "grades"}) {
        fs::copy(path(name), graded.path() / name, kAll);
      }
      return;
    }
    for (const char* name : {"in", "store", "grades"}) {
      fs::copy(graded.path() / name, path(name), kAll);
    }
  }

  Result grade(const std::string& out, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"grade",   "in",    "--secret", "secret",
                                      "--store", "store", "--out",    out};
    words.insert(words.end(), more.begin(), more.end());
    return pset3(words);
  }
  Result rejudge(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"rejudge", "grades",  "--secret",
                                      "secret",  "--store", "store"};
    words.insert(words.end(), more.begin(), more.end());
    return pset3(words);
  }
  /// A rubric where survivors are worth a point more, and untouched voxels a point less.
  std::string other_rubric() const {
    nlohmann::json rubric = json(small_course() / "fixtures/p1_space_carving/rubric.json");
    for (nlohmann::json& check : rubric.at("checks")) {
      const std::string id = check.at("id");
      if (id == "p1.b.survivors") check["points"] = 6;
      if (id == "p1.b.untouched") check["points"] = 1;
    }
    write_file(path("rubric.json"), rubric.dump());
    return "rubric.json";
  }
  double score(const std::string& run, const std::string& name) const {
    return json(path(run) / name / "results.json").at("score");
  }
  Bytes files_in(const std::string& folder) const {
    Bytes files;
    for (const auto& entry : fs::recursive_directory_iterator(path(folder))) {
      if (entry.is_regular_file()) files[entry.path().string()] = read_file(entry.path());
    }
    return files;
  }
  /// Where the first byte is that is not the same, with what stands around it; "" when all are.
  static std::string difference(const Bytes& before, const Bytes& after) {
    if (before.size() != after.size()) return "other files";
    for (const auto& [file, bytes] : before) {
      if (after.count(file) == 0) return "no " + file;
      const std::string& others = after.at(file);
      if (bytes == others) continue;
      std::size_t at = 0;
      while (at < bytes.size() && at < others.size() && bytes[at] == others[at]) ++at;
      const std::size_t from = at < 60 ? 0 : at - 60;
      return file + ": " + bytes.substr(from, 120) + " -> " + others.substr(from, 120);
    }
    return "";
  }
};

TEST_F(Again, RejudgesWithAnotherRubricAndRunsNothing) {
  const double before = score("grades", "ben");
  const std::string old_report = read_file(path("grades/ben/results.json"));
  fs::remove_all(path("in"));
  fs::remove_all(path("store/object"));
  const Result lacks = rejudge({"--rubric", other_rubric()});
  EXPECT_EQ(lacks.status, 2) << lacks.out;
  EXPECT_THAT(lacks.err, AllOf(HasSubstr("ben: "), HasSubstr("has not been compiled like this"),
                               HasSubstr("nothing was changed")));
  EXPECT_EQ(read_file(path("grades/ben/results.json")), old_report);

  swapped("in/ben");
  solution("in/ann");
  fs::remove_all(path("store/verdicts"));
  ASSERT_EQ(grade("elsewhere").status, 0) << "brings the objects back";
  fs::remove_all(path("in"));
  const auto outcomes = files_in("store/run");
  const Result again = rejudge({"--rubric", other_rubric()});
  ASSERT_EQ(again.status, 0) << again.err;
  EXPECT_LT(score("grades", "ben"), before);
  EXPECT_EQ(score("grades", "ann"), 35.0);
  EXPECT_THAT(again.out, AllOf(HasSubstr("ben  "), HasSubstr("Changed: rubric"),
                               HasSubstr("2 of 2 submissions differ: 1 fell, 0 rose")));
  EXPECT_EQ(difference(outcomes, files_in("store/run")), "") << "something was run";
  EXPECT_EQ(read_file(path("grades.before-1/ben/results.json")), old_report);
  EXPECT_EQ(json(path("grades/class.json")).at("submissions").size(), 2U);
  EXPECT_THAT(read_file(path("grades/ben/report.txt")), HasSubstr("0 / 6"));
}

TEST_F(Again, ALaterHandInIsGradedWithTheFoldersRosterAndRubric) {
  write_file(path("class.csv"), "id,name\n1,ann\n2,ben\n3,cleo\n");
  ASSERT_EQ(grade("grades", {"--roster", "class.csv"}).status, 0);
  ASSERT_EQ(rejudge({"--rubric", other_rubric()}).status, 0);
  const std::string bens = read_file(path("grades/ben/results.json"));
  swapped("late/cleo");
  for (const std::vector<std::string>& roster :
       {std::vector<std::string>{"--roster", "class.csv"}, std::vector<std::string>{}}) {
    std::vector<std::string> words = {"grade",   "late/cleo", "--secret", "secret",
                                      "--store", "store",     "--out",    "grades"};
    words.insert(words.end(), roster.begin(), roster.end());
    const Result late = pset3(words);
    ASSERT_EQ(late.status, 0) << late.err;
    EXPECT_THAT(late.out, HasSubstr("2 rows of earlier gradings"));
    EXPECT_EQ(json(path("grades/class.json")).at("submissions").size(), 3U) << late.out;
    EXPECT_EQ(read_file(path("grades/ben/results.json")), bens) << "still graded";
    EXPECT_EQ(score("grades", "cleo"), score("grades", "ben")) << "by the same rubric";
    EXPECT_EQ(late.out.find("roster.csv: the roster of the gradings before") == std::string::npos,
              !roster.empty())
        << late.out;
  }
}

TEST_F(Again, RejudgingWithTheSameRubricGivesTheSameBytes) {
  const auto before = files_in("grades");
  ASSERT_EQ(rejudge().status, 0);
  EXPECT_EQ(difference(before, files_in("grades")), "");
  fs::remove_all(path("store/verdicts"));
  const Result from_outcomes = rejudge();
  ASSERT_EQ(from_outcomes.status, 0) << from_outcomes.err;
  EXPECT_EQ(difference(before, files_in("grades")), "");
  const Result other = pset3({"rejudge", "grades", "--store", "store"});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.err, HasSubstr("another course secret"));
}

TEST_F(Again, DiffTellsWhoseGradeChangedByWhichCheckAndWhy) {
  EXPECT_THAT(pset3({"diff", "grades", "grades"}).out, HasSubstr("0 of 2 submissions differ"));
  fs::remove_all(path("in/ben"));
  solution("in/ben");
  const Result better = grade("second", {"--compare-with", "grades"});
  EXPECT_EQ(better.status, 0) << better.err;
  EXPECT_THAT(better.out, AllOf(HasSubstr("p1.b.survivors: 0 of 5, failed -> 5 of 5, passed"),
                                HasSubstr("Changed: submission: carve.cpp"), HasSubstr("1 rose")));
  fs::remove_all(path("in/ben"));
  swapped("in/ben");
  const Result worse = grade("third", {"--compare-with", "second"});
  EXPECT_EQ(worse.status, 0) << "it is the student's own doing: " << worse.err;
  EXPECT_THAT(worse.out, HasSubstr("1 fell"));
}

TEST_F(Again, AGradeThatFallsWithTheSameFilesFailsTheComparison) {
  fs::copy(small_course(), path("course"), fs::copy_options::recursive);
  fs::copy_file(path(other_rubric()), path("course/fixtures/p1_space_carving/rubric.json"),
                fs::copy_options::overwrite_existing);
  environment_["PSET3_HOME"] = path("course").string();
  const Result worse = grade("second", {"--compare-with", "grades"});
  EXPECT_EQ(worse.status, 1) << worse.out;
  EXPECT_THAT(worse.err, HasSubstr("graded lower than in grades, with the same files: ben"));
  EXPECT_EQ(grade("second", {"--compare-with", "second"}).status, 2);
  EXPECT_EQ(grade("third", {"--compare-with", "nowhere"}).status, 2);
}

TEST_F(Again, StoreIsListedVerifiedAndCleanedButNotWhileItIsUsed) {
  EXPECT_THAT(pset3({"store", "list", "--store", "store"}).out, HasSubstr("verdicts"));
  EXPECT_EQ(pset3({"store", "list", "--store", "nowhere"}).status, 2);
  EXPECT_EQ(pset3({"store", "verify", "--store", "store"}).status, 0);
  for (const auto& [file, bytes] : files_in("store/verdicts")) {
    if (fs::path(file).filename() == "content.cbor") write_file(file, bytes + "damaged");
  }
  const Result damaged = pset3({"store", "verify", "--store", "store"});
  EXPECT_EQ(damaged.status, 1);
  EXPECT_THAT(damaged.out, HasSubstr("2 damaged"));
  EXPECT_EQ(pset3({"store", "verify", "--store", "store"}).status, 0);
  {
    const Descriptor used(::open(path("store/in_use").c_str(), O_RDONLY | O_CLOEXEC));
    ASSERT_EQ(::flock(used.get(), LOCK_SH | LOCK_NB), 0);
    const Result busy = pset3({"store", "clean", "--larger-than", "0K", "--store", "store"});
    EXPECT_EQ(busy.status, 2);
    EXPECT_THAT(busy.err, HasSubstr("is in use"));
  }
  EXPECT_THAT(pset3({"store", "clean", "--older-than", "1d", "--store", "store"}).out,
              HasSubstr("removed 0 results"));
  EXPECT_EQ(pset3({"store", "clean", "--larger-than", "much", "--store", "store"}).status, 2);
  EXPECT_EQ(pset3({"store", "clean", "--larger-than", "0K", "--store", "store"}).status, 0);
  EXPECT_TRUE(files_in("store/run").empty());
  const double before = score("grades", "ben");
  ASSERT_EQ(grade("grades").status, 0);
  EXPECT_EQ(score("grades", "ben"), before);
}

TEST_F(Again, AnUnchangedSubmissionIsNotJudgedAgain) {
  const auto before = files_in("grades");
  fs::remove_all(path("store/run"));
  fs::remove_all(path("store/object"));
  ASSERT_EQ(grade("grades").status, 0);
  EXPECT_FALSE(fs::exists(path("store/object"))) << "something was compiled";
  auto after = files_in("grades");
  EXPECT_EQ(without_times(nlohmann::json::parse(after.begin()->second)),
            without_times(nlohmann::json::parse(before.begin()->second)));
}

}  // namespace
}  // namespace pset3::end_to_end
