// What a release consists of.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "grader/author/release_gradescope.hpp"
#include "grader/author/release_pages.hpp"
#include "grader/author/release_student.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "tests/release/trees.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(StudentRelease, TellsThePointsOfWhatItHides) {
  const TemporaryFolder folder;
  write_tree(this_release(), folder.path() / "released");
  const fs::path fixtures = folder.path() / "released/fixtures";
  for (const judge::Rubric& whole : this_course().parts) {
    const judge::Rubric given = judge::read_rubric(fixtures / whole.folder / "rubric.json",
                                                   fixtures / "rubric.schema.json");
    EXPECT_NEAR(given.automatic_points() + given.left_out.points, whole.automatic_points(), 1e-9);
    EXPECT_EQ(given.checks.size() + static_cast<std::size_t>(given.left_out.count),
              whole.checks.size());
    EXPECT_EQ(given.manual_points(), whole.manual_points());
    for (const judge::CheckSpec& check : given.checks) {
      EXPECT_EQ(check.tolerance, whole.find_check(check.id)->tolerance) << "measured ones as well";
    }
  }
}

TEST(StudentRelease, HasTheSameBytesWhenItIsMadeAgain) {
  const std::string first = zip_of(this_release(), "pset3", 1'700'000'000);
  EXPECT_EQ(first, zip_of(student_release(this_course(), {}), "pset3", 1'700'000'000));
  EXPECT_LT(first.size(), 20u << 20);
}

TEST(StudentRelease, OfSomePartsHasNothingOfTheOthers) {
  const ReleaseTree tree = student_release(this_course(), {"p1", "p2"});
  for (const char* part : {"p0_neural_nets", "p3_supervised_depth", "p4_unsupervised_depth"}) {
    for (const auto& [name, file] : tree) EXPECT_THAT(name, Not(HasSubstr(part)));
    for (const char* text : {"README.md", "starter/README.md", "grader/parts/parts.cpp"}) {
      EXPECT_THAT(tree.at(text).bytes, Not(HasSubstr(part))) << text;
    }
  }
  EXPECT_THAT(tree.at("README.md").bytes, HasSubstr("| p1 | Space carving | 40 |"));
  EXPECT_THAT(tree.at("README.md").bytes, Not(HasSubstr("@")));
  EXPECT_THROW(student_release(this_course(), {"p9"}), InputError);
}

TEST(StudentRelease, HasTheHandoutsOfItsPartsAsPages) {
  ReleaseTree tree = student_release(this_course(), {"p1"});
  if (!add_pages(tree, this_course().home.source)) {
    GTEST_SKIP() << "pandoc is not installed, so no pages are made. Debian: apt-get install pandoc";
  }
  const std::string page = tree.at("handouts/pages/p1_space_carving.html").bytes;
  EXPECT_THAT(page, HasSubstr("id=\"b-carving-with-one-view\"")) << "reports link to it";
  EXPECT_THAT(page, HasSubstr("p1.b.survivors"));
  EXPECT_THAT(page, Not(HasSubstr("p1.b.hidden")));
  static const std::regex kSource("(?:src|href)=\"([^\"#:]+)[^\"]*\"");
  for (auto link = std::sregex_iterator(page.begin(), page.end(), kSource);
       link != std::sregex_iterator(); ++link) {
    const fs::path target = fs::path("handouts/pages") / (*link)[1].str();
    EXPECT_EQ(tree.count(target.lexically_normal().generic_string()), 1u) << target;
  }
  EXPECT_EQ(tree.count("handouts/pages/p3_supervised_depth.html"), 0u);
  EXPECT_EQ(tree.count("handouts/pages/teaching_notes.html"), 0u);
}

TEST(StudentRelease, KnowsWhereTheHandoutsArePublished) {
  const TemporaryFolder folder;
  ReleaseTree tree = student_release(this_course(), {"p1"});
  add_address(tree, pipeline::address_of_site("https://example.org/cv"));
  write_tree(tree, folder.path() / "released");
  EXPECT_EQ(course_in(folder.path() / "released").handouts_address, "https://example.org/cv/");
  for (const char* address : {"javascript:alert(1)", "handouts", "https://a b", ""}) {
    EXPECT_THROW(pipeline::address_of_site(address), InputError) << address;
  }
}

TEST(StudentRelease, LinksToNothingThatItLacks) {
  static const std::regex kLink("\\]\\(([^)#:]+)[^):]*\\)");
  std::size_t links = 0;
  for (const std::set<std::string>& parts : {std::set<std::string>(), {"p1"}}) {
    const ReleaseTree tree = student_release(this_course(), parts);
    for (const auto& [name, file] : tree) {
      if (fs::path(name).extension() != ".md") continue;
      for (std::sregex_iterator link(file.bytes.begin(), file.bytes.end(), kLink), end; link != end;
           ++link, ++links) {
        const fs::path to = (fs::path(name).parent_path() / (*link)[1].str()).lexically_normal();
        EXPECT_EQ(tree.count(to.generic_string()), 1u) << name << " links to " << to;
      }
    }
  }
  EXPECT_GT(links, 30u);
}

TEST(StudentRelease, ReplacesAnEarlierOneAndNothingElse) {
  const TemporaryFolder folder;
  const fs::path out = folder.path() / "out";
  write_tree({{"a/old.txt", {"old", false}}}, out);
  write_file(out / "mine.txt", "mine");
  write_tree({{"run", {"new", true}}}, out);
  EXPECT_FALSE(fs::exists(out / "a/old.txt"));
  EXPECT_EQ(read_file(out / "mine.txt"), "mine");
  EXPECT_NE(fs::status(out / "run").permissions() & fs::perms::owner_exec, fs::perms::none);
  fs::create_directory(folder.path() / "other");
  write_file(folder.path() / "other/thesis.tex", "years");
  EXPECT_THROW(write_tree({}, folder.path() / "other"), InputError);
}

TEST(GradescopeRelease, HasWhatThePlatformStartsAndWhatGradingNeeds) {
  const ReleaseTree tree = gradescope_release(this_course(), {"p1"}, {"the secret", "autumn"});
  EXPECT_TRUE(tree.at("setup.sh").is_program);
  EXPECT_TRUE(tree.at("run_autograder").is_program);
  EXPECT_THAT(tree.at("run_autograder").bytes, HasSubstr("--run autumn"));
  EXPECT_EQ(tree.at("course_secret").bytes, "the secret");
  for (const char* file : {"pset3/pset3", "pset3/solution/p1_space_carving/carve.cpp",
                           "pset3/starter/p1_space_carving/carve.cpp",
                           "pset3/fixtures/p1_space_carving/mistakes/no_margin.patch"}) {
    EXPECT_EQ(tree.count(file), 1u) << file;
  }
  EXPECT_THAT(files_with(tree, "p0_neural_nets"), IsEmpty());
  const std::string& verbs = tree.at("pset3/grader/app/teaching.cpp").bytes;
  EXPECT_THAT(verbs, AllOf(HasSubstr("  add_gradescope(app, context, chosen);"),
                           Not(HasSubstr("add_grade(")), Not(HasSubstr("add_author("))));
  EXPECT_EQ(tree.count("pset3/grader/author/selftest.cpp"), 0u);
}

}  // namespace
}  // namespace pset3::author
