#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "grader/base/error.hpp"
#include "grader/intake/collect.hpp"
#include "tests/intake/archives.hpp"
#include "tests/utf8.hpp"

namespace pset3::intake::testing {
namespace {

namespace fs = std::filesystem;

using Type = Item::Type;

/// One class folder, and the table that must come of it.
struct ClassCase {
  std::string what;  ///< it shows
  std::vector<Item> items;
  /// Name -> the files that are taken, as "carve bounds"; "!" and a part of the reason for a row
  /// that is refused.
  std::map<std::string, std::string> rows;
  std::vector<std::string> skipped = {};
  std::optional<Shape> shape = {};
};

void PrintTo(const ClassCase& one, std::ostream* out) { *out << one.what; }

const std::string kPacked =
    zip_of({{"p1_carving/carve.cpp", "carve"}, {"p1_carving/bounds.cpp", "b"}});
const std::string kLater = zip_of({{"p1_carving/carve.cpp", "later"}});
const std::string kTarred =
    gzipped(tar_of({{"hw/p1_carving/carve.cpp", "carve"}, {"hw/p1_carving/bounds.cpp", "b"}}));

Item tree(const std::string& name) { return {name + "/p1_carving/carve.cpp", "carve"}; }
Item empty_folder(const std::string& name) { return {name, "", Type::kFolder}; }
Item link(const std::string& name, const std::string& to) { return {name, to, Type::kSymlink}; }

const char* const kMetadata =
    "---\n"
    "submission_2001:\n"
    "  :submitters:\n"
    "  - :name: Amy Adams\n"
    "    :sid: '1001'\n"
    "    :email: amy@example.edu\n"
    "  - :name: \"Bob \\\"B\\\" Brown\"\n"
    "    :sid: '1002'\n"
    "  :created_at: 2024-03-01 10:00:00.000000000 Z\n"
    "  :history:\n"
    "  - :id: 1999\n"
    "    :submitters:\n"
    "    - :name: Nobody\n"
    "submission_2002:\n"
    "  :submitters:\n"
    "  - :name: Cat Clark\n"
    "    :sid: '1003'\n"
    "submission_2003:\n"
    "  :submitters:\n"
    "  - :name: Dan O''Davis\n"
    "    :sid: '1004'\n";

std::vector<ClassCase> folders_of_folders() {
  return {
      {"right, empty, a PDF",
       {tree("adams_amy"), {"brown_bob/.keep", ""}, {"clark_cat/report.pdf", "%PDF"}},
       {{"adams_amy", "carve"}, {"brown_bob", "!it is empty"}, {"clark_cat", "!found report.pdf"}}},
      {"nobody handed in a part file",
       {empty_folder("amy"), {"bob/notes.txt", ""}},
       {{"amy", "!it is empty"}, {"bob", "!found notes.txt"}}},
      {"bare files, deep trees and part folders",
       {{"amy/carve.cpp", "1"}, {"bob/a/b/c/p1_carving/carve.cpp", "2"}, tree("cat")},
       {{"amy", "carve"}, {"bob", "carve"}, {"cat", "carve"}}},
      {"an archive in each folder",
       {{"amy/hw1.zip", kPacked}, {"bob/hw1.tar.gz", kTarred}, {"cat/sent/hw1.zip", kPacked}},
       {{"amy", "carve bounds"}, {"bob", "carve bounds"}, {"cat", "carve bounds"}}},
      {"folders and archives",
       {tree("amy"), {"bob.zip", kPacked}, {"cat.tgz", kTarred}},
       {{"amy", "carve"}, {"bob", "carve bounds"}, {"cat", "carve bounds"}}},
      {"archives that nobody can take",
       {tree("amy"),
        {"bob.rar", "Rar!\x1A\x07"},
        {"cat.zip", ""},
        {"dan.zip", zip_of({})},
        {"eve.zip", "<!DOCTYPE html><html>Please sign in"},
        {"fay.7z", "7z\xBC\xAF\x27\x1C"}},
       {{"amy", "carve"},
        {"bob.rar", "!RAR"},
        {"cat", "!is empty"},
        {"dan", "!archive is empty"},
        {"eve", "!web page"},
        {"fay.7z", "!7z"}}},
      {"a link and a table beside the students",
       {tree("amy"),
        tree("bob"),
        link("cat", "amy"),
        {"grades.csv", "name,points"},
        {"README.md", ""}},
       {{"amy", "carve"}, {"bob", "carve"}, {"cat", "!is a link"}},
       {"README.md", "grades.csv"}},
      {"hidden and build folders",
       {tree("amy"),
        tree("bob"),
        {".cache/x", ""},
        {"build/carve.cpp", ""},
        {"__MACOSX/._amy", ""}},
       {{"amy", "carve"}, {"bob", "carve"}},
       {".cache", "__MACOSX", "build"}},
      {"our own reports among the students",
       {tree("amy"),
        tree("bob"),
        {"out/class.json", "{\"schema\": \"pset3-class\"}"},
        {"out/amy/results.json", "{\"schema\": \"pset3-results\"}"},
        {"out/amy/report.txt", ""}},
       {{"amy", "carve"}, {"bob", "carve"}},
       {"out"}},
      {"a student keeps a results.json",
       {{"amy/results.json", "{\"schema\": \"pset3-results\"}"}, tree("amy"), tree("bob")},
       {{"amy", "carve"}, {"bob", "carve"}}},
      {"another one forges the class file",
       {{"amy/class.json", "{\"schema\": \"pset3-class\"}"}, tree("amy"), tree("bob")},
       {{"amy", "carve"}, {"bob", "carve"}}},
      {"clones of a GitHub classroom",
       {{"carving-amy/.git/HEAD", ""},
        tree("carving-amy"),
        {"carving-bob-b/.git/HEAD", ""},
        {"carving-bob-b/README.md", ""}},
       {{"amy", "carve"}, {"bob-b", "!found README.md"}}},
      {"students who handed in different parts",
       {tree("amy"), {"bob/p2_nets/train.cpp", "t"}},
       {{"amy", "carve"}, {"bob", "train"}}},
      {"one folder around them all",
       {tree("submissions/amy"), tree("submissions/bob")},
       {{"amy", "carve"}, {"bob", "carve"}}},
      {"one archive of them all",
       {{"all.zip",
         zip_of({{"amy/p1_carving/carve.cpp", "1"}, {"bob/p1_carving/carve.cpp", "2"}})}},
       {{"amy", "carve"}, {"bob", "carve"}}},
      {"an old copy in an archive beside the files",
       {tree("amy"), {"amy/old.zip", kLater}, tree("bob")},
       {{"amy", "carve"}, {"bob", "carve"}}},
      {"files of one folder without the part's name",
       {{"amy/carve.cpp", "c"},
        {"amy/main.cpp", "m"},
        {"bob/train.cpp", "t"},
        {"bob/main.cpp", "m"}},
       {{"amy", "carve main"}, {"bob", "train main"}}},
      {"names for terminals, spreadsheets and our own folder",
       {tree("\x1b]0;owned\x07"), tree("=cmd|calc!A1"), tree("class.json"), tree("-rf"),
        tree(pset3::testing::utf8(0x200B)), tree("a\nPASSED"), tree("caf\xE9"),
        tree(pset3::testing::utf8(0x202E) + "gpj.exe"), tree("amy"), tree("Amy")},
       {{"__0_owned_", "carve"},
        {"_cmd_calc_A1", "carve"},
        {"_class.json", "carve"},
        {"_rf", "carve"},
        {"unnamed", "carve"},
        {"a_PASSED", "carve"},
        {"caf_", "carve"},
        {"_gpj.exe", "carve"},
        {"Amy", "carve"},
        {"amy-2", "carve"}}},
      {"folders, though they look like one program",
       {tree("src"), {"docs/a.md", ""}},
       {{"src", "carve"}, {"docs", "!found a.md"}},
       {},
       Shape::kFolders},
  };
}

std::vector<ClassCase> one_submission() {
  return {
      {"a part folder",
       {{"p1_carving/carve.cpp", ""}, {"p2_nets/train.cpp", ""}},
       {{"in", "carve train"}}},
      {"bare files", {{"carve.cpp", "1"}, {"old/carve.cpp", "1"}}, {{"in", "carve"}}},
      {"a repository",
       {{"starter/p1_carving/carve.cpp", ""},
        {"solution/p1_carving/carve.cpp", ""},
        {"tests/x", ""}},
       {{"in", "carve"}}},
      {"a tree of one program",
       {{"src/p1_carving/carve.cpp", ""}, {"docs/a.md", ""}, {"data/x", ""}},
       {{"in", "carve"}}},
      {"one folder for each question",
       {{"question b/carve.cpp", ""}, {"question d/bounds.cpp", ""}},
       {{"in", "carve bounds"}}},
      {"an archive of one student", {{"hw.zip", kPacked}}, {{"in", "carve bounds"}}},
      {"an archive a part",
       {{"p1_carving.zip", zip_of({{"carve.cpp", "c"}, {"main.cpp", "m"}})},
        {"p2_nets.zip", zip_of({{"main.cpp", "m2"}})}},
       {{"in", "carve main main"}}},
      {"nothing at all", {}, {{"in", "!it is empty"}}},
  };
}

std::vector<ClassCase> downloads() {
  const std::string moodle = "_assignsubmission_file_";
  return {
      {"Moodle, a zip in each folder",
       {{"Adams Amy_1001" + moodle + "/hw1.zip", kPacked},
        {"Brown Bob_1002" + moodle + "/hw1.zip", kPacked},
        empty_folder("Clark Cat_1003" + moodle)},
       {{"Adams_Amy", "carve bounds"},
        {"Brown_Bob", "carve bounds"},
        {"Clark_Cat", "!it is empty"}}},
      {"Moodle, loose files in each folder, and a typed text",
       {{"Adams Amy_1001" + moodle + "/carve.cpp", "c"},
        {"Adams Amy_1001" + moodle + "/bounds.cpp", "b"},
        {"Brown Bob_1002_assignsubmission_onlinetext_/onlinetext.html", "<p>see mail"}},
       {{"Adams_Amy", "carve bounds"}, {"Brown_Bob", "!found onlinetext.html"}}},
      {"Moodle without folders",
       {{"Adams Amy_1001" + moodle + "carve.cpp", "c"},
        {"Adams Amy_1001" + moodle + "bounds.cpp", "b"},
        {"Brown Bob_1002" + moodle + "hw1.zip", kPacked}},
       {{"Adams_Amy", "carve bounds"}, {"Brown_Bob", "carve bounds"}}},
      {"Moodle, two of one name",
       {{"Adams Amy_1001" + moodle + "/carve.cpp", "c"},
        {"Adams Amy_1002" + moodle + "/bounds.cpp", "b"}},
       {{"Adams_Amy", "carve"}, {"Adams_Amy_1002", "bounds"}}},
      {"Canvas, loose files with the system's numbers",
       {{"adamsamy_1001_50001_carve.cpp", "c"},
        {"adamsamy_1001_50002_bounds.cpp", "b"},
        {"brownbob_LATE_1002_50011_carve-1.cpp", "c"},
        {"brownbob_LATE_1002_50012_main-1.cpp", "m"}},
       {{"adamsamy", "carve bounds"}, {"brownbob", "carve main"}}},
      {"Canvas, every kind of upload",
       {{"adamsamy_1001_50001_hw.zip", kPacked},
        {"brownbob_LATE_1002_50011_hw-2.zip", kPacked},
        {"clarkcat_1003_50021_report.pdf", "%PDF"},
        {"davisdan_1004_50031_carve.cpp.txt", "c"},
        {"evanseve_1005_50041_carve.cc", "c"},
        {"hallhal_folder/p1_carving/carve.cpp", "c"},
        link("irvinida_link", "hallhal_folder"),
        {"kellykim_1011_50101_hw", kPacked},
        {"leelu_1012_text.html", "<p>I could not upload"}},
       {{"adamsamy", "carve bounds"},
        {"brownbob", "carve bounds"},
        {"clarkcat", "!found report.pdf"},
        {"davisdan", "!did you mean carve.cpp"},
        {"evanseve", "!did you mean carve.cpp"},
        {"hallhal_folder", "carve"},
        {"irvinida_link", "!is a link"},
        {"kellykim", "carve bounds"},
        {"leelu", "!found text.html"}}},
      {"Canvas, a class of one",
       {{"adamsamy_1001_50001_hw.zip", kPacked}},
       {{"adamsamy", "carve bounds"}}},
      {"Canvas, graded without names",
       {{"anon_Ab1cD_50001_carve.cpp", "c"}, {"anon_Xy9zW_50002_carve.cpp", "c"}},
       {{"anon_Ab1cD", "carve"}, {"anon_Xy9zW", "carve"}}},
      {"Canvas, the whole zip",
       {{"submissions.zip", zip_of({{"adamsamy_1001_50001_carve.cpp", "c"},
                                    {"brownbob_1002_50002_hw.zip", kPacked}})}},
       {{"adamsamy", "carve"}, {"brownbob", "carve bounds"}}},
      {"Blackboard, files and records",
       {{"HW 3_jdoe_attempt_2026-11-20-23-10-05_carve.cpp", "c"},
        {"HW 3_jdoe_attempt_2026-11-20-23-10-05.txt", "Name: Jane Doe (jdoe)\n"},
        {"HW 3_rroe_attempt_2026-11-21-08-00-00_hw.zip", kPacked},
        {"HW 3_zzz_attempt_2026-11-21-08-00-00.txt", "Name: Zoe Zed (zzz)\n"}},
       {{"jdoe", "carve"}, {"rroe", "carve bounds"}, {"zzz", "!record of the attempt"}}},
      {"Gradescope, with a pair",
       {{"submission_metadata.yml", kMetadata},
        {"submission_2001/carve.cpp", "c"},
        tree("submission_2002"),
        {"submission_2003/notes.txt", ""}},
       {{"Amy_Adams+Bob__B__Brown", "carve"},
        {"Cat_Clark", "carve"},
        {"Dan_O__Davis", "!found notes.txt"}},
       {"submission_metadata.yml"}},
      {"Gradescope, a folder that is not there",
       {{"submission_metadata.yml", kMetadata},
        {"submission_2001/carve.cpp", "c"},
        {"submission_2003/carve.cpp", "c"},
        {"submission_7/carve.cpp", "c"}},
       {{"Amy_Adams+Bob__B__Brown", "carve"},
        {"Cat_Clark", "!there is no such folder"},
        {"Dan_O__Davis", "carve"},
        {"submission_7", "carve"}},
       {"submission_metadata.yml"}},
      {"Gradescope, the whole zip",
       {{"export.zip", zip_of({{"assignment_1_export/submission_metadata.yml", kMetadata},
                               {"assignment_1_export/submission_2001/carve.cpp", "c"},
                               {"assignment_1_export/submission_2002/carve.cpp", "c"},
                               {"assignment_1_export/submission_2003/hw.zip", kPacked}})}},
       {{"Amy_Adams+Bob__B__Brown", "carve"},
        {"Cat_Clark", "carve"},
        {"Dan_O__Davis", "carve bounds"}},
       {"submission_metadata.yml"}},
  };
}

std::string row_of(const HandIn& hand_in) {
  if (!hand_in.refused.empty()) return "!" + hand_in.refused;
  try {
    std::string files;
    const Submission taken = take(hand_in.attempts.back().pieces, two_parts());
    for (const char* part : {"p1_carving", "p2_nets"}) {
      const auto found = taken.parts.find(part);
      if (found == taken.parts.end()) continue;
      for (const char* file : {"carve", "bounds", "train", "main"}) {
        if (found->second.count(std::string(file) + ".cpp") == 0) continue;
        files += (files.empty() ? "" : " ") + std::string(file);
      }
    }
    return files;
  } catch (const Refused& refused) {
    return std::string("!") + refused.what();
  }
}

class ClassCorpus : public ::testing::TestWithParam<ClassCase> {};

TEST_P(ClassCorpus, ComesOutAsItsTableSays) {
  const Desk desk;
  CollectOptions options;
  options.shape = GetParam().shape;
  const Class found = collect({desk.folder("in", GetParam().items)}, two_parts(), options);
  std::map<std::string, std::string> rows;
  for (const HandIn& hand_in : found.hand_ins) {
    EXPECT_TRUE(rows.emplace(hand_in.name, row_of(hand_in)).second) << hand_in.name << " twice";
  }
  for (const auto& [name, expected] : GetParam().rows) {
    ASSERT_EQ(rows.count(name), 1U)
        << name << " has vanished; there are " << ::testing::PrintToString(rows);
    if (expected[0] == '!') {
      EXPECT_THAT(rows[name], ::testing::HasSubstr(expected.substr(1))) << name;
      EXPECT_EQ(rows[name][0], '!') << name;
    } else {
      EXPECT_EQ(rows[name], expected) << name;
    }
  }
  EXPECT_EQ(rows.size(), GetParam().rows.size()) << ::testing::PrintToString(rows);
  std::vector<std::string> skipped;
  for (const Skipped& entry : found.skipped) skipped.push_back(entry.path);
  EXPECT_EQ(skipped, GetParam().skipped);
}

INSTANTIATE_TEST_SUITE_P(Folders, ClassCorpus, ::testing::ValuesIn(folders_of_folders()));
INSTANTIATE_TEST_SUITE_P(OneSubmission, ClassCorpus, ::testing::ValuesIn(one_submission()));
INSTANTIATE_TEST_SUITE_P(Downloads, ClassCorpus, ::testing::ValuesIn(downloads()));

}  // namespace
}  // namespace pset3::intake::testing
