#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "grader/base/error.hpp"
#include "grader/report/document.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/opening.hpp"
#include "grader/report/page.hpp"
#include "grader/report/part_text.hpp"
#include "grader/report/results.hpp"

namespace pset3::report {
namespace {

std::string duration_text(double wall_ms) {
  if (wall_ms < 1000.0) return fmt::format("{:.0f} ms", wall_ms);
  if (wall_ms < 60000.0) return fmt::format("{:.1f} s", wall_ms / 1000.0);
  const int seconds = static_cast<int>(wall_ms / 1000.0);
  return fmt::format("{} min {} s", seconds / 60, seconds % 60);
}

void write_notes(const Document& document, Page& page) {
  for (const std::string& note : document.notes) {
    page.paragraph(1, {"Note:", Ink::kHalf}, 6, {note});
  }
}

void write_refusal(const Document& document, Page& page) {
  page.blank();
  page.paragraph(1, {}, 0,
                 {"This submission was not taken, so nothing in it was judged.", Ink::kBad});
  page.paragraph(1, {}, 0, {document.refused});
}

/// Extra credit that nobody has tried does not count.
bool every_check_passes(const Document& document) {
  return std::all_of(document.checks.begin(), document.checks.end(), [](const auto& check) {
    return check.verdict == judge::Verdict::kPassed ||
           (check.extra && check.verdict == judge::Verdict::kNotAttempted);
  });
}

void write_footer(const Document& document, Audience audience, Page& page) {
  page.blank();
  page.rule();
  const bool all = every_check_passes(document);
  page.paragraph(1, {}, 0,
                 {fmt::format("{} points so far{}", score_of(document),
                              all ? ": every check that is shown passes" : ""),
                  all ? Ink::kGood : Ink::kBold});
  for (const std::string& line : open_points(document)) page.paragraph(1, {}, 0, {line});
  std::string how;
  if (!document.box_level.empty()) how = fmt::format("box {} · ", document.box_level);
  how += duration_text(document.wall_ms);
  if (audience == Audience::kStaff) how += " · staff view: hidden checks are shown";
  page.paragraph(1, {}, 0, {how, Ink::kFaint});
}

/// Parts that take one line each stand together.
void write_parts(const Document& document, const TextStyle& style, Page& page) {
  std::set<std::string> told;
  bool is_first = true;
  bool was_one_line = false;
  for (const PartEntry& part : document.parts) {
    PartText text(document, part, page, told, style.show_output);
    const bool together = was_one_line && text.is_one_line();
    if (is_first || !together) page.blank();
    text.write();
    is_first = false;
    was_one_line = text.is_one_line();
  }
}

void write_report(const Document& document, Audience audience, const TextStyle& style, Page& page) {
  page.line({{" "}, {document.submission, Ink::kBold}});
  write_notes(document, page);
  if (!document.refused.empty()) {
    write_refusal(document, page);
    return;
  }
  write_parts(document, style, page);
  write_footer(document, audience, page);
}

/// The earlier document, where there is one that can be read.
std::optional<Document> earlier_document(const nlohmann::json& before) {
  if (before.is_null()) return std::nullopt;
  try {
    return student_view(read_document(before));
  } catch (const InputError&) {  // another version's, say
    return std::nullopt;
  }
}

}  // namespace

std::string to_text(const nlohmann::json& results, Audience audience, const TextStyle& style) {
  return to_text(read_document(results), audience, style);
}

std::string to_text(const Document& document, Audience audience, const TextStyle& style) {
  Page page(style);
  const bool is_all = audience == Audience::kStaff;
  write_report(is_all ? document : student_view(document), audience, style, page);
  return page.take();
}

std::string to_check_text(const nlohmann::json& results, const nlohmann::json& before,
                          const TextStyle& style) {
  const Document document = student_view(read_document(results));
  const std::optional<Document> earlier = earlier_document(before);
  Page page(style);
  write_opening(document, earlier ? &*earlier : nullptr, page);
  write_report(document, Audience::kStudent, style, page);
  return page.take();
}

}  // namespace pset3::report
