#include "grader/pipeline/kept.hpp"

#include <nlohmann/json.hpp>

#include "grader/base/files.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using judge::CaseFinding;
using judge::CheckResult;
using nlohmann::json;

constexpr const char* kFilesStage = "files";
constexpr const char* kVerdictsStage = "verdicts";
constexpr const char* kFile = "content.cbor";

json to_json(const CaseFinding& finding) {
  return {finding.case_id,  static_cast<int>(finding.verdict),
          finding.expected, finding.got,
          finding.detail,   finding.blocked_by,
          finding.wall_ms,  finding.peak_mib,
          finding.printed};
}

CaseFinding finding_from(const json& entry) {
  CaseFinding finding;
  finding.case_id = entry.at(0);
  finding.verdict = static_cast<judge::Verdict>(entry.at(1).get<int>());
  finding.expected = entry.at(2);
  finding.got = entry.at(3);
  finding.detail = entry.at(4);
  finding.blocked_by = entry.at(5);
  finding.wall_ms = entry.at(6);
  finding.peak_mib = entry.at(7);
  finding.printed = entry.at(8);
  return finding;
}

json to_json(const CheckResult& result) {
  json findings = json::array();
  for (const CaseFinding& finding : result.findings) findings.push_back(to_json(finding));
  json diagnoses = json::array();
  for (const judge::Diagnosis& item : result.diagnoses) {
    diagnoses.push_back({item.mistake, item.explanation, item.specific, item.cases});
  }
  json stand_ins = json::array();
  for (const judge::StandIn& item : result.stand_ins) {
    stand_ins.push_back({item.file, item.name, item.why});
  }
  return {{"check", result.check},   {"verdict", static_cast<int>(result.verdict)},
          {"points", result.points}, {"max_points", result.max_points},
          {"findings", findings},    {"diagnoses", diagnoses},
          {"stand_ins", stand_ins},  {"counted_in", result.counted_in},
          {"open", result.open},     {"remarks", result.remarks}};
}

CheckResult result_from(const json& entry) {
  CheckResult result;
  result.check = entry.at("check");
  result.verdict = static_cast<judge::Verdict>(entry.at("verdict").get<int>());
  result.points = entry.at("points");
  result.max_points = entry.at("max_points");
  for (const json& item : entry.at("findings")) result.findings.push_back(finding_from(item));
  for (const json& item : entry.at("diagnoses")) {
    result.diagnoses.push_back({item.at(0), item.at(1), item.at(2), item.at(3)});
  }
  for (const json& item : entry.at("stand_ins")) {
    result.stand_ins.push_back({item.at(0), item.at(1), item.at(2)});
  }
  result.counted_in = entry.at("counted_in");
  result.open = entry.at("open");
  result.remarks = entry.at("remarks").get<std::vector<std::string>>();
  return result;
}

json to_json(const report::PartReport& report) {
  json checks = json::array();
  for (const CheckResult& result : report.checks) checks.push_back(to_json(result));
  json diagnostics = json::array();
  for (const Diagnostic& item : report.diagnostics) {
    diagnostics.push_back({item.file, item.line, item.column, item.severity, item.message});
  }
  return {{"checks", checks},
          {"diagnostics", diagnostics},
          {"provenance", report.provenance},
          {"pictures", report.pictures}};
}

report::PartReport report_from(const json& document) {
  report::PartReport report;
  for (const json& entry : document.at("checks")) report.checks.push_back(result_from(entry));
  for (const json& item : document.at("diagnostics")) {
    report.diagnostics.push_back({item.at(0), item.at(1), item.at(2), item.at(3), item.at(4)});
  }
  report.provenance = document.at("provenance");
  report.pictures = document.at("pictures");
  return report;
}

/// CBOR takes text of any bytes: what submissions print need not be UTF-8.
void keep(const Store& store, const char* stage, const std::string& key, const json& document) {
  store.get(stage, key, [&](const fs::path& folder) {
    const std::vector<std::uint8_t> bytes = json::to_cbor(document);
    write_file(folder / kFile, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  });
}

template <typename Parse>
auto kept(const Store& store, const char* stage, const std::string& key, Parse parse) {
  return store.read(stage, key, [&](const fs::path& folder) {
    try {
      return parse(json::from_cbor(read_file(folder / kFile)));
    } catch (const InputError& error) {
      throw DamagedEntry(error.what());
    } catch (const json::exception& error) {
      throw DamagedEntry(error.what());
    }
  });
}

}  // namespace

void keep_files(const Store& store, const std::string& key,
                const std::map<std::string, std::string>& files) {
  keep(store, kFilesStage, key, files);
}

std::optional<std::map<std::string, std::string>> kept_files(const Store& store,
                                                             const std::string& key) {
  return kept(store, kFilesStage, key, [](const json& document) {
    return document.get<std::map<std::string, std::string>>();
  });
}

void keep_report(const Store& store, const std::string& key, const report::PartReport& report) {
  keep(store, kVerdictsStage, key, to_json(report));
}

std::optional<report::PartReport> kept_report(const Store& store, const std::string& key) {
  return kept(store, kVerdictsStage, key, report_from);
}

}  // namespace pset3::pipeline
