#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/box/box.hpp"

namespace pset3::box {

/// What LibTorch maps and never touches, with head-room for the stacks of its threads: addresses
/// that a program may have beyond its memory where no cgroup counts.
inline constexpr std::uint64_t kMappedOnly = 1ull << 30;

/// The command that starts a box: bubblewrap with the stub inside, or below L2 the stub itself.
/// @param stub a path that the service user can reach.
/// @throws GraderError when bubblewrap is not there.
std::vector<std::string> command_of(const BoxSpec& spec, Level level,
                                    const std::filesystem::path& stub);

/// `text` as it has to be where paths are those of the machine: an `inside` path of a bind becomes
/// its `host` path, at the start of a word, after one of "=:," or after an option's letter ("-I").
std::string with_host_paths(std::string text, const std::vector<Bind>& binds);

}  // namespace pset3::box
