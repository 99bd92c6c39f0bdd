#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "grader/base/files.hpp"
#include "grader/box/box.hpp"
#include "grader/box/cgroup.hpp"

namespace pset3::box {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGroupPrefix = "pset3-";

/// Whether the process that a group is named for ("pset3-PID-COUNT") is gone.
bool is_abandoned(const std::string& group) {
  if (group.rfind(kGroupPrefix, 0) != 0) return false;
  const long pid = std::strtol(group.c_str() + kGroupPrefix.size(), nullptr, 10);
  return pid > 0 && ::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH;
}

}  // namespace

void clean_up() {
  const fs::path cache = cache_folder();
  for (const char* folder : {"", "rooms", "pch", "toolkit"}) remove_abandoned(cache / folder);
  std::string why;
  const std::optional<Hierarchy> hierarchy = find_hierarchy(why);
  if (!hierarchy) return;
  for (const fs::path& folder : hierarchy->folders) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      // Empty ones only: a box dies with its owner, and another container's processes cannot be
      // told from dead ones.
      if (is_abandoned(entry->path().filename().string())) ::rmdir(entry->path().c_str());
    }
  }
}

}  // namespace pset3::box
