#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::HasSubstr;

/// On a copy of the course, so that a test may spoil it.
class Author : public Desk {
 protected:
  Author() {
    fs::copy(small_course(), path("course"), fs::copy_options::recursive);
    environment_["PSET3_HOME"] = path("course").string();
  }
};

TEST_F(Author, StarterIsFreshUntilTheSolutionChanges) {
  EXPECT_EQ(pset3({"author", "starter", "--check"}).status, 0);
  const fs::path file = path("course/solution/p1_space_carving/carve.cpp");
  write_file(file, "// A new line above everything.\n" + read_file(file));
  const Result result = pset3({"author", "starter", "--check"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("stale: starter/p1_space_carving/carve.cpp"));
  EXPECT_EQ(pset3({"author", "starter"}).status, 0);
  EXPECT_EQ(pset3({"author", "starter", "--check"}).status, 0);
}

TEST_F(Author, FixturesAreFreshUntilTheReferenceChanges) {
  ASSERT_EQ(pset3({"author", "fixtures"}).status, 0) << "of the few mistakes that are left";
  EXPECT_EQ(pset3({"author", "fixtures", "--check"}).status, 0);
  const fs::path expected =
      path("course/fixtures/p1_space_carving/expected/bounds.box.safetensors");
  std::string bytes = read_file(expected);
  bytes.back() = static_cast<char>(bytes.back() ^ 0x40);
  write_file(expected, bytes);
  const Result result = pset3({"author", "fixtures", "--check"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("bounds.box"));
}

}  // namespace
}  // namespace pset3::end_to_end
