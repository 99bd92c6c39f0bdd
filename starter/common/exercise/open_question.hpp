#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace pset3 {

/// A function of the student's is not written, throws, or returns what cannot be gone on with.
struct Unanswered : std::runtime_error {
  Unanswered(std::string asked, const std::string& reason)
      : std::runtime_error(reason), question(std::move(asked)) {}
  std::string question;  ///< "a", "b", …
};

/// What an exercise could not do.
struct OpenQuestion {
  std::string question;
  std::string reason;
};

/// @returns the summary's last paragraph.
std::string open_questions_text(const std::vector<OpenQuestion>& open_questions);

}  // namespace pset3
