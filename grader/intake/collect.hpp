#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/intake/intake.hpp"

namespace pset3::intake {

/// One submission among those that a command was given.
struct Found {
  std::filesystem::path path;
  std::string
      name;  ///< unique among all, and fit for a folder's name: no separator, no leading dot
};

/// Expands each path to the submissions that it holds: itself, or, for a folder of submissions, the
/// folders, archives and loose source files in it, in the order of their names.
///
/// A folder is one submission when a wanted file, a part folder, starter/, solution/, .git or a
/// CMakeLists.txt is directly in it, or when only one thing in it looks like a submission. It is a
/// folder of submissions when it has Gradescope's submission_metadata.yml, or when at least two of
/// its archives and folders look like submissions: archives always do, folders with a part folder
/// do, and folders that have a wanted file of the same name do. A path that does not exist is one
/// submission, so that `take` refuses it with a reason.
std::vector<Found> submissions_in(const std::vector<std::filesystem::path>& paths,
                                  const std::vector<WantedPart>& wanted);

}  // namespace pset3::intake
