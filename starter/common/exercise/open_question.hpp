#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace pset3 {

/// A function of the student's is not written or throws, or the exercise cannot continue with what
/// it returned.
struct Unanswered : std::runtime_error {
  explicit Unanswered(const std::string& reason) : std::runtime_error(reason) {}
  Unanswered(std::string asked, const std::string& reason)
      : std::runtime_error(reason), question(std::move(asked)) {}
  std::string question;  ///< "a", "b", …; empty where the step that was run knows it
};

/// A question that could not be answered, and why.
struct OpenQuestion {
  std::string question;  ///< "a", "b", …
  std::string reason;
};

/// @returns the summary's last paragraph.
std::string open_questions_text(const std::vector<OpenQuestion>& open_questions);

}  // namespace pset3
