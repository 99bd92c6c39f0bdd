#include <cerrno>

#include "grader/box/stub/confine.hpp"

namespace pset3::box {
namespace {

constexpr rlim_t kStackBytes = 8u << 20;
constexpr rlim_t kOpenFiles = 1024;  // a linker opens some hundreds
// libgcrypt, which comes with LibTorch, warns when it has none.
constexpr rlim_t kLockedBytes = 64u << 10;

}  // namespace

Failure set_limits(const StubOptions& options) {
  // The kernel hands a dump to a core_pattern program even at a limit of 0; at exactly 1 byte it
  // neither writes a file nor starts that program.
  const rlim_t no_core = 1;
  // The soft limit gives SIGXCPU, by which the parent knows a timeout; the hard one cannot be
  // caught.
  const rlim_t hard_cpu = options.cpu_s == RLIM_INFINITY ? RLIM_INFINITY : options.cpu_s + 1;
  const struct {
    int resource;
    rlim_t soft;
    rlim_t hard;
    const char* name;
    const char* defence;  // null where the parent leaves out the number
  } limits[] = {
      {RLIMIT_CORE, no_core, no_core, "limit core dumps", "core_limit"},
      {RLIMIT_CPU, options.cpu_s, hard_cpu, "limit the CPU time", "cpu_limit"},
      {RLIMIT_FSIZE, options.file_bytes, options.file_bytes, "limit the size of files",
       "file_limit"},
      {RLIMIT_NPROC, options.processes, options.processes, "limit the processes", nullptr},
      {RLIMIT_STACK, kStackBytes, kStackBytes, "limit the stack", "stack_limit"},
      {RLIMIT_MEMLOCK, kLockedBytes, kLockedBytes, "limit locked memory", "locked_limit"},
      {RLIMIT_MSGQUEUE, 0, 0, "limit message queues", "queue_limit"},
      {RLIMIT_NOFILE, kOpenFiles, kOpenFiles, "limit open files", "open_files_limit"},
      {RLIMIT_DATA, options.data, options.data, "limit private memory", nullptr},
      {RLIMIT_AS, options.address_space, options.address_space, "limit the address space", nullptr},
  };
  for (const auto& limit : limits) {
    if (limit.defence != nullptr && !options.has(limit.defence)) continue;
    const rlimit value{limit.soft, limit.hard};
    // An unprivileged parent may have lower hard limits than we ask for; lower ones are fine.
    rlimit now{};
    ::getrlimit(static_cast<__rlimit_resource_t>(limit.resource), &now);
    const rlimit lowered{value.rlim_cur < now.rlim_max ? value.rlim_cur : now.rlim_max,
                         value.rlim_max < now.rlim_max ? value.rlim_max : now.rlim_max};
    if (::setrlimit(static_cast<__rlimit_resource_t>(limit.resource), &lowered) != 0) {
      return {limit.name, errno};
    }
  }
  return {};
}

}  // namespace pset3::box
