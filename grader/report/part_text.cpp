#include "grader/report/part_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "grader/base/text.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/marks.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::report {
namespace {

using judge::Verdict;

constexpr int kQuestionIndent = 3;
constexpr int kCheckIndent = 5;
constexpr int kRemarkIndent = 7;
constexpr int kLabelColumns = 11;
constexpr std::size_t kErrorsShown = 10;
constexpr std::size_t kWarningsShown = 3;
constexpr std::size_t kDetailLines = 12;

/// Verdicts that need no block of their own: a line names all such checks of a question.
bool is_quiet(Verdict verdict) {
  return verdict == Verdict::kNotAttempted || verdict == Verdict::kBuildFailed;
}

std::string score_text(double points, double max_points) {
  return fmt::format("{} / {}", points_text(points), points_text(max_points));
}

/// Extra credit has points, but none that the part is out of.
std::string score_text(const CheckEntry& check) {
  if (!check.extra) return score_text(check.points, check.max_points);
  if (check.extra_points == 0.0) return fmt::format("+{} extra", points_text(check.points));
  return fmt::format("{} of {} extra", points_text(check.points), points_text(check.extra_points));
}

/// A report that is longer says of passed checks only how many there are.
constexpr std::size_t kChecksInFull = 10;
constexpr std::size_t kOutputLines = 20;

Ink score_ink(double points, double max_points) {
  if (points >= max_points && points > 0.0) return Ink::kGood;
  return points > 0.0 ? Ink::kHalf : Ink::kFaint;
}

/// Whether a hint and the handout would help: not where nothing was wrong or nothing was judged.
bool needs_advice(const CheckEntry* check) {
  return !is_quiet(check->verdict) && check->verdict != Verdict::kPassed &&
         check->verdict != Verdict::kBlocked && !is_grader_error(*check);
}

/// At most so many lines of a text, and a note where there were more.
std::string first_lines(const std::string& text, std::size_t limit) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < limit; ++i) {
    end = text.find('\n', end == 0 ? 0 : end + 1);
    if (end == std::string::npos) return text;
  }
  const auto more = std::count(text.begin() + static_cast<std::ptrdiff_t>(end), text.end(), '\n');
  return text.substr(0, end) +
         fmt::format("\n[{}]", counted(static_cast<std::size_t>(more), "more line"));
}

/// "17.45 + 0 extra / 20 + 10" is the score of checks some of which are extra credit.
Span score_of_question(const std::vector<const CheckEntry*>& checks) {
  double points = 0.0;
  double max_points = 0.0;
  double extra = 0.0;
  double max_extra = 0.0;
  for (const CheckEntry* check : checks) {
    (check->extra ? extra : points) += check->points;
    max_points += check->max_points;
    max_extra += check->extra_points;
  }
  if (extra == 0.0 && max_extra == 0.0) {
    return {score_text(total(points), total(max_points)), score_ink(points, max_points)};
  }
  if (max_points == 0.0) {
    const std::string of = max_extra > 0.0 ? " of " + points_text(max_extra) : "";
    return {points_text(extra) + of + " extra", score_ink(extra, max_extra)};
  }
  return {report::score_text(total(points), total(max_points), total(extra), total(max_extra)),
          score_ink(points, max_points)};
}

std::string titles_of(const std::vector<const CheckEntry*>& checks) {
  std::string titles;
  for (const CheckEntry* check : checks) titles += (titles.empty() ? "" : " · ") + check->title;
  return titles;
}

std::string heading_of(const CheckEntry& check) {
  return check.section.empty() ? check.part : check.section;
}

}  // namespace

PartText::PartText(const Document& document, const PartEntry& part, Page& page,
                   std::set<std::string>& told, bool show_output)
    : document_(document), part_(part), page_(page), told_(told), show_output_(show_output) {
  for (const CheckEntry& check : document.checks) {
    if (check.part != part.part) continue;
    const bool same = !questions_.empty() && heading_of(*questions_.back()[0]) == heading_of(check);
    if (!same) questions_.emplace_back();
    questions_.back().push_back(&check);
  }
}

void PartText::write() {
  if (is_one_line()) {
    page_.row(1, {part_.part, Ink::kFaint}, {" " + part_.title, Ink::kFaint},
              {"nothing written yet", Ink::kFaint});
    return;
  }
  write_heading();
  write_diagnostics();
  write_first_steps();
  for (const Checks& checks : questions_) write_question(checks);
}

bool PartText::is_untouched() const {
  return std::all_of(document_.checks.begin(), document_.checks.end(), [this](const auto& check) {
    return check.part != part_.part || check.verdict == Verdict::kNotAttempted;
  });
}

bool PartText::is_one_line() const {
  return document_.parts.size() > 1 && !questions_.empty() && is_untouched();
}

void PartText::write_heading() {
  const bool has_extra =
      std::any_of(document_.checks.begin(), document_.checks.end(),
                  [this](const auto& check) { return check.part == part_.part && check.extra; });
  const std::string score =
      has_extra ? score_of(document_, part_) : score_text(part_.points, part_.max_points);
  page_.row(1, {part_.part, Ink::kBold}, {" " + part_.title, Ink::kBold},
            {score + " points", Ink::kBold});
}

void PartText::write_diagnostics() {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Diagnostic& diagnostic : part_.diagnostics) {
    const bool error = diagnostic.severity == "error";
    if (diagnostic.severity == "note") continue;
    std::size_t& shown = error ? errors : warnings;
    if (++shown > (error ? kErrorsShown : kWarningsShown)) continue;
    if (errors + warnings == 1) page_.blank();
    page_.paragraph(kQuestionIndent, {}, 0,
                    {fmt::format("{}: {}", place_of(diagnostic), diagnostic.severity),
                     error ? Ink::kBad : Ink::kHalf});
    page_.paragraph(kCheckIndent, {}, 0, {first_lines(diagnostic.message, kDetailLines)});
  }
  const std::size_t more = (errors > kErrorsShown ? errors - kErrorsShown : 0) +
                           (warnings > kWarningsShown ? warnings - kWarningsShown : 0) +
                           part_.diagnostics_left_out;
  if (more > 0) {
    page_.paragraph(
        kQuestionIndent, {}, 0,
        {fmt::format("and {} of the compiler", counted(more, "more message")), Ink::kFaint});
  }
}

void PartText::write_first_steps() {
  if (!is_untouched() || questions_.empty()) return;
  const CheckEntry& first = *questions_[0][0];
  page_.blank();
  page_.paragraph(
      kQuestionIndent, {}, 0,
      {"Everything compiles and nothing is written yet: that is where everybody starts."});
  if (!first.functions.empty() && !first.files.empty()) {
    page_.paragraph(
        kQuestionIndent, {}, 0,
        {fmt::format("Start with {} in {}.", first.functions[0], first.files[0]), Ink::kAdvice});
  }
  if (!part_.handout.empty()) {
    page_.paragraph(kQuestionIndent, {}, 0, {"Read: " + reading(first.section), Ink::kAdvice});
  }
}

void PartText::write_question(const Checks& checks) {
  page_.blank();
  page_.row(kQuestionIndent - 1, {""}, {heading_of(*checks[0]), Ink::kBold},
            score_of_question(checks));
  const Checks passed = folded(checks);
  write_folded(passed);
  const auto last_wrong = std::find_if(checks.rbegin(), checks.rend(), needs_advice);
  for (const CheckEntry* check : checks) {
    if (is_quiet(check->verdict) || std::count(passed.begin(), passed.end(), check) != 0) continue;
    write_check(*check);
    if (last_wrong != checks.rend() && check == *last_wrong && !part_.handout.empty()) {
      page_.paragraph(kRemarkIndent, {"Read:", Ink::kFaint}, kLabelColumns,
                      {reading(check->section), Ink::kFaint});
    }
  }
  write_quiet(checks, Verdict::kBuildFailed);
  write_quiet(checks, Verdict::kNotAttempted);
}

void PartText::write_check(const CheckEntry& check) {
  const bool hidden = check.visibility != judge::Visibility::kPublic;
  const std::string title = check.title + (hidden ? " (hidden)" : "");
  const std::string unknown = is_grader_error(check) ? "?" : check.open ? "open" : "";
  const std::string score = unknown.empty()
                                ? score_text(check)
                                : fmt::format("{} / {}", unknown, points_text(check.max_points));
  page_.row(kCheckIndent, mark_of(check.verdict), {title},
            {score, score_ink(check.points, check.max_points)});
  if (check.verdict != Verdict::kPassed) write_remarks(check);
  for (const std::string& remark : remarks_on_points(check)) {
    page_.paragraph(kRemarkIndent, {"Points:", Ink::kFaint}, kLabelColumns, {remark});
  }
}

void PartText::write_remarks(const CheckEntry& check) {
  if (is_grader_error(check)) {
    page_.paragraph(kRemarkIndent, {}, 0, {verdict_sentence(check), Ink::kOurFault});
  }
  for (const Remark& remark : remarks_on_cases(check)) {
    const std::string label = remark.label.empty() ? "" : remark.label + ":";
    const bool got = remark.is_own_result;
    page_.paragraph(kRemarkIndent, {label, got ? Ink::kBad : Ink::kFaint}, kLabelColumns,
                    {first_lines(remark.text, kDetailLines)});
  }
  if (show_output_) write_output(check);
  if (!needs_advice(&check)) return;
  write_mistakes(check);
  if (!check.hint.empty() && told_.insert("hint " + check.hint).second) {
    page_.paragraph(kRemarkIndent, {"Hint:", Ink::kAdvice}, kLabelColumns,
                    {check.hint, Ink::kAdvice});
  }
}

void PartText::write_mistakes(const CheckEntry& check) {
  bool first = true;
  for (const judge::Diagnosis& mistake : check.mistakes) {
    const bool is_new = told_.insert("mistake " + mistake.mistake).second;
    const std::string text =
        is_new || check.mistakes.size() > 1
            ? mistake.explanation
            : "the same mistake as above (" + mistake_words(mistake.mistake) + ")";
    page_.paragraph(kRemarkIndent, {mistake_label(mistake, first) + ":", Ink::kHalf}, kLabelColumns,
                    {text, Ink::kHalf});
    first = false;
  }
}

void PartText::write_output(const CheckEntry& check) {
  const auto wrong = std::find_if(check.cases.begin(), check.cases.end(), [](const auto& finding) {
    return finding.verdict != Verdict::kPassed;
  });
  if (wrong == check.cases.end() || check.visibility != judge::Visibility::kPublic) return;
  const bool ended_early =
      wrong->verdict == Verdict::kCrashed || wrong->verdict == Verdict::kTimeout;
  const char* const nothing =
      ended_early ? "nothing. What was not flushed before the end is lost: end a line with "
                    "std::endl, or use std::cerr"
                  : "nothing";
  page_.paragraph(
      kRemarkIndent, {"Printed:", Ink::kFaint}, kLabelColumns,
      {wrong->printed.empty() ? nothing : first_lines(wrong->printed, kOutputLines), Ink::kFaint});
}

/// The passed checks of a question that a long report tells in one line: those without a remark.
PartText::Checks PartText::folded(const Checks& checks) const {
  Checks passed;
  if (document_.checks.size() <= kChecksInFull) return passed;
  std::copy_if(checks.begin(), checks.end(), std::back_inserter(passed), [](const auto* check) {
    return check->verdict == Verdict::kPassed && remarks_on_points(*check).empty() && !check->extra;
  });
  return passed.size() > 1 ? passed : Checks();
}

void PartText::write_folded(const Checks& checks) {
  if (checks.empty()) return;
  double points = 0.0;
  for (const CheckEntry* check : checks) points += check->points;
  page_.row(kCheckIndent, mark_of(Verdict::kPassed), {counted(checks.size(), "check") + " pass"},
            {score_text(total(points), total(points)), Ink::kGood});
}

void PartText::write_quiet(const Checks& checks, Verdict verdict) {
  Checks quiet;
  double max_points = 0.0;
  for (const CheckEntry* check : checks) {
    if (check->verdict != verdict) continue;
    quiet.push_back(check);
    max_points += check->max_points;
  }
  if (quiet.empty()) return;
  const bool complained = std::any_of(part_.diagnostics.begin(), part_.diagnostics.end(),
                                      [](const auto& said) { return said.severity == "error"; });
  const std::string not_built = complained ? "does not compile: " : "missing or does not compile: ";
  const std::string why = verdict == Verdict::kNotAttempted ? "not attempted yet: " : not_built;
  page_.row(kCheckIndent, mark_of(verdict), {why + titles_of(quiet), Ink::kFaint},
            {quiet.size() == checks.size() ? "" : score_text(0.0, max_points), Ink::kFaint});
}

std::string PartText::reading(const std::string& section) const {
  return part_.handout + (section.empty() ? "" : ", " + section);
}

}  // namespace pset3::report
