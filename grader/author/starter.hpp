#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "grader/pipeline/course.hpp"

namespace pset3::author {

/// Turns a solution file into the starter's stub: every block from `// BEGIN SOLUTION` to `// END
/// SOLUTION` becomes one line `PSET3_TODO();`, all else stays.
/// @param name  for messages.
/// @throws InputError, with file and line, for a marker without its partner or with anything beside
///         it, and for a file without one.
std::string stub_of(const std::string& solution, const std::string& name);

/// @returns path below the repository's root -> bytes, for all stubs of all parts.
std::map<std::filesystem::path, std::string> starter_files(const pipeline::Course& course);

}  // namespace pset3::author
