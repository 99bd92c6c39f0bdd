#include "grader/gradebook/strip.hpp"

#include <algorithm>
#include <set>

#include "grader/report/marks.hpp"

namespace pset3::gradebook {
namespace {

using judge::Verdict;
using report::Ink;
using report::Span;

struct Place {
  std::string part;      ///< "p1"
  std::string question;  ///< "b"
};

/// "p1.b.survivors" is in part p1 and question b; "p1.survivors" in question p1.
Place place_of(const std::string& check) {
  const std::size_t first = std::min(check.find('.'), check.size());
  const std::size_t second = check.find('.', first + 1);
  const std::string part = check.substr(0, first);
  if (second == std::string::npos) return {part, part};
  return {part, check.substr(first + 1, second - first - 1)};
}

/// How bad a verdict is for the one mark of a question.
int badness(const std::optional<Verdict>& verdict) {
  if (!verdict) return 0;
  switch (*verdict) {
    case Verdict::kPassed:
      return 1;
    case Verdict::kPartial:
      return 2;
    case Verdict::kBlocked:
      return 3;
    case Verdict::kNotAttempted:
      return 4;
    case Verdict::kGraderError:
      return 6;
    default:
      return 5;
  }
}

Span mark(const std::optional<Verdict>& verdict) {
  return verdict ? report::mark_of(*verdict) : Span{"·", Ink::kFaint};
}

}  // namespace

Strip::Strip(const std::vector<ClassView::Check>& checks) {
  std::set<std::string> parts;
  for (const ClassView::Check& check : checks) parts.insert(place_of(check.id).part);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const Place place = place_of(checks[i].id);
    const std::string number = place.part.starts_with('p') ? place.part.substr(1) : place.part;
    std::string name =
        parts.size() > 1 && place.question != place.part ? number + place.question : place.question;
    if (questions_.empty() || questions_.back().name != name) {
      questions_.push_back({std::move(name), i, 0});
    }
    ++questions_.back().count;
  }
}

void Strip::fit(int columns) {
  condensed_ = false;
  condensed_ = this->columns() > columns;
}

int Strip::columns_of(const Question& question) const {
  const int marks = condensed_ ? 1 : static_cast<int>(question.count);
  return std::max(marks, report::columns_of(question.name));
}

int Strip::columns() const {
  int columns = 0;
  for (const Question& question : questions_) columns += columns_of(question) + 1;
  return std::max({columns - 1, 6});
}

std::string Strip::head() const {
  std::string head;
  for (const Question& question : questions_) {
    const int gap = columns_of(question) - report::columns_of(question.name) + 1;
    head += question.name + std::string(static_cast<std::size_t>(gap), ' ');
  }
  return head.empty() ? "checks" : head.substr(0, head.size() - 1);
}

std::vector<Span> Strip::marks(const ClassView::Submission& submission) const {
  std::vector<Span> spans;
  int used = 0;
  for (const Question& question : questions_) {
    const auto first = submission.verdicts.begin() + static_cast<std::ptrdiff_t>(question.first);
    const auto last = first + static_cast<std::ptrdiff_t>(question.count);
    int marks = 1;
    if (condensed_) {
      spans.push_back(mark(*std::max_element(
          first, last, [](const auto& a, const auto& b) { return badness(a) < badness(b); })));
    } else {
      for (auto verdict = first; verdict != last; ++verdict) spans.push_back(mark(*verdict));
      marks = static_cast<int>(question.count);
    }
    const int gap = columns_of(question) - marks + 1;
    spans.push_back({std::string(static_cast<std::size_t>(gap), ' ')});
    used += columns_of(question) + 1;
  }
  if (!spans.empty()) spans.back().text.pop_back();
  const int missing = columns() - std::max(0, used - 1);
  spans.push_back({std::string(static_cast<std::size_t>(missing), ' ')});
  return spans;
}

}  // namespace pset3::gradebook
