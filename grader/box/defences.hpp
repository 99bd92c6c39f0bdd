#pragma once

#include <string_view>
#include <vector>

namespace pset3::box {

/// One thing that holds a box together.
enum class Defence {
  kSeccomp,             ///< the filter
  kDescriptors,         ///< closing what is inherited
  kNetworkNamespace,    ///< a network of its own
  kPidNamespace,        ///< processes of its own
  kIpcNamespace,        ///< shared memory and queues of its own
  kHostName,            ///< a name of its own
  kCgroupNamespace,     ///< the control group is called /
  kNoNewNamespaces,     ///< none can be made inside
  kRemount,             ///< / and /dev read only
  kReadOnlyBinds,       ///< what is bound to be read cannot be written
  kTmpSize,             ///< /tmp has a size
  kEnvironment,         ///< none but what is asked for
  kHiddenStub,          ///< pid 1 cannot be read
  kServiceUser,         ///< another user than the parent's
  kLandlock,            ///< at L1: files, sockets and signals
  kMemoryLimit,         ///< in the cgroup; without one, private memory and addresses
  kProcessLimit,        ///< in the cgroup and as a resource limit
  kWallClock,           ///< the parent's
  kTextLimit,           ///< of what is kept of stdout and stderr
  kCpuLimit,            ///< processor time, a resource limit
  kFileLimit,           ///< size of a file, a resource limit
  kCoreLimit,           ///< core dumps, a resource limit
  kStackLimit,          ///< stack, a resource limit
  kLockedLimit,         ///< memory that cannot be swapped, a resource limit
  kQueueLimit,          ///< message queues, a resource limit
  kOpenFilesLimit,      ///< open files, a resource limit
  kKernelCalls,         ///< in the filter: other processes' memory, mounts, keys, modules, clocks
  kPriorityCalls,       ///< in the filter: priorities and processors
  kIoUringCalls,        ///< in the filter: io_uring, clone3
  kLastingCalls,        ///< in the filter: shared memory and queues that outlive their maker
  kUnchargedCalls,      ///< in the filter, without a cgroup: memfd_create
  kInterProcessCalls,   ///< in the filter at L1: connections
  kSocketFamilies,      ///< in the filter: only AF_UNIX
  kNamespaceFlags,      ///< in the filter: of clone
  kTerminalCalls,       ///< in the filter: typing into the terminal
  kLimitCalls,          ///< in the filter: raising core dumps, limits of others
  kOtherArchitectures,  ///< in the filter: calls by other numbers
  kCount,
};

/// As tables and the stub's command line call it: "network_namespace".
std::string_view name_of(Defence defence);

namespace for_tests {

/// Takes defences off all boxes that are made while it lives, so that a test can show that
/// another test would notice. Never anywhere but in tests; not for two threads.
class Without {
 public:
  explicit Without(Defence defence) : Without(std::vector<Defence>{defence}) {}
  explicit Without(const std::vector<Defence>& defences);
  ~Without();
  Without(const Without&) = delete;
  Without& operator=(const Without&) = delete;
};

}  // namespace for_tests

/// Whether a defence is to be put up: always, but for the above.
bool has(Defence defence);

}  // namespace pset3::box
