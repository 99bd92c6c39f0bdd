#include "grader/judge/rubric.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/judge/checks.hpp"

namespace pset3::judge {
namespace {

using nlohmann::json;

const std::filesystem::path kFixtures = std::filesystem::path(PSET3_SOURCE_DIR) / "fixtures";
const std::filesystem::path kSchema = kFixtures / "rubric.schema.json";

json small_rubric() {
  return json::parse(R"json({
    "part": "p9", "folder": "p9_toy", "title": "Toy", "libraries": "opencv",
    "handout": "handouts/p9_toy.md", "files": ["own.cpp", "other.cpp"], "memory_limit_mib": 256,
    "cases": [
      {"id": "a", "function": "own", "generator": "p9.toy", "params": {"n": 3}, "seed": 7},
      {"id": "b", "function": "own", "generator": "p9.toy", "params": {}, "hidden": true}
    ],
    "checks": [
      {"id": "p9.one", "title": "One", "points": 2.5, "visibility": "public", "judge": "toy",
       "cases": ["a"], "files": ["own.cpp"], "functions": ["own"], "hint": "Think.",
       "section": "(a)"},
      {"id": "p9.two", "title": "Two", "points": 1, "visibility": "hidden", "judge": "toy",
       "cases": ["b"], "files": ["own.cpp", "other.cpp"], "functions": ["own"], "partial": true,
       "tolerance": {"relative": 1e-3}, "hint": "Think.", "section": "(a)"}
    ],
    "manual": [{"id": "p9.three", "title": "Three", "points": 4}]
})json");
}

Rubric read_text(const std::string& text) {
  const TemporaryFolder folder;
  write_file(folder.path() / "rubric.json", text);
  return read_rubric(folder.path() / "rubric.json", kSchema);
}

std::string complaint_about(const std::string& text) {
  try {
    read_text(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing";
}

/// The complaint about the small rubric after an edit.
std::string complaint(const std::function<void(json&)>& edit) {
  json document = small_rubric();
  edit(document);
  return complaint_about(document.dump());
}

void expect_complaint(const std::function<void(json&)>& edit, const std::string& pointer,
                      const std::string& expected, const std::string& found) {
  const std::string text = complaint(edit);
  EXPECT_NE(text.find("rubric.json: at " + pointer + ": "), std::string::npos) << text;
  EXPECT_NE(text.find("expected " + expected), std::string::npos) << text;
  EXPECT_NE(text.find("found " + found), std::string::npos) << text;
}

TEST(Rubric, IsReadWithEveryField) {
  const Rubric rubric = read_text(small_rubric().dump());
  EXPECT_EQ(rubric.part, "p9");
  EXPECT_EQ(rubric.memory_limit_bytes, 256ull << 20);
  EXPECT_EQ(rubric.time_limit_factor, 10.0);
  EXPECT_EQ(rubric.case_named("a").seed, 7u);
  EXPECT_TRUE(rubric.case_named("b").hidden);
  EXPECT_EQ(rubric.case_named("a").params.at("n"), 3);
  ASSERT_NE(rubric.find_check("p9.two"), nullptr);
  EXPECT_TRUE(rubric.find_check("p9.two")->partial);
  EXPECT_EQ(rubric.find_check("p9.two")->visibility, Visibility::kHidden);
  EXPECT_EQ(rubric.find_check("p9.two")->tolerance.at("relative"), 1e-3);
  EXPECT_EQ(rubric.find_check("p9.none"), nullptr);
  EXPECT_EQ(rubric.automatic_points(), 3.5);
  EXPECT_EQ(rubric.manual_points(), 4.0);
  EXPECT_THROW(rubric.case_named("c"), InputError);
}

TEST(Rubric, DoesNotCountExtraCreditAmongItsPoints) {
  json document = small_rubric();
  const double own = document["checks"][1]["points"].get<double>();
  document["checks"][1]["extra"] = true;
  const Rubric rubric = read_text(document.dump());
  EXPECT_TRUE(rubric.find_check("p9.two")->extra);
  EXPECT_EQ(rubric.find_check("p9.two")->max_points(), 0.0);
  EXPECT_EQ(rubric.find_check("p9.two")->points, own);
  EXPECT_EQ(rubric.automatic_points(), 3.5 - own);
}

TEST(Rubric, SaysWhereAValueDoesNotFitTheSchema) {
  expect_complaint([](json& r) { r["checks"][0]["points"] = "five"; }, "/checks/0/points",
                   "points, a number of at least 0", "\"five\"");
  expect_complaint([](json& r) { r["checks"][1]["points"] = -1; }, "/checks/1/points",
                   "points, a number of at least 0", "-1");
  expect_complaint([](json& r) { r["checks"][0]["visibility"] = "secret"; }, "/checks/0/visibility",
                   "\"public\", \"hidden\"", "\"secret\"");
  expect_complaint([](json& r) { r["cases"][0]["seed"] = -3; }, "/cases/0/seed",
                   "a whole number of at least 0", "-3");
  expect_complaint([](json& r) { r["checks"][0]["cases"] = json::array(); }, "/checks/0/cases",
                   "a list of at least one case id", "[]");
  expect_complaint([](json& r) { r["files"][0] = "../own.cpp"; }, "/files/0",
                   "a file name without folder", "\"../own.cpp\"");
  expect_complaint([](json& r) { r["manual"][0]["points"] = nullptr; }, "/manual/0/points",
                   "points, a number", "null");
}

TEST(Rubric, RefusesMissingAndMisspeltKeys) {
  EXPECT_NE(complaint([](json& r) { r["checks"][0].erase("hint"); }).find("hint"),
            std::string::npos);
  expect_complaint([](json& r) { r["checks"][0]["ponits"] = 3; }, "/checks/0", "a check", "{");
  EXPECT_NE(complaint([](json& r) { r["checks"][0]["ponits"] = 3; }).find("ponits"),
            std::string::npos);
  EXPECT_NE(complaint([](json& r) { r.erase("cases"); }).find("cases"), std::string::npos);
}

TEST(Rubric, RefusesWhatDoesNotFitTogether) {
  expect_complaint([](json& r) { r["cases"][1]["id"] = "a"; }, "/cases/1/id", "an id that no other",
                   "\"a\" again");
  expect_complaint([](json& r) { r["checks"][1]["id"] = "p9.one"; }, "/checks/1/id",
                   "an id that no other", "\"p9.one\" again");
  expect_complaint([](json& r) { r["manual"][0]["id"] = "p9.one"; }, "/manual/0/id",
                   "an id that no other", "\"p9.one\" again");
  expect_complaint([](json& r) { r["checks"][0]["id"] = "p8.one"; }, "/checks/0/id",
                   "an id that begins with \"p9.\"", "\"p8.one\"");
  expect_complaint([](json& r) { r["checks"][0]["cases"] = {"aa"}; }, "/checks/0/cases/0",
                   "the id of a case", "\"aa\"; did you mean \"a\"?");
  expect_complaint([](json& r) { r["checks"][1]["files"][1] = "othr.cpp"; }, "/checks/1/files/1",
                   "a file of the part", "\"othr.cpp\"; did you mean \"other.cpp\"?");
  expect_complaint([](json& r) { r["checks"][1]["needs"] = {"p9.ona"}; }, "/checks/1/needs/0",
                   "the id of an earlier public check", "\"p9.ona\"; did you mean \"p9.one\"?");
  expect_complaint([](json& r) { r["checks"][0]["needs"] = {"p9.two"}; }, "/checks/0/needs/0",
                   "the id of an earlier public check", "\"p9.two\"");
  expect_complaint(
      [](json& r) {
        r["checks"][0]["cases"] = {"a", "a"};
      },
      "/checks/0/cases/1", "each case once", "\"a\" again");
}

TEST(Rubric, KeepsHiddenAndPublicApart) {
  expect_complaint(
      [](json& r) {
        r["checks"][0]["cases"] = {"a", "b"};
      },
      "/checks/0/cases/1", "a public case", "the hidden case \"b\"");
  expect_complaint([](json& r) { r["checks"][1]["cases"] = {"a"}; }, "/checks/1/cases/0",
                   "a hidden case", "the public case \"a\"");
  expect_complaint([](json& r) { r["cases"][1]["seed"] = 5; }, "/cases/1", "no \"seed\"",
                   "\"seed\": 5");
  expect_complaint([](json& r) { r["cases"][0].erase("seed"); }, "/cases/0", "a \"seed\"", "none");
  EXPECT_EQ(complaint([](json& r) {
              r["checks"][1]["visibility"] = "after_due_date";
              r["checks"][1]["cases"] = {"a", "b"};
            }),
            "nothing");
}

TEST(Rubric, RefusesACaseThatNoCheckUses) {
  expect_complaint([](json& r) { r["checks"].erase(1); }, "/cases/1", "a case that some check uses",
                   "\"b\"");
}

TEST(Rubric, RefusesWhatIsNoJsonOrSaysAKeyTwice) {
  EXPECT_NE(complaint_about("{\"part\": ").find("expected JSON"), std::string::npos);
  EXPECT_NE(complaint_about("{\"part\": \"p1\", \"part\": \"p2\"}").find("\"part\" twice"),
            std::string::npos);
  EXPECT_THROW(read_rubric("/nowhere/rubric.json", kSchema), InputError);
}

}  // namespace
}  // namespace pset3::judge
