#include <gtest/gtest.h>

#include "grader/intake/near_miss.hpp"
#include "grader/intake/place.hpp"
#include "tests/utf8.hpp"

namespace pset3::intake {
namespace {

TEST(PlaceOf, TakesANameApart) {
  const Place place = place_of("./hw3//p1_carving/carve.cpp", {});
  EXPECT_EQ(place.folders, (std::vector<std::string>{"hw3", "p1_carving"}));
  EXPECT_EQ(place.name, "carve.cpp");
  EXPECT_EQ(place.path(), "hw3/p1_carving/carve.cpp");
  EXPECT_FALSE(place.is_ignored);
  EXPECT_EQ(place_of("./", {}).name, "");
}

TEST(PlaceOf, KnowsWhatIsNotLookedInto) {
  for (const char* path : {".git/config", "a/.vscode/x", "build/x", "build-asan/x", "__MACOSX/x",
                           "cmake-build-debug/x", ".DS_Store", "a/._carve.cpp", "build"}) {
    EXPECT_TRUE(place_of(path, {}).is_ignored) << path;
  }
  for (const char* path : {"builder/x", "a/my build/x", "git/x", "rebuild.cpp"}) {
    EXPECT_FALSE(place_of(path, {}).is_ignored) << path;
  }
}

TEST(HasHiddenCharacters, LetsOldEncodingsPassButNothingThatAltersADisplay) {
  for (const char* fine : {"", "a b (1)", "Übung",
                           "\232bung",  // the same in code page 850
                           "\xFF\xFE"}) {
    EXPECT_FALSE(has_hidden_characters(fine)) << fine;
  }
  for (const char* hidden : {"\n", "\t", "a\x1b[0m", "\x7F", "\xC2\x85", "\xFF\r"}) {
    EXPECT_TRUE(has_hidden_characters(hidden)) << hidden;
  }
  EXPECT_TRUE(has_hidden_characters(pset3::testing::utf8(0x202E)));
}

TEST(ProbablyMeant, KnowsTheUsualSlips) {
  const std::vector<std::string> missing = {"carve.cpp", "form_initial_voxels.cpp"};
  for (const char* slip :
       {"carv.cpp", "Carve.CPP", "carve.cpp.txt", "carve (1).cpp", "carve.cc", "my_carve.cpp",
        "Copy of carve.cpp", "carve_final_v2.cpp", "carve", "carve.cpp~", "crave.cpp"}) {
    EXPECT_EQ(probably_meant(slip, missing), "carve.cpp") << slip;
  }
  EXPECT_EQ(probably_meant("formInitialVoxels.cpp", missing), "form_initial_voxels.cpp");
}

TEST(ProbablyMeant, LeavesOtherFilesAlone) {
  for (const char* other : {"carve.hpp", "main.cpp", "report.pdf", "README.md", "CMakeLists.txt",
                            "cat.cpp", "carve.png", ""}) {
    EXPECT_EQ(probably_meant(other, {"carve.cpp", "form_initial_voxels.cpp"}), "") << other;
  }
  EXPECT_EQ(probably_meant("carve.cpp", {}), "");
}

TEST(WithoutUploadDecoration, UndoesWhatCanvasAdds) {
  EXPECT_EQ(without_upload_decoration("doejane_12345_67890_carve.cpp"), "carve.cpp");
  EXPECT_EQ(without_upload_decoration("doejane_LATE_1_2_get_voxel_bounds-3.cpp"),
            "get_voxel_bounds.cpp");
  EXPECT_EQ(without_upload_decoration("get_voxel_bounds.cpp"), "get_voxel_bounds.cpp");
  EXPECT_EQ(without_upload_decoration("a_1_b.cpp"), "a_1_b.cpp");
}

TEST(WithoutArchiveEnding, KnowsTheEndingsOfTheTakenFormats) {
  EXPECT_EQ(without_archive_ending("hw.3.tar.gz"), "hw.3");
  EXPECT_EQ(without_archive_ending("hw3.ZIP"), "hw3");
  EXPECT_EQ(without_archive_ending("hw3.rar"), "hw3.rar");
  EXPECT_EQ(without_archive_ending(".zip"), ".zip");
}

}  // namespace
}  // namespace pset3::intake
