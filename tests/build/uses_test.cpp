#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/build/uses.hpp"
#include "tests/build/toolkit.hpp"

namespace pset3::build {
namespace {

using pset3::testing::carve_with;
using pset3::testing::ReachableFolder;
using pset3::testing::solution;
using pset3::testing::toolkit;

bool file_uses(const std::string& source, const std::string& name) {
  const ReachableFolder folder;
  const auto object = folder.path() / "carve.o";
  const BuildResult result = compile(toolkit(), "carve.cpp", source, object);
  if (!result.ok) throw std::runtime_error(result.diagnostics.at(0).message);
  return uses(symbols_of(object), source, name);
}

constexpr const char* kImgproc = "#include <opencv2/imgproc.hpp>\n";

TEST(Uses, SeesACall) {
  const std::string source =
      carve_with("cv::Mat out; cv::blur(camera.silhouette, out, {3, 3}); return voxels;", kImgproc);
  EXPECT_TRUE(file_uses(source, "cv::blur"));
  EXPECT_TRUE(file_uses(source, "cv::"));
  EXPECT_FALSE(file_uses(source, "cv::blu"));
  EXPECT_FALSE(file_uses(source, "cv::medianBlur"));
}

TEST(Uses, SeesACallUnderAnotherName) {
  EXPECT_TRUE(
      file_uses(carve_with("cv::Mat out; SOFT(camera.silhouette, out, {3, 3}); return voxels;",
                           std::string(kImgproc) + "#define SOFT cv::bl##ur\n"
                                                   "#undef SOFT\n#define JOIN(a, b) a##b\n"
                                                   "#define SOFT cv::JOIN(bl, ur)\n"),
                "cv::blur"));
}

TEST(Uses, SeesAPointer) {
  const std::string source = carve_with(
      "auto* const soft = &cv::medianBlur; cv::Mat out; soft(camera.silhouette, out, 3); return "
      "voxels;",
      kImgproc);
  EXPECT_TRUE(file_uses(source, "cv::medianBlur"));
  EXPECT_TRUE(file_uses(carve_with("int (*volatile run)(const char*) = &system; run(\"\"); return "
                                   "voxels;",
                                   "#include <cstdlib>\n"),
                        "system"));
}

TEST(Uses, IsNotMisledByCommentsTextAndNamesOfItsOwn) {
  const std::string source = carve_with(
      "// cv::blur, fork()\nconst char* text = \"system\"; (void)text; return voxels;",
      "namespace own { inline int blur() { return 1; } }\nstatic int system_size = own::blur();\n"
      "int use() { return system_size; }\n");
  for (const char* name : {"cv::blur", "fork", "system"}) EXPECT_FALSE(file_uses(source, name));
}

TEST(Uses, FindsNothingToLookIntoInTheSolution) {
  for (const char* name : {"form_initial_voxels.cpp", "carve.cpp", "get_voxel_bounds.cpp"}) {
    const ReachableFolder folder;
    const auto object = folder.path() / "file.o";
    ASSERT_TRUE(compile(toolkit(), name, solution(name), object).ok);
    const Symbols symbols = symbols_of(object);
    for (const std::string& call : names_to_look_into()) {
      EXPECT_FALSE(uses(symbols, solution(name), call)) << name << " " << call;
    }
    EXPECT_FALSE(has_assembler(solution(name)));
  }
}

TEST(Uses, SeesAHeader) {
  const Symbols none;
  EXPECT_TRUE(
      uses(none, " # include <unsupported/Eigen/AutoDiff>\n", "unsupported/Eigen/AutoDiff"));
  EXPECT_FALSE(uses(none, "// unsupported/Eigen/AutoDiff\n", "unsupported/Eigen/AutoDiff"));
  EXPECT_EQ(line_of("\n#include <a/b>\n", "a/b"), 2);
}

TEST(Uses, TellsTheLine) {
  EXPECT_EQ(line_of("int a;\n// cv::blur\n/* blur\n*/ char c = '\"'; cv::blur();\n", "cv::blur"),
            4);
  EXPECT_EQ(line_of("int blurred;\nconst char* s = \"\\\"blur\";\n", "cv::blur"), 0);
  EXPECT_EQ(line_of("int n = 1'000;\nfork();\n", "fork"), 2);
}

TEST(Uses, SeesAssemblerInTheCodeAlone) {
  EXPECT_TRUE(has_assembler("void f() { __asm__(\"syscall\"); }"));
  EXPECT_TRUE(has_assembler("void f() { asm volatile(\"nop\"); }"));
  EXPECT_FALSE(has_assembler("// asm\nint assembled; const char* s = \"asm\";"));
}

}  // namespace
}  // namespace pset3::build
