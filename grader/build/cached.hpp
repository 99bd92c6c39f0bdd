#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace pset3::build {

/// @returns a text that changes when a file of the system does: path, size and time.
/// @throws GraderError when it is missing.
std::string stamp_of(const std::filesystem::path& file);

/// Runs `fill` on a fresh folder beside `target` and renames it there; somebody else may be first.
/// Does nothing when `target` is there already.
/// @throws GraderError when it cannot be renamed.
void make_folder(const std::filesystem::path& target,
                 const std::function<void(const std::filesystem::path&)>& fill);

}  // namespace pset3::build
