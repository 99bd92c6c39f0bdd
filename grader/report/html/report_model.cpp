#include <cctype>
#include <filesystem>

#include "grader/report/document.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/html/report_html.hpp"

namespace pset3::report::html {
namespace {

using nlohmann::json;

/// Of all pictures of a page.
constexpr std::size_t kPictureBytes = 2'000'000;

/// "#b-carving-with-one-view" of "(b) Carving with one view", as pandoc and GitHub write it.
std::string anchor_of(const std::string& section) {
  std::string anchor;
  for (const char c : section) {
    const auto lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_') anchor += lower;
    if (c == ' ') anchor += '-';
  }
  return anchor.empty() ? "" : "#" + anchor;
}

std::string link_to(const PartEntry& part, const std::string& section,
                    const ReportOptions& options) {
  if (options.handouts.empty() || part.handout.empty()) return "";
  std::filesystem::path file = std::filesystem::path(part.handout).filename();
  if (options.handouts_are_pages) file.replace_extension(".html");
  return options.handouts + file.string() + anchor_of(section);
}

json remarks_json(const std::vector<Remark>& remarks) {
  json list = json::array();
  for (const Remark& remark : remarks) {
    list.push_back({{"label", remark.label}, {"text", remark.text}});
    if (remark.is_own_result) list.back()["own"] = true;
  }
  return list;
}

json cases_json(const CheckEntry& check) {
  json list = json::array();
  for (const judge::CaseFinding& finding : check.cases) {
    list.push_back({{"id", finding.case_id},
                    {"verdict", judge::name_of(finding.verdict)},
                    {"expected", finding.expected},
                    {"got", finding.got},
                    {"detail", finding.detail}});
  }
  return list;
}

/// Pictures until a page has enough of them. A page that opens slowly helps nobody.
class PictureRoom {
 public:
  json take(const SubmissionReport& report, const CheckEntry& check) {
    for (const PartReport& part : report.parts) {
      const auto found = part.pictures.find(check.id);
      if (found == part.pictures.end()) continue;
      used_ += found->dump().size();
      if (used_ <= kPictureBytes) return *found;
      used_ -= found->dump().size();
      ++left_out_;
    }
    return json::array();
  }
  int left_out() const { return left_out_; }

 private:
  std::size_t used_ = 0;
  int left_out_ = 0;
};

json check_json(const CheckEntry& check, const PartEntry& part, const ReportOptions& options) {
  json mistakes = json::array();
  for (const judge::Diagnosis& mistake : check.mistakes) {
    mistakes.push_back({{"name", mistake.mistake},
                        {"label", mistake_label(mistake, mistakes.empty())},
                        {"text", mistake.explanation}});
  }
  const bool hidden = check.visibility != judge::Visibility::kPublic;
  return {{"id", check.id},
          {"title", check.title},
          {"section", check.section},
          {"link", link_to(part, check.section, options)},
          {"verdict", judge::name_of(check.verdict)},
          {"sentence", verdict_sentence(check)},
          {"points", check.points},
          {"max", check.max_points},
          {"decided", !is_grader_error(check) && !check.open},
          {"extra", check.extra},
          {"hidden", hidden},
          {"remarks", remarks_json(remarks_on_cases(check))},
          {"on_points", remarks_on_points(check)},
          {"mistakes", mistakes},
          {"hint", check.hint},
          {"file", check.files.empty() ? "" : check.files[0]},
          {"functions", check.functions},
          {"cases", cases_json(check)}};
}

json diagnostics_json(const PartEntry& part) {
  json list = json::array();
  for (const Diagnostic& diagnostic : part.diagnostics) {
    list.push_back({{"place", place_of(diagnostic)},
                    {"severity", diagnostic.severity},
                    {"message", diagnostic.message}});
  }
  return list;
}

json part_json(const SubmissionReport& report, const Document& document, const PartEntry& part,
               const ReportOptions& options, PictureRoom& room) {
  json checks = json::array();
  double extra = 0.0;
  for (const CheckEntry& check : document.checks) {
    if (check.part != part.part) continue;
    checks.push_back(check_json(check, part, options));
    checks.back()["pictures"] = room.take(report, check);
    extra += check.extra ? check.points : 0.0;
  }
  return {{"part", part.part},
          {"title", part.title},
          {"points", part.points - extra},
          {"max", part.max_points},
          {"extra", extra},
          {"diagnostics", diagnostics_json(part)},
          {"diagnostics_left_out", part.diagnostics_left_out},
          {"checks", checks}};
}

}  // namespace

nlohmann::json report_model(const SubmissionReport& report, const ReportOptions& options) {
  const bool staff = options.audience == Audience::kStaff;
  const Document whole = document_of(report);
  const Document document = staff ? whole : student_view(whole);
  json parts = json::array();
  PictureRoom room;
  for (const PartEntry& part : document.parts) {
    parts.push_back(part_json(report, document, part, options, room));
  }
  return {{"submission", document.submission},
          {"staff", staff},
          {"refused", document.refused},
          {"notes", document.notes},
          {"points", document.points() - document.extra_points()},
          {"max", document.max_points()},
          {"extra", document.extra_points()},
          {"open", open_points(document)},
          {"box", document.box_level},
          {"wall_ms", document.wall_ms},
          {"pictures_left_out", room.left_out()},
          {"parts", parts}};
}

}  // namespace pset3::report::html
