#include "starter/common/exercise/open_question.hpp"

namespace pset3 {

std::string open_questions_text(const std::vector<OpenQuestion>& open_questions) {
  std::string text;
  for (const OpenQuestion& open : open_questions) {
    text += "  question (" + open.question + ")   " + open.reason + "\n";
  }
  return text.empty() ? "\nAll questions were run.\n" : "\nStill open\n" + text;
}

}  // namespace pset3
