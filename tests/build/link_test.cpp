#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "grader/base/error.hpp"
#include "tests/build/toolkit.hpp"

namespace pset3::build {
namespace {

namespace fs = std::filesystem;
using pset3::testing::home;
using pset3::testing::ReachableFolder;
using pset3::testing::solution;
using pset3::testing::toolkit;
using ::testing::HasSubstr;

class Link : public ::testing::Test {
 protected:
  /// Links the solution with another carve.cpp.
  BuildResult link_with(const std::string& carve, Undefined undefined = Undefined::kRefused,
                        Lines lines = Lines::kUnknown) {
    std::vector<Object> objects;
    for (const char* name : {"form_initial_voxels.cpp", "carve.cpp", "get_voxel_bounds.cpp"}) {
      const bool own = std::string(name) == "carve.cpp";
      objects.emplace_back(folder_.path() / (std::string(name) + ".o"), name);
      const BuildResult result =
          compile(toolkit(), name, own ? carve : solution(name), objects.back().file, lines);
      if (!result.ok) throw std::runtime_error("does not compile");
    }
    return link(toolkit(), objects, program_, undefined);
  }

  ReachableFolder folder_;
  fs::path program_ = folder_.path() / "program";
};

TEST_F(Link, MakesAProgramOfTheSolution) {
  const BuildResult result = link_with(solution("carve.cpp"));
  EXPECT_TRUE(result.ok);
  EXPECT_TRUE(result.diagnostics.empty());
  EXPECT_EQ(fs::status(program_).permissions(), static_cast<fs::perms>(0755));
}

/// Where a program's functions are: a crash is looked up in its twin with lines.
std::string functions_of(const fs::path& program) {
  const std::string command = "nm " + program.string() + " | grep -i ' [tw] '";
  FILE* const pipe = ::popen(command.c_str(), "r");
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  ::pclose(pipe);
  return text;
}

TEST_F(Link, PutsAllInTheSamePlacesWithAndWithoutLines) {
  ASSERT_TRUE(link_with(solution("carve.cpp")).ok);
  const std::string without = functions_of(program_);
  const auto size = fs::file_size(program_);
  ASSERT_TRUE(link_with(solution("carve.cpp"), Undefined::kRefused, Lines::kKnown).ok);
  EXPECT_GT(fs::file_size(program_), size) << "lines take space";
  EXPECT_THAT(without, HasSubstr("carve"));
  EXPECT_EQ(functions_of(program_), without);
}

TEST_F(Link, RefusesAMainOfTheStudents) {
  const BuildResult result = link_with(solution("carve.cpp") + "int main() { return 0; }\n");
  EXPECT_FALSE(result.ok) << "their main() would stand in for the driver's";
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("defines main()"));
}

TEST_F(Link, RefusesWhatWouldStandInForTheGradersOwn) {
  for (const char* own :
       {"namespace pset3::run { int entries() { return 1; } }\n",
        "namespace pset3::run { __attribute__((weak)) int entries() { return 1; } }\n",
        "namespace pset3::arrays { struct Array { int size() const; };\n"
        "int Array::size() const { return 1; } }\n"}) {
    const BuildResult result = link_with(solution("carve.cpp") + own);
    EXPECT_FALSE(result.ok) << own;
    ASSERT_EQ(result.diagnostics.size(), 1u) << own;
    EXPECT_EQ(result.diagnostics[0].file, "carve.cpp");
    EXPECT_THAT(result.diagnostics[0].message, HasSubstr("which is the grader's own")) << own;
  }
}

TEST_F(Link, RefusesAWeakDefinitionOfSomethingGiven) {
  const BuildResult result =
      link_with(solution("carve.cpp") +
                "namespace pset3::carving {\n__attribute__((weak)) cv::Mat "
                "estimate_silhouette(const cv::Mat& image) { return image; }\n}\n");
  EXPECT_FALSE(result.ok);
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("which is given; rename yours"));
}

/// The adapter's functions are looked up by nobody else: a second definition is not taken quietly.
TEST_F(Link, RefusesAnAdapterOfTheStudents) {
  const std::string forged =
      "#include <string>\n#include <vector>\n"
      "namespace pset3::run { struct Entry; const std::vector<Entry>& entries();\n"
      "const std::vector<Entry>& entries() { throw 1; } }\n";
  const BuildResult result = link_with(solution("carve.cpp") + forged);
  EXPECT_FALSE(result.ok);
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("pset3::run::entries()"));
  const BuildResult call = link_with(solution("carve.cpp") + "extern \"C\" void pset3_call() {}\n");
  EXPECT_FALSE(call.ok);
  ASSERT_FALSE(call.diagnostics.empty());
  EXPECT_THAT(call.diagnostics[0].message, HasSubstr("pset3_call"));
}

TEST_F(Link, NamesAFunctionThatIsMissing) {
  const BuildResult result = link_with("int nothing = 0;\n");
  EXPECT_FALSE(result.ok);
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("nothing defines pset3::carving::carve("));
}

TEST_F(Link, DoesWithoutAFunctionWhenAsked) {
  EXPECT_TRUE(link_with("int nothing = 0;\n", Undefined::kAllowed).ok);
}

TEST(Toolkit, IsMadeOnce) {
  const Toolkit& first = toolkit();
  const auto time = fs::last_write_time(first.folder);
  const Toolkit second = prepare_toolkit(home(), "p1", "p1_space_carving", "opencv");
  EXPECT_EQ(second.hash, first.hash);
  EXPECT_EQ(second.folder, first.folder);
  EXPECT_EQ(fs::last_write_time(second.folder), time);
}

TEST(Toolkit, BelongsToNoUserOfBoxes) {
  for (const auto& entry : fs::recursive_directory_iterator(toolkit().folder)) {
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, ::geteuid()) << entry.path();
  }
}

TEST(Toolkit, HoldsNoSourceOfTheStudents) {
  for (const auto& entry : fs::recursive_directory_iterator(toolkit().folder)) {
    EXPECT_NE(entry.path().extension(), ".cpp") << entry.path();
  }
}

TEST(Toolkit, NamesALibraryThatIsMissing) {
  try {
    prepare_toolkit(home(), "p77", "p1_space_carving", "opencv");
    FAIL() << "a part without a driver";
  } catch (const GraderError& error) {
    EXPECT_THAT(error.what(), HasSubstr("p77"));
    EXPECT_THAT(error.what(), HasSubstr(PSET3_OBJECTS_DIR));
  }
}

TEST(Toolkit, NamesTheLibrarySetsThereAre) {
  try {
    prepare_toolkit(home(), "p1", "p1_space_carving", "opengl");
    FAIL() << "an unknown set";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("opengl"));
    EXPECT_THAT(error.what(), HasSubstr("opencv"));
  }
}

}  // namespace
}  // namespace pset3::build
