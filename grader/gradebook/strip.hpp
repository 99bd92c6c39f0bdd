#pragma once

#include <string>
#include <vector>

#include "grader/gradebook/class_view.hpp"
#include "grader/report/page.hpp"

namespace pset3::gradebook {

/// The marks of a submission's checks, a column each, with a gap between questions; or, where that
/// is too wide, a column for each question with its worst check's mark.
class Strip {
 public:
  explicit Strip(const std::vector<ClassView::Check>& checks);

  /// Chooses the form that fits.
  void fit(int columns);

  int columns() const;
  /// The questions' names above their marks: "a", or "1a" where there are several parts.
  std::string head() const;
  /// As wide as columns().
  std::vector<report::Span> marks(const ClassView::Submission& submission) const;

 private:
  struct Question {
    std::string name;
    std::size_t first = 0;  ///< of its checks
    std::size_t count = 0;
  };

  int columns_of(const Question& question) const;

  std::vector<Question> questions_;
  bool condensed_ = false;
};

}  // namespace pset3::gradebook
