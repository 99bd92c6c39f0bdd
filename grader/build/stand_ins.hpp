#pragma once

#include <filesystem>

#include "grader/build/library_set.hpp"

namespace pset3::build {

/// Makes empty libraries in place of those that a set's overlinked library names and takes nothing
/// from, or finds them in the cache; see stand_ins.sh. They are named as what they stand for.
/// @param source  the repository's root.
/// @returns their folder, which the box's uid can read. It is empty when there are none, or when
/// they cannot be made: programs then load the real ones, and run as well.
std::filesystem::path prepare_stand_ins(const LibrarySet& set, const std::filesystem::path& source);

}  // namespace pset3::build
