#include <cstdlib>

#include "grader/base/hash.hpp"
#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Pack : public Desk {
 protected:
  Pack() { environment_["PSET3_HOME"] = small_course().string(); }

  std::string packed(const std::string& name) const { return read_file(path(name)); }
};

TEST_F(Pack, HoldsExactlyWhatIsGradedAndAReceipt) {
  const fs::path submission = solution("hw3");
  write_file(submission / "p1_space_carving/notes.txt", "not graded");
  write_file(submission / "p1_space_carving/own.hpp", "#pragma once\n");
  const Result result = pset3({"pack", "--dir", "hw3", "--out", "out/hw.zip"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("26 of 26 points from the public checks"),
                                HasSubstr(sha256_of(packed("out/hw.zip")))));
  Process list({"/usr/bin/python3", "-m", "zipfile", "-l", path("out/hw.zip").string()}, {},
               path("."));
  EXPECT_EQ(list.wait(), 0) << list.err();
  for (const char* name :
       {"receipt.json", "p1_space_carving/carve.cpp", "p1_space_carving/form_initial_voxels.cpp",
        "p1_space_carving/get_voxel_bounds.cpp", "p1_space_carving/own.hpp"}) {
    EXPECT_THAT(list.out(), HasSubstr(name));
  }
  EXPECT_THAT(list.out(), Not(HasSubstr("notes.txt")));
  EXPECT_EQ(pset3({"check", "--dir", "out/hw.zip"}).status, 0);
}

TEST_F(Pack, GivesTheSameBytesForTheSameFiles) {
  solution("hw3");
  ASSERT_EQ(pset3({"pack", "--dir", "hw3", "--out", "one.zip"}).status, 0);
  fs::last_write_time(path("hw3/p1_space_carving/carve.cpp"),
                      fs::file_time_type::clock::now() - std::chrono::hours(50));
  environment_["TZ"] = "Asia/Tokyo";
  ASSERT_EQ(pset3({"pack", "--dir", "hw3", "--out", "two.zip"}).status, 0);
  EXPECT_EQ(packed("one.zip"), packed("two.zip"));
}

TEST_F(Pack, RefusesWhatIsNotReadyAndSaysWhy) {
  const fs::path part =
      edited("hw3", "carve.cpp", "  return kept;", "  return kept") / "p1_space_carving";
  fs::remove(part / "form_initial_voxels.cpp");
  fs::copy(small_course() / "starter/p1_space_carving/get_voxel_bounds.cpp",
           part / "get_voxel_bounds.cpp", fs::copy_options::overwrite_existing);
  write_file(part / "more.cpp", "int more;\n");
  const Result result = pset3({"pack", "--dir", "hw3"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(
      result.err,
      AllOf(HasSubstr("p1_space_carving/form_initial_voxels.cpp is missing"),
            HasSubstr("p1_space_carving/carve.cpp:36:14 does not compile: expected ';'"),
            HasSubstr("p1_space_carving/get_voxel_bounds.cpp: get_voxel_bounds is not written yet"),
            HasSubstr("p1_space_carving/more.cpp was not taken")));
  EXPECT_FALSE(fs::exists(path("hw.zip")));
  EXPECT_EQ(pset3({"pack", "--dir", "hw3", "--incomplete"}).status, 0);
  EXPECT_TRUE(fs::exists(path("hw.zip")));
}

TEST_F(Pack, OfAnUntouchedStarterIsRefused) {
  const Result result = pset3({"pack", "--dir", (small_course() / "starter").string()});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("nothing is written yet in starter"));
}

TEST_F(Pack, GradeSaysWhenAHandInDiffersFromItsReceipt) {
  solution("hw3");
  ASSERT_EQ(pset3({"pack", "--dir", "hw3"}).status, 0);
  Process unpack({"/usr/bin/python3", "-m", "zipfile", "-e", "hw.zip", "ada"}, {}, path("."));
  ASSERT_EQ(unpack.wait(), 0);
  EXPECT_THAT(pset3({"grade", "ada", "--dry-run"}).out, Not(HasSubstr("receipt")));
  const fs::path file = path("ada/p1_space_carving/carve.cpp");
  write_file(file, read_file(file) + "// late\n");
  const Result result = pset3({"grade", "ada", "--public-only", "--out", "grades"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(read_file(path("grades/ada/report.txt")),
              HasSubstr("carve.cpp was changed after `pset3 pack` had made the receipt"));
}

class Ci : public Pack {};

TEST_F(Ci, StepOfGithubGetsAnnotationsASummaryAndOutputs) {
  edited("hw3", "carve.cpp", "  return kept;", "  return kept");
  environment_["GITHUB_WORKSPACE"] = path(".").string();
  environment_["GITHUB_STEP_SUMMARY"] = path("summary.md").string();
  environment_["GITHUB_OUTPUT"] = path("output.txt").string();
  const Result result = pset3({"check", "--dir", "hw3", "--ci", "github"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, AllOf(HasSubstr("\n::error file=hw3/p1_space_carving/carve.cpp,line=36"),
                                ::testing::StartsWith("::stop-commands::")));
  EXPECT_THAT(read_file(path("summary.md")), HasSubstr("| p1 | Space carving |"));
  EXPECT_THAT(read_file(path("output.txt")), HasSubstr("max_points=26\n"));
}

TEST_F(Ci, StatusFollowsTheThreshold) {
  edited("hw3", "carve.cpp", "  return kept;", "  return kept");
  EXPECT_EQ(pset3({"check", "--dir", "hw3", "--fail-under", "5"}).status, 0);
  EXPECT_EQ(pset3({"check", "--dir", "hw3", "--fail-under", "20%"}).status, 0);
  const Result result = pset3({"check", "--dir", "hw3", "--fail-under", "80%"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("fewer points than the 80 %"));
  EXPECT_EQ(pset3({"check", "--dir", "hw3", "--fail-under", "many"}).status, 2);
  EXPECT_EQ(pset3({"check", "--dir", "hw3", "--fail-under", "101%"}).status, 2);
}

TEST_F(Ci, StoredResultsAreExportedAsTheyWouldHaveBeenWritten) {
  solution("hw3");
  pset3({"check", "--dir", "hw3", "--json", "results.json", "--junit", "out/junit.xml"});
  const Result junit = pset3({"export", "junit", "results.json"});
  EXPECT_EQ(junit.status, 0) << junit.err;
  EXPECT_EQ(junit.out, read_file(path("out/junit.xml")));
  EXPECT_EQ(pset3({"export", "classroom", "results.json", "--out", "classroom.json"}).status, 0);
  EXPECT_EQ(json(path("classroom.json")).at("status"), "pass");
  EXPECT_EQ(pset3({"export", "gradescope", "results.json"}).out.find("extra_data"),
            std::string::npos);
  EXPECT_EQ(pset3({"export", "junit", "out/junit.xml"}).status, 2);
}

}  // namespace
}  // namespace pset3::end_to_end
