#include <unistd.h>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Doctor : public Desk {};

TEST_F(Doctor, ProvesTheLevelOfTheBoxAndFindsAllWell) {
  const Result result = pset3({"doctor"});
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("level L"), HasSubstr("/etc/shadow: refused"),
                    HasSubstr("compile and run a program: done"), HasSubstr("All is well."),
                    HasSubstr("hidden checks included"), Not(HasSubstr("BAD"))));
}

/// Starts doctor where another file lies in place of bubblewrap.
class DoctorWithoutBubblewrap : public Desk {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "skipped: hiding bubblewrap needs root";
    environment_["PSET3_HOME"] = small_course().string();
  }
  std::unique_ptr<Process> doctor_with(const std::string& file) const {
    const std::string script = "mount --bind " + file + " /usr/bin/bwrap && exec \"$0\" \"$@\"";
    return std::make_unique<Process>(
        std::vector<std::string>{"unshare", "--mount", "sh", "-c", script, PSET3_PROGRAM, "doctor"},
        environment_, path("."));
  }
};

TEST_F(DoctorWithoutBubblewrap, SaysWhatAWeakBoxAllowsAndThatTheProgramDoesNotRun) {
  const auto doctor = doctor_with("/bin/false");
  EXPECT_EQ(doctor->wait(), 3);
  EXPECT_THAT(doctor->out(),
              AllOf(HasSubstr("BAD  /usr/bin/bwrap: it does not run"), HasSubstr("level L1"),
                    HasSubstr("Hidden checks need L2"), Not(HasSubstr("All is well"))));
}

class Demo : public Desk {};

TEST_F(Demo, GradesThreeSubmissionsAndSaysWhereToGoOn) {
  environment_["PSET3_HOME"] = small_course().string();
  const Result result = pset3({"demo"});
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("untouched_starter"), HasSubstr("reference"),
                                HasSubstr("three_mistakes"), HasSubstr("35/35"),
                                HasSubstr("./pset3 check p1 --dir")));
  for (const char* file :
       {"grades/class.json", "grades/three_mistakes/report.txt", "pictures/c_final_carve.png"}) {
    EXPECT_TRUE(fs::exists(path("out/demo") / file)) << file;
  }
  const nlohmann::json results = json(path("out/demo/grades/three_mistakes/results.json"));
  EXPECT_EQ(results.at("score"), 35.0 - 1.0 - 5.0 - 3.0) << "each mistake its dearest check";

  fs::remove_all(path("out/demo/pictures"));
  const Result again = pset3({"demo"});
  EXPECT_EQ(again.out, result.out);
  EXPECT_THAT(again.err, Not(HasSubstr("carving"))) << "shown as it was made the first time";
  EXPECT_TRUE(fs::exists(path("out/demo/pictures/c_final_carve.png")));
}

}  // namespace
}  // namespace pset3::end_to_end
