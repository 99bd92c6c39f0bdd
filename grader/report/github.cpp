#include <fmt/format.h>

#include <algorithm>

#include "grader/base/base64.hpp"
#include "grader/base/text.hpp"
#include "grader/report/document.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/exports.hpp"
#include "grader/report/inert.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::report {
namespace {

namespace fs = std::filesystem;
using judge::Verdict;

/// GitHub shows ten annotations of a kind for a step, and the reader needs no more at a time.
constexpr std::size_t kMostAnnotations = 10;

struct Annotation {
  const char* level = "error";
  std::string file;
  int line = 0;
  int column = 0;
  std::string title;
  std::string message;
};

std::string command_of(const Annotation& annotation) {
  std::string properties;
  const auto add = [&](const char* name, const std::string& value) {
    properties += fmt::format("{}{}={}", properties.empty() ? "" : ",", name, value);
  };
  if (!annotation.file.empty()) {
    add("file", command_property(annotation.file));
    if (annotation.line > 0) add("line", std::to_string(annotation.line));
    if (annotation.column > 0) add("col", std::to_string(annotation.column));
  }
  add("title", command_property(annotation.title));
  return fmt::format("::{} {}::{}\n", annotation.level, properties,
                     command_message(annotation.message));
}

/// What a results file says of where a part's files were.
const nlohmann::json* place_of_file(const PartEntry& part, const std::string& file) {
  const auto files = part.provenance.find("places");
  if (files == part.provenance.end() || !files->is_object()) return nullptr;
  const auto place = files->find(file);
  return place == files->end() || !place->is_object() ? nullptr : &*place;
}

std::string path_of(const PartEntry& part, const std::string& file, const fs::path& folder) {
  const nlohmann::json* place = place_of_file(part, file);
  if (place == nullptr) return "";
  const fs::path path = fs::path(one_line(place->value("path", ""))).lexically_normal();
  if (path.empty() || path.is_absolute() || *path.begin() == "..") return "";
  return (folder / path).lexically_normal().generic_string();
}

/// The line that a crash was seen at, else the one where the function begins.
int line_of(const CheckEntry& check, const PartEntry& part, const std::string& file) {
  for (const judge::CaseFinding& finding : check.cases) {
    for (const std::string& text : {finding.detail, finding.got}) {
      const std::size_t at = text.find(file + ":");
      if (at == std::string::npos) continue;
      const int line = std::atoi(text.c_str() + at + file.size() + 1);
      if (line > 0) return line;
    }
  }
  const nlohmann::json* place = place_of_file(part, file);
  if (place == nullptr || check.functions.empty()) return 1;
  const nlohmann::json lines = place->value("functions", nlohmann::json::object());
  const auto line = lines.find(check.functions[0]);
  return line != lines.end() && line->is_number_integer() ? line->get<int>() : 1;
}

std::string words_of(const CheckEntry& check) {
  std::string text =
      fmt::format("{}: {} of {}", check.title, points_text(check.points),
                  counted_points(check.extra ? check.extra_points : check.max_points));
  for (const Remark& remark : remarks_on_cases(check)) {
    text += "\n" + (remark.label.empty() ? "  " : remark.label + ": ") + remark.text;
  }
  if (is_grader_error(check)) text += "\n" + verdict_sentence(check);
  for (const judge::Diagnosis& mistake : check.mistakes) {
    text += "\n" + mistake_label(mistake, true) + ": " + mistake.explanation;
  }
  return block(text, kMessageBytes);
}

bool is_wrong(const CheckEntry& check) {
  switch (check.verdict) {
    case Verdict::kPassed:
    case Verdict::kNotAttempted:
    case Verdict::kBlocked:
    case Verdict::kBuildFailed:  // the compiler's own words are shown
      return false;
    default:
      return true;
  }
}

const PartEntry& part_of(const Document& document, const CheckEntry& check) {
  return *std::find_if(document.parts.begin(), document.parts.end(),
                       [&](const PartEntry& part) { return part.part == check.part; });
}

void annotate_diagnostics(const Document& document, const fs::path& folder,
                          const std::string& severity, std::vector<Annotation>& annotations) {
  for (const PartEntry& part : document.parts) {
    for (const Diagnostic& said : part.diagnostics) {
      if (said.severity != severity) continue;
      const std::string path = path_of(part, said.file, folder);
      // A message about one of the course's files has no line of the student's.
      const std::string message =
          path.empty() ? place_of(said) + ": " + said.message : said.message;
      annotations.push_back({severity == "error" ? "error" : "warning", path, said.line,
                             said.column, part.part + ", the compiler", message});
    }
  }
}

void annotate_checks(const Document& document, const fs::path& folder,
                     std::vector<Annotation>& annotations) {
  std::vector<const CheckEntry*> wrong;
  for (const CheckEntry& check : document.checks) {
    if (is_wrong(check)) wrong.push_back(&check);
  }
  const auto lost = [](const CheckEntry* check) { return check->max_points - check->points; };
  std::stable_sort(wrong.begin(), wrong.end(),
                   [&](const auto* a, const auto* b) { return lost(a) > lost(b); });
  for (const CheckEntry* check : wrong) {
    const PartEntry& part = part_of(document, *check);
    const std::string file = check->files.empty() ? "" : check->files[0];
    const std::string path = path_of(part, file, folder);
    annotations.push_back({"error", path, path.empty() ? 0 : line_of(*check, part, file), 0,
                           check->id, words_of(*check)});
  }
}

/// Counts of the checks that a document shows.
std::pair<std::size_t, std::size_t> passed_and_all(const Document& document,
                                                   const std::string& part) {
  std::size_t passed = 0;
  std::size_t all = 0;
  for (const CheckEntry& check : document.checks) {
    if (!part.empty() && check.part != part) continue;
    ++all;
    if (check.verdict == Verdict::kPassed) ++passed;
  }
  return {passed, all};
}

std::string part_row(const Document& document, const PartEntry& part) {
  const auto [passed, all] = passed_and_all(document, part.part);
  return fmt::format("| {} | {} | {} | {} of {} |\n", markdown_text(part.part),
                     markdown_text(part.title), markdown_text(score_of(document, part)), passed,
                     all);
}

/// The compiler's errors and the checks that failed, in full words.
std::string what_failed(const Document& document) {
  constexpr std::size_t kMost = 30;
  std::vector<std::string> entries;
  for (const PartEntry& part : document.parts) {
    for (const Diagnostic& said : part.diagnostics) {
      if (said.severity != "error") continue;
      entries.push_back(fmt::format("**{}** does not compile\n\n<pre>{}</pre>\n",
                                    markdown_text(place_of(said)), html_text(said.message)));
    }
  }
  for (const CheckEntry& check : document.checks) {
    if (!is_wrong(check)) continue;
    entries.push_back(fmt::format("**{}** {}\n\n<pre>{}</pre>\n", markdown_text(check.id),
                                  markdown_text(check.title), html_text(words_of(check))));
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(entries.size(), kMost); ++i) text += "\n" + entries[i];
  if (entries.size() > kMost) text += fmt::format("\nand {} more\n", entries.size() - kMost);
  return text;
}

}  // namespace

std::string github_annotations(const nlohmann::json& results, const fs::path& folder) {
  const Document document = student_view(read_document(results));
  std::vector<Annotation> annotations;
  if (!document.refused.empty()) {
    annotations.push_back({"error", "", 0, 0, "pset3: not taken", document.refused});
  }
  annotate_diagnostics(document, folder, "error", annotations);
  annotate_checks(document, folder, annotations);
  annotate_diagnostics(document, folder, "warning", annotations);
  annotations.resize(std::min(annotations.size(), kMostAnnotations));
  std::string text;
  for (const Annotation& annotation : annotations) text += command_of(annotation);
  return text;
}

std::string github_summary(const nlohmann::json& results) {
  const Document document = student_view(read_document(results));
  std::string text = fmt::format("## {}\n\n", markdown_text(document.submission));
  if (!document.refused.empty()) {
    return text + "This submission was not taken, so nothing in it was judged.\n\n<pre>" +
           html_text(document.refused) + "</pre>\n";
  }
  text += "| | part | points | checks passed |\n|---|---|---|---|\n";
  for (const PartEntry& part : document.parts) text += part_row(document, part);
  if (document.parts.size() > 1) {
    const auto [passed, all] = passed_and_all(document, "");
    text +=
        fmt::format("| | all | {} | {} of {} |\n", markdown_text(score_of(document)), passed, all);
  }
  const std::string failed = what_failed(document);
  if (!failed.empty()) text += "\n### What failed\n" + failed;
  std::string notes;
  for (const std::string& line : open_points(document)) notes += "- " + markdown_text(line) + "\n";
  for (const std::string& note : document.notes) notes += "- " + markdown_text(note) + "\n";
  return text + (notes.empty() ? "" : "\n" + notes);
}

std::string github_outputs(const nlohmann::json& results) {
  const Document document = student_view(read_document(results));
  const auto [passed, all] = passed_and_all(document, "");
  return fmt::format("points={}\nmax_points={}\nextra_points={}\npassed={}\nchecks={}\nresult={}\n",
                     total(document.points() - document.extra_points()), document.max_points(),
                     document.extra_points(), passed, all, base64_of(to_classroom(results).dump()));
}

std::string without_github_commands(const std::string& text, std::string_view token) {
  const bool ends = text.empty() || text.back() == '\n';
  return fmt::format("::stop-commands::{0}\n{1}{2}::{0}::\n", token, text, ends ? "" : "\n");
}

nlohmann::json to_classroom(const nlohmann::json& results) {
  const Document document = student_view(read_document(results));
  nlohmann::json tests = nlohmann::json::array();
  bool all = document.refused.empty();
  for (const CheckEntry& check : document.checks) {
    const bool passed = check.verdict == Verdict::kPassed;
    const bool left_alone = check.extra && check.verdict == Verdict::kNotAttempted;
    all = all && (passed || left_alone);
    const PartEntry& part = part_of(document, check);
    const std::string file = check.files.empty() ? "" : check.files[0];
    tests.push_back({{"name", check.id + ": " + check.title},
                     {"status", passed                   ? "pass"
                                : is_grader_error(check) ? "error"
                                                         : "fail"},
                     {"score", check.points},
                     {"message", passed ? "" : words_of(check)},
                     {"test_code", "./pset3 check " + check.id},
                     {"filename", file},
                     {"line_no", line_of(check, part, file)},
                     {"execution_time", ""}});
  }
  const bool faulty = !document.refused.empty() || document.our_fault.count > 0;
  return {{"version", 1},
          {"status", all      ? "pass"
                     : faulty ? "error"
                              : "fail"},
          {"max_score", document.max_points()},
          {"tests", std::move(tests)}};
}

}  // namespace pset3::report
