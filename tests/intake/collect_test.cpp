#include "grader/intake/collect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/intake/archives.hpp"

namespace pset3::intake::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

using Names = std::vector<std::string>;
using Type = Item::Type;

/// The submissions below the desk's folder "in", relative to the desk.
Names found_in(const std::vector<Item>& items) {
  const Desk desk;
  Names names;
  for (const Found& found : submissions_in({desk.folder("in", items)}, two_parts())) {
    names.push_back(found.path.lexically_relative(desk.path()).string());
  }
  return names;
}

TEST(SubmissionsIn, TakesAPartFolderAStarterAndARepositoryAsOne) {
  EXPECT_THAT(found_in({{"carve.cpp", ""}, {"old/carve.cpp", ""}}), ElementsAre("in"));
  EXPECT_THAT(found_in({{"p1_carving/carve.cpp", ""}, {"p2_nets/train.cpp", ""}}),
              ElementsAre("in"));
  EXPECT_THAT(found_in({{"starter/p1_carving/carve.cpp", ""},
                        {"solution/p1_carving/carve.cpp", ""},
                        {"tests/x/carve.cpp", ""}}),
              ElementsAre("in"));
  EXPECT_THAT(found_in({{".git/HEAD", ""}, {"a/carve.cpp", ""}, {"b/carve.cpp", ""}}),
              ElementsAre("in"));
  EXPECT_THAT(found_in({{"CMakeLists.txt", ""}, {"v1/carve.cpp", ""}, {"v2/carve.cpp", ""}}),
              ElementsAre("in"));
}

TEST(SubmissionsIn, TakesATreeWithOneLikelyFolderOrDifferentFilesAsOne) {
  EXPECT_THAT(found_in({{"src/p1_carving/carve.cpp", ""}, {"docs/a.md", ""}, {"data/x", ""}}),
              ElementsAre("in"));
  EXPECT_THAT(found_in({{"question b/carve.cpp", ""}, {"question d/bounds.cpp", ""}}),
              ElementsAre("in"));
  EXPECT_THAT(found_in({{"docs/a.md", ""}, {"data/x", ""}}), ElementsAre("in"));
  EXPECT_THAT(found_in({}), ElementsAre("in"));
}

TEST(SubmissionsIn, ExpandsAClassInTheOrderOfNames) {
  EXPECT_THAT(found_in({{"carol/carve.cpp", ""},
                        {"alice/hw3/p1_carving/carve.cpp", ""},
                        {"bob", "", Type::kFolder},
                        {"grades.csv", ""},
                        {".cache/x", ""}}),
              ElementsAre("in/alice", "in/bob", "in/carol"));
}

TEST(SubmissionsIn, KeepsStudentsApartWhoHandedInDifferentParts) {
  EXPECT_THAT(found_in({{"alice/p1_carving/carve.cpp", ""}, {"bob/p2_nets/train.cpp", ""}}),
              ElementsAre("in/alice", "in/bob"));
}

TEST(SubmissionsIn, ExpandsAGradescopeExport) {
  EXPECT_THAT(found_in({{"submission_metadata.yml", ""},
                        {"submission_12/carve.cpp", ""},
                        {"submission_13/report.pdf", ""}}),
              ElementsAre("in/submission_12", "in/submission_13"));
}

TEST(SubmissionsIn, ExpandsACanvasExportWithEveryKindOfUpload) {
  EXPECT_THAT(found_in({{"doejane_1_2_hw3.zip", ""},
                        {"poejohn_LATE_3_4_hw3.tar.gz", ""},
                        {"roeann_5_6_carve.cpp", ""},
                        {"zoe_7_8_hw3.rar", ""}}),
              ElementsAre("in/doejane_1_2_hw3.zip", "in/poejohn_LATE_3_4_hw3.tar.gz",
                          "in/roeann_5_6_carve.cpp", "in/zoe_7_8_hw3.rar"));
  EXPECT_THAT(found_in({{"doejane_1_2_hw3.zip", ""}}), ElementsAre("in/doejane_1_2_hw3.zip"));
}

TEST(SubmissionsIn, DoesNotFollowLinks) {
  EXPECT_THAT(found_in({{"alice/carve.cpp", ""},
                        {"bob/carve.cpp", ""},
                        {"link", "alice", Type::kSymlink},
                        {"alice/up", "..", Type::kSymlink}}),
              ElementsAre("in/alice", "in/bob"));
}

TEST(SubmissionsIn, KeepsPathsThatAreFilesOrDoNotExist) {
  const Desk desk;
  const fs::path zip = desk.file("hw3.zip", "PK");
  const auto found = submissions_in({desk.path() / "absent", zip}, two_parts());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].path, desk.path() / "absent");
  EXPECT_EQ(refusal(found[0].path), "absent does not exist");
  EXPECT_EQ(found[1].path, zip);
}

TEST(SubmissionsIn, GivesEachAUniqueNameThatIsFitForAFolder) {
  Names names;
  for (const Found& found :
       submissions_in({"a/hw3.zip", "b/hw3.tar.gz", "c/hw3-2", "d/hw3/", "e/-rf", "f/..data",
                       "g/a b;c\n\x1b", "h/Übung", "i/\xDC", "j/."},
                      two_parts())) {
    names.push_back(found.name);
  }
  EXPECT_EQ(names, (Names{"hw3", "hw3-2", "hw3-2-2", "hw3-3", "_rf", "_.data", "a_b_c__", "Übung",
                          "_", "j"}));
}

}  // namespace
}  // namespace pset3::intake::testing
