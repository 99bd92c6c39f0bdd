#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "grader/base/error.hpp"
#include "grader/report/results.hpp"
#include "tests/report/samples.hpp"
#include "tests/report/schema_check.hpp"

namespace pset3::report {
namespace {

using judge::Verdict;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kOurSchema = "grader/report/results.schema.json";
constexpr const char* kGradescope = "tests/report/gradescope.schema.json";

json sample(const std::string& name) { return to_results_json(samples::all().at(name)); }

const json& test_named(const json& results, const std::string& check) {
  for (const json& test : results.at("tests")) {
    if (test.at("extra_data").at("check") == check) return test;
  }
  throw std::invalid_argument("no test " + check);
}

std::map<std::string, std::string> every_document() {
  std::map<std::string, std::string> documents;
  for (const auto& [name, report] : samples::all()) {
    documents[name] = to_file_text(to_results_json(report));
  }
  return documents;
}

TEST(ResultsJson, MeetsOurSchemaForEveryKindOfSubmission) {
  EXPECT_EQ(schema_faults(kOurSchema, every_document()), "");
}

TEST(ResultsJson, MeetsGradescopesRulesForEveryKindOfSubmission) {
  EXPECT_EQ(schema_faults(kGradescope, every_document()), "");
}

TEST(Schemas, RefuseWhatIsWrong) {
  const auto faults_after = [](const char* schema, const auto& change) {
    json results = sample("our_fault");
    change(results);
    return schema_faults(schema, {{"changed.json", results.dump()}});
  };
  const auto first = [](json& results) -> json& { return results["tests"][0]; };
  EXPECT_NE(faults_after(kOurSchema, [&](json& r) { first(r)["extra_data"].erase("verdict"); }),
            "");
  EXPECT_NE(faults_after(kOurSchema, [&](json& r) { first(r)["status"] = "failed"; }), "");
  EXPECT_NE(faults_after(kOurSchema, [&](json& r) { first(r).erase("score"); }), "");
  EXPECT_NE(faults_after(kOurSchema, [&](json& r) { r["tests"][4]["score"] = 0; }), "");
  EXPECT_NE(faults_after(kOurSchema, [&](json& r) { first(r)["output"] = "\x1b[2J"; }), "");
  EXPECT_NE(faults_after(kOurSchema, [&](json& r) { r["extra_data"]["version"] = 2; }), "");
  EXPECT_NE(faults_after(kOurSchema, [&](json& r) { r["score"] = nullptr; }), "");
  EXPECT_NE(faults_after(kGradescope, [&](json& r) { first(r)["status"] = "skipped"; }), "");
  EXPECT_NE(faults_after(kGradescope, [&](json& r) { first(r)["visibility"] = "public"; }), "");
  EXPECT_NE(faults_after(kGradescope, [&](json& r) { r.erase("score"); }), "");
}

TEST(ResultsJson, SumsThePointsOfItsChecks) {
  const json results = sample("partly_right");
  EXPECT_DOUBLE_EQ(results.at("score"), 19.0);  // 23 public points less 4 of the 6 for survivors
  EXPECT_DOUBLE_EQ(results.at("extra_data").at("max_points"), 23.0);
  EXPECT_DOUBLE_EQ(results.at("execution_time"), 1.84);
}

TEST(ResultsJson, NamesAndNumbersAChecksTest) {
  const json test = test_named(sample("one_failing"), "p1.b.survivors");
  EXPECT_EQ(test.at("name"), "p1.b.survivors — The right voxels survive");
  EXPECT_EQ(test.at("number"), "1.b.1");
  EXPECT_EQ(test.at("status"), "failed");
  EXPECT_DOUBLE_EQ(test.at("score"), 0.0);
  EXPECT_DOUBLE_EQ(test.at("max_score"), 6.0);
  EXPECT_EQ(test.at("visibility"), "visible");
  EXPECT_EQ(test.at("tags"), json::array({"p1"}));
  EXPECT_EQ(test.at("extra_data").at("verdict"), "failed");
  EXPECT_EQ(test.at("extra_data").at("mistake"), "swap_row_column");
  EXPECT_EQ(test.at("extra_data").at("cases").at(0).at("id"), "carve.ellipsoid");
}

TEST(ResultsJson, SaysInWordsWhatWentWrong) {
  const std::string output = test_named(sample("one_failing"), "p1.b.survivors").at("output");
  EXPECT_EQ(output,
            "Failed: wrong result.\n"
            "Expected: 1,204 of 8,000 voxels survive\n"
            "Got: 1,377 survive: 201 that should be gone, 28 are missing\n"
            "  farthest wrong voxel (0.125, -0.4, 1.1): it projects to the pixel (311, 88), which "
            "is background\n"
            "This looks like: rows and columns are swapped: the silhouette is read at (u, v) where "
            "(v, u) was meant.\n"
            "Hint: A pixel is (u, v) = (column, row), but cv::Mat::at wants (row, column).\n"
            "Read: handouts/p1_space_carving.md, (b) Carving with one view\n");
}

TEST(ResultsJson, NamesNoMistakeWhereSeveralLookTheSame) {
  const json test = test_named(sample("partly_right"), "p1.b.survivors");
  EXPECT_FALSE(test.at("extra_data").contains("mistake"));
  EXPECT_EQ(test.at("extra_data").at("mistakes").size(), 2U);
  EXPECT_THAT(test.at("output").get<std::string>(), HasSubstr("This looks like one of:\n- rows"));
  EXPECT_EQ(test.at("status"), "failed");
  EXPECT_DOUBLE_EQ(test.at("score"), 2.0);
}

TEST(ResultsJson, KeepsTheRubricsOrderWhateverTheOrderOfTheResults) {
  SubmissionReport report = samples::all().at("all_passed");
  const json in_order = to_results_json(report);
  std::reverse(report.parts[0].checks.begin(), report.parts[0].checks.end());
  EXPECT_EQ(to_results_json(report), in_order);
}

TEST(ResultsJson, GivesVisibilitiesGradescopesNames) {
  const json results = sample("graded_in_full");
  EXPECT_EQ(test_named(results, "p1.b.fresh").at("visibility"), "hidden");
  EXPECT_EQ(test_named(results, "p1.d.fresh").at("visibility"), "after_due_date");
  EXPECT_EQ(test_named(results, "p1.b.fresh").at("number"), "1.b.4");
}

TEST(ResultsJson, CountsHiddenChecksThatWereNotJudged) {
  const json part = sample("all_passed").at("extra_data").at("parts").at(0);
  EXPECT_EQ(part.at("not_judged"), (json{{"count", 2}, {"points", 7.0}}));
  EXPECT_EQ(part.at("not_selected"), (json{{"count", 0}, {"points", 0.0}}));
  EXPECT_DOUBLE_EQ(part.at("manual_points"), 5.0);
  const json in_full = sample("graded_in_full").at("extra_data").at("parts").at(0);
  EXPECT_EQ(in_full.at("not_judged"), (json{{"count", 0}, {"points", 0.0}}));
}

TEST(ResultsJson, CountsPublicChecksThatWereNotAskedFor) {
  SubmissionReport report = samples::all().at("all_passed");
  report.parts[0].checks.resize(1);
  const json part = to_results_json(report).at("extra_data").at("parts").at(0);
  EXPECT_EQ(part.at("not_selected"), (json{{"count", 5}, {"points", 21.0}}));
  EXPECT_EQ(part.at("not_judged"), (json{{"count", 2}, {"points", 7.0}}));
}

TEST(ResultsJson, NeverTurnsOurFaultIntoZeroPoints) {
  const json results = sample("our_fault");
  const json test = test_named(results, "p1.b.moved");
  EXPECT_FALSE(test.contains("score"));
  EXPECT_FALSE(test.contains("status"));
  EXPECT_EQ(results.at("extra_data").at("grader_error"), true);
  EXPECT_DOUBLE_EQ(results.at("extra_data").at("undecided_points"), 2.0);
  EXPECT_THAT(test.at("output").get<std::string>(), HasSubstr("our fault"));
  EXPECT_THAT(results.at("output").get<std::string>(), HasSubstr("your score is not final"));
  EXPECT_EQ(sample("all_passed").at("extra_data").at("grader_error"), false);
}

TEST(ResultsJson, GivesARefusedSubmissionNoTestsAndTheReason) {
  const json results = sample("refused");
  EXPECT_EQ(results.at("tests"), json::array());
  EXPECT_DOUBLE_EQ(results.at("score"), 0.0);
  EXPECT_THAT(results.at("output").get<std::string>(), HasSubstr("more than 64 MiB"));
  EXPECT_THAT(results.at("extra_data").at("refused").get<std::string>(), HasSubstr("64 MiB"));
}

TEST(ResultsJson, TellsStudentsNothingOfHiddenResultsInItsSummary) {
  SubmissionReport passing = samples::all().at("graded_in_full");
  SubmissionReport failing = passing;
  for (const char* check : {"p1.b.fresh", "p1.d.fresh"}) {
    judge::CheckResult& result = samples::in(failing.parts[0], check);
    result.verdict = Verdict::kFailed;
    result.points = 0.0;
  }
  const std::string summary = to_results_json(passing).at("output");
  EXPECT_EQ(summary, to_results_json(failing).at("output").get<std::string>());
  EXPECT_THAT(summary, HasSubstr("7 more points are decided by 2 hidden checks"));
  EXPECT_THAT(summary, HasSubstr("5 points are given by hand"));
}

TEST(ResultsJson, PutsTheCompilersErrorsWhereGradescopeShowsThem) {
  const json results = sample("build_failure");
  const std::string error = "space_carving.cpp:42:17";
  EXPECT_THAT(results.at("output").get<std::string>(), HasSubstr(error));
  EXPECT_THAT(test_named(results, "p1.a.side").at("output").get<std::string>(), HasSubstr(error));
  EXPECT_THAT(results.at("output").get<std::string>(), Not(HasSubstr("unused variable")));
}

TEST(ResultsJson, RefusesPointsThatAreNotFinite) {
  SubmissionReport report = samples::all().at("all_passed");
  report.parts[0].checks[0].points = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(to_results_json(report), std::invalid_argument);
}

TEST(ResultsJson, RefusesACheckThatTheRubricDoesNotKnow) {
  SubmissionReport report = samples::all().at("all_passed");
  report.parts[0].checks[0].check = "p1.z.invented";
  EXPECT_THROW(to_results_json(report), std::invalid_argument);
}

TEST(ResultsJson, ShowsTimesAndProvenanceAsFiniteNumbers) {
  SubmissionReport report = samples::all().at("all_passed");
  report.wall_ms = std::numeric_limits<double>::infinity();
  report.parts[0].checks[0].findings[0].peak_mib = -std::nan("");
  report.parts[0].provenance = {{"limit", std::numeric_limits<double>::infinity()}};
  const json results = to_results_json(report);
  EXPECT_DOUBLE_EQ(results.at("execution_time"), 0.0);
  EXPECT_TRUE(results.at("extra_data").at("parts").at(0).at("provenance").at("limit").is_null());
  EXPECT_EQ(schema_faults(kOurSchema, {{"odd.json", to_file_text(results)}}), "");
}

TEST(ResultsJson, SumsThirdsToWholePoints) {
  SubmissionReport report = samples::all().at("all_passed");
  for (std::size_t i = 0; i < 3; ++i) report.parts[0].checks[i].points = 1.0 / 3.0;
  for (std::size_t i = 3; i < 6; ++i) report.parts[0].checks[i].points = 0.0;
  EXPECT_DOUBLE_EQ(to_results_json(report).at("score"), 1.0);
}

TEST(ReadingResults, ExplainsWhatIsNoResultsFile) {
  EXPECT_THROW(to_text(json::parse("[1]"), Audience::kStudent, {}), InputError);
  EXPECT_THROW(to_text(json{{"score", 1}}, Audience::kStudent, {}), InputError);
  json damaged = sample("all_passed");
  damaged["tests"][0].erase("max_score");
  EXPECT_THROW(to_text(damaged, Audience::kStudent, {}), InputError);
  json newer = sample("all_passed");
  newer["extra_data"]["version"] = 2;
  EXPECT_THROW(to_text(newer, Audience::kStudent, {}), InputError);
}

}  // namespace
}  // namespace pset3::report
