#include "grader/gradebook/student_grade.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "grader/base/text.hpp"
#include "grader/judge/rubric.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using report::points_text;

/// "(e)" for p1.e.written.
std::string question_text(const Item& item) {
  const std::string question = judge::question_of(item.id);
  return "(" + question.substr(question.rfind('.') + 1) + ")";
}

std::string with_sign(double points) { return (points < 0.0 ? "" : "+") + points_text(points); }

/// How one part's points add up, as far as the student may know it.
class PartSum {
 public:
  PartSum(const GradedStudent& student, const PartGrade& part, bool hidden_is_told)
      : student_(student), part_(part), hidden_is_told_(hidden_is_told) {
    for (const ItemGrade& given : student.grade.items) {
      if (given.item->part == part.part) add(given);
    }
  }

  double points() const {
    return hidden_is_told_ ? part_.points : report::total(points_ - part_.taken_off);
  }
  double max_points() const { return report::total(part_.max_points - untold_); }

  /// "21 of 26 from the checks that are shown, 9 of 9 from hidden ones"
  std::string how() const {
    const bool is_nothing = student_.record.parts.count(part_.part) == 0 && points_ == 0.0;
    if (is_nothing) {
      const std::string& why = student_.record.refused;
      return why.empty() ? kNothingHandedIn : report::one_line(why);
    }
    std::vector<std::string> terms;
    if (shown_max_ > 0.0) terms.push_back(of(shown_, shown_max_, "from the checks that are shown"));
    if (hidden_max_ > 0.0) terms.push_back(of(hidden_, hidden_max_, "from hidden ones"));
    terms.insert(terms.end(), written_.begin(), written_.end());
    terms.insert(terms.end(), overridden_.begin(), overridden_.end());
    if (extra_ > 0.0) terms.push_back(points_text(report::total(extra_)) + " extra");
    if (part_.taken_off > 0.0) {
      terms.push_back(fmt::format("-{} for being late", points_text(part_.taken_off)));
    }
    return fmt::format("{}", fmt::join(terms, ", "));
  }

  /// Why the points may change.
  std::vector<std::string> not_final() const {
    std::vector<std::string> why = open_;
    if (untold_ > 0.0) {
      why.push_back(report::counted_points(report::total(untold_)) +
                    " from hidden checks are told after the deadline");
    }
    return why;
  }

 private:
  static std::string of(double points, double most, const std::string& what) {
    return fmt::format("{} of {} {}", points_text(report::total(points)),
                       points_text(report::total(most)), what);
  }

  void add(const ItemGrade& given) {
    const Item& item = *given.item;
    if (item.is_hidden && !hidden_is_told_) {
      untold_ += item.is_extra ? 0.0 : item.max_points;
      return;
    }
    points_ += given.points;
    if (item.is_written) return add_written(given);
    if (is_open(item)) {
      open_.push_back("a check could not be judged, by our own fault");
    }
    add_judged(given);
  }

  bool is_open(const Item& item) const {
    const std::vector<std::string>& open = student_.grade.open;
    return std::find(open.begin(), open.end(), item.id) != open.end();
  }

  void add_written(const ItemGrade& given) {
    const Item& item = *given.item;
    if (is_open(item)) {
      open_.push_back(question_text(item) + " is not graded yet");
      return;
    }
    written_.push_back(of(given.points, item.max_points, "for " + question_text(item)));
    if (given.by == GivenBy::kOverride) written_.back() += reason_of(item);
  }

  /// Which of the hidden checks it was is not told.
  void add_judged(const ItemGrade& given) {
    const Item& item = *given.item;
    if (item.is_extra) {
      extra_ += given.points;
      return;
    }
    (item.is_hidden ? hidden_ : shown_) += judged_points(given);
    (item.is_hidden ? hidden_max_ : shown_max_) += item.max_points;
    add_override(given, item.is_hidden ? "a hidden check" : item.id);
  }

  void add_override(const ItemGrade& given, const std::string& name) {
    if (given.by != GivenBy::kOverride) return;
    const double more = given.points - judged_points(given);
    overridden_.push_back(with_sign(report::total(more)) + " for " + name + reason_of(*given.item));
  }

  /// What the grader gave, whatever a person gives in its place.
  double judged_points(const ItemGrade& given) const {
    const auto judged = student_.record.judged.find(given.item->id);
    return judged == student_.record.judged.end() ? 0.0 : judged->second.points;
  }

  std::string reason_of(const Item& item) const {
    return " (" + report::one_line(student_.record.overrides.at(item.id).reason) + ")";
  }

  const GradedStudent& student_;
  const PartGrade& part_;
  const bool hidden_is_told_;
  double points_ = 0.0;
  double shown_ = 0.0, shown_max_ = 0.0;
  double hidden_ = 0.0, hidden_max_ = 0.0;
  double extra_ = 0.0;
  double untold_ = 0.0;
  std::vector<std::string> written_, overridden_, open_;
};

std::string not_final_text(const std::vector<std::string>& why) {
  return why.empty() ? "" : fmt::format("This grade is not final: {}.\n", fmt::join(why, "; "));
}

}  // namespace

bool hidden_may_be_told(const PartGrade& part, Instant now) { return !part.due || *part.due < now; }

bool has_untold_points(const GradedStudent& student, Instant now) {
  return std::any_of(student.grade.parts.begin(), student.grade.parts.end(),
                     [&](const PartGrade& part) {
                       const bool is_told = hidden_may_be_told(part, now);
                       return PartSum(student, part, is_told).max_points() < part.max_points;
                     });
}

std::string grade_text(const GradedStudent& student, Instant now) {
  double points = 0.0;
  double max_points = 0.0;
  std::string lines;
  std::vector<std::string> not_final;
  const bool has_parts = student.grade.parts.size() > 1;
  for (const PartGrade& part : student.grade.parts) {
    const PartSum sum(student, part, hidden_may_be_told(part, now));
    points += sum.points();
    max_points += sum.max_points();
    lines += has_parts ? fmt::format("\n  {}: {} of {}: {}", part.part, points_text(sum.points()),
                                     points_text(sum.max_points()), sum.how())
                       : ": " + sum.how();
    for (const std::string& why : sum.not_final()) {
      not_final.push_back((has_parts ? part.part + ": " : "") + why);
    }
  }
  for (const Lateness& late : student.grade.lateness) {
    if (late.is_unknown) not_final.push_back("how late you handed in is not known yet");
  }
  return fmt::format("Your grade: {} of {}{}\n{}", points_text(report::total(points)),
                     points_text(report::total(max_points)), lines, not_final_text(not_final));
}

}  // namespace pset3::gradebook
