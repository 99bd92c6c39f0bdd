#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <sys/types.h>

namespace pset3::box {

/// Why `uid` (or this process, when there is none) cannot read `path`: the first folder on the way
/// that is closed, and what to do. Empty when nothing is in the way.
/// @param owned `path` itself will be given to that user.
std::string unreachable(const std::filesystem::path& path, std::optional<uid_t> uid, bool owned);

/// @returns `program` itself when boxes can reach it, else a copy in the cache, named by its
/// content. @throws GraderError when there is no such file or the copy cannot be made.
std::filesystem::path reachable_program(const std::filesystem::path& program);

/// Our own programs: from the build folder, with $PSET3_STUB and $PSET3_PROBE over that.
std::filesystem::path stub_program();
std::filesystem::path probe_program();

}  // namespace pset3::box
