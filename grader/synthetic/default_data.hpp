#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace pset3::synthetic {

/// Writes the data set that a part is run on when nobody names another one; nothing is downloaded.
///
/// @param part      "p1", …
/// @param folder    is made if need be; files of the same names are replaced.
/// @param progress  told as (done, total); may be empty.
/// @throws InputError for a part that has none, with the parts that have; GraderError when the
/// folder cannot be written.
void write_default_data(const std::string& part, const std::filesystem::path& folder,
                        const std::function<void(int, int)>& progress = {});

}  // namespace pset3::synthetic
