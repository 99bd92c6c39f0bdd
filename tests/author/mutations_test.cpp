#include "grader/author/mutations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"

namespace pset3::author {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;

/// The mutations of the lines between the markers of one function.
class Mutations : public ::testing::Test {
 protected:
  std::vector<Mutation> of(const std::string& body, const std::string& before = "") {
    const std::string source =
        "namespace pset3::slips {\nstruct Box { double low, high; int count; };\n"
        "double norm(double value);\nvoid act();\nstruct Guard { Guard(); ~Guard(); };\n" +
        before + "double solve(double a, double b, int n) {\n  // BEGIN SOLUTION\n" + body +
        "\n  // END SOLUTION\n}\n}\n";
    write_file(folder_.path() / "slips.cpp", source);
    judge::Rubric rubric;
    rubric.libraries = "eigen";
    const ProcessResult shown =
        run_process(syntax_tree_command(rubric, "slips.cpp"), folder_.path());
    EXPECT_EQ(shown.status, 0) << shown.output;
    return mutations_of("slips.cpp", source, parse_syntax_tree(shown.output, "slips.cpp"));
  }
  static auto becomes(const std::string& line) { return Contains(Field(&Mutation::after, line)); }

  TemporaryFolder folder_;
};

TEST_F(Mutations, ChangeComparisonsAndTheirBounds) {
  const auto all = of("double s = 0.0;\nfor (int i = 0; i < n; ++i) s += a;\nreturn s;");
  EXPECT_THAT(all, becomes("for (int i = 0; i <= n; ++i) s += a;"));
  EXPECT_THAT(all, becomes("for (int i = 0; i < n - 1; ++i) s += a;"));
  EXPECT_THAT(all, becomes("for (int i = 1; i < n; ++i) s += a;"));
  EXPECT_THAT(all, becomes("for (int i = 0; i < n; ++i) s -= a;"));
  EXPECT_THAT(all, becomes("for (int i = 0; i < n; ++i) ;"));
}

TEST_F(Mutations, LeaveTheStepOfALoopAlone) {
  const auto all = of("int i = 0;\nfor (; i < n; ++i) act();\nreturn i;");
  EXPECT_THAT(all, Not(becomes("for (; i < n; --i) act();")));
  EXPECT_THAT(all, Not(becomes("for (; i < n; ) act();")));
}

TEST_F(Mutations, ChangeConditions) {
  const auto all = of("if (a > b && n != 0) return a;\nreturn b;");
  EXPECT_THAT(all, becomes("if (a > b || n != 0) return a;"));
  EXPECT_THAT(all, becomes("if (!(a > b && n != 0)) return a;"));
  EXPECT_THAT(all, becomes("if (a > b) return a;"));
  EXPECT_THAT(all, becomes("if (n != 0) return a;"));
  EXPECT_THAT(all, becomes("if (a > b && n == 0) return a;"));
}

TEST_F(Mutations, TakeAnotherVariableOrFieldOfTheSameType) {
  const auto all = of("Box box{a, b, n};\nreturn box.low - a;");
  EXPECT_THAT(all, becomes("return box.high - a;"));
  EXPECT_THAT(all, becomes("return box.low - b;"));
  EXPECT_THAT(all, becomes("Box box{b, a, n};"));
  EXPECT_THAT(all, Not(becomes("return box.count - a;")));
  EXPECT_THAT(all, Not(becomes("return box.low - n;")));
}

TEST_F(Mutations, LeaveOutCallsSignsStatementsAndGuards) {
  const auto all = of("const Guard guard;\nact();\nreturn -norm(a);");
  EXPECT_THAT(all, becomes("return -(a);"));
  EXPECT_THAT(all, becomes("return norm(a);"));
  const auto left_out =
      AllOf(Field(&Mutation::kind, "statement left out"), Field(&Mutation::removed, "act()"));
  EXPECT_THAT(all, Contains(left_out));
  EXPECT_THAT(all, Contains(Field(&Mutation::removed, "const Guard guard;")));
}

TEST_F(Mutations, KeepToTheSolution) {
  EXPECT_THAT(of("return a;", "double given(double a) { return a > 1.0 ? a - 1.0 : 0.0; }\n"),
              Not(Contains(Field(&Mutation::function, "given"))));
}

TEST_F(Mutations, AreMadeInTheSource) {
  for (const Mutation& mutation : of("return a * b;")) {
    const std::string source = read_file(folder_.path() / "slips.cpp");
    EXPECT_NE(mutated(mutation, source), source);
    EXPECT_EQ(mutated(mutation, source).size(),
              source.size() + mutation.replacement.size() - (mutation.end - mutation.begin));
    EXPECT_EQ(mutation.function, "solve");
    EXPECT_EQ(mutation.line, 8);
  }
}

TEST(SyntaxTree, RefusesWhatIsNone) {
  EXPECT_THROW(parse_syntax_tree("slips.cpp:1:1: error: no\n", "slips.cpp"), GraderError);
  EXPECT_THAT(parse_syntax_tree("", "slips.cpp").declarations, IsEmpty());
}

}  // namespace
}  // namespace pset3::author
