#include <csignal>

#include "tests/end_to_end/desk.hpp"
#include "tests/end_to_end/generated_class.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class GradeClass : public Desk {
 protected:
  GradeClass() {
    environment_["PSET3_HOME"] = small_course().string();
    solution("right");
    swapped("wrong");
  }

  /// A file of one of the two submissions, as an upload.
  void upload(const std::string& from, const std::string& file, const std::string& name) const {
    fs::create_directories(path(name).parent_path());
    fs::copy_file(path(from) / "p1_space_carving" / (file + ".cpp"), path(name));
  }
  void upload_all(const std::string& from, const std::string& prefix) const {
    int number = 1;
    for (const char* file : {"carve", "form_initial_voxels", "get_voxel_bounds"}) {
      upload(from, file, prefix + std::to_string(number++) + "_" + file + ".cpp");
    }
  }
  void student(const std::string& from, const std::string& to) const {
    fs::create_directories(path(to).parent_path());
    fs::copy(path(from), path(to), fs::copy_options::recursive);
  }
  nlohmann::json row(const std::string& name, const std::string& out = "grades") const {
    const nlohmann::json document = json(path(out) / "class.json");
    for (const nlohmann::json& entry : document.at("submissions")) {
      if (entry.at("name") == name) return entry;
    }
    return {};
  }
  std::size_t rows(const std::string& out = "grades") const {
    return json(path(out) / "class.json").at("submissions").size();
  }
};

TEST_F(GradeClass, CanvasDownloadBecomesARowAStudent) {
  upload_all("right", "in/adamsamy_1001_500");
  upload_all("wrong", "in/brownbob_LATE_1002_510");
  write_file(path("in/clarkcat_1003_5200_report.pdf"), "%PDF");
  write_file(path("roster.csv"),
             "id,name,section\n1001,Amy Adams,A\n1002,Bob Brown,B\n7,Dan Davis,B\n");
  const Result result = pset3({"grade", "in", "--roster", "roster.csv", "--out", "grades"});
  EXPECT_EQ(result.status, 2) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("a Canvas download with 3 hand-ins (guessed"), HasSubstr("  late")));
  EXPECT_THAT(result.err, HasSubstr("clarkcat: no file of the assignment"));
  EXPECT_EQ(rows(), 4U);
  EXPECT_EQ(row("Amy_Adams").at("score"), 35.0);
  EXPECT_EQ(row("Amy_Adams").at("hand_in").at("students").at(0).at("section"), "A");
  EXPECT_TRUE(row("Bob_Brown").at("hand_in").at("late"));
  EXPECT_THAT(row("clarkcat").at("refused"), HasSubstr("report.pdf"));
  EXPECT_EQ(row("Dan_Davis").at("refused"), "nothing was handed in");
}

TEST_F(GradeClass, DryRunShowsWhoHandsInWhatAndGradesNothing) {
  student("right", "in/amy");
  fs::create_directories(path("in/bob"));
  upload("right", "carve", "in/cat/p1_space_carving/carve.cpp");
  write_file(path("in/grades.csv"), "");
  const Result result = pset3({"grade", "in", "--dry-run", "--out", "grades"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.out, AllOf(HasSubstr("amy  p1 3/3\n"), HasSubstr("bob  refused: "),
                                HasSubstr("p1_space_carving: not handed in: form_initial"),
                                HasSubstr("Left out   grades.csv: a table")));
  EXPECT_FALSE(fs::exists(path("grades")));
}

TEST_F(GradeClass, DryRunTellsOnceWhatNobodyHandedIn) {
  student("right", "in/amy");
  student("right", "in/bob");
  fs::create_directories(path("in/bob/p0_neural_nets"));
  fs::copy_file(fs::path(PSET3_SOURCE_DIR) / "solution/p0_neural_nets/mlp.cpp",
                path("in/bob/p0_neural_nets/mlp.cpp"));
  environment_.erase("PSET3_HOME");
  const Result result = pset3({"grade", "in", "--dry-run"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("amy  p1 3/3; nothing of p0\n"), HasSubstr("bob  p0 1/8, p1 3/3\n"),
                    HasSubstr("handed in p2,p3,p4; --parts p0,p1 leaves these out"),
                    Not(HasSubstr("none of its files is there"))));
}

TEST_F(GradeClass, DryRunFindsEveryStudentOfEveryDownload) {
  ClassPlan plan;
  plan.students = 40;
  const std::vector<GeneratedStudent> students = generate_class(small_course(), plan);
  for (const Download download : kDownloads) {
    const std::string name = name_of(download);
    write_download(students, download, path(name));
    const Result result = pset3({"grade", name, "--dry-run"});
    EXPECT_EQ(result.status, 0) << result.out << result.err;
    std::size_t whole = 0;
    for (std::size_t at = 0; (at = result.out.find("  p1 3/3", at)) != std::string::npos; ++at) {
      ++whole;
    }
    EXPECT_EQ(whole, students.size()) << result.out;
    EXPECT_THAT(result.out, HasSubstr(" with 40 hand-ins (guessed"));
  }
}

TEST_F(GradeClass, OneMoreStudentAddsARowAndOverwritesNobody) {
  for (const char* name : {"amy", "bob"}) {
    student(name == std::string("amy") ? "right" : "wrong", std::string("x/") + name + "/hw");
  }
  EXPECT_EQ(pset3({"grade", "x/amy/hw", "--out", "grades"}).status, 0);
  const double before = row("amy").at("score");
  const Result result = pset3({"grade", "x/bob/hw", "--out", "grades"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("1 row of earlier gradings"));
  EXPECT_EQ(rows(), 2U);
  EXPECT_EQ(row("amy").at("score"), before);
  EXPECT_LT(row("bob").at("score"), before);
}

TEST_F(GradeClass, OwnReportsAreNeverAnInput) {
  student("right", "in/amy");
  student("wrong", "in/bob");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(pset3({"grade", "in", "--out", "in/out"}).status, 0);
    EXPECT_EQ(rows("in/out"), 2U);
  }
  EXPECT_EQ(pset3({"grade", "in/amy", "in/bob", "in/out", "--out", "in/out"}).status, 0);
  EXPECT_EQ(rows("in/out"), 2U);
}

TEST_F(GradeClass, TheLastHandInCountsOrTheBest) {
  upload_all("right", "in/adamsamy_1001_500");
  upload("wrong", "carve", "in/adamsamy_1001_6001_carve-1.cpp");
  EXPECT_EQ(pset3({"grade", "in", "--out", "last"}).status, 0);
  EXPECT_EQ(pset3({"grade", "in", "--out", "best", "--several", "best"}).status, 0);
  EXPECT_LT(row("adamsamy", "last").at("score"), 35.0);
  EXPECT_EQ(row("adamsamy", "best").at("score"), 35.0);
  EXPECT_THAT(read_file(path("best/adamsamy/report.txt")), HasSubstr("number 1, the best, counts"));
}

TEST_F(GradeClass, WritesTheSameBytesWhateverTheNumberOfWorkers) {
  for (const char* name : {"in/a", "in/b", "in/c"}) student("right", name);
  for (const char* name : {"in/d", "in/e"}) student("wrong", name);
  const auto grade = [&](const std::string& out, const std::string& jobs,
                         const std::string& store) {
    const Result result = pset3({"grade", "in", "--out", out, "--jobs", jobs, "--store", store});
    EXPECT_EQ(result.status, 0) << result.err;
  };
  grade("one", "1", "store_1");
  grade("three", "3", "store_2");
  grade("four", "4", "store_2");
  EXPECT_EQ(read_file(path("one/class.json")), read_file(path("three/class.json")));
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    const nlohmann::json three = json(path("three") / name / "results.json");
    EXPECT_EQ(without_times(json(path("one") / name / "results.json")), without_times(three));
    EXPECT_EQ(json(path("four") / name / "results.json").at("tests"), three.at("tests"));
  }
  EXPECT_EQ(json(path("three/a/results.json")).at("tests"),
            json(path("three/b/results.json")).at("tests"))
      << "equal files were run twice: their times differ";
}

TEST_F(GradeClass, CtrlCFinishesWhatRunsAndSaysHowToGoOn) {
  edited("in/a", "carve.cpp", "  return kept;",
         "  for (volatile bool on = true; on;) {\n  }\n  return kept;");
  student("right", "in/b");
  const auto process = start({"grade", "in", "--out", "grades", "--jobs", "1", "--store", "store"});
  ASSERT_TRUE(wait_until([&] { return process->err().find("now: a") != std::string::npos; },
                         std::chrono::minutes(1)))
      << process->err();
  process->signal(SIGINT);
  EXPECT_EQ(process->wait(), -SIGINT);
  EXPECT_THAT(process->err(), HasSubstr("the same command goes on"));
  EXPECT_FALSE(fs::exists(path("grades/b")));
}

TEST_F(GradeClass, HostileNamesHaveOneFolderEachAndAreShownWithBothNames) {
  for (const std::string& name :
       {std::string("\x1b]0;owned\x07"), std::string("class.json"), std::string("\xE2\x80\x8B"),
        std::string("\xE2\x80\xAEgpj.exe"), std::string("a\nPASSED 90/90")}) {
    student("right", "in/" + name);
  }
  const Result result = pset3({"grade", "in", "--out", "grades"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(rows(), 5U);
  EXPECT_EQ(row("_class.json").at("score"), 35.0);
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("called \"class.json\""), HasSubstr("called \"\\x1b]0;owned"),
                    HasSubstr("called \"\\u{200b}\""), Not(HasSubstr("\x1b")),
                    Not(HasSubstr("\xE2\x80\xAE"))));
  for (const auto& entry : fs::directory_iterator(path("grades"))) {
    EXPECT_EQ(entry.path().filename().string().find_first_of("\x1b\n\x07"), std::string::npos);
  }
}

}  // namespace
}  // namespace pset3::end_to_end
