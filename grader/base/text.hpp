#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pset3 {

/// Makes foreign text safe to show: invalid UTF-8, control characters (tab and newline stay) and
/// bidirectional overrides become \xNN or \u{NNNN}; more than `max_bytes` is cut with a note.
std::string printable(std::string_view text, std::size_t max_bytes = 4096);

/// `printable` for a text that comes in pieces and goes to a terminal. What progress bars need is
/// let through: carriage returns, and ESC [ K, which clears the rest of a line.
class PrintableStream {
 public:
  /// @returns what can be shown by now; a character that is cut in two waits for its rest.
  std::string add(std::string_view piece) { return show(piece, false); }
  /// @returns what has waited; the text is at its end.
  std::string rest() { return show({}, true); }

 private:
  std::string show(std::string_view piece, bool is_all);

  std::string waiting_;
};

/// @returns how many bytes at the start of `text` are valid UTF-8; all of them when it is sound.
std::size_t valid_utf8_bytes(std::string_view text);

/// @returns the candidate with the fewest edits, if it is near enough to be a slip; else "".
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// @returns the text without the spaces and tabs around it, and without a carriage return behind
/// it.
std::string trimmed(std::string_view text);

/// "1 check", "2 checks".
std::string counted(std::size_t count, std::string_view noun);

}  // namespace pset3
