#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grader/report/document.hpp"
#include "grader/report/page.hpp"
#include "grader/report/results.hpp"
#include "grader/report/sanitise.hpp"
#include "tests/report/samples.hpp"
#include "tests/report/schema_check.hpp"
#include "tests/utf8.hpp"

namespace pset3::report {
namespace {

using pset3::testing::utf8;
using ::testing::HasSubstr;
using ::testing::Not;

/// What a submission could put into any string of a report to fool a terminal, a browser or a
/// reader.
const std::vector<std::string>& corpus() {
  using namespace std::string_literals;
  static const std::vector<std::string> kCorpus = {
      "\x1b[2J\x1b[31mPASSED\x1b[0m",                        // clears the screen, colours
      "\x1b]0;owned\x07",                                    // sets the window's title
      "\x1b]8;;http://127.0.0.1/\x1b\\click\x1b]8;;\x1b\\",  // a link
      "\x1b]52;c;cm0gLXJm\x07",                              // writes the clipboard
      "\xc2\x9b"s + "31mC1 control",                         // CSI as one character
      "safe\rPASSED 40/40",                                  // overwrites the line
      "a\bb\x7f",                                            // backspace, delete
      "nul\0byte"s,                                          //
      utf8(0x202E) + "drawkcab",                             // right-to-left override
      "\xe2\x81\xa6isolate\xe2\x81\xa9",                     //
      "\xff\xfe\xc0\xaf broken",                             // no UTF-8
      "\xed\xa0\x80 surrogate",                              //
      "</script><script>alert(1)</script><!--",              //
      "\"}],\"score\":1000,\"tests\":[{\"name\":\"",         // JSON
      "\xe2\x80\xa8line\xe2\x80\xa9paragraph",               // line ends of JavaScript
      std::string(100000, 'A'),                              //
      std::string(100000, '\n'),                             //
      std::string(50000, '\x1b'),                            // grows when it is escaped
      "Score: 40 / 40\n\n p1  Space carving      40 / 40"};  // a forged report
  return kCorpus;
}

SubmissionReport report_full_of(const std::string& text, judge::Verdict verdict) {
  SubmissionReport report = samples::all().at("one_failing");
  report.name = text;
  report.notes = {text, text};
  report.box_level = text;
  PartReport& part = report.parts[0];
  part.diagnostics.assign(300, {text, 1, 1, "error", text});
  part.diagnostics[0].severity = text;
  part.provenance = {{text, text}, {"list", {text}}};
  for (judge::CheckResult& check : part.checks) {
    check.verdict = verdict;
    check.findings = {{text, verdict, text, text, text, text, 1.0, 1.0},
                      {text, judge::Verdict::kCrashed, text, text, text, text, 1.0, 1.0}};
    check.diagnoses = {{text, text}};
  }
  return report;
}

std::vector<nlohmann::json> hostile_documents() {
  std::vector<nlohmann::json> documents;
  for (const std::string& text : corpus()) {
    for (const auto verdict : {judge::Verdict::kFailed, judge::Verdict::kBlocked,
                               judge::Verdict::kBuildFailed, judge::Verdict::kGraderError}) {
      documents.push_back(to_results_json(report_full_of(text, verdict)));
    }
    SubmissionReport refused = samples::all().at("refused");
    refused.refused = text;
    documents.push_back(to_results_json(refused));
  }
  return documents;
}

/// @returns the first byte sequence that must not be in a shown text; "" when there is none.
std::string raw_danger(const std::string& text) {
  for (const char byte : text) {
    const auto c = static_cast<unsigned char>(byte);
    if ((c < 0x20 && c != '\n') || c == 0x7F) return "control " + std::to_string(c);
  }
  const std::vector<std::string> dangers = {"\xc2\x9b",   utf8(0x202E),  utf8(0x2066),
                                            utf8(0x2069), utf8(0x2028),  utf8(0x2029),
                                            "\xff",       "\xed\xa0\x80"};
  for (const std::string& danger : dangers) {
    if (text.find(danger) != std::string::npos) return danger;
  }
  return "";
}

TEST(ForeignText, NeverReachesTheFileRaw) {
  for (const nlohmann::json& document : hostile_documents()) {
    const std::string file = to_file_text(document);
    EXPECT_EQ(raw_danger(file), "");
    EXPECT_THAT(file, Not(HasSubstr("</script")));
    EXPECT_THAT(file, Not(HasSubstr("<!--")));
    EXPECT_TRUE(nlohmann::json::parse(file) == document);
  }
}

TEST(ForeignText, LeavesTheFileValid) {
  std::map<std::string, std::string> files;
  for (const nlohmann::json& document : hostile_documents()) {
    files["document" + std::to_string(files.size())] = to_file_text(document);
  }
  EXPECT_EQ(schema_faults("grader/report/results.schema.json", files), "");
  EXPECT_EQ(schema_faults("tests/report/gradescope.schema.json", files), "");
}

TEST(ForeignText, KeepsAFileSmall) {
  for (const nlohmann::json& document : hostile_documents()) {
    EXPECT_LT(to_file_text(document).size(), 600U * 1024) << document["extra_data"]["submission"];
  }
}

TEST(ForeignText, NeverReachesTheTerminalRaw) {
  for (const nlohmann::json& document : hostile_documents()) {
    for (const Audience audience : {Audience::kStudent, Audience::kStaff}) {
      EXPECT_EQ(raw_danger(to_text(document, audience, {})), "");
    }
  }
}

TEST(ForeignText, NeverReachesTheTerminalRawFromAFileThatSomebodyElseWrote) {
  nlohmann::json document = to_results_json(samples::all().at("one_failing"));
  for (const std::string& text : corpus()) {
    document["extra_data"]["submission"] = text;
    document["extra_data"]["notes"] = {text};
    document["tests"][2]["extra_data"]["cases"][0]["got"] = text;
    document["tests"][2]["extra_data"]["title"] = text;
    EXPECT_EQ(raw_danger(to_text(document, Audience::kStudent, {})), "");
  }
}

TEST(ForeignText, StaysInsideThePage) {
  const TextStyle style;
  for (const nlohmann::json& document : hostile_documents()) {
    const std::string text = to_text(document, Audience::kStaff, style);
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos;
         begin = end + 1) {
      EXPECT_LE(columns_of(text.substr(begin, end - begin)), style.width);
    }
  }
}

TEST(ForeignText, CannotStandAtTheMarginWhereTheReportsOwnLinesStand) {
  const std::string forged = " p1  Space carving      40 / 40";
  SubmissionReport report = report_full_of("x\n\n" + forged, judge::Verdict::kFailed);
  const std::string text = to_text(to_results_json(report), Audience::kStudent, {});
  EXPECT_THAT(text, Not(HasSubstr("\n" + forged)));
  EXPECT_THAT(text, HasSubstr("p1  Space carving      40 / 40"));
}

TEST(ForeignText, ReadsBackAsItWasWritten) {
  for (const nlohmann::json& document : hostile_documents()) {
    EXPECT_TRUE(json_of(read_document(document)) == document)
        << document["extra_data"]["submission"];
  }
}

TEST(Clean, CutsWhatIsNestedTooDeep) {
  nlohmann::json deep = "bottom";
  for (int i = 0; i < 100; ++i) deep = nlohmann::json::array({deep});
  EXPECT_LT(clean(deep).dump().size(), 60U);
}

}  // namespace
}  // namespace pset3::report
