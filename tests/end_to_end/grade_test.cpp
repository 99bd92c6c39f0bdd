#include <sys/stat.h>
#include <unistd.h>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class Grade : public Desk {
 protected:
  Grade() { environment_["PSET3_HOME"] = small_course().string(); }

  void command(const std::vector<std::string>& argv) const {
    Process process(argv, {}, path("."));
    ASSERT_EQ(process.wait(), 0) << process.err();
  }
  nlohmann::json results_of(const std::string& name) const {
    return json(path("grades") / name / "results.json");
  }
};

TEST_F(Grade, SolutionGetsAllPointsAndStarterNone) {
  solution("ann");
  fs::copy(small_course() / "starter", path("ben"), fs::copy_options::recursive);
  const Result result = pset3({"grade", "ann", "ben", "--out", "grades"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.err, "") << "without a terminal only problems are told";
  EXPECT_THAT(result.out, AllOf(HasSubstr("35/35"), HasSubstr("0/35")));
  EXPECT_EQ(results_of("ann").at("score"), 35.0);
  EXPECT_EQ(results_of("ben").at("score"), 0.0);
  EXPECT_EQ(json(path("grades/class.json")).at("submissions").size(), 2U);
}

TEST_F(Grade, HiddenFailuresAreDiagnosedForTheStaff) {
  swapped("ann");
  EXPECT_EQ(pset3({"grade", "ann", "--out", "grades"}).status, 0);
  EXPECT_EQ(check_in(results_of("ann"), "p1.b.hidden").at("extra_data").at("mistake"),
            "rows_and_columns_swapped");
}

TEST_F(Grade, WhatCannotBeTakenIsToldAndTheOthersAreGraded) {
  solution("folder");
  command({"zip", "-qr", "packed.zip", "folder"});
  command({"tar", "czf", "tarred.tar.gz", "folder"});
  command({"/usr/bin/python3", "-c",
           "import zipfile\n"
           "with zipfile.ZipFile('bomb.zip', 'w', zipfile.ZIP_DEFLATED) as bomb:\n"
           "    bomb.writestr('p1_space_carving/carve.cpp', bytes(100 << 20))"});
  const std::string zip = read_file(path("packed.zip"));
  write_file(path("damaged.zip"), std::string_view(zip).substr(0, zip.size() / 2));
  fs::create_symlink("round", path("round"));
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  fs::create_directories(path("empty"));
  const Result result =
      pset3({"grade", "folder", "packed.zip", "tarred.tar.gz", "bomb.zip", "damaged.zip", "missing",
             "round", "pipe", "empty", "--out", "grades"});
  EXPECT_EQ(result.status, 2);
  for (const char* refused : {"bomb", "damaged", "missing", "round", "pipe", "empty"}) {
    EXPECT_THAT(result.err, HasSubstr(refused));
    const nlohmann::json results = results_of(refused);
    EXPECT_NE(results.at("extra_data").at("refused"), "") << refused;
  }
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 6) << result.err;
  for (const char* taken : {"folder", "packed", "tarred"}) {
    EXPECT_EQ(results_of(taken).at("score"), 35.0) << taken;
  }
  EXPECT_EQ(json(path("grades/class.json")).at("submissions").size(), 9U);
}

TEST_F(Grade, FolderThatCannotBeReadIsToldAndTheOthersAreGraded) {
  if (::geteuid() == 0) GTEST_SKIP() << "skipped: root can read every folder";
  solution("ann");
  fs::create_directories(path("closed"));
  fs::permissions(path("closed"), fs::perms::none);
  const Result result = pset3({"grade", "ann", "closed", "--out", "grades"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("Permission denied"));
  EXPECT_EQ(results_of("ann").at("score"), 35.0);
  fs::permissions(path("closed"), fs::perms::owner_all);
}

TEST_F(Grade, PublicOnlyNeedsNoSecretAndShowsNothingHidden) {
  solution("ann");
  environment_["PSET3_CACHE"] = shared_cache().string();
  const Result result = pset3({"grade", "ann", "--public-only", "--out", "grades"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(results_of("ann").at("score"), 26.0);
  EXPECT_EQ(results_of("ann").at("tests").size(), 13U);
}

/// Starts pset3 where bubblewrap does not work: the box is at L1.
class WeakBox : public Grade {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "skipped: hiding bubblewrap needs root";
    solution("ann");
  }
  std::unique_ptr<Process> grade_weakly(const std::vector<std::string>& more) const {
    const char* const script = "mount --bind /bin/false /usr/bin/bwrap && exec \"$0\" \"$@\"";
    std::vector<std::string> words = {"unshare",     "--mount", "sh",  "-c",    script,
                                      PSET3_PROGRAM, "grade",   "ann", "--out", "grades"};
    words.insert(words.end(), more.begin(), more.end());
    return std::make_unique<Process>(words, environment_, path("."));
  }
};

TEST_F(WeakBox, IsNotTrustedWithHiddenChecks) {
  const auto careful = grade_weakly({});
  EXPECT_EQ(careful->wait(), 2);
  EXPECT_THAT(careful->err(), AllOf(HasSubstr("hidden checks need a box of level L2"),
                                    HasSubstr("--trust-submissions")));
  EXPECT_FALSE(fs::exists(path("grades")));
}

TEST_F(WeakBox, GradesLikeAnyOtherWhenTrusted) {
  edited("ben", "carve.cpp", "  return kept;", "  return kept");
  edited("cem", "carve.cpp", "  return kept;", "  throw std::runtime_error(\"oh\");");
  const auto trusting = grade_weakly({"ben", "cem", "--trust-submissions"});
  EXPECT_EQ(trusting->wait(), 0) << trusting->err();
  EXPECT_EQ(json(path("grades/ann/results.json")).at("score"), 35) << trusting->out();
  EXPECT_THAT(check_in(results_of("ben"), "p1.b.survivors").at("output").get<std::string>(),
              HasSubstr("carve.cpp:"));
  EXPECT_THAT(check_in(results_of("cem"), "p1.b.survivors").at("output").get<std::string>(),
              HasSubstr(" in carve"));
}

}  // namespace
}  // namespace pset3::end_to_end
