#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class Usage : public Desk {};

TEST_F(Usage, EveryVerbHasHelpWithExamples) {
  const std::vector<std::vector<std::string>> verbs = {{"check"},
                                                       {"pack"},
                                                       {"export"},
                                                       {"export", "junit"},
                                                       {"export", "canvas"},
                                                       {"completion"},
                                                       {"man"},
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

/// What bash offers for a line whose last word is being typed.
std::string completions(const fs::path& script, const std::vector<std::string>& line) {
  std::string words = "./pset3";
  for (const std::string& word : line) words += " '" + word + "'";
  Process bash({"/bin/bash", "-c",
                "source '" + script.string() + "'; COMP_WORDS=(" + words + "); COMP_CWORD=" +
                    std::to_string(line.size()) + "; _pset3; echo \"${COMPREPLY[*]}\""},
               {}, script.parent_path());
  EXPECT_EQ(bash.wait(), 0) << bash.err();
  EXPECT_EQ(bash.err(), "");
  return bash.out();
}

TEST_F(Usage, BashCompletesCommandsOptionsAndChecks) {
  const fs::path script = path("completion.bash");
  write_file(script, pset3({"completion", "bash"}).out);
  EXPECT_EQ(completions(script, {"ch"}), "check\n");
  EXPECT_EQ(completions(script, {"check", "--wa"}), "--watch\n");
  EXPECT_EQ(completions(script, {"check", "p1.b.surv"}), "p1.b.survivors\n");
  EXPECT_EQ(completions(script, {"check", "p1.b.hid"}), "\n") << "a hidden check";
  EXPECT_EQ(completions(script, {"check", "p1", "--ci", ""}), "github\n");
  EXPECT_EQ(completions(script, {"author", "selft"}), "selftest\n");
  EXPECT_EQ(completions(script, {"author", "selftest", "--pa"}), "--part\n");
  EXPECT_EQ(completions(script, {"export", "ju"}), "junit\n");
}

TEST_F(Usage, EveryShellTakesItsScript) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Result script = pset3({"completion", shell});
    ASSERT_EQ(script.status, 0);
    EXPECT_THAT(script.out, AllOf(HasSubstr("selftest"), HasSubstr("p1.b.survivors")));
    const fs::path program = fs::path("/usr/bin") / shell;
    if (!fs::exists(program)) continue;
    write_file(path("script"), script.out);
    Process check({program.string(), "-n", path("script").string()}, {}, path("."));
    EXPECT_EQ(check.wait(), 0) << check.err();
  }
}

TEST_F(Usage, ManualPageHasEveryCommandAndIsSoundRoff) {
  const Result page = pset3({"man"});
  EXPECT_THAT(page.out,
              AllOf(HasSubstr(".SH NAME\n"), HasSubstr(".SS check\n"),
                    HasSubstr(".SS author selftest\n"), HasSubstr("\\fB\\-\\-watch\\fR")));
  if (!fs::exists("/usr/bin/groff")) GTEST_SKIP() << "no groff here that reads it";
  write_file(path("pset3.1"), page.out);
  Process groff({"/usr/bin/groff", "-Kutf8", "-man", "-ww", "-Tutf8", path("pset3.1").string()}, {},
                path("."));
  EXPECT_EQ(groff.wait(), 0);
  EXPECT_EQ(groff.err(), "");
  EXPECT_THAT(groff.out(), HasSubstr("judge again whenever a file changes"));
}

TEST_F(Usage, VersionNamesTheToolchainAndTheLibraries) {
  const Result version = pset3({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.out,
              ::testing::ContainsRegex(
                  "[Cc]lang.*\n.*libarchive [0-9.]+.*\n.*Eigen 3[0-9.]+, OpenCV [0-9.]+, "
                  "LibTorch [0-9.]+\n"));
}

}  // namespace
}  // namespace pset3::end_to_end
