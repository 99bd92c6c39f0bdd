#pragma once

#include <filesystem>
#include <string>

#include "starter/common/errors.hpp"

namespace pset3 {

/// Makes a folder and those that it is in; it may be there already.
/// @throws DataError
void make_folder(const std::filesystem::path& folder);

/// Writes a file in place of what was there.
/// @throws DataError
void write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace pset3
