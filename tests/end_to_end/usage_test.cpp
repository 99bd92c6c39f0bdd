#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class Usage : public Desk {};

TEST_F(Usage, EveryVerbHasHelpWithExamples) {
  const std::vector<std::vector<std::string>> verbs = {{"check"},
                                                       {"run"},
                                                       {"grade"},
                                                       {"doctor"},
                                                       {"demo"},
                                                       {"author"},
                                                       {"author", "starter"},
                                                       {"author", "fixtures"},
                                                       {"author", "calibrate"},
                                                       {"author", "selftest"}};
  for (std::vector<std::string> words : verbs) {
    words.emplace_back("--help");
    const Result result = pset3(words);
    EXPECT_EQ(result.status, 0);
    EXPECT_THAT(result.out, AllOf(HasSubstr("Examples:"), HasSubstr("Usage: ./pset3 " + words[0])));
  }
}

TEST_F(Usage, ProgramAloneShowsItsHelp) {
  const Result result = pset3({});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("Subcommands:"));
}

TEST_F(Usage, UnknownVerbIsRefusedWithTheNearestOne) {
  const Result result = pset3({"chek"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("there is no command \"chek\"; did you mean check?"));
}

TEST_F(Usage, UnknownOptionIsRefusedWithTheNearestOne) {
  const Result result = pset3({"grade", "hw3", "--publik-only"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("did you mean --public-only?"), HasSubstr("./pset3 grade --help")));
}

TEST_F(Usage, MissingArgumentsAreNamed) {
  EXPECT_EQ(pset3({"grade"}).status, 2);
  EXPECT_THAT(pset3({"grade"}).err, HasSubstr("paths is required"));
  EXPECT_EQ(pset3({"run"}).status, 2);
  EXPECT_EQ(pset3({"run", "p9"}).status, 2);
  EXPECT_THAT(pset3({"author"}).err, HasSubstr("a command is missing"));
}

}  // namespace
}  // namespace pset3::end_to_end
