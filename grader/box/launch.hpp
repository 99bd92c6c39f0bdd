#pragma once

#include <sys/types.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "grader/base/descriptor.hpp"
#include "grader/box/stub/message.hpp"

namespace pset3::box {

/// A program to start with nothing of ours but what is named here. Its environment is empty.
struct Launch {
  std::vector<std::string> argv;                    ///< argv[0] is the path of the program
  std::array<int, kDescriptorCount> descriptors{};  ///< become 0, 1, …; all are above these
  std::vector<int> groups;                          ///< cgroup.procs files, open for writing
  std::optional<uid_t> uid;                         ///< also the group; the other groups go
  bool close_descriptors = true;
  bool keep_environment = false;  ///< for tests
};

/// A process of ours that has not been waited for.
struct Launched {
  pid_t pid = -1;
  Descriptor pidfd;  ///< readable when the process has ended
};

/// Safe to call from any thread: until the child is the program, only system calls are made in it.
/// Where it becomes another user, this process is no longer dumpable.
/// @throws GraderError that names the step that failed.
Launched launch(const Launch& plan);

}  // namespace pset3::box
