#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "tests/handouts/handouts.hpp"

namespace pset3::handouts {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

int run(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string script() { return (source_folder() / "handouts" / "make_site.sh").string(); }

// Made once for all tests: pandoc takes a few seconds.
class Site : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (run("command -v pandoc >/dev/null") != 0) {
      return;
    }
    std::string name = (std::filesystem::temp_directory_path() / "pset3-site-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    status_ = run("'" + script() + "' '" + folder_.string() + "' >/dev/null");
  }
  static void TearDownTestSuite() {
    if (!folder_.empty()) {
      std::filesystem::remove_all(folder_);
    }
  }
  void SetUp() override {
    if (folder_.empty()) {
      GTEST_SKIP() << "pandoc is not installed, so no site is made. Debian: apt-get install pandoc";
    }
    ASSERT_EQ(status_, 0);
  }
  static std::vector<std::filesystem::path> made() {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      if (entry.path().extension() == ".html") {
        found.push_back(entry.path());
      }
    }
    return found;
  }

  static inline std::filesystem::path folder_;
  static inline int status_ = 0;
};

TEST_F(Site, HasLinksPicturesAndAnchorsThatExist) {
  ASSERT_GT(made().size(), 15U);
  for (const std::filesystem::path& page : made()) {
    const std::string text = contents_of(page);
    for (const std::string& target : all_matches(text, "(?:href|src)=\"([^\"]*)\"")) {
      if (target.find("://") != std::string::npos) continue;
      const std::size_t hash = target.find('#');
      const std::string path = target.substr(0, hash);
      const std::filesystem::path file = path.empty() ? page : folder_ / path;
      ASSERT_TRUE(std::filesystem::exists(file)) << page << " links to " << target;
      if (hash != std::string::npos) {
        EXPECT_THAT(contents_of(file), HasSubstr("id=\"" + target.substr(hash + 1) + "\""))
            << page << " links to " << target;
      }
    }
  }
}

TEST_F(Site, LoadsNothingFromElsewhere) {
  for (const std::filesystem::path& page : made()) {
    const std::string text = contents_of(page);
    EXPECT_THAT(all_matches(text, "(<script|src=\"https?:|<link[^>]*href=\"https?:)"),
                testing::IsEmpty())
        << page;
  }
}

TEST_F(Site, ListsPublicChecksWithTitlesAndNamesNoHiddenOne) {
  for (const Part& part : parts()) {
    const std::string text = contents_of(folder_ / (part.handout.stem().string() + ".html"));
    for (const auto& check : part.rubric.at("checks")) {
      const std::string id = "id=\"" + check.at("id").get<std::string>() + "\"";
      if (check.at("visibility") == "public") {
        EXPECT_THAT(text, HasSubstr(id));
      } else {
        EXPECT_THAT(text, Not(HasSubstr(id)));
      }
    }
  }
}

TEST_F(Site, HasTheAnchorOfEveryQuestion) {
  for (const Part& part : parts()) {
    const std::string text = contents_of(folder_ / (part.handout.stem().string() + ".html"));
    for (const auto& check : part.rubric.at("checks")) {
      const std::string anchor = anchor_of(check.at("section").get<std::string>());
      EXPECT_THAT(text, HasSubstr("id=\"" + anchor + "\"")) << "where reports link to";
    }
  }
}

TEST_F(Site, SetsFormulasAsMathMl) {
  const std::string text = contents_of(folder_ / "p0_neural_nets.html");
  EXPECT_GT(all_matches(text, "(<math display=\"block\")").size(), 8U);
  EXPECT_THAT(all_matches(text, "(class=\"math)"), testing::IsEmpty()) << "TeX that pandoc refused";
}

TEST_F(Site, KeepsTheTeachingNotesFromStudents) {
  EXPECT_FALSE(std::filesystem::exists(folder_ / "teaching_notes.html"));
}

TEST(DrawFigures, DrawsWhatIsKept) {
  std::string name = (std::filesystem::temp_directory_path() / "pset3-figures-XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(name.data());
  const std::filesystem::path handouts = source_folder() / "handouts";
  ASSERT_EQ(run("'" + (handouts / "draw_figures.sh").string() + "' '" + folder.string() + "'"), 0);
  int drawn = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    EXPECT_EQ(contents_of(entry.path()),
              contents_of(handouts / "figures" / entry.path().filename()));
    ++drawn;
  }
  EXPECT_EQ(drawn, 3);
  std::filesystem::remove_all(folder);
}

TEST(MakeSite, SaysHowItIsUsedWhenItGetsNoFolder) {
  EXPECT_EQ(run("'" + script() + "' 2>/dev/null"), 2);
  EXPECT_EQ(run("'" + script() + "' --unknown 2>/dev/null"), 2);
}

}  // namespace
}  // namespace pset3::handouts
