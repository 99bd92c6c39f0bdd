#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/base/letter_case.hpp"
#include "grader/intake/intake.hpp"

namespace pset3::intake {

/// Where an entry is inside its submission: "hw3/p1/carve.cpp" is {"hw3", "p1"} and "carve.cpp".
struct Place {
  std::vector<std::string> folders;
  std::string name;         ///< empty for the submission itself ("./")
  bool is_ignored = false;  ///< in or of a build tree, a hidden folder, or hidden itself

  /// "hw3/p1/carve.cpp", as it was written but for separators.
  std::string path() const;
};

/// Takes a written name apart; backslashes separate as well, since Windows writes them.
/// @throws Refused for an absolute name, "..", too deep nesting and over-long names.
Place place_of(std::string_view written, const Limits& limits);

/// Folders that no student edits files in: version control, editors, build trees, macOS's shadow.
bool is_ignored_folder(std::string_view name);

/// Control characters and bidirectional overrides, which no path of a part file may have.
bool has_hidden_characters(std::string_view text);

/// A path as a message of one line shows it: safe, cut when long, without line ends and tabs.
std::string shown(std::string_view path);

/// A file's name as an archive's: .zip, .tar, .tgz, .rar, …
bool is_named_like_an_archive(std::string_view name);

/// "hw3.tar.gz" is "hw3"; names without the ending of a taken format stay.
std::string without_archive_ending(const std::string& name);

}  // namespace pset3::intake
