#include "grader/author/starter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/parts/parts.hpp"

namespace pset3::author {
namespace {

using ::testing::HasSubstr;

std::string complaint_about(const std::string& solution) {
  try {
    stub_of(solution, "a.cpp");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(StubOf, PutsOneLineForEachBlock) {
  EXPECT_EQ(stub_of("int f() {\n"
                    "  // TODO(student): Return 1.\n"
                    "  // BEGIN SOLUTION\n"
                    "  return 1;\n"
                    "  // END SOLUTION\n"
                    "}\n"
                    "int g() {\n"
                    "    // BEGIN SOLUTION\n"
                    "    // END SOLUTION\n"
                    "}\n",
                    "a.cpp"),
            "int f() {\n"
            "  // TODO(student): Return 1.\n"
            "  PSET3_TODO();\n"
            "}\n"
            "int g() {\n"
            "    PSET3_TODO();\n"
            "}\n");
}

TEST(StubOf, NamesTheLineOfAMarkerWithoutItsPartner) {
  EXPECT_THAT(complaint_about("\n// BEGIN SOLUTION\nx\n"), HasSubstr("a.cpp:2: "));
  EXPECT_THAT(complaint_about("x\ny\n// END SOLUTION\n"), HasSubstr("a.cpp:3: "));
  EXPECT_THAT(complaint_about("// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION\n"),
              HasSubstr("a.cpp:2: "));
}

TEST(StubOf, NeverHandsTheSolutionOutForASlipInAMarker) {
  for (const char* begin :
       {"// BEGIN SOLUTION ", "//BEGIN SOLUTION", "/* BEGIN SOLUTION */", "// BEGIN SOLUTION\r",
        "\t// BEGIN SOLUTION", "// BEGIN SOLUTION: sum", "x(); // BEGIN SOLUTION"}) {
    EXPECT_THAT(complaint_about(std::string("{\n") + begin + "\nsecret();\n// END SOLUTION\n"),
                HasSubstr("a.cpp:2: "))
        << begin;
  }
  EXPECT_THAT(complaint_about("int f() { return 1; }\n"), HasSubstr("no BEGIN SOLUTION"));
}

TEST(Starter, IsWhatTheSolutionGives) {
  const std::filesystem::path root = PSET3_SOURCE_DIR;
  const pipeline::Course course = pipeline::load_course({root, PSET3_OBJECTS_DIR}, parts::all());
  for (const auto& [file, bytes] : starter_files(course)) {
    EXPECT_EQ(read_file(root / file), bytes) << file << ": run `./pset3 author starter`";
    EXPECT_THAT(bytes, HasSubstr("PSET3_TODO();"));
    EXPECT_THAT(bytes, Not(HasSubstr("SOLUTION")));
  }
}

}  // namespace
}  // namespace pset3::author
