// A word is planted in everything that must not be given away; then it is looked for in the folder
// and the archive.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/author/release_student.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"
#include "tests/release/trees.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

const char* const kCanary = "canary8c1f";

void append(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  write_file(file, (fs::exists(file) ? read_file(file) : "") + text);
}

void plant_in_solution(const fs::path& file) {
  std::string text = read_file(file);
  const std::string mark = "// BEGIN SOLUTION\n";
  text.insert(text.find(mark) + mark.size(), std::string("// ") + kCanary + "\n");
  write_file(file, text);
  write_file(file.parent_path().parent_path().parent_path() / "starter" /
                 file.parent_path().filename() / file.filename(),
             text);  // as if an author had worked in the starter
}

/// A copy of the repository with canaries in it.
void plant(const fs::path& root) {
  const fs::path source = PSET3_SOURCE_DIR;
  fs::create_directories(root);
  for (const char* path : {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "pset3", ".gitignore",
                           "starter", "solution", "grader", "fixtures", "handouts"}) {
    fs::copy(source / path, root / path, fs::copy_options::recursive);
  }
  const std::string line = std::string("\n") + kCanary + "\n";
  for (const char* file : {"README.md",
                           "CONTRIBUTING.md",
                           "CHANGELOG.md",
                           "course_secret",
                           "tests/a_test.cpp",
                           "handouts/teaching_notes.md",
                           "handouts/README.md",
                           "fixtures/README.md",
                           "fixtures/p1_space_carving/README.md",
                           "fixtures/p1_space_carving/mistakes/new.patch",
                           "fixtures/p1_space_carving/variants/new.patch",
                           "fixtures/p1_space_carving/further/new.patch",
                           "fixtures/p1_space_carving/notes.json",
                           "fixtures/p1_space_carving/expected/new.safetensors",
                           "grader/author/new.cpp",
                           "grader/gradebook/new.cpp",
                           "grader/app/grade.cpp",
                           "grader/app/README.md",
                           "grader/.secret",
                           "starter/build/CMakeCache.txt",
                           "starter/build/carve.cpp",
                           "starter/p1_space_carving/.carve.cpp.swp"}) {
    append(root / file, line);
  }
  for (const auto& entry : fs::recursive_directory_iterator(root / "solution")) {
    if (entry.path().extension() == ".cpp") plant_in_solution(entry.path());
  }
}

TEST(StudentRelease, HoldsNoCanary) {
  const TemporaryFolder folder;
  const fs::path root = folder.path() / "repository";
  plant(root);
  const ReleaseTree tree = student_release(course_in(root), {});
  EXPECT_THAT(files_with(tree, kCanary), IsEmpty());
  write_tree(tree, folder.path() / "released");
  write_file(folder.path() / "released.zip", zip_of(tree, "released", 1'700'000'000));
  const ProcessResult unpacked =
      run_process({"python3", "-m", "zipfile", "-e", "released.zip", "unpacked"}, folder.path());
  ASSERT_EQ(unpacked.status, 0) << unpacked.output;
  const ProcessResult same = run_process(
      {"diff", "-r", "-x", ".pset3_release", "released", "unpacked/released"}, folder.path());
  EXPECT_EQ(same.status, 0) << same.output;
  const ProcessResult found =
      run_process({"grep", "-rla", kCanary, "released", "unpacked"}, folder.path());
  EXPECT_EQ(found.output, "");
  const ProcessResult planted =
      run_process({"grep", "-rla", kCanary, "repository/solution"}, folder.path());
  EXPECT_NE(planted.output, "") << "the canaries were not planted";
}

}  // namespace
}  // namespace pset3::author
