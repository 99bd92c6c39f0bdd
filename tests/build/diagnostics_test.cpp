#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/build/build.hpp"

namespace pset3::build {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Diagnostics, NameTheStudentsOwnPlace) {
  const auto found = parse_diagnostics(
      "/src/carve.cpp:12:7: error: use of undeclared identifier 'x'\n"
      "/src/carve.cpp:3:1: warning: unused variable 'y' [-Wunused-variable]\n"
      "2 errors generated.\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].file, "carve.cpp");
  EXPECT_EQ(found[0].line, 12);
  EXPECT_EQ(found[0].column, 7);
  EXPECT_EQ(found[0].severity, "error");
  EXPECT_EQ(found[0].message, "use of undeclared identifier 'x'");
  EXPECT_EQ(found[1].severity, "warning");
}

TEST(Diagnostics, CountAFatalErrorAsAnError) {
  const auto found = parse_diagnostics("/src/carve.cpp:1:10: fatal error: 'x' file not found\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, "error");
  EXPECT_EQ(found[0].message, "'x' file not found");
}

TEST(Diagnostics, SayWhereAHeaderOfTheStudentsOwnBelongs) {
  const auto found =
      parse_diagnostics("/src/carve.cpp:1:10: fatal error: 'x.hpp' file not found\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("in the same folder as the part's files"));
}

TEST(Diagnostics, PlaceAMissingHeaderOfALibraryWhereTheStudentAskedForIt) {
  const auto found = parse_diagnostics(
      "In file included from /src/carve.cpp:4:\n"
      "/usr/include/opencv4/opencv2/x.hpp:1:10: fatal error: 'opencv2/y.hpp' file not found\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].file, "carve.cpp");
  EXPECT_EQ(found[0].line, 4);
  EXPECT_THAT(found[0].message, HasSubstr("of OpenCV there are"));
}

TEST(Diagnostics, PlaceALibrarysErrorWhereTheStudentAskedForIt) {
  const auto found = parse_diagnostics(
      "/usr/include/c++/12/bits/stl_algo.h:1859:14: error: no match\n"
      "/usr/include/c++/12/bits/stl_algo.h:1950:9: note: in instantiation of f\n"
      "/src/carve.cpp:9:3: note: in instantiation of g requested here\n"
      "/usr/include/c++/12/bits/stl_algo.h:1870:14: error: no match either\n"
      "/src/carve.cpp:9:3: note: in instantiation of g requested here\n");
  ASSERT_EQ(found.size(), 1u) << "the second error of the same line adds nothing";
  EXPECT_EQ(found[0].file, "carve.cpp");
  EXPECT_EQ(found[0].line, 9);
  EXPECT_EQ(found[0].message, "no match");
}

TEST(Diagnostics, ShowNoFolderOfTheMachine) {
  const auto found = parse_diagnostics("/usr/lib/llvm-14/x.h:1:1: error: bad\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].file, "");
  EXPECT_THAT(found[0].message, Not(HasSubstr("/usr")));
}

TEST(Diagnostics, SurviveALineNumberThatFitsNoInteger) {
  const auto found = parse_diagnostics("/src/a.cpp:99999999999999999999:1: error: x\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].line, 0);
}

TEST(Diagnostics, ExplainASecondMain) {
  const auto found = parse_diagnostics(
      "mold: error: duplicate symbol: /obj/1.o: /pset3/lib/libpset3_inside.a(main.cpp.o): main\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("defines main()"));
  EXPECT_THAT(found[0].message, Not(HasSubstr("/obj")));
}

TEST(Diagnostics, ExplainAFunctionThatIsNowhere) {
  const auto found =
      parse_diagnostics("mold: error: undefined symbol: pset3::carving::carve(int)\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message, HasSubstr("nothing defines pset3::carving::carve(int)"));
}

TEST(Diagnostics, AreNoneInTextThatIsNotTheCompilers) {
  EXPECT_TRUE(parse_diagnostics("").empty());
  EXPECT_TRUE(parse_diagnostics("clang: error: linker command failed\nhello\n").empty());
  EXPECT_TRUE(parse_diagnostics(std::string(100'000, 'x')).empty());
}

}  // namespace
}  // namespace pset3::build
