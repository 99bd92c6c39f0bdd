#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pset3::pipeline {

/// Looking after a store: what it holds, whether that is whole, and throwing old results away.

struct StageSize {
  std::string stage;
  std::size_t results = 0;
  std::uintmax_t bytes = 0;
  std::chrono::hours oldest{0};  ///< since the least recently used one was last used
};

/// @throws InputError when there is no store at `root`; so do the others.
std::vector<StageSize> sizes_of_store(const std::filesystem::path& root);

struct Verified {
  std::size_t whole = 0;
  std::size_t without_sums = 0;  ///< by an older pset3: cannot be checked
  std::vector<std::filesystem::path>
      broken;  ///< taken out of the store, so that they are made anew
};

/// Reads every result and compares it with its checksums.
Verified verify_store(const std::filesystem::path& root);

struct CleanOptions {
  std::optional<std::chrono::hours> older_than;     ///< not used for as long as this
  std::optional<std::uintmax_t> larger_than_bytes;  ///< until the rest takes no more than this
};

struct Cleaned {
  std::size_t results = 0;
  std::uintmax_t bytes = 0;
};

/// Removes the results that the options name, those first that were used least recently.
/// @throws InputError when somebody uses the store.
Cleaned clean_store(const std::filesystem::path& root, const CleanOptions& options);

}  // namespace pset3::pipeline
