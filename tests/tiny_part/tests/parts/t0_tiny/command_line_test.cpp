// The tiny part through the real command line: what a new part gets without a line of change in
// intake, build, box, run, report and app.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "grader/base/process.hpp"
#include "tests/tiny_part/home.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using pset3::testing::TinyHome;
using ::testing::HasSubstr;
using ::testing::Not;

class TinyPart : public ::testing::Test {
 protected:
  TinyPart() { ::setenv("PSET3_HOME", home_.root().c_str(), 1); }
  ~TinyPart() override { ::unsetenv("PSET3_HOME"); }

  ProcessResult pset3(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), PSET3_TINY_PROGRAM);
    arguments.insert(arguments.end(), {"--store", home_.store().string()});
    return run_process(arguments, home_.root());
  }
  void make_fixtures() {
    const ProcessResult result = pset3({"author", "fixtures"});
    ASSERT_EQ(result.status, 0) << result.output;
  }
  /// Check id -> what extra_data says about it under `key`.
  static std::map<std::string, std::string> of_checks(const fs::path& results, const char* key) {
    const json document = json::parse(read_file(results));
    std::map<std::string, std::string> found;
    for (const json& test : document.at("tests")) {
      const json& extra = test.at("extra_data");
      found[extra.at("check")] = extra.value(key, "");
    }
    return found;
  }
  using Words = std::map<std::string, std::string>;

  TinyHome home_;
};

TEST_F(TinyPart, HasTheStarterThatItsSolutionGives) {
  const ProcessResult result = pset3({"author", "starter", "--check"});
  EXPECT_EQ(result.status, 0) << result.output;
  write_file(home_.starter() / "mean.cpp", "// empty\n");
  EXPECT_EQ(pset3({"author", "starter", "--check"}).status, 1);
  EXPECT_EQ(pset3({"author", "starter"}).status, 0);
  EXPECT_EQ(pset3({"author", "starter", "--check"}).status, 0);
}

TEST_F(TinyPart, SaysWhatIsMissingBeforeFixturesAreMade) {
  const ProcessResult result = pset3({"check", "t0"});
  EXPECT_EQ(result.status, 2) << result.output;
  EXPECT_THAT(result.output, HasSubstr("recorded.json"));
  EXPECT_THAT(result.output, HasSubstr("author fixtures"));
}

TEST_F(TinyPart, ChecksSolutionAndStarter) {
  make_fixtures();
  const ProcessResult passed = pset3({"check", "t0", "--dir", "solution"});
  EXPECT_EQ(passed.status, 0) << passed.output;
  EXPECT_THAT(passed.output, HasSubstr("4 / 4"));
  const ProcessResult stub = pset3({"check"});
  EXPECT_EQ(stub.status, 1) << stub.output;
  EXPECT_THAT(stub.output, HasSubstr("0 / 4"));
  const ProcessResult one = pset3({"check", "t0.a", "--dir", "solution"});
  EXPECT_EQ(one.status, 0) << one.output;
  EXPECT_THAT(one.output, Not(HasSubstr("The variance")));
}

TEST_F(TinyPart, GradesSolutionStarterAndMistakeAndNamesTheMistake) {
  make_fixtures();
  const fs::path wrong = home_.root() / "wrong/t0_tiny";
  fs::create_directories(wrong);
  fs::copy_file(home_.solution() / "mean.cpp", wrong / "mean.cpp");
  std::string source = read_file(home_.solution() / "variance.cpp");
  source.replace(source.find("values.size()"), 13, "(values.size() - 1)");
  write_file(wrong / "variance.cpp", source);
  const ProcessResult result = pset3({"grade", "solution", "starter", "wrong", "--out", "out"});
  ASSERT_EQ(result.status, 0) << result.output;
  const auto results = [&](const char* name) {
    return home_.root() / "out" / name / "results.json";
  };
  EXPECT_EQ(of_checks(results("solution"), "verdict"), (Words{{"t0.a.mean", "passed"},
                                                              {"t0.a.hidden", "passed"},
                                                              {"t0.b.variance", "passed"},
                                                              {"t0.b.hidden", "passed"}}));
  EXPECT_EQ(of_checks(results("starter"), "verdict"), (Words{{"t0.a.mean", "not_attempted"},
                                                             {"t0.a.hidden", "not_attempted"},
                                                             {"t0.b.variance", "not_attempted"},
                                                             {"t0.b.hidden", "not_attempted"}}));
  EXPECT_EQ(of_checks(results("wrong"), "verdict"), (Words{{"t0.a.mean", "passed"},
                                                           {"t0.a.hidden", "passed"},
                                                           {"t0.b.variance", "failed"},
                                                           {"t0.b.hidden", "failed"}}));
  EXPECT_EQ(of_checks(results("wrong"), "mistake"), (Words{{"t0.a.mean", ""},
                                                           {"t0.a.hidden", ""},
                                                           {"t0.b.variance", "one_too_few"},
                                                           {"t0.b.hidden", "one_too_few"}}));
}

TEST_F(TinyPart, JudgesAStudentsOwnTreeWhereTheStubIsTheBrokenFile) {
  make_fixtures();
  fs::copy_file(home_.solution() / "mean.cpp", home_.starter() / "mean.cpp",
                fs::copy_options::overwrite_existing);
  write_file(home_.starter() / "variance.cpp", "double variance( {\n");
  const fs::path results = home_.root() / "results.json";
  const ProcessResult result = pset3({"check", "--json", results.string()});
  EXPECT_EQ(result.status, 1) << result.output;
  EXPECT_THAT(result.output, HasSubstr("variance.cpp:1:"));
  EXPECT_EQ(of_checks(results, "verdict"),
            (Words{{"t0.a.mean", "passed"}, {"t0.b.variance", "build_failed"}}));
}

TEST_F(TinyPart, RunsItsExercise) {
  const ProcessResult result = pset3({"run", "t0", "--dir", "solution"});
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr("mean 3.5, variance 2.91667, sum 21"));
}

TEST_F(TinyPart, PassesItsSelftest) {
  make_fixtures();
  const ProcessResult result = pset3({"author", "selftest"});
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr("2 mistakes and 1 variants: clean"));
  EXPECT_EQ(pset3({"author", "fixtures", "--check"}).status, 0);
}

TEST_F(TinyPart, RefusesAPartThatItDoesNotHave) {
  make_fixtures();
  const ProcessResult result = pset3({"check", "p1"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("p1"));
}

}  // namespace
}  // namespace pset3
