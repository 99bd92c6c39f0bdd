#include "grader/report/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "grader/report/sanitise.hpp"

namespace pset3::report {
namespace {

constexpr std::size_t kMaxDiagnostics = 100;
constexpr std::size_t kMaxNotes = 50;

std::vector<std::string> lines_of(const std::vector<std::string>& texts, std::size_t limit) {
  std::vector<std::string> lines;
  for (const std::string& text : texts) {
    if (lines.size() == limit) {
      lines.push_back(fmt::format("[{} more]", texts.size() - limit));
      break;
    }
    lines.push_back(one_line(text));
  }
  return lines;
}

judge::CaseFinding finding_of(const judge::CaseFinding& foreign) {
  judge::CaseFinding finding = foreign;
  finding.case_id = one_line(foreign.case_id);
  finding.expected = one_line(foreign.expected);
  finding.got = one_line(foreign.got);
  finding.detail = block(foreign.detail);
  finding.blocked_by = one_line(foreign.blocked_by);
  finding.printed = block(foreign.printed);
  finding.wall_ms = measure(foreign.wall_ms);
  finding.peak_mib = measure(foreign.peak_mib);
  return finding;
}

CheckEntry check_of(const judge::Rubric& rubric, const judge::CheckSpec& spec,
                    const judge::CheckResult& result) {
  CheckEntry check;
  check.id = one_line(spec.id);
  check.part = one_line(rubric.part);
  check.title = one_line(spec.title);
  check.section = one_line(spec.section);
  check.hint = block(spec.hint, kMessageBytes);
  check.functions = lines_of(spec.functions, kMaxNotes);
  check.files = lines_of(spec.files, kMaxNotes);
  check.visibility = spec.visibility;
  check.verdict = result.verdict;
  // Points of a check with our own fault are undecided, whatever the judge filled in.
  if (!is_grader_error(check)) check.points = points(result.points, spec.id);
  check.max_points = points(result.max_points, spec.id);
  for (const judge::CaseFinding& finding : result.findings) {
    check.cases.push_back(finding_of(finding));
    if (check.visibility != judge::Visibility::kPublic) check.cases.back().printed.clear();
  }
  for (const judge::Diagnosis& diagnosis : result.diagnoses) {
    check.mistakes.push_back(
        {one_line(diagnosis.mistake), block(diagnosis.explanation, kMessageBytes)});
  }
  for (const judge::StandIn& item : result.stand_ins) {
    check.stand_ins.push_back({one_line(item.file), one_line(item.name), one_line(item.why)});
  }
  check.counted_in = one_line(result.counted_in);
  check.open = result.open;
  check.extra = spec.extra;
  if (spec.extra) check.extra_points = points(spec.points, spec.id);
  check.remarks = lines_of(result.remarks, kMaxNotes);
  return check;
}

Diagnostic diagnostic_of(const Diagnostic& foreign) {
  Diagnostic diagnostic = foreign;
  diagnostic.file = one_line(foreign.file);
  diagnostic.severity = one_line(foreign.severity, 20);
  diagnostic.message = block(foreign.message, kMessageBytes);
  diagnostic.line = std::max(0, foreign.line);
  diagnostic.column = std::max(0, foreign.column);
  return diagnostic;
}

const judge::CheckResult* result_of(const PartReport& part, const std::string& check) {
  const auto found = std::find_if(part.checks.begin(), part.checks.end(),
                                  [&](const auto& result) { return result.check == check; });
  return found == part.checks.end() ? nullptr : &*found;
}

void require_rubric_knows(const PartReport& part) {
  if (part.rubric == nullptr) throw std::invalid_argument("a part's report has no rubric");
  for (const judge::CheckResult& result : part.checks) {
    const auto& specs = part.rubric->checks;
    if (std::none_of(specs.begin(), specs.end(),
                     [&](const auto& spec) { return spec.id == result.check; })) {
      throw std::invalid_argument(fmt::format("check {} was judged, but is not in the rubric of {}",
                                              result.check, part.rubric->part));
    }
  }
}

PartEntry part_of(const PartReport& part) {
  PartEntry entry;
  entry.part = one_line(part.rubric->part);
  entry.title = one_line(part.rubric->title);
  entry.handout = one_line(part.rubric->handout);
  entry.provenance = clean(part.provenance);
  const std::size_t kept = std::min(part.diagnostics.size(), kMaxDiagnostics);
  entry.diagnostics_left_out = part.diagnostics.size() - kept;
  for (std::size_t i = 0; i < kept; ++i) {
    entry.diagnostics.push_back(diagnostic_of(part.diagnostics[i]));
  }
  return entry;
}

void add_part(const PartReport& part, Document& document) {
  require_rubric_knows(part);
  PartEntry entry = part_of(part);
  for (const judge::CheckSpec& spec : part.rubric->checks) {
    if (const judge::CheckResult* result = result_of(part, spec.id)) {
      document.checks.push_back(check_of(*part.rubric, spec, *result));
      entry.points += document.checks.back().points;
      entry.max_points += document.checks.back().max_points;
      if (is_grader_error(document.checks.back())) {
        document.our_fault += Tally{1, document.checks.back().max_points};
      }
    } else {
      const bool hidden = spec.visibility != judge::Visibility::kPublic;
      (hidden ? entry.not_judged : entry.not_selected) +=
          Tally{1, points(spec.max_points(), spec.id)};
    }
  }
  for (const judge::ManualItem& item : part.rubric->manual) {
    document.manual.push_back(
        {one_line(item.id), entry.part, one_line(item.title), points(item.points, item.id)});
    entry.manual_points += document.manual.back().points;
  }
  const judge::HiddenChecks& left_out = part.rubric->left_out;
  entry.not_judged += Tally{left_out.count, points(left_out.points, part.rubric->part)};
  entry.points = total(entry.points);
  document.parts.push_back(std::move(entry));
}

/// Of where a part's results come from: what is about the files that were handed in.
nlohmann::json of_the_students_own(const nlohmann::json& provenance) {
  const auto places = provenance.find("places");
  if (places == provenance.end()) return nlohmann::json::object();
  return {{"places", *places}};
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  count += other.count;
  points += other.points;
  return *this;
}

double Document::points() const {
  double sum = 0.0;
  for (const PartEntry& part : parts) sum += part.points;
  return total(sum);
}

double Document::max_points() const {
  double sum = 0.0;
  for (const PartEntry& part : parts) sum += part.max_points;
  return total(sum);
}

double Document::extra_points() const {
  double sum = 0.0;
  for (const CheckEntry& check : checks) sum += check.extra ? check.points : 0.0;
  return total(sum);
}

double Document::max_extra_points() const {
  double sum = 0.0;
  for (const CheckEntry& check : checks) sum += check.extra_points;
  return total(sum);
}

Document document_of(const SubmissionReport& report) {
  Document document;
  document.submission = one_line(report.name, 200);
  document.refused = block(report.refused, kMessageBytes);
  document.box_level = one_line(report.box_level);
  document.wall_ms = std::round(measure(report.wall_ms));
  document.notes = lines_of(report.notes, kMaxNotes);
  for (const PartReport& part : report.parts) add_part(part, document);
  return document;
}

Document student_view(const Document& document) {
  Document view = document;
  view.checks.clear();
  for (PartEntry& part : view.parts) part.provenance = of_the_students_own(part.provenance);
  for (const CheckEntry& check : document.checks) {
    if (check.visibility == judge::Visibility::kPublic) {
      view.checks.push_back(check);
      continue;
    }
    for (PartEntry& part : view.parts) {
      if (part.part != check.part) continue;
      part.points = total(part.points - check.points);
      part.max_points = total(part.max_points - check.max_points);
      part.not_judged += Tally{1, check.max_points};
    }
  }
  return view;
}

std::string_view name_of(judge::Visibility visibility) {
  switch (visibility) {
    case judge::Visibility::kPublic:
      return "visible";
    case judge::Visibility::kHidden:
      return "hidden";
    case judge::Visibility::kAfterDueDate:
      return "after_due_date";
  }
  return "hidden";
}

}  // namespace pset3::report
