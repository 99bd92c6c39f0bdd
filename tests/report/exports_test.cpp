#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "grader/base/error.hpp"
#include "grader/report/exports.hpp"
#include "grader/report/inert.hpp"
#include "tests/report/samples.hpp"
#include "tests/report/schema_check.hpp"

namespace pset3::report {
namespace {

using judge::Verdict;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// What every reader of foreign text has been cheated with at some time.
const std::string kHostile =
    "x\n::error::owned\r\n%0A::set-output name=points::99 ]]> </pre><script>alert(1)</script> | "
    "`a` "
    "[l](http://x.y) @all <!-- \x1b[31m \x01 \xEF\xBF\xBE ##[error]x\npoints=99";

SubmissionReport hostile() {
  SubmissionReport report = samples::all().at("crash");
  report.name = kHostile;
  report.notes = {kHostile};
  PartReport& part = report.parts[0];
  part.diagnostics = {{"space_carving.cpp", 3, 4, "error", kHostile}};
  part.provenance["places"]["space_carving.cpp"] = {{"path", "p1,a:b%/space_carving.cpp"}};
  for (judge::CheckResult& check : part.checks) {
    check.verdict = Verdict::kFailed;
    check.points = 0.0;
    check.findings = {{kHostile, Verdict::kFailed, kHostile, kHostile, kHostile, "", 1.0, 1.0}};
    check.diagnoses = {{"known", kHostile}};
  }
  return report;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

nlohmann::json with_places(const std::string& sample) {
  SubmissionReport report = samples::all().at(sample);
  report.parts[0].provenance["places"]["space_carving.cpp"] = {
      {"path", "p1_space_carving/space_carving.cpp"},
      {"functions", {{"carve", 20}, {"form_initial_voxels", 8}}}};
  return to_results_json(report);
}

TEST(GithubAnnotations, StandOnTheLineOfACrash) {
  EXPECT_THAT(github_annotations(with_places("crash"), "hw"),
              StartsWith("::error file=hw/p1_space_carving/space_carving.cpp,line=42,"
                         "title=p1.b.outside::What projects outside the image is carved: 0 of 3 "
                         "points%0ACrashed: SIGSEGV"));
}

TEST(GithubAnnotations, StandWhereTheFunctionBeginsWhenNoLineIsKnown) {
  EXPECT_THAT(github_annotations(with_places("one_failing"), "."),
              StartsWith("::error file=p1_space_carving/space_carving.cpp,line=20,"));
}

TEST(GithubAnnotations, TellTheCompilersErrorsFirstAndItsWarningsLast) {
  const auto lines = lines_of(github_annotations(with_places("build_failure"), ""));
  ASSERT_EQ(lines.size(), 3U) << "a note of the compiler's is none";
  EXPECT_THAT(lines[0], HasSubstr("line=42,col=17"));
  EXPECT_THAT(lines[1], HasSubstr("line=57,col=3"));
  EXPECT_THAT(lines[2], StartsWith("::warning "));
}

TEST(GithubAnnotations, AreAtMostTenOfTheDearest) {
  SubmissionReport report = samples::all().at("everything_failing");
  report.parts[0].diagnostics.assign(8, {"space_carving.cpp", 1, 1, "error", "wrong"});
  const auto lines = lines_of(github_annotations(to_results_json(report), ""));
  ASSERT_EQ(lines.size(), 10U);
  EXPECT_THAT(lines[8], HasSubstr("p1.b.survivors")) << "6 points, more than any other check";
}

TEST(GithubAnnotations, NameNoFileOutsideOfTheRepository) {
  for (const char* path : {"../secret.cpp", "/etc/passwd", "a/../../b.cpp"}) {
    SubmissionReport report = samples::all().at("one_failing");
    report.parts[0].provenance["places"]["space_carving.cpp"] = {{"path", path}};
    EXPECT_THAT(github_annotations(to_results_json(report), ""), Not(HasSubstr("file="))) << path;
  }
}

TEST(GithubAnnotations, HoldHostileTextInOneLineEach) {
  const std::string text = github_annotations(to_results_json(hostile()), "");
  for (const std::string& line : lines_of(text)) {
    EXPECT_THAT(line, StartsWith("::error file=p1%2Ca%3Ab%25/space_carving.cpp,line="));
  }
  EXPECT_THAT(text, AllOf(Not(HasSubstr("\r")), Not(HasSubstr("\x1b")),
                          HasSubstr("%0A::error::owned"), HasSubstr("%250A::set-output")));
}

TEST(GithubAnnotations, SayWhyASubmissionWasNotTaken) {
  EXPECT_THAT(github_annotations(to_results_json(samples::all().at("refused")), ""),
              StartsWith("::error title=pset3%3A not taken::homework.zip unpacks to"));
}

TEST(GithubSummary, HasATableAndTheFailedChecks) {
  const std::string text = github_summary(to_results_json(samples::all().at("two_parts")));
  EXPECT_THAT(text, AllOf(HasSubstr("| p1 | Space carving | 23 of 23 | 6 of 6 |"),
                          HasSubstr("| p4 | Unsupervised depth | 0 of 5 | 0 of 1 |"),
                          HasSubstr("| | all | 23 of 28 | 6 of 7 |"),
                          HasSubstr("Expected: the right half of the picture on the left")));
}

TEST(GithubSummary, ShowsHostileTextAsText) {
  const std::string text = github_summary(to_results_json(hostile()));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("</pre><")),
                          Not(HasSubstr("<!--")), Not(HasSubstr("\x1b"))));
  for (const std::string& line : lines_of(text)) {
    if (line.rfind("## ", 0) != 0 && line.rfind("- ", 0) != 0) continue;
    EXPECT_EQ(line.find_first_of("|`[]<>@:", 3), std::string::npos) << line;
  }
}

TEST(GithubOutputs, AreNumbersAndOneEncodedText) {
  for (const std::string& line : lines_of(github_outputs(to_results_json(hostile())))) {
    EXPECT_THAT(line, ::testing::MatchesRegex("[a-z_]+=[A-Za-z0-9.+/=]+"));
  }
  EXPECT_THAT(
      github_outputs(to_results_json(samples::all().at("crash"))),
      StartsWith("points=20\nmax_points=23\nextra_points=0\npassed=5\nchecks=6\nresult=ey"));
}

TEST(GithubCommands, InAReportAreNoCommands) {
  EXPECT_EQ(without_github_commands("::error::x", "token"),
            "::stop-commands::token\n::error::x\n::token::\n");
}

TEST(Classroom, HasPointsAStatusAndALineACheck) {
  const nlohmann::json results = to_classroom(with_places("crash"));
  EXPECT_EQ(results.at("version"), 1);
  EXPECT_EQ(results.at("status"), "fail");
  EXPECT_EQ(results.at("max_score"), 23.0);
  double score = 0.0;
  for (const nlohmann::json& test : results.at("tests")) score += test.at("score").get<double>();
  EXPECT_EQ(score, 20.0);
  const nlohmann::json& crashed = results.at("tests").at(3);
  EXPECT_EQ(crashed.at("status"), "fail");
  EXPECT_EQ(crashed.at("line_no"), 42);
  EXPECT_EQ(to_classroom(to_results_json(samples::all().at("all_passed"))).at("status"), "pass");
  EXPECT_EQ(to_classroom(to_results_json(samples::all().at("refused"))).at("status"), "error");
}

TEST(Junit, MeetsTheSchemaForEveryKindOfSubmission) {
  std::map<std::string, std::string> documents = {
      {"hostile.xml", to_junit(to_results_json(hostile()), Audience::kStaff)}};
  for (const auto& [name, report] : samples::all()) {
    documents[name + ".xml"] = to_junit(to_results_json(report), Audience::kStaff);
  }
  EXPECT_EQ(xml_faults("tests/report/junit.xsd", documents), "");
}

TEST(Junit, SchemaNoticesWhatIsWrong) {
  const std::string right = to_junit(with_places("crash"), Audience::kStudent);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = right;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const std::string& wrong :
       {with("failures=\"1\"", "failures=\"-1\""), with("<failure ", "<failed "),
        with("classname=\"p1.a\" name=\"coverage", "classname=\"p1.a\" nom=\"coverage"),
        with("</testsuites>", "")}) {
    EXPECT_NE(xml_faults("tests/report/junit.xsd", {{"wrong.xml", wrong}}), "") << wrong;
  }
}

TEST(Junit, TellsFailuresFromOurFaultAndFromWhatWasNotTried) {
  EXPECT_THAT(to_junit(to_results_json(samples::all().at("timeout")), Audience::kStudent),
              HasSubstr("tests=\"6\" failures=\"1\" errors=\"0\" skipped=\"2\""));
  EXPECT_THAT(to_junit(to_results_json(samples::all().at("our_fault")), Audience::kStudent),
              HasSubstr("failures=\"0\" errors=\"1\" skipped=\"0\""));
}

TEST(Junit, ShowsHiddenChecksToStaffAlone) {
  const nlohmann::json results = to_results_json(samples::all().at("graded_in_full"));
  EXPECT_THAT(to_junit(results, Audience::kStaff), HasSubstr("fresh"));
  EXPECT_THAT(to_junit(results, Audience::kStudent), Not(HasSubstr("fresh")));
}

TEST(Gradescope, ExportIsAValidFileWithoutOurFields) {
  const nlohmann::json file = to_gradescope(to_results_json(samples::all().at("crash")));
  EXPECT_EQ(file.dump().find("extra_data"), std::string::npos);
  EXPECT_EQ(schema_faults("tests/report/gradescope.schema.json", {{"file.json", file.dump()}}), "");
}

TEST(Exports, RefuseWhatIsNoResultsFile) {
  const nlohmann::json other = {{"score", 1}};
  EXPECT_THROW(github_annotations(other, ""), InputError);
  EXPECT_THROW(to_junit(other, Audience::kStudent), InputError);
  EXPECT_THROW(to_classroom(other), InputError);
}

}  // namespace
}  // namespace pset3::report
