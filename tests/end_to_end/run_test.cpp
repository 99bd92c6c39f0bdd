#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "grader/worlds/turntable.hpp"
#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// Four small views, made once.
const fs::path& small_data() {
  static const fs::path data = [] {
    const fs::path folder = shared_cache().parent_path() / "data";
    worlds::TurntableOptions options;
    options.views = 4;
    options.width = 160;
    options.height = 120;
    worlds::write_turntable(folder, options);
    return folder;
  }();
  return data;
}

class Run : public Desk {
 protected:
  Run() {
    fs::copy(small_data(), path("views"), fs::copy_options::recursive);
    solution("ann");
  }
  Result run(const std::string& data = "views", const std::string& submission = "ann") const {
    return pset3({"run", "p1", "--dir", submission, "--data", data, "--out", "pictures", "--voxels",
                  "20000", "--draft"});
  }
  /// That there is one line, which names the file as the user would.
  void expect_complaint(const Result& result, const std::string& file) const {
    EXPECT_EQ(result.status, 2) << result.err;
    EXPECT_THAT(result.err, HasSubstr(file));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_FALSE(fs::exists(path("pictures")));
  }
};

TEST_F(Run, LeavesThePicturesMeshesAndTables) {
  const Result result = run();
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("Written to pictures"));
  for (const char* file :
       {"a_grid.png", "b_first_carve.png", "c_final_carve.png", "d_bounds.png", "e_views.png",
        "silhouettes.png", "hull.ply", "mesh.ply", "views.csv", "summary.txt"}) {
    EXPECT_TRUE(fs::exists(path("pictures") / file)) << file;
  }
}

TEST_F(Run, WhatASubmissionPrintsAndNamesIsSafeForATerminal) {
  edited("eve", "carve.cpp", "  return kept;",
         "  std::fputs(\"\\x1b]52;c;aGk=\\x07\", stdout);\n"
         "  if (std::FILE* file = std::fopen(\"/out/a\\x1b[31m.txt\", \"w\")) {\n"
         "    std::fputs(\"\\x1b]0;owned\\x07\", file);\n"
         "    std::fclose(file);\n"
         "  }\n"
         "  return kept;");
  const fs::path carve = path("eve/p1_space_carving/carve.cpp");
  write_file(carve, "#include <cstdio>\n" + read_file(carve));
  const Result result = run("views", "eve");
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\\x1b]52;c;aGk=\\x07"));
  EXPECT_EQ((result.out + result.err).find('\x07'), std::string::npos);
  EXPECT_EQ(read_file(path("pictures/a__31m.txt")), "\\x1b]0;owned\\x07");
}

TEST_F(Run, MissingFileIsNamed) {
  fs::remove(path("views/images/002.png"));
  expect_complaint(run(), "views/images/002.png");
}

TEST_F(Run, FilesAreNamedAsTheUserNamedThemWhateverTheFolder) {
  for (const char* const place : {"/tmp", "/dev/shm", "/etc", "/run", "/usr/local", "/var/tmp"}) {
    if (::access(place, W_OK) != 0) continue;
    const TemporaryFolder folder(place);
    fs::copy(small_data(), folder.path() / "views", fs::copy_options::recursive);
    fs::remove(folder.path() / "views/images/002.png");
    const std::string data = (folder.path() / "views").string();
    expect_complaint(run(data), "error: " + data + "/images/002.png: ");
  }
}

TEST_F(Run, FilesAreNamedAsTheUserNamedThemHoweverTheFolderIsWritten) {
  fs::remove(path("views/images/002.png"));
  expect_complaint(run("views/"), "error: views/images/002.png: ");
  expect_complaint(run("./views/../views"), "error: ./views/../views/images/002.png: ");
  fs::copy(path("views"), path("."), fs::copy_options::recursive);
  expect_complaint(run("."), "error: ./images/002.png: ");
}

TEST_F(Run, ExercisesHelpShowsHowTheUserCallsIt) {
  const Result result = pset3({"run", "p1", "--dir", "ann", "--", "--help"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Usage: ./pset3 run p1 [OPTIONS]"));
}

TEST_F(Run, TruncatedPictureIsNamed) {
  fs::resize_file(path("views/silhouettes/001.png"), 60);
  expect_complaint(run(), "views/silhouettes/001.png");
}

TEST_F(Run, SilhouetteOfAnotherSizeIsNamed) {
  worlds::TurntableOptions options;
  options.views = 2;
  options.width = 80;
  options.height = 60;
  worlds::write_turntable(path("smaller"), options);
  fs::copy_file(path("smaller/silhouettes/001.png"), path("views/silhouettes/001.png"),
                fs::copy_options::overwrite_existing);
  expect_complaint(run(), "views/silhouettes/001.png");
}

TEST_F(Run, NotANumberInTheCamerasIsNamed) {
  nlohmann::json cameras = json(path("views/cameras.json"));
  cameras["views"][2]["P"][1][3] = nullptr;  // what most writers make of a NaN
  write_file(path("views/cameras.json"), cameras.dump());
  expect_complaint(run(), "views/cameras.json");
  std::string text = cameras.dump();
  text.replace(text.find("null"), 4, "NaN");
  write_file(path("views/cameras.json"), text);
  expect_complaint(run(), "views/cameras.json");
}

TEST_F(Run, FolderThatIsNotThereIsNamed) {
  const Result result = run("nowhere");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("nowhere"));
}

TEST_F(Run, StubsAreListedAsStillOpen) {
  const Result result = run("views", (fs::path(PSET3_SOURCE_DIR) / "starter").string());
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, AllOf(HasSubstr("form_initial_voxels is not written yet"),
                                HasSubstr("get_voxel_bounds is not written yet")));
}

TEST_F(Run, WhatDoesNotCompileIsShownWithItsLine) {
  edited("ben", "carve.cpp", "Eigen::Index count = 0;", "Eigen::Index count = 0");
  const Result result = run("views", "ben");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("carve.cpp:22:"));
}

TEST_F(Run, UnknownOptionIsRefused) {
  const Result result = pset3({"run", "p1", "--dir", "ann", "--data", "views", "--voxel", "9"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("--voxel"));
}

TEST_F(Run, DataThatTheBoxCannotReachIsCopiedToWhereItCan) {
  fs::create_directories(path("private"));
  fs::rename(path("views"), path("private/views"));
  fs::permissions(path("private"), static_cast<fs::perms>(0700));
  fs::permissions(path("private/views/cameras.json"), static_cast<fs::perms>(0600));
  const Result result = run("private/views");
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_TRUE(fs::exists(path("pictures/c_final_carve.png")));
}

/// Looks for programs of the whole machine, so nothing may run beside it.
class RunInterrupted : public Run {};

TEST_F(RunInterrupted, EndsAll) {
  edited("ben", "carve.cpp", "  return kept;",
         "  for (volatile bool on = true; on;) {\n  }\n  return kept;");
  const auto process = start({"run", "p1", "--dir", "ben", "--data", "views", "--out", "pictures"});
  ASSERT_TRUE(wait_until([] { return is_named_by_a_process("/program"); })) << process->err();
  process->signal(SIGINT);
  EXPECT_EQ(process->wait(), -SIGINT);
  EXPECT_TRUE(wait_until([] { return !is_named_by_a_process("/program"); }));
}

}  // namespace
}  // namespace pset3::end_to_end
