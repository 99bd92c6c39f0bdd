#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grader/report/document.hpp"
#include "grader/report/explain.hpp"
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
  const double extra = document.extra_points();
  page.paragraph(1, {}, 0,
                 {fmt::format("{} of {}{} so far{}", points_text(document.points() - extra),
                              counted_points(document.max_points()),
                              extra > 0.0 ? " and " + points_text(extra) + " of extra credit" : "",
                              all ? ": every check that is shown passes" : ""),
                  all ? Ink::kGood : Ink::kBold});
  for (const std::string& line : open_points(document)) page.paragraph(1, {}, 0, {line});
  std::string how;
  if (!document.box_level.empty()) how = fmt::format("box {} · ", document.box_level);
  how += duration_text(document.wall_ms);
  if (audience == Audience::kStaff) how += " · staff view: hidden checks are shown";
  page.paragraph(1, {}, 0, {how, Ink::kFaint});
}

}  // namespace

std::string to_text(const nlohmann::json& results, Audience audience, const TextStyle& style) {
  const Document read = read_document(results);
  const Document document = audience == Audience::kStudent ? student_view(read) : read;
  Page page(style);
  page.line({{" "}, {document.submission, Ink::kBold}});
  write_notes(document, page);
  if (!document.refused.empty()) {
    write_refusal(document, page);
    return page.take();
  }
  std::set<std::string> told;
  for (const PartEntry& part : document.parts) {
    page.blank();
    PartText(document, part, page, told).write();
  }
  write_footer(document, audience, page);
  return page.take();
}

}  // namespace pset3::report
