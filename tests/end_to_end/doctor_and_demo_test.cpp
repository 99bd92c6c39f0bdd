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
  EXPECT_THAT(result.out, AllOf(HasSubstr("level L"), HasSubstr("/etc/shadow: refused"),
                                HasSubstr("All is well."), Not(HasSubstr("BAD"))));
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
  EXPECT_GT(results.at("score"), 0.0);
  EXPECT_LT(results.at("score"), 20.0);
}

}  // namespace
}  // namespace pset3::end_to_end
