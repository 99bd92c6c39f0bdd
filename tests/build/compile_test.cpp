#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/build/toolkit.hpp"

namespace pset3::build {
namespace {

using pset3::testing::carve_with;
using pset3::testing::ReachableFolder;
using pset3::testing::solution;
using pset3::testing::toolkit;
using ::testing::HasSubstr;
using ::testing::Not;

class Compile : public ::testing::Test {
 protected:
  BuildResult build(const std::string& source) {
    const auto begin = std::chrono::steady_clock::now();
    BuildResult result = compile(toolkit(), "carve.cpp", source, object_);
    seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
  }
  /// Everything that the student would read of a failure.
  static std::string words(const BuildResult& result) {
    std::string text;
    for (const Diagnostic& item : result.diagnostics)
      text += item.file + ": " + item.message + "\n";
    return text;
  }

  ReachableFolder folder_;
  std::filesystem::path object_ = folder_.path() / "object.o";
  double seconds_ = 0.0;
};

TEST_F(Compile, TakesTheSolutionWithoutAWarning) {
  for (const char* name : {"form_initial_voxels.cpp", "carve.cpp", "get_voxel_bounds.cpp"}) {
    const BuildResult result = compile(toolkit(), name, solution(name), object_);
    EXPECT_TRUE(result.ok) << words(result);
    EXPECT_TRUE(result.diagnostics.empty()) << words(result);
  }
}

TEST_F(Compile, TakesTheStarterWithoutAWarningWhenPedantic) {
  const std::filesystem::path starter =
      std::filesystem::path(PSET3_SOURCE_DIR) / "starter/p1_space_carving";
  for (const char* name : {"form_initial_voxels.cpp", "carve.cpp", "get_voxel_bounds.cpp"}) {
    const BuildResult result = compile(
        toolkit(), name,
        "#pragma clang diagnostic warning \"-Wpedantic\"\n" + read_file(starter / name), object_);
    EXPECT_TRUE(result.ok) << words(result);
    EXPECT_TRUE(result.diagnostics.empty()) << words(result);
  }
}

TEST_F(Compile, GivesTheSameObjectTwice) {
  ASSERT_TRUE(build(solution("carve.cpp")).ok);
  const std::string first = read_file(object_);
  ASSERT_TRUE(build(solution("carve.cpp")).ok);
  EXPECT_EQ(read_file(object_), first);
}

TEST_F(Compile, TellsTheLineOfAnError) {
  const BuildResult result = build(carve_with("\nreturn voxel;"));
  EXPECT_FALSE(result.ok);
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_EQ(result.diagnostics[0].severity, "error");
  EXPECT_EQ(result.diagnostics[0].file, "carve.cpp");
  EXPECT_EQ(result.diagnostics[0].line, 6);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("voxel"));
  EXPECT_FALSE(std::filesystem::exists(object_));
}

TEST_F(Compile, TellsTheStudentsLineOfAnErrorInALibrary) {
  const BuildResult result = build(
      "#include <vector>\n#include <algorithm>\nstruct A {};\n"
      "void f(std::vector<A>& v) { std::sort(v.begin(), v.end()); }\n");
  EXPECT_FALSE(result.ok);
  ASSERT_EQ(result.diagnostics.size(), 1u) << words(result);
  EXPECT_EQ(result.diagnostics[0].file, "carve.cpp");
  EXPECT_EQ(result.diagnostics[0].line, 4);
}

TEST_F(Compile, WarnsAndCompiles) {
  const BuildResult result = build("int f() { int unused = 1; return 2; }\n");
  EXPECT_TRUE(result.ok);
  ASSERT_EQ(result.diagnostics.size(), 1u) << words(result);
  EXPECT_EQ(result.diagnostics[0].severity, "warning");
}

TEST_F(Compile, CannotReadAFileOfTheMachine) {
  const std::string own = std::string(PSET3_SOURCE_DIR) + "/solution/p1_space_carving/carve.cpp";
  const std::string secret = (box::cache_folder() / "course_secret").string();
  for (const std::string& path : {std::string("/etc/passwd"), own, secret}) {
    const BuildResult included = build("#include \"" + path + "\"\n");
    EXPECT_FALSE(included.ok) << path;
    EXPECT_THAT(words(included), HasSubstr("file not found")) << path;
    const BuildResult embedded = build("__asm__(\".incbin \\\"" + path + "\\\"\");\n");
    EXPECT_FALSE(embedded.ok) << path;
    EXPECT_THAT(words(embedded), Not(HasSubstr("root:"))) << path;
  }
}

TEST_F(Compile, EndsATemplateBombSoon) {
  const BuildResult result =
      build("template <int N> struct Bomb { Bomb<N + 1> a; Bomb<N + 2> b; };\nBomb<0> bomb;\n");
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.diagnostics.empty());
  EXPECT_LT(seconds_, 30.0);
}

TEST_F(Compile, EndsAConstantExpressionBombSoon) {
  const BuildResult result = build(
      "constexpr int f() { int n = 0; while (n < 2000000000) ++n; return n; }\n"
      "static_assert(f() > 0);\n");
  EXPECT_FALSE(result.ok);
  EXPECT_THAT(words(result), HasSubstr("step limit"));
  EXPECT_LT(seconds_, 30.0);
}

TEST_F(Compile, EndsAFileThatIncludesItselfTwiceSoon) {
  const BuildResult result = build("#include __FILE__\n#include __FILE__\n");
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.diagnostics.empty());
  EXPECT_LT(seconds_, 45.0);
}

TEST_F(Compile, EndsAHugeObjectSoon) {
  const BuildResult result = build("char a[1u << 30] = {1};\n");
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.diagnostics.empty());
  EXPECT_FALSE(std::filesystem::exists(object_));
  EXPECT_LT(seconds_, 30.0);
}

TEST_F(Compile, SaysInOneLineThatTheCompilerCrashed) {
  const BuildResult result = build("#pragma clang __debug parser_crash\nint y;\n");
  EXPECT_FALSE(result.ok);
  ASSERT_EQ(result.diagnostics.size(), 1u) << words(result);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("the compiler crashed on this file"));
  EXPECT_THAT(words(result), Not(HasSubstr("Stack dump")));
  EXPECT_THAT(words(result), Not(HasSubstr("/usr/")));
}

TEST_F(Compile, SaysWhatMakesAnObjectTooLarge) {
  const BuildResult result = build("char a[1u << 30] = {1};\n");
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("huge array with initial values"));
}

TEST_F(Compile, PlacesEveryComplaintInTheFile) {
  for (const char* source : {"char a[1u << 30] = {1};\n", "#error no\n", "int f( {\n"}) {
    for (const Diagnostic& item : build(source).diagnostics) EXPECT_EQ(item.file, "carve.cpp");
  }
}

}  // namespace
}  // namespace pset3::build
