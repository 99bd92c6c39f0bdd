#pragma once

#include <filesystem>
#include <memory>

#include "grader/base/files.hpp"

namespace pset3::intake {

/// Unpacks the archive of a whole class, so that each student's part of it can be read as if it had
/// been handed in by itself. Only plain files and folders; a link becomes one that leads nowhere,
/// and a file that is too large for a hand-in becomes an empty one of that size.
/// @throws Refused; GraderError when the disk is full
std::shared_ptr<const TemporaryFolder> unpack_class(const std::filesystem::path& archive);

}  // namespace pset3::intake
