#include "grader/gradebook/class_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "grader/base/text.hpp"
#include "grader/gradebook/class_view.hpp"
#include "grader/gradebook/strip.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/page.hpp"

namespace pset3::gradebook {
namespace {

using judge::Verdict;
using report::Ink;
using report::Page;
using report::Span;

constexpr int kLongestName = 28;
constexpr int kNotableColumns = 24;
constexpr int kBarColumns = 20;
constexpr std::size_t kMistakesShown = 12;
constexpr std::size_t kHardestShown = 5;

std::string left(const std::string& text, int columns) {
  const std::string cut = report::shortened(text, columns);
  return cut + std::string(static_cast<std::size_t>(columns - report::columns_of(cut)), ' ');
}

std::string right(const std::string& text, int columns) {
  const int gap = std::max(0, columns - report::columns_of(text));
  return std::string(static_cast<std::size_t>(gap), ' ') + text;
}

/// "17/20", or "17+2/20" where two more are extra credit.
std::string score_text(double points, double max_points, double extra) {
  if (max_points <= 0.0 && points + extra <= 0.0) return "-";
  const std::string more = extra > 0.0 ? "+" + report::points_text(extra) : "";
  return report::points_text(points) + more + "/" + report::points_text(max_points);
}

Span score_span(double points, double max_points, double extra, int columns) {
  const Ink ink = points >= max_points && max_points > 0.0 ? Ink::kGood
                  : points + extra > 0.0                   ? Ink::kPlain
                                                           : Ink::kFaint;
  return {right(score_text(points, max_points, extra), columns), ink};
}

/// What a TA should know of a submission beyond its marks, the most important first.
Span notable_marks(const ClassView::Submission& submission) {
  if (!submission.refused.empty()) return {"refused: " + submission.refused, Ink::kBad};
  if (submission.grader_error) return {"our fault: not final, grade again", Ink::kOurFault};
  const std::size_t stubs = submission.count(Verdict::kNotAttempted);
  if (stubs > 0 && stubs == submission.judged()) return {"not attempted yet", Ink::kFaint};
  std::string text;
  for (const std::string& mistake : submission.mistakes)
    text += (text.empty() ? "" : ", ") + report::mistake_words(mistake);
  const std::pair<Verdict, const char*> endings[] = {{Verdict::kBuildFailed, "does not compile"},
                                                     {Verdict::kCrashed, "crashes"},
                                                     {Verdict::kTimeout, "too slow"},
                                                     {Verdict::kOutOfMemory, "too much memory"},
                                                     {Verdict::kForbidden, "forbidden call"}};
  for (const auto& [verdict, words] : endings) {
    if (submission.count(verdict) > 0) text += (text.empty() ? "" : ", ") + std::string(words);
  }
  return {text, Ink::kHalf};
}

/// The same, with what is to be known of the hand-in before it.
Span notable(const ClassView::Submission& submission) {
  Span marks = notable_marks(submission);
  std::string before;
  if (!submission.disguised.empty()) before = "called \"" + submission.disguised + "\"";
  if (submission.is_late) before += before.empty() ? "late" : ", late";
  for (const std::string& flag : submission.flags) {
    before += (before.empty() ? "look at: " : ", look at: ") + flag;
  }
  if (before.empty()) return marks;
  marks.text = marks.text.empty() ? before : before + "; " + marks.text;
  return marks;
}

/// The columns of a class table and what stands in them.
class Table {
 public:
  Table(const ClassView& view, Page& page) : view_(view), page_(page), strip_(view.checks) {
    measure();
  }

  void write() {
    write_head();
    for (const ClassView::Submission& submission : view_.submissions) write_row(submission);
  }

 private:
  void measure();
  void write_head();
  void write_row(const ClassView::Submission& submission);

  const ClassView& view_;
  Page& page_;
  Strip strip_;
  int name_columns_ = 10;
  int score_columns_ = 5;
  std::vector<std::string> parts_;
};

void Table::measure() {
  std::set<std::string> parts;
  for (const ClassView::Submission& submission : view_.submissions) {
    name_columns_ = std::max(name_columns_, report::columns_of(submission.name));
    const std::string score = score_text(submission.score, submission.max, submission.extra);
    score_columns_ = std::max(score_columns_, static_cast<int>(score.size()));
    for (const auto& part : submission.parts) parts.insert(part.part);
  }
  name_columns_ = std::min(name_columns_, kLongestName);
  // One part is its own total.
  if (parts.size() > 1) parts_.assign(parts.begin(), parts.end());
  const int scores = static_cast<int>(parts_.size() + 1) * (score_columns_ + 2);
  strip_.fit(page_.width() - 1 - name_columns_ - scores - 2 - 2 - kNotableColumns);
}

void Table::write_head() {
  std::string head = " " + left("submission", name_columns_);
  for (const std::string& part : parts_) head += "  " + right(part, score_columns_);
  head += "  " + right("total", score_columns_);
  head += "  " + left(strip_.head(), strip_.columns()) + "  notable";
  page_.line({{head, Ink::kFaint}});
  page_.rule();
}

void Table::write_row(const ClassView::Submission& submission) {
  std::vector<Span> spans = {{" " + left(submission.name, name_columns_)}};
  for (const std::string& part : parts_) {
    const auto found = std::find_if(submission.parts.begin(), submission.parts.end(),
                                    [&](const auto& points) { return points.part == part; });
    spans.push_back({"  "});
    spans.push_back(found == submission.parts.end() ? Span{right("-", score_columns_), Ink::kFaint}
                                                    : score_span(found->points, found->max_points,
                                                                 found->extra, score_columns_));
  }
  spans.push_back({"  "});
  spans.push_back(score_span(submission.score, submission.max, submission.extra, score_columns_));
  spans.push_back({"  "});
  for (const Span& span : strip_.marks(submission)) spans.push_back(span);
  spans.push_back({"  "});
  spans.push_back(notable(submission));
  page_.line(spans);
}

void write_legend(Page& page) {
  page.blank();
  page.line({{" ✓ passed  ½ partly  ✗ wrong  ○ not attempted  – blocked  ! our fault  · not judged",
              Ink::kFaint}});
}

std::string percent(double fraction) { return fmt::format("{:.0f} %", 100.0 * fraction); }

void write_mistakes(const ClassView& view, Page& page) {
  if (view.mistakes.empty()) return;
  int columns = 0;
  for (const auto& mistake : view.mistakes) {
    columns = std::max(columns, report::columns_of(report::mistake_words(mistake.name)));
  }
  columns = std::min(columns, kLongestName + 8);
  page.blank();
  page.line({{" Mistakes that were recognised", Ink::kBold}});
  const std::size_t shown = std::min(view.mistakes.size(), kMistakesShown);
  for (std::size_t row = 0; row < shown; ++row) {
    const auto& mistake = view.mistakes[row];
    const double share =
        static_cast<double>(mistake.count) / static_cast<double>(view.submissions.size());
    const int length = std::max(1, static_cast<int>(std::lround(kBarColumns * share)));
    std::string bar;
    for (int i = 0; i < length; ++i) bar += "█";
    page.line({{"   " + left(report::mistake_words(mistake.name), columns) + "  "},
               {left(bar, kBarColumns), Ink::kHalf},
               {fmt::format("  {:>5}  {:>5}", mistake.count, percent(share))}});
  }
  if (const std::size_t more = view.mistakes.size() - shown; more > 0) {
    page.line({{fmt::format("   and {} more, which the class's page lists", more), Ink::kFaint}});
  }
}

void write_hardest(const ClassView& view, Page& page) {
  std::vector<const ClassView::Check*> hardest;
  for (const auto& check : view.checks) {
    if (check.pass_rate && *check.pass_rate < 1.0) hardest.push_back(&check);
  }
  std::stable_sort(hardest.begin(), hardest.end(),
                   [](const auto* a, const auto* b) { return *a->pass_rate < *b->pass_rate; });
  hardest.resize(std::min(hardest.size(), kHardestShown));
  if (hardest.empty()) return;
  page.blank();
  page.line({{" Hardest checks", Ink::kBold}});
  for (const auto* check : hardest) {
    page.line({{fmt::format("   {:>5}  ", percent(*check->pass_rate))},
               {left(check->id, 24), Ink::kFaint},
               {"  " + check->title}});
  }
}

void write_title(const ClassView& view, Page& page) {
  std::vector<double> scores;
  double max = 0.0;
  bool has_extra = false;
  for (const auto& submission : view.submissions) {
    if (!submission.refused.empty()) continue;
    scores.push_back(submission.score);
    max = std::max(max, submission.max);
    has_extra |= submission.extra > 0.0;
  }
  std::sort(scores.begin(), scores.end());
  std::string text = counted(view.submissions.size(), "submission");
  const std::size_t refused = view.submissions.size() - scores.size();
  if (refused > 0) text += fmt::format(", {} of them graded", scores.size());
  if (!scores.empty()) {
    const std::size_t half = scores.size() / 2;
    const double median =
        scores.size() % 2 == 1 ? scores[half] : (scores[half - 1] + scores[half]) / 2;
    text +=
        fmt::format(", median {} of {}", report::points_text(median), report::counted_points(max));
    if (has_extra) text += " without extra credit, which stands behind a +";
  }
  page.line({{" " + text, Ink::kBold}});
  page.blank();
}

}  // namespace

std::string class_table(const nlohmann::json& class_json, const report::TextStyle& style) {
  const ClassView view = read_class(class_json);
  Page page(style);
  write_title(view, page);
  Table(view, page).write();
  if (!view.submissions.empty()) write_legend(page);
  write_mistakes(view, page);
  write_hardest(view, page);
  return page.take();
}

}  // namespace pset3::gradebook
