#include "grader/pipeline/store_care.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "grader/base/descriptor.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using Clock = fs::file_time_type::clock;

/// A finished result.
struct Entry {
  std::string stage;
  fs::path folder;
  fs::file_time_type used;
  std::uintmax_t bytes = 0;
};

std::uintmax_t bytes_in(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  std::error_code gone;
  for (fs::directory_iterator file(folder, gone), end; !gone && file != end; file.increment(gone)) {
    std::error_code none;
    const std::uintmax_t size = file->file_size(none);
    if (!none) bytes += size;
  }
  return bytes;
}

void require_store(const fs::path& root) {
  if (fs::is_directory(root / "incoming")) return;
  throw InputError("no store at " + root.string() +
                   "; expected the folder that grade was given as "
                   "--store");
}

/// Somebody else may add and remove results meanwhile.
std::vector<Entry> entries_of(const fs::path& root) {
  require_store(root);
  std::vector<Entry> entries;
  for (const char* stage : kStages) {
    std::error_code none;
    for (fs::directory_iterator first(root / stage, none), end; !none && first != end;
         first.increment(none)) {
      throw_if_interrupted();
      std::error_code gone;
      for (fs::directory_iterator rest(first->path(), gone); !gone && rest != end;
           rest.increment(gone)) {
        std::error_code away;
        const auto used = fs::last_write_time(rest->path(), away);
        if (!away) entries.push_back({stage, rest->path(), used, bytes_in(rest->path())});
      }
    }
  }
  return entries;
}

std::chrono::hours hours_since(fs::file_time_type time) {
  return std::chrono::duration_cast<std::chrono::hours>(Clock::now() - time);
}

/// @returns whether all files are there as they were written.
bool is_whole(const fs::path& folder) {
  try {
    std::istringstream sums(read_file(folder / kSumsFile));
    for (std::string line; std::getline(sums, line);) {
      const std::size_t at = line.find("  ");
      if (at == std::string::npos) return false;
      if (sha256(read_file(folder / line.substr(at + 2))) != line.substr(0, at)) return false;
    }
    return true;
  } catch (const InputError&) {
    return false;
  }
}

/// Renames first: nobody finds half of a result.
void remove_result(const fs::path& root, const fs::path& folder) {
  TemporaryFolder away(root / "incoming", 0755);
  std::error_code gone_already;
  fs::rename(folder, away.path() / "old", gone_already);
}

}  // namespace

std::vector<StageSize> sizes_of_store(const fs::path& root) {
  std::map<std::string, StageSize> sizes;
  for (const Entry& entry : entries_of(root)) {
    StageSize& size = sizes[entry.stage];
    ++size.results;
    size.bytes += entry.bytes;
    size.oldest = std::max(size.oldest, hours_since(entry.used));
  }
  std::vector<StageSize> list;
  for (const char* stage : kStages) {
    list.push_back(sizes[stage]);
    list.back().stage = stage;
  }
  return list;
}

Verified verify_store(const fs::path& root) {
  Verified verified;
  for (const Entry& entry : entries_of(root)) {
    throw_if_interrupted();
    if (!fs::exists(entry.folder / kSumsFile)) {
      ++verified.without_sums;
    } else if (is_whole(entry.folder)) {
      ++verified.whole;
    } else if (fs::exists(entry.folder)) {
      verified.broken.push_back(entry.folder);
      remove_result(root, entry.folder);
    }
  }
  return verified;
}

Cleaned clean_store(const fs::path& root, const CleanOptions& options) {
  require_store(root);
  const Descriptor alone(::open((root / kInUseFile).c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0644));
  if (alone.get() < 0 || ::flock(alone.get(), LOCK_EX | LOCK_NB) != 0) {
    throw InputError("the store " + root.string() +
                     " is in use; wait until pset3 has ended there and try again");
  }
  std::vector<Entry> entries = entries_of(root);
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.used < b.used; });
  std::uintmax_t left = 0;
  for (const Entry& entry : entries) left += entry.bytes;
  Cleaned cleaned;
  for (const Entry& entry : entries) {
    const bool is_old = options.older_than && hours_since(entry.used) >= *options.older_than;
    const bool is_too_much = options.larger_than_bytes && left > *options.larger_than_bytes;
    if (!is_old && !is_too_much) continue;
    throw_if_interrupted();
    remove_result(root, entry.folder);
    left -= entry.bytes;
    ++cleaned.results;
    cleaned.bytes += entry.bytes;
  }
  return cleaned;
}

}  // namespace pset3::pipeline
