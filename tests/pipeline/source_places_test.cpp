#include "grader/pipeline/source_places.hpp"

#include <gtest/gtest.h>

namespace pset3::pipeline {
namespace {

TEST(LineOfFunction, IsTheOneOfTheDefinition) {
  EXPECT_EQ(line_of_function("// carve(x) is below\n"
                             "int carve(int x);\n"
                             "int a = 0;\n"
                             "int carve(int x) {\n"
                             "  return recarve(x);\n"
                             "}\n",
                             "carve"),
            4);
}

TEST(LineOfFunction, MayBreakBehindTheName) {
  EXPECT_EQ(line_of_function("Tensor\nLoss::forward(Tensor a,\n  Tensor b) {\n", "forward"), 2);
}

TEST(LineOfFunction, IsNoneWhereTheNameIsPartOfAnotherOrNoFunction) {
  EXPECT_EQ(line_of_function("int precarve(int x) {\nint carver(int x) {\nint carve;\n", "carve"),
            0);
  EXPECT_EQ(line_of_function("", "carve"), 0);
}

TEST(SourcePlaces, SayWhereFilesWereFoundAndWhatTheyAre) {
  judge::Rubric rubric;
  judge::CheckSpec check;
  check.files = {"carve.cpp"};
  check.functions = {"carve", "Missing::one"};
  rubric.checks = {check};
  const nlohmann::json places =
      source_places(rubric, {{"carve.cpp", "\nint carve() {\n"}, {"own.hpp", ""}},
                    {{"carve.cpp", "hw/carve.cpp"}});
  EXPECT_EQ(places.at("carve.cpp").at("path"), "hw/carve.cpp");
  EXPECT_EQ(places.at("carve.cpp").at("functions"), nlohmann::json({{"carve", 2}}));
  EXPECT_EQ(places.at("own.hpp").at("path"), "own.hpp");
  EXPECT_EQ(places.at("own.hpp").at("sha256"),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace pset3::pipeline
