#pragma once

#include <filesystem>
#include <string>

#include "grader/author/release_tree.hpp"

namespace pset3::author {

/// Adds the handouts as pages, below handouts/pages/, made by handouts/make_site.sh from the tree's
/// own handouts and rubrics, so that they show the chosen parts and public checks alone. Reports
/// link to them.
/// @returns whether they were made: false where pandoc is not installed.
/// @throws GraderError with the script's words when it fails.
bool add_pages(ReleaseTree& tree, const std::filesystem::path& source);

/// Adds handouts/site.json, by which reports link to the published handouts.
void add_address(ReleaseTree& tree, const std::string& address);

}  // namespace pset3::author
