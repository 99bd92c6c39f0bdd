// Nothing that gives an answer away: every line of the solution, every patch and every hidden check
// is looked for in every byte of the release.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "grader/base/files.hpp"
#include "tests/release/trees.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

/// Lines that say nothing of an answer and that others write too: tests/release/common_lines.txt.
std::set<std::string> common_lines() {
  return long_lines(read_file(fs::path(PSET3_SOURCE_DIR) / "tests/release/common_lines.txt"), 0);
}

std::string told(const std::string& line, const fs::path& from, const ReleaseTree& tree) {
  return files_with(tree, line).front() + " has a line of " + from.filename().string() + ": " +
         line;
}

/// @returns a text for each of the lines that the release has.
std::vector<std::string> leaks(const std::set<std::string>& lines, const fs::path& from) {
  std::vector<std::string> found;
  for (const std::string& line : lines) {
    if (!files_with(this_release(), line).empty())
      found.push_back(told(line, from, this_release()));
  }
  return found;
}

TEST(StudentRelease, HoldsNoLineOfASolutionThatTheStubLacks) {
  const std::set<std::string> common = common_lines();
  std::size_t looked_for = 0;
  for (const fs::path& file : files_of("solution", ".cpp")) {
    const std::string stub =
        "starter/" + file.parent_path().filename().string() + "/" + file.filename().string();
    ASSERT_EQ(this_release().count(stub), 1u) << stub;
    std::set<std::string> lines = long_lines(read_file(file), 25);
    for (const std::string& line : long_lines(this_release().at(stub).bytes, 25)) lines.erase(line);
    for (const std::string& line : common) lines.erase(line);
    looked_for += lines.size();
    EXPECT_THAT(leaks(lines, file), IsEmpty())
        << "If the line gives nothing away, add it to tests/release/common_lines.txt.";
  }
  EXPECT_GT(looked_for, 200u);
}

/// A patch's header lines, and the longer lines that it adds.
std::set<std::string> words_of(const std::string& patch) {
  std::set<std::string> words;
  std::istringstream lines(patch);
  for (std::string line; std::getline(lines, line);) {
    for (const char* key : {"Mistake: ", "Variant: ", "Seen: "}) {
      if (line.rfind(key, 0) == 0) words.insert(line);
    }
    const bool adds = line[0] == '+' && line.rfind("+++", 0) != 0;
    if (!adds) continue;
    for (const std::string& added : long_lines(line.substr(1), 45)) words.insert(added);
  }
  return words;
}

TEST(StudentRelease, HoldsNoPatch) {
  const std::set<std::string> common = common_lines();
  std::size_t patches = 0;
  for (const fs::path& file : files_of("fixtures", ".patch")) {
    ++patches;
    std::set<std::string> words = words_of(read_file(file));
    for (const std::string& line : common) words.erase(line);
    EXPECT_THAT(leaks(words, file), IsEmpty())
        << "If the line gives nothing away, add it to tests/release/common_lines.txt.";
  }
  EXPECT_GT(patches, 400u);
  for (const auto& [name, file] : this_release()) {
    EXPECT_EQ(name.find(".patch"), std::string::npos) << name;
    EXPECT_EQ(file.bytes.find("--- a/solution"), std::string::npos) << name;
  }
}

TEST(StudentRelease, NamesNoHiddenCheckAndNoHiddenCase) {
  std::size_t hidden = 0;
  for (const judge::Rubric& rubric : this_course().parts) {
    for (const judge::CaseSpec& spec : rubric.cases) {
      if (!spec.hidden) continue;
      EXPECT_THAT(files_with(this_release(), spec.id), IsEmpty()) << spec.id;
    }
    for (const judge::CheckSpec& check : rubric.checks) {
      if (check.visibility == judge::Visibility::kPublic) continue;
      ++hidden;
      for (const std::string& words : {check.id, check.title, check.hint}) {
        EXPECT_THAT(files_with(this_release(), words), IsEmpty()) << words;
      }
    }
  }
  EXPECT_GT(hidden, 10u);
}

}  // namespace
}  // namespace pset3::author
