#include "grader/intake/collect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "grader/intake/upload_names.hpp"
#include "tests/intake/archives.hpp"
#include "tests/utf8.hpp"

namespace pset3::intake::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Names = std::vector<std::string>;

Names names_of(const Class& found) {
  Names names;
  for (const HandIn& hand_in : found.hand_ins) names.push_back(hand_in.name);
  return names;
}

std::string carve_in(const Attempt& attempt) {
  return take(attempt.pieces, two_parts()).parts.at("p1_carving").at("carve.cpp");
}

void set_age(const fs::path& file, std::chrono::hours age) {
  fs::last_write_time(file, fs::file_time_type::clock::now() - age);
}

TEST(Collect, NamesArchivesOfOneNameByTheirFolders) {
  const Desk desk;
  const std::string zip = zip_of({{"carve.cpp", "c"}});
  const std::vector<fs::path> paths = {desk.file("amy/hw.zip", zip), desk.file("bob/hw.zip", zip),
                                       desk.file("cat/hw.zip", zip)};
  EXPECT_THAT(names_of(collect(paths, two_parts())), ElementsAre("amy", "bob", "cat"));
  EXPECT_THAT(names_of(collect({paths[1]}, two_parts())), ElementsAre("bob"));
}

TEST(Collect, KeepsTheNameThatAStudentHadInTheSameFolderOfReports) {
  const Desk desk;
  const fs::path first = desk.file("x/ann.zip", "PK");
  const fs::path second = desk.file("y/ann.zip", "PK");
  const Class both = collect({first, second}, two_parts());
  EXPECT_THAT(names_of(both), ElementsAre("x_ann", "y_ann"));
  CollectOptions options;
  for (const HandIn& row : both.hand_ins) options.earlier[row.identities[0]] = row.name;
  options.earlier["path:/elsewhere/hw.zip"] = "hw";
  EXPECT_THAT(names_of(collect({first, second}, two_parts(), options)),
              ElementsAre("x_ann", "y_ann"));
  const fs::path here = fs::current_path();
  fs::current_path(desk.path());
  desk.file("hw.zip", "PK");
  const Names names = names_of(collect({"hw.zip"}, two_parts(), options));
  fs::current_path(here);
  EXPECT_THAT(names, ElementsAre("hw-2")) << "another student's reports are called hw";
}

TEST(Collect, PutsTogetherWhatAShellHasListed) {
  const Desk desk;
  const fs::path folder = desk.folder("in", {{"adamsamy_1_2_carve.cpp", "c"},
                                             {"adamsamy_1_3_bounds.cpp", "b"},
                                             {"brownbob_2_4_carve.cpp", "c"}});
  const Class found =
      collect({folder / "adamsamy_1_2_carve.cpp", folder / "adamsamy_1_3_bounds.cpp",
               folder / "brownbob_2_4_carve.cpp"},
              two_parts());
  EXPECT_THAT(names_of(found), ElementsAre("adamsamy", "brownbob"));
  EXPECT_EQ(found.hand_ins[0].attempts.back().pieces.size(), 2U);
}

TEST(Collect, KnowsWhatALaterUploadReplaces) {
  const Desk desk;
  const Class found = collect({desk.folder("in", {{"adamsamy_1_2_carve.cpp", "first"},
                                                  {"adamsamy_1_9_carve-1.cpp", "second"},
                                                  {"adamsamy_1_3_bounds.cpp", "b"}})},
                              two_parts());
  ASSERT_EQ(found.hand_ins.size(), 1U);
  ASSERT_EQ(found.hand_ins[0].attempts.size(), 2U);
  EXPECT_EQ(carve_in(found.hand_ins[0].attempts[0]), "first");
  EXPECT_EQ(carve_in(found.hand_ins[0].attempts[1]), "second");
}

TEST(Collect, OrdersAttemptsByTheTimeInTheirNames) {
  const Desk desk;
  const Class found =
      collect({desk.folder("in", {{"HW_a_attempt_2026-11-21-00-00-00_carve.cpp", "late"},
                                  {"HW_a_attempt_2026-11-20-00-00-00_carve.cpp", "early"}})},
              two_parts());
  ASSERT_EQ(found.hand_ins.at(0).attempts.size(), 2U);
  EXPECT_EQ(carve_in(found.hand_ins[0].attempts[1]), "late");
  EXPECT_EQ(found.hand_ins[0].attempts[1].at, "2026-11-21-00-00-00");
}

TEST(Collect, OrdersArchivesOfOneStudentByTime) {
  const Desk desk;
  const fs::path folder = desk.folder("in/amy", {{"a.zip", zip_of({{"carve.cpp", "new"}})},
                                                 {"b.zip", zip_of({{"carve.cpp", "old"}})}});
  desk.folder("in/bob", {{"carve.cpp", "b"}});
  const auto amy = [&] { return collect({desk.path() / "in"}, two_parts()).hand_ins.at(0); };
  set_age(folder / "b.zip", std::chrono::hours(1));
  EXPECT_EQ(carve_in(amy().attempts.back()), "new");
  EXPECT_EQ(amy().attempts.size(), 2U);
  const auto same = fs::last_write_time(folder / "b.zip");
  fs::last_write_time(folder / "a.zip", same + std::chrono::seconds(1));
  EXPECT_THROW(take(amy().attempts.back().pieces, two_parts()), Refused)
      << "nothing tells which is the later";
}

TEST(Collect, TellsWhoIsLate) {
  const Desk desk;
  const Class found = collect(
      {desk.folder("in", {{"a_1_2_carve.cpp", ""}, {"b_LATE_2_3_carve.cpp", ""}})}, two_parts());
  EXPECT_FALSE(found.hand_ins.at(0).is_late);
  EXPECT_TRUE(found.hand_ins.at(1).is_late);
}

TEST(Collect, SaysHowItUnderstoodAClass) {
  const Desk desk;
  const fs::path folder = desk.folder("in", {{"a_1_2_carve.cpp", ""}});
  EXPECT_THAT(
      collect({folder}, two_parts()).notes,
      ElementsAre(AllOf(HasSubstr("a Canvas download with 1 hand-in"), HasSubstr("guessed"))));
  CollectOptions options;
  options.shape = Shape::kFolders;
  const Class found = collect({folder}, two_parts(), options);
  EXPECT_THAT(found.notes, ElementsAre(Not(HasSubstr("guessed"))));
  EXPECT_THAT(names_of(found), ElementsAre("a_1_2_carve.cpp"));
}

TEST(Collect, NeverTakesTheFolderOfReportsForAnInput) {
  const Desk desk;
  const fs::path folder =
      desk.folder("in", {{"amy/carve.cpp", ""}, {"bob/carve.cpp", ""}, {"grades/anything", ""}});
  CollectOptions options;
  options.output = folder / "grades";
  EXPECT_THAT(names_of(collect({folder}, two_parts(), options)), ElementsAre("amy", "bob"));
  EXPECT_THAT(names_of(collect({folder / "amy", folder / "grades"}, two_parts(), options)),
              ElementsAre("amy"));
}

TEST(Collect, KeepsPathsThatDoNotExist) {
  const Desk desk;
  const Class found = collect({desk.path() / "absent"}, two_parts());
  ASSERT_EQ(found.hand_ins.size(), 1U);
  EXPECT_EQ(refusal(found.hand_ins[0].source), "absent does not exist");
}

const std::string kAcute = "\xCC\x81";

TEST(FitName, IsVisibleEverywhereAndSaysWhenItMisleads) {
  using pset3::testing::utf8;
  EXPECT_EQ(fit_name("Übung 3"), "Übung_3");
  EXPECT_FALSE(is_disguised("Übung 3"));
  EXPECT_EQ(fit_name(utf8(0x200B)), "unnamed");
  EXPECT_EQ(fit_name("..."), "unnamed");
  EXPECT_EQ(fit_name("e" + kAcute), "e" + kAcute);
  EXPECT_EQ(fit_name("e" + kAcute + kAcute + kAcute), "e" + kAcute + kAcute);
  EXPECT_EQ(fit_name("+1"), "_1");
  EXPECT_EQ(fit_name("NUL.zip"), "_NUL.zip");
  EXPECT_EQ(fit_name(std::string(240, 'x')).size(), 100U);
  for (const std::string& bad : {utf8(0x200B), utf8(0x202E) + "x", std::string("\x1b[31m"),
                                 std::string("class.json"), std::string("caf\xE9")}) {
    EXPECT_TRUE(is_disguised(bad)) << bad;
  }
}

TEST(Roster, ReadsPlainListsAndPlatformsExports) {
  const Roster plain = read_roster("id,name,email,section\n7,Amy Adams,amy@x.edu,A\n");
  ASSERT_EQ(plain.size(), 1U);
  EXPECT_EQ(plain[0].person.section, "A");
  EXPECT_EQ(read_roster("\xEF\xBB\xBFStudent,ID,SIS Login ID\n    Points Possible,,\n"
                        "\"Adams, Amy\",1001,aa\n\"Student, Test\",9,t\n")
                .size(),
            1U);
  EXPECT_EQ(read_roster("First name;Last name;ID number\nAmy;Adams;5\n").at(0).person.name,
            "Amy Adams");
  EXPECT_THROW(read_roster("colour,size\nred,2\n"), InputError);
}

TEST(Roster, FindsStudentsByNumberAccountAndName) {
  const Desk desk;
  CollectOptions options;
  options.roster = read_roster(
      "id,name,email\n1001,Amy Adams,amy@x.edu\n2,Bob Brown,bob@x.edu\n3,Cat Clark,cc@x.edu\n");
  const Class found = collect({desk.folder("in", {{"adamsamy_1001_1_carve.cpp", ""},
                                                  {"brownbob_77_2_carve.cpp", ""},
                                                  {"zedzoe_78_3_carve.cpp", ""}})},
                              two_parts(), options);
  EXPECT_THAT(names_of(found), ElementsAre("Amy_Adams", "Bob_Brown", "zedzoe", "Cat_Clark"));
  EXPECT_THAT(found.hand_ins[2].notes, ElementsAre("zedzoe is not on the roster"));
  EXPECT_EQ(found.hand_ins[3].refused, kNothingHandedIn);
  EXPECT_THAT(found.hand_ins[0].notes, IsEmpty());
}

TEST(Roster, LeavesNamesOfTwoStudentsToNobody) {
  const Desk desk;
  CollectOptions options;
  options.roster = read_roster("id,name\n1,Amy Adams\n2,Adams Amy\n");
  const Class found =
      collect({desk.folder("in", {{"adams_amy/carve.cpp", ""}, {"bob/carve.cpp", ""}})},
              two_parts(), options);
  EXPECT_THAT(names_of(found), ElementsAre("adams_amy", "bob", "Amy_Adams", "Adams_Amy_2"));
}

TEST(ParseUploadName, LeavesOtherNamesAlone) {
  for (const Shape shape : {Shape::kCanvas, Shape::kMoodle, Shape::kBlackboard}) {
    for (const char* other : {"carve.cpp", "get_voxel_bounds.cpp", "adams_amy", "hw_1.zip", ""}) {
      EXPECT_FALSE(parse_upload_name(shape, other).has_value()) << other;
    }
  }
}

}  // namespace
}  // namespace pset3::intake::testing
