#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "grader/author/release_tree.hpp"
#include "grader/pipeline/course.hpp"

namespace pset3::author {

/// The course in a copy of the repository, or in the repository itself.
pipeline::Course course_in(const std::filesystem::path& source);
const pipeline::Course& this_course();
/// Of all parts.
const ReleaseTree& this_release();

/// @returns the files in which `text` stands, by name or in their bytes.
std::vector<std::string> files_with(const ReleaseTree& tree, const std::string& text);

/// The lines of a text, without spaces at both ends, that are longer than `least`.
std::set<std::string> long_lines(const std::string& text, std::size_t least);

/// Files of a folder of the repository's parts: files_of("solution", ".cpp").
std::vector<std::filesystem::path> files_of(const std::string& folder,
                                            const std::string& extension);

}  // namespace pset3::author
