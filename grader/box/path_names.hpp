#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pset3::box {

/// Paths as a program in a box sees them, and what its user calls them.
class PathNames {
 public:
  /// @param seen    an absolute path without a slash at its end.
  /// @param called  takes its place, and the start of paths below it.
  void add(std::string seen, std::string called);

  /// @returns the text with the user's names. A seen path is replaced where it begins a word and
  /// ends at the text's end, or before a character that no longer name would go on with.
  std::string in(std::string_view text) const;

 private:
  friend class RelayedText;
  struct Found;
  Found find(std::string_view text, char before, bool is_all) const;

  std::vector<std::pair<std::string, std::string>> names_;
};

/// The same for a text that comes in pieces: what may be the start of a path waits for the rest.
class RelayedText {
 public:
  explicit RelayedText(PathNames names) : names_(std::move(names)) {}

  /// @returns what can be shown by now.
  std::string add(std::string_view piece) { return show(piece, false); }
  /// @returns what has waited; the text is at its end.
  std::string rest() { return show({}, true); }

 private:
  std::string show(std::string_view piece, bool is_all);

  PathNames names_;
  std::string waiting_;
  char before_ = '\n';  ///< the character before `waiting_`
};

}  // namespace pset3::box
