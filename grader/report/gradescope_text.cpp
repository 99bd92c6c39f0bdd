#include <fmt/format.h>

#include <algorithm>

#include "grader/base/text.hpp"
#include "grader/judge/relation.hpp"
#include "grader/report/explain.hpp"

namespace pset3::report {
namespace {

using judge::Verdict;

constexpr std::size_t kErrorsInSummary = 20;

void append(std::string& text, const Remark& remark) {
  std::string indented;
  for (const char c : remark.text) indented += c == '\n' ? std::string("\n  ") : std::string(1, c);
  text += remark.label.empty() ? fmt::format("  {}\n", indented)
                               : fmt::format("{}: {}\n", remark.label, indented);
}

void append_mistakes(std::string& text, const std::vector<judge::Diagnosis>& mistakes) {
  if (mistakes.size() == 1) {
    text += judge::is_fact(mistakes[0]) ? "Seen: " : "This looks like: ";
    text += mistakes[0].explanation + "\n";
  }
  if (mistakes.size() < 2) return;
  text += "This looks like one of:\n";
  for (const judge::Diagnosis& mistake : mistakes) text += "- " + mistake.explanation + "\n";
}

/// The compiler's first error in the files that a check needs, where Gradescope has no other place
/// that a student would look at.
void append_first_error(std::string& text, const CheckEntry& check, const PartEntry& part) {
  for (const Diagnostic& diagnostic : part.diagnostics) {
    const bool ours =
        std::find(check.files.begin(), check.files.end(), diagnostic.file) != check.files.end();
    if (diagnostic.severity != "error" || !(ours || check.files.empty())) continue;
    text += fmt::format("{}: {}\n", place_of(diagnostic), diagnostic.message);
    return;
  }
}

void append_errors(std::string& text, const Document& document) {
  std::size_t shown = 0;
  for (const PartEntry& part : document.parts) {
    for (const Diagnostic& diagnostic : part.diagnostics) {
      if (diagnostic.severity != "error" || ++shown > kErrorsInSummary) continue;
      text += fmt::format("{}: error: {}\n", place_of(diagnostic), diagnostic.message);
    }
  }
  if (shown > kErrorsInSummary) {
    text += fmt::format("and {}\n", counted(shown - kErrorsInSummary, "more error"));
  }
}

}  // namespace

std::string gradescope_text(const CheckEntry& check, const PartEntry& part) {
  std::string text = verdict_sentence(check) + "\n";
  for (const std::string& remark : remarks_on_points(check)) text += remark + "\n";
  if (check.verdict == Verdict::kPassed) return text;
  if (check.verdict == Verdict::kBuildFailed) append_first_error(text, check, part);
  for (const Remark& remark : remarks_on_cases(check)) append(text, remark);
  append_mistakes(text, check.mistakes);
  if (is_grader_error(check)) return text;
  if (!check.hint.empty()) append(text, {"Hint", check.hint, false});
  if (!part.handout.empty()) {
    text += fmt::format("Read: {}{}{}\n", part.handout, check.section.empty() ? "" : ", ",
                        check.section);
  }
  return text;
}

std::string gradescope_summary(const Document& document) {
  if (!document.refused.empty()) {
    return fmt::format("This submission could not be taken, so nothing in it was judged.\n{}\n",
                       document.refused);
  }
  const Document view = student_view(document);
  std::string text = fmt::format("{} points from the checks that you can see.\n", score_of(view));
  for (const std::string& line : open_points(view)) text += line + "\n";
  for (const std::string& note : view.notes) text += "Note: " + note + "\n";
  append_errors(text, view);
  return text;
}

}  // namespace pset3::report
