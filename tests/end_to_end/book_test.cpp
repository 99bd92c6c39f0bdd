#include <sstream>

#include "grader/base/files.hpp"
#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// A TA's week with Amy, who is right, and Bob, who swaps rows and columns and was late.
class GradebookWeek : public Desk {
 protected:
  GradebookWeek() {
    environment_["PSET3_HOME"] = small_course().string();
    environment_["USER"] = "ann";
    solution("right");
    swapped("wrong");
    write_file(path("roster.csv"),
               "id,name,email\n1001,Amy Adams,amy@uni.edu\n1002,Bob Brown,bob@uni.edu\n");
    write_file(path("policy.json"),
               "{\"zone\": \"America/Los_Angeles\", \"percent_per_day\": 10,\n"
               " \"deadlines\": [{\"name\": \"pset3\", \"due\": \"2026-11-20 23:59\"}]}\n");
  }

  /// What Canvas would have made of an upload of all files.
  void upload(const std::string& from, const std::string& prefix) const {
    fs::create_directories(path(prefix).parent_path());
    int number = 50001;
    for (const char* file : {"carve", "form_initial_voxels", "get_voxel_bounds"}) {
      fs::copy_file(path(from) / "p1_space_carving" / (std::string(file) + ".cpp"),
                    path(prefix + std::to_string(number++) + "_" + file + ".cpp"),
                    fs::copy_options::overwrite_existing);
    }
  }
  Result grade(const std::string& out) const {
    return pset3({"grade", "in", "--roster", "roster.csv", "--out", out});
  }
  std::string done(const std::vector<std::string>& arguments) const {
    const Result result = pset3(arguments);
    EXPECT_EQ(result.status, 0) << result.err;
    return result.out;
  }
  std::string book(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "gradebook");
    return done(arguments);
  }
};

TEST_F(GradebookWeek, GoesFromTheDownloadToTheExport) {
  upload("right", "in/adamsamy_1001_");
  upload("wrong", "in/brownbob_1002_");
  ASSERT_EQ(grade("grades").status, 0);
  EXPECT_THAT(book({"init", "--roster", "roster.csv", "--policy", "policy.json"}),
              HasSubstr("2 students"));
  EXPECT_THAT(book({"import", "grades"}), HasSubstr("2 graded submissions, 0 new students"));
  EXPECT_THAT(book({"import", "grades"}), HasSubstr("Nothing new"));

  book({"sheet", "--out", "written.csv"});
  write_file(path("written.csv"),
             "student,p1.e.written,p1.e.written comment\n1001,4.5,Nice\n1002,7,\n");
  const Result refused = pset3({"gradebook", "load", "written.csv"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err,
              AllOf(HasSubstr("written.csv:3: p1.e.written: expected 0 to 5 points, found 7"),
                    HasSubstr("nothing was stored")));
  EXPECT_THAT(book({"show", "Amy Adams"}), HasSubstr("p1.e.written: open"));
  write_file(path("written.csv"),
             "student,p1.e.written,p1.e.written comment\n1001,4.5,Nice\n1002,3,\n");
  EXPECT_THAT(book({"load", "written.csv"}), HasSubstr("2 scores; 0 as before; 0 left open"));
  EXPECT_THAT(book({"show", "Amy Adams"}), AllOf(HasSubstr("39.5 of 40"), HasSubstr("Nice (ann)")));

  book({"time", "1002", "pset3", "2026-11-21 12:00"});
  book({"override", "1002", "p1.b.survivors", "1", "--reason", "shown in the office hour"});
  EXPECT_THAT(book({"show", "1002"}),
              AllOf(HasSubstr("1 day at 10 %"), HasSubstr("overridden by ann: shown")));
  upload("right", "in/brownbob_1002_");
  ASSERT_EQ(grade("again").status, 0);
  EXPECT_THAT(book({"import", "again"}),
              HasSubstr("Look at    Bob Brown: p1.b.survivors: ann gave 1"));
  EXPECT_THAT(book({"check"}),
              AllOf(HasSubstr("2 students, 1 flag to look at"),
                    HasSubstr("Look at    Bob Brown: p1.b.survivors"), HasSubstr("--withdraw")));
  EXPECT_THAT(book({"show"}), HasSubstr("Look at    Bob Brown: p1.b.survivors"));

  done({"export", "csv", "--out", "all.csv"});
  EXPECT_THAT(read_file(path("all.csv")), HasSubstr("Amy Adams,1001,amy@uni.edu,,39.5,40,0,0"));
  write_file(path("canvas.csv"),
             "Student,ID,SIS User ID,SIS Login ID,Section,Carving (7)\nPoints Possible,,,,,40\n"
             "\"Adams, Amy\",1001,s1,amy,S1,\n");
  EXPECT_THAT(done({"export", "canvas", "--roster", "canvas.csv", "--assignment", "Carving",
                    "--out", "up.csv"}),
              HasSubstr("Bob Brown is in the gradebook and not on the roster"));
  EXPECT_THAT(read_file(path("up.csv")), HasSubstr("\"Adams, Amy\",1001,s1,amy,S1,39.5"));
  done({"export", "feedback", "--layout", "canvas", "--out", "feedback.zip"});
  EXPECT_THAT(read_file(path("feedback.zip")),
              AllOf(HasSubstr("adamsamy_1001_50003_feedback.txt"),
                    HasSubstr("brownbob_1002_50003_feedback.txt")));
  const Result moodle = pset3({"export", "feedback", "--layout", "moodle", "--out", "moodle.zip"});
  EXPECT_EQ(moodle.status, 2);
  EXPECT_THAT(moodle.err, HasSubstr("this class came from Canvas: --layout canvas"));
  EXPECT_FALSE(fs::exists(path("moodle.zip")));
  EXPECT_THAT(done({"stats", "again", "--again", "grades"}),
              AllOf(HasSubstr("2 submissions graded, of 35 points"), HasSubstr("tells apart"),
                    HasSubstr("No verdict differs")));
}

TEST_F(GradebookWeek, EveryExampleOfAnEntrySaysWhoEntersIt) {
  for (const char* verb : {"score", "load", "comment", "override", "extension", "time"}) {
    std::istringstream help(book({verb, "--help"}));
    int examples = 0;
    for (std::string line; std::getline(help, line);) {
      if (line.rfind("  ./pset3 gradebook ", 0) != 0) continue;
      ++examples;
      EXPECT_THAT(line, HasSubstr(" --by ann"));
      EXPECT_THAT(line, Not(HasSubstr(" 1001 pset3 "))) << "the policy's deadline is \"first\"";
    }
    EXPECT_GT(examples, 0) << verb;
  }
  EXPECT_THAT(book({"load", "--help"}), HasSubstr("what `sheet` wrote, filled in"));
  EXPECT_THAT(book({"policy", "--help"}), HasSubstr("\"name\": \"first\""));
}

TEST_F(GradebookWeek, SaysWhatIsMissing) {
  const Result no_book = pset3({"gradebook", "show"});
  EXPECT_EQ(no_book.status, 2);
  EXPECT_THAT(no_book.err,
              HasSubstr("there is no gradebook gradebook.sqlite; `pset3 gradebook init`"));
  write_file(path("bad.json"), "{\"zone\": \"Mars\", \"deadlines\": []}");
  const Result bad = pset3({"gradebook", "init", "--policy", "bad.json"});
  EXPECT_EQ(bad.status, 2);
  EXPECT_THAT(bad.err, HasSubstr("there is no time zone \"Mars\""));
  EXPECT_FALSE(fs::exists(path("gradebook.sqlite")));
  book({"init"});
  EXPECT_EQ(pset3({"gradebook", "init"}).status, 2);
  EXPECT_EQ(pset3({"gradebook", "import", "right"}).status, 2);
  EXPECT_EQ(pset3({"gradebook", "score", "1001", "p1.e.written"}).status, 2);
}

TEST_F(GradebookWeek, SimilarSubmissionsAreToldSideBySide) {
  if (!fs::exists("/usr/bin/sim_c++")) GTEST_SKIP() << "similarity-tester is not installed";
  solution("in/amy");
  swapped("in/bob");
  const std::string text = done({"similar", "in", "--parts", "p1"});
  EXPECT_THAT(text, AllOf(HasSubstr("Look at  amy and bob in p1"), Not(HasSubstr("copied"))));
  done({"grade", "in", "--out", "grades", "--no-html"});
  const std::string graded = done({"similar", "grades"});
  EXPECT_THAT(graded, HasSubstr("Look at  amy and bob in p1"));
  EXPECT_EQ(graded.substr(graded.find("Look at")), text.substr(text.find("Look at")));
  const Result elsewhere = pset3({"similar", "grades", "--store", "empty"});
  EXPECT_EQ(elsewhere.status, 2);
  EXPECT_THAT(elsewhere.err, HasSubstr("amy: left out: the store has no files of p1; name what"));
  const Result results = pset3({"similar", "right/nothing"});
  EXPECT_EQ(results.status, 2);
}

}  // namespace
}  // namespace pset3::end_to_end
