#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/base/descriptor.hpp"

namespace pset3::box {

/// Where this machine lets us make control groups.
struct Hierarchy {
  int version = 2;
  /// v1: the folders of memory, pids and (where there is one) cpuacct to make groups in.
  /// v2: one folder whose children have the memory and pids controllers.
  std::vector<std::filesystem::path> folders;
};

/// Finds the hierarchies below `mount` that groups can be made in. v2: $PSET3_CGROUP (a delegated
/// group), then beside our own group, then at the top.
/// @param why receives what is in the way when nothing is found.
std::optional<Hierarchy> find_hierarchy(std::string& why,
                                        const std::filesystem::path& mount = "/sys/fs/cgroup",
                                        const std::filesystem::path& own = "/proc/self/cgroup");

/// A control group of one box, with limits on memory (swap 0) and processes. Removed with the
/// object; what is still in it is killed first.
class Cgroup {
 public:
  /// @throws GraderError when a limit cannot be set.
  Cgroup(const Hierarchy& hierarchy, std::uint64_t memory_bytes, int processes);
  ~Cgroup();
  Cgroup(const Cgroup&) = delete;
  Cgroup& operator=(const Cgroup&) = delete;

  /// The files that a process joins by, by writing "0"; kept open by us until closed.
  std::vector<int> join_descriptors() const;
  void close_join_descriptors() { join_.clear(); }

  void kill_all();
  /// Processes that the kernel killed here for want of memory.
  std::uint64_t oom_kills() const;
  double cpu_ms() const;
  double peak_mib() const;

  /// Writes the limits into a group's folders; apart from the constructor, for tests.
  static void set_limits(int version, const std::vector<std::filesystem::path>& folders,
                         std::uint64_t memory_bytes, int processes);
  /// @returns the number after `key` in a file of "key number" lines, else 0.
  static std::uint64_t counter(const std::filesystem::path& file, const std::string& key);

 private:
  std::vector<pid_t> members() const;

  int version_;
  std::vector<std::filesystem::path> folders_;
  std::vector<Descriptor> join_;
};

}  // namespace pset3::box
