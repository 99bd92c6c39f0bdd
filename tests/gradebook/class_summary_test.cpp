#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <string>
#include <vector>

#include "grader/base/error.hpp"
#include "grader/gradebook/class_summary.hpp"
#include "grader/report/results.hpp"
#include "tests/report/samples.hpp"
#include "tests/report/schema_check.hpp"
#include "tests/utf8.hpp"

namespace pset3::gradebook {
namespace {

using judge::Verdict;
using nlohmann::json;
using ::testing::ElementsAre;

constexpr const char* kSchema = "grader/gradebook/class.schema.json";

json class_of(const std::vector<std::string>& names) {
  ClassSummary summary(json{{"started", "2024-01-01T00:00:00Z"}});
  for (const std::string& name : names) {
    summary.add(report::to_results_json(report::samples::all().at(name)),
                "out/" + name + "/results.json");
  }
  return summary.finish();
}

std::vector<std::string> every_name() {
  std::vector<std::string> names;
  for (const auto& [name, report] : report::samples::all()) names.push_back(name);
  return names;
}

const json& named(const json& list, const char* key, const std::string& name) {
  for (const json& entry : list) {
    if (entry.at(key) == name) return entry;
  }
  throw std::invalid_argument("nothing called " + name);
}

TEST(ClassSummary, MeetsItsSchema) {
  EXPECT_EQ(
      report::schema_faults(kSchema, {{"class.json", report::to_file_text(class_of(every_name()))},
                                      {"empty.json", report::to_file_text(class_of({}))}}),
      "");
  json changed = class_of({"all_passed"});
  changed["submissions"][0].erase("strip");
  EXPECT_NE(report::schema_faults(kSchema, {{"class.json", changed.dump()}}), "");
}

TEST(ClassSummary, KeepsTheScoresOfASubmission) {
  const json row = class_of({"one_failing"}).at("submissions").at(0);
  EXPECT_EQ(row.at("name"), "one_failing");
  EXPECT_DOUBLE_EQ(row.at("score"), 17.0);
  EXPECT_DOUBLE_EQ(row.at("max"), 23.0);
  EXPECT_EQ(row.at("parts"),
            (json::array({{{"part", "p1"}, {"points", 17.0}, {"max_points", 23.0}}})));
  EXPECT_EQ(row.at("verdicts"), (json{{"passed", 5}, {"failed", 1}}));
  EXPECT_EQ(row.at("strip"), "ppfppp");
  EXPECT_EQ(row.at("mistakes"), json::array({"swap_row_column"}));
  EXPECT_EQ(row.at("results"), "out/one_failing/results.json");
}

TEST(ClassSummary, CountsChecksAndRates) {
  const json checks =
      class_of({"all_passed", "one_failing", "untouched_starter", "crash"}).at("checks");
  const json survivors = named(checks, "id", "p1.b.survivors");
  EXPECT_DOUBLE_EQ(survivors.at("pass_rate"), 0.5);
  EXPECT_DOUBLE_EQ(survivors.at("mean_points"), 3.0);
  EXPECT_EQ(survivors.at("verdicts"), (json{{"passed", 2}, {"failed", 1}, {"not_attempted", 1}}));
}

TEST(ClassSummary, LeavesOurFaultOutOfTheRates) {
  const json summary = class_of({"our_fault", "graded_in_full"});
  const json moved = named(summary.at("checks"), "id", "p1.b.moved");
  EXPECT_EQ(moved.at("judged"), 1);
  EXPECT_DOUBLE_EQ(moved.at("pass_rate"), 1.0);
  EXPECT_EQ(named(summary.at("submissions"), "name", "our_fault").at("grader_error"), true);
  const json alone = class_of({"our_fault"});
  EXPECT_TRUE(named(alone.at("checks"), "id", "p1.b.moved").at("pass_rate").is_null());
}

TEST(ClassSummary, CountsAMistakeOnceASubmissionAndOnlyWhenItIsCertain) {
  const json mistakes =
      class_of({"one_failing", "everything_failing", "partly_right", "crash"}).at("mistakes");
  ASSERT_EQ(mistakes.size(), 3U);
  EXPECT_EQ(mistakes[0].at("name"), "swap_row_column");
  EXPECT_EQ(mistakes[0].at("count"), 2);
  EXPECT_EQ(mistakes[0].at("submissions"), json::array({"everything_failing", "one_failing"}));
  EXPECT_EQ(mistakes[1].at("name"), "no_bounds_test");
  EXPECT_EQ(mistakes[2].at("name"), "side_is_volume");
}

TEST(ClassSummary, DoesNotDependOnTheOrderOfTheSubmissions) {
  std::vector<std::string> names = every_name();
  const json forward = class_of(names);
  std::reverse(names.begin(), names.end());
  EXPECT_TRUE(class_of(names) == forward);
  std::rotate(names.begin(), names.begin() + 5, names.end());
  EXPECT_TRUE(class_of(names) == forward);
}

TEST(ClassSummary, KeepsTheRubricsOrderOfChecks) {
  std::vector<std::string> ids;
  const json summary = class_of({"one_failing", "two_parts"});
  for (const json& check : summary.at("checks")) {
    ids.push_back(check.at("id"));
  }
  EXPECT_THAT(
      ids, ElementsAre("p1.a.side", "p1.a.coverage", "p1.b.survivors", "p1.b.outside", "p1.b.moved",
                       "p1.b.fresh", "p1.d.box", "p1.d.fresh", "p4.b.sampler"));
}

TEST(ClassSummary, MarksWhatWasNotJudged) {
  const json summary = class_of({"one_failing", "two_parts", "refused"});
  EXPECT_EQ(named(summary.at("submissions"), "name", "one_failing").at("strip"), "ppfpp-p--");
  const json refused = named(summary.at("submissions"), "name", "refused");
  EXPECT_EQ(refused.at("strip"), "---------");
  EXPECT_DOUBLE_EQ(refused.at("score"), 0.0);
  EXPECT_EQ(refused.at("refused").get<std::string>().substr(0, 12), "homework.zip");
}

TEST(ClassSummary, KeepsSubmissionsOfTheSameName) {
  ClassSummary summary;
  const json results = report::to_results_json(report::samples::all().at("all_passed"));
  summary.add(results, "b/results.json");
  summary.add(results, "a/results.json");
  const json rows = summary.finish().at("submissions");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("results"), "a/results.json");
}

TEST(ClassSummary, MakesNamesAndPathsPrintable) {
  report::SubmissionReport report = report::samples::all().at("all_passed");
  report.name = "\x1b[31mred\nname" + pset3::testing::utf8(0x202E) + std::string(100000, 'x');
  ClassSummary summary(json{{"host", "\x07"}});
  summary.add(report::to_results_json(report), std::string("out/\x1b[0m"));
  const json finished = summary.finish();
  EXPECT_EQ(report::schema_faults(kSchema, {{"class.json", report::to_file_text(finished)}}), "");
  EXPECT_EQ(finished.at("run").at("host"), "\\x07");
  EXPECT_LT(finished.at("submissions").at(0).at("name").get<std::string>().size(), 300U);
}

TEST(ClassSummary, RefusesWhatIsNoResultsFile) {
  ClassSummary summary;
  EXPECT_THROW(summary.add(json{{"score", 1}}, "x"), InputError);
  EXPECT_EQ(summary.finish().at("submissions"), json::array());
}

TEST(ClassSummary, KeepsOnlyASmallRowOfASubmission) {
  report::SubmissionReport report = report::samples::all().at("everything_failing");
  for (judge::CheckResult& check : report.parts[0].checks) {
    check.findings[0].detail = std::string(4000, 'd');
  }
  const json results = report::to_results_json(report);
  ASSERT_GT(results.dump().size(), 60000U);
  ClassSummary summary;
  const auto add = [&](int count) {
    for (int i = 0; i < count; ++i) summary.add(results, "out/somebody/results.json");
  };
  add(10);
  const std::size_t before = mallinfo2().uordblks;
  add(1000);
  const std::size_t after = mallinfo2().uordblks;
  // A row has a few short strings and vectors; growth doubles the vector of rows at worst.
  EXPECT_LT(after - before, 1000U * 1024U);
}

TEST(Letters, NameEveryVerdictAndReadBack) {
  std::string letters;
  for (std::size_t i = 0; i < kVerdicts; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    EXPECT_EQ(verdict_of(letter_of(verdict)), verdict);
    EXPECT_EQ(letters.find(letter_of(verdict)), std::string::npos);
    letters += letter_of(verdict);
  }
  EXPECT_EQ(letter_of(Verdict::kPassed), 'p');
  EXPECT_EQ(letter_of(Verdict::kGraderError), 'o');
  EXPECT_THROW(verdict_of('?'), InputError);
}

}  // namespace
}  // namespace pset3::gradebook
