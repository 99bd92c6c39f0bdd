#include <fmt/format.h>

#include <map>

#include "grader/report/document.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/results.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::report {
namespace {

using nlohmann::json;

json json_of(const judge::CaseFinding& finding) {
  json entry = {{"id", finding.case_id},        {"verdict", judge::name_of(finding.verdict)},
                {"expected", finding.expected}, {"got", finding.got},
                {"detail", finding.detail},     {"wall_ms", finding.wall_ms},
                {"peak_mib", finding.peak_mib}};
  if (!finding.blocked_by.empty()) entry["blocked_by"] = finding.blocked_by;
  if (!finding.printed.empty()) entry["printed"] = finding.printed;
  return entry;
}

json json_of(const Diagnostic& diagnostic) {
  return {{"file", diagnostic.file},
          {"line", diagnostic.line},
          {"column", diagnostic.column},
          {"severity", diagnostic.severity},
          {"message", diagnostic.message}};
}

json json_of(const Tally& tally) { return {{"count", tally.count}, {"points", tally.points}}; }

json json_of(const ManualEntry& item) {
  return {{"id", item.id}, {"part", item.part}, {"title", item.title}, {"points", item.points}};
}

json json_of(const judge::StandIn& item) {
  return {{"file", item.file}, {"name", item.name}, {"why", item.why}};
}

json json_of(const PartEntry& part);

template <typename T>
json list_of(const std::vector<T>& items) {
  json list = json::array();
  for (const T& item : items) list.push_back(json_of(item));
  return list;
}

json json_of(const PartEntry& part) {
  return {{"part", part.part},
          {"title", part.title},
          {"handout", part.handout},
          {"points", part.points},
          {"max_points", part.max_points},
          {"manual_points", part.manual_points},
          {"not_judged", json_of(part.not_judged)},
          {"not_selected", json_of(part.not_selected)},
          {"provenance", part.provenance.is_object() ? part.provenance : json::object()},
          {"diagnostics", list_of(part.diagnostics)},
          {"diagnostics_left_out", part.diagnostics_left_out}};
}

/// Our own schema's half of a check.
json extra_of(const CheckEntry& check) {
  json mistakes = json::array();
  for (const judge::Diagnosis& mistake : check.mistakes) {
    mistakes.push_back({{"name", mistake.mistake}, {"explanation", mistake.explanation}});
  }
  json extra = {{"check", check.id},
                {"part", check.part},
                {"title", check.title},
                {"section", check.section},
                {"hint", check.hint},
                {"functions", check.functions},
                {"files", check.files},
                {"verdict", judge::name_of(check.verdict)},
                {"mistakes", std::move(mistakes)},
                {"cases", list_of(check.cases)}};
  if (!check.stand_ins.empty()) extra["stand_ins"] = list_of(check.stand_ins);
  if (!check.counted_in.empty()) extra["counted_in"] = check.counted_in;
  if (check.open) extra["open"] = true;
  if (check.extra) extra["extra"] = true;
  if (check.extra_points > 0.0) extra["extra_points"] = check.extra_points;
  if (!check.remarks.empty()) extra["remarks"] = check.remarks;
  if (check.mistakes.size() == 1) extra["mistake"] = check.mistakes[0].mistake;
  return extra;
}

/// One check as Gradescope knows it. Our own fault leaves the score out: Gradescope then shows the
/// text without a mark, and no reader takes it for 0 points.
json test_of(const CheckEntry& check, const PartEntry& part, const std::string& number) {
  json test = {{"name", fmt::format("{} — {}", check.id, check.title)},
               {"number", number},
               {"max_score", check.max_points},
               {"output", gradescope_text(check, part)},
               {"output_format", "text"},
               {"visibility", name_of(check.visibility)},
               {"tags", json::array({check.part})},
               {"extra_data", extra_of(check)}};
  if (is_grader_error(check)) return test;
  test["score"] = check.points;
  test["status"] = check.verdict == judge::Verdict::kPassed ? "passed" : "failed";
  return test;
}

json extra_of(const Document& document) {
  json extra = {{"schema", "pset3-results"},
                {"version", 1},
                {"submission", document.submission},
                {"box_level", document.box_level},
                {"grader_error", document.our_fault.count > 0},
                {"undecided_points", document.our_fault.points},
                {"max_points", document.max_points()},
                {"parts", list_of(document.parts)},
                {"manual", list_of(document.manual)},
                {"notes", document.notes}};
  if (!document.refused.empty()) extra["refused"] = document.refused;
  return extra;
}

/// "p1.b.survivors" as the third check of p1 whose question is b becomes "1.b.3".
class Numbering {
 public:
  std::string next(const CheckEntry& check) {
    const std::string part = check.part.starts_with('p') ? check.part.substr(1) : check.part;
    const std::size_t first = check.id.find('.');
    const std::size_t second = check.id.find('.', first + 1);
    const bool has_question = first != std::string::npos && second != std::string::npos;
    const std::string group =
        has_question ? part + "." + check.id.substr(first + 1, second - first - 1) : part;
    return fmt::format("{}.{}", group, ++seen_[group]);
  }

 private:
  std::map<std::string, int> seen_;
};

}  // namespace

nlohmann::json json_of(const Document& document) {
  std::map<std::string, const PartEntry*> parts;
  for (const PartEntry& part : document.parts) parts[part.part] = &part;
  json tests = json::array();
  Numbering numbering;
  for (const CheckEntry& check : document.checks) {
    tests.push_back(test_of(check, *parts.at(check.part), numbering.next(check)));
  }
  return {{"score", document.points()},
          {"execution_time", document.wall_ms / 1000.0},
          {"output", gradescope_summary(document)},
          {"output_format", "text"},
          {"test_output_format", "text"},
          {"test_name_format", "text"},
          {"visibility", "visible"},
          {"stdout_visibility", "hidden"},
          {"tests", std::move(tests)},
          {"extra_data", extra_of(document)}};
}

nlohmann::json to_results_json(const SubmissionReport& report) {
  return json_of(document_of(report));
}

std::string to_file_text(const nlohmann::json& document) {
  const std::string text =
      document.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    // "</script>" and "<!--" would end or change an HTML script element that holds the file.
    const bool risky =
        text[i] == '<' && i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '!');
    if (risky) {
      safe += "\\u003c";
    } else {
      safe += text[i];
    }
  }
  return safe;
}

}  // namespace pset3::report
