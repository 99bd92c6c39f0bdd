#include <fmt/format.h>

#include <cmath>

#include "grader/base/error.hpp"
#include "grader/report/document.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::report {
namespace {

using nlohmann::json;

/// Stored text was cut when it was written; this room keeps it from being cut once more.
constexpr std::size_t kReadBytes = 2 * kBlockBytes;

std::string line_in(const json& object, const char* key) {
  return one_line(object.value(key, ""), kReadBytes);
}
std::string block_in(const json& object, const char* key) {
  return block(object.value(key, ""), kReadBytes);
}

std::vector<std::string> lines_in(const json& object, const char* key) {
  std::vector<std::string> lines;
  for (const json& item : object.value(key, json::array())) {
    lines.push_back(one_line(item.get<std::string>(), kReadBytes));
  }
  return lines;
}

judge::Visibility visibility_in(const json& test) {
  const std::string word = test.at("visibility");
  for (const auto visibility : {judge::Visibility::kPublic, judge::Visibility::kAfterDueDate}) {
    if (word == name_of(visibility)) return visibility;
  }
  return judge::Visibility::kHidden;
}

judge::CaseFinding finding_in(const json& entry) {
  judge::CaseFinding finding;
  finding.case_id = line_in(entry, "id");
  finding.verdict = judge::verdict_named(entry.at("verdict").get<std::string>());
  finding.expected = line_in(entry, "expected");
  finding.got = line_in(entry, "got");
  finding.detail = block_in(entry, "detail");
  finding.blocked_by = line_in(entry, "blocked_by");
  finding.printed = block_in(entry, "printed");
  finding.wall_ms = measure(entry.value("wall_ms", 0.0));
  finding.peak_mib = measure(entry.value("peak_mib", 0.0));
  return finding;
}

CheckEntry check_in(const json& test) {
  const json& extra = test.at("extra_data");
  CheckEntry check;
  check.id = line_in(extra, "check");
  check.part = line_in(extra, "part");
  check.title = line_in(extra, "title");
  check.section = line_in(extra, "section");
  check.hint = block_in(extra, "hint");
  check.functions = lines_in(extra, "functions");
  check.files = lines_in(extra, "files");
  check.visibility = visibility_in(test);
  check.verdict = judge::verdict_named(extra.at("verdict").get<std::string>());
  check.points = points(test.value("score", 0.0), check.id);
  check.max_points = points(test.at("max_score"), check.id);
  for (const json& entry : extra.at("cases")) check.cases.push_back(finding_in(entry));
  for (const json& entry : extra.at("mistakes")) {
    check.mistakes.push_back({line_in(entry, "name"), block_in(entry, "explanation")});
  }
  for (const json& entry : extra.value("stand_ins", json::array())) {
    check.stand_ins.push_back(
        {line_in(entry, "file"), line_in(entry, "name"), line_in(entry, "why")});
  }
  check.counted_in = line_in(extra, "counted_in");
  check.open = extra.value("open", false);
  check.extra = extra.value("extra", false);
  check.extra_points = points(extra.value("extra_points", 0.0), check.id);
  check.remarks = lines_in(extra, "remarks");
  return check;
}

Tally tally_in(const json& part, const char* key) {
  const json& tally = part.at(key);
  return {tally.at("count"), points(tally.at("points"), key)};
}

PartEntry part_in(const json& entry) {
  PartEntry part;
  part.part = line_in(entry, "part");
  part.title = line_in(entry, "title");
  part.handout = line_in(entry, "handout");
  part.points = points(entry.at("points"), part.part);
  part.max_points = points(entry.at("max_points"), part.part);
  part.manual_points = points(entry.at("manual_points"), part.part);
  part.not_judged = tally_in(entry, "not_judged");
  part.not_selected = tally_in(entry, "not_selected");
  part.provenance = clean(entry.value("provenance", json::object()), kReadBytes);
  part.diagnostics_left_out = entry.value("diagnostics_left_out", std::size_t{0});
  for (const json& item : entry.at("diagnostics")) {
    part.diagnostics.push_back({line_in(item, "file"), item.value("line", 0),
                                item.value("column", 0), line_in(item, "severity"),
                                block_in(item, "message")});
  }
  return part;
}

Document document_in(const json& results) {
  const json& extra = results.at("extra_data");
  Document document;
  document.submission = line_in(extra, "submission");
  document.refused = block_in(extra, "refused");
  document.box_level = line_in(extra, "box_level");
  // Whole milliseconds, as document_of() has them: what is read and written again stays the same.
  document.wall_ms = std::round(measure(results.value("execution_time", 0.0) * 1000.0));
  document.notes = lines_in(extra, "notes");
  for (const json& entry : extra.at("parts")) document.parts.push_back(part_in(entry));
  for (const json& entry : extra.at("manual")) {
    document.manual.push_back({line_in(entry, "id"), line_in(entry, "part"),
                               line_in(entry, "title"),
                               points(entry.at("points"), "a written question")});
  }
  for (const json& test : results.at("tests")) {
    document.checks.push_back(check_in(test));
    const CheckEntry& check = document.checks.back();
    if (is_grader_error(check)) document.our_fault += Tally{1, check.max_points};
  }
  return document;
}

void require_our_schema(const json& results) {
  const json extra = results.is_object() ? results.value("extra_data", json()) : json();
  if (!extra.is_object() || extra.value("schema", json()) != "pset3-results") {
    throw InputError(
        "not a results file of pset3: expected extra_data.schema to be \"pset3-results\"");
  }
  if (extra.value("version", json()) != 1) {
    throw InputError(fmt::format(
        "results file of version {}, expected 1: grade again with this version of pset3",
        one_line(extra.value("version", json()).dump(), 40)));
  }
}

}  // namespace

Document read_document(const nlohmann::json& results) {
  require_our_schema(results);
  try {
    return document_in(results);
  } catch (const json::exception& error) {
    throw InputError(
        fmt::format("damaged results file: {}; grade again to write it anew", error.what()));
  }
}

}  // namespace pset3::report
