#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <initializer_list>

#include "grader/box/stub/confine.hpp"

namespace pset3::box {
namespace {

// Refused to everybody: other processes' memory, the kernel's own machinery, new namespaces,
// mounts, keys that outlive a box, the clock.
constexpr const char* kRefused[] = {"ptrace",
                                    "process_vm_readv",
                                    "process_vm_writev",
                                    "pidfd_getfd",
                                    "kcmp",
                                    "process_madvise",
                                    "keyctl",
                                    "add_key",
                                    "request_key",
                                    "bpf",
                                    "perf_event_open",
                                    "userfaultfd",
                                    "fanotify_init",
                                    "unshare",
                                    "setns",
                                    "mount",
                                    "umount2",
                                    "pivot_root",
                                    "chroot",
                                    "move_mount",
                                    "open_tree",
                                    "fsopen",
                                    "fsconfig",
                                    "fsmount",
                                    "fspick",
                                    "mount_setattr",
                                    "swapon",
                                    "swapoff",
                                    "quotactl",
                                    "quotactl_fd",
                                    "acct",
                                    "name_to_handle_at",
                                    "open_by_handle_at",
                                    "init_module",
                                    "finit_module",
                                    "delete_module",
                                    "kexec_load",
                                    "kexec_file_load",
                                    "reboot",
                                    "syslog",
                                    "iopl",
                                    "ioperm",
                                    "settimeofday",
                                    "clock_settime",
                                    "clock_adjtime",
                                    "adjtimex",
                                    "sethostname",
                                    "setdomainname",
                                    "personality",
                                    "lookup_dcookie",
                                    "move_pages",
                                    "migrate_pages",
                                    "vhangup",
                                    "memfd_secret"};

// Refused to everybody too: what would change another process of the box, which outlives the case
// that asks. Those for the asking process alone are of no use to anybody.
constexpr const char* kOfOtherProcesses[] = {"setpriority",    "ioprio_set",
                                             "sched_setparam", "sched_setscheduler",
                                             "sched_setattr",  "sched_setaffinity"};

// Not there at all: programs and glibc itself have a way around them, while EPERM would be fatal.
// clone3 is one because a filter cannot see its flags, which lie in memory.
constexpr const char* kMissing[] = {"io_uring_setup", "io_uring_enter", "io_uring_register",
                                    "clone3"};

// Not there either: what they make outlives the process that made it, so that one case could leave
// signs for the next.
constexpr const char* kOutlivesItsMaker[] = {"shmget", "msgget", "semget", "mq_open"};

// Memory that no resource limit sees; a cgroup does.
constexpr const char* kUncharged[] = {"memfd_create"};

constexpr const char* kInterProcess[] = {"shmat",   "shmctl",     "msgsnd", "msgrcv",
                                         "semop",   "semtimedop", "semctl", "bind",
                                         "connect", "listen",     "accept", "accept4"};

constexpr std::uint64_t kNewNamespaces[] = {CLONE_NEWUSER,  CLONE_NEWNS,  CLONE_NEWPID,
                                            CLONE_NEWNET,   CLONE_NEWIPC, CLONE_NEWUTS,
                                            CLONE_NEWCGROUP};

// An int argument: the kernel drops the upper half, so that a compare of all 64 bits is walked
// around by setting one of them (CVE-2019-10063).
constexpr std::uint64_t kInt = 0xFFFFFFFFu;

class Rules {
 public:
  Rules() : context_(seccomp_init(SCMP_ACT_ALLOW)) {
    if (context_ == nullptr) failure_ = {"make a seccomp filter", ENOMEM};
    // Another architecture's calls have other numbers; x32 counts as one.
    keep(seccomp_attr_set(context_, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
  }
  ~Rules() { seccomp_release(context_); }
  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;

  void refuse(const char* call, int error = EPERM) {
    keep(seccomp_rule_add_array(context_, SCMP_ACT_ERRNO(static_cast<unsigned>(error)),
                                number_of(call), 0, nullptr),
         call);
  }
  /// All of `compares` have to hold, each on an argument of its own.
  void refuse_when(const char* call, std::initializer_list<scmp_arg_cmp> compares,
                   int error = EPERM) {
    keep(seccomp_rule_add_array(context_, SCMP_ACT_ERRNO(static_cast<unsigned>(error)),
                                number_of(call), static_cast<unsigned>(compares.size()),
                                compares.begin()),
         call);
  }
  Failure load() {
    if (failure_.what == nullptr) keep(seccomp_load(context_), "load the seccomp filter");
    return failure_;
  }

 private:
  int number_of(const char* call) {
    const int number = seccomp_syscall_resolve_name(call);
    if (number == __NR_SCMP_ERROR) keep(-ENOSYS, call);
    return number;
  }
  void keep(int result, const char* what = "make a seccomp filter") {
    // EDOM: this architecture has no such call.
    if (result < 0 && result != -EDOM && failure_.what == nullptr) failure_ = {what, -result};
  }

  scmp_filter_ctx context_;
  Failure failure_;
};

scmp_arg_cmp equals(unsigned argument, std::uint64_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, kInt, value};
}

/// AF_UNIX stays: a socket of a box leads nowhere else. AF_VSOCK and AF_NETLINK are what network
/// namespaces do not hide; the rest is attack surface that no submission needs.
void refuse_sockets(Rules& rules) {
  for (const char* call : {"socket", "socketpair"}) {
    rules.refuse_when(call, {{0, SCMP_CMP_LT, AF_UNIX, 0}}, EAFNOSUPPORT);
    rules.refuse_when(call, {{0, SCMP_CMP_GT, AF_UNIX, 0}}, EAFNOSUPPORT);
  }
}

void refuse_by_argument(Rules& rules) {
  for (const std::uint64_t flag : kNewNamespaces) {
    rules.refuse_when("clone", {{0, SCMP_CMP_MASKED_EQ, flag, flag}});
  }
  // Typing into the terminal that a box may have been started from.
  for (const std::uint64_t request : {std::uint64_t{TIOCSTI}, std::uint64_t{TIOCLINUX}}) {
    rules.refuse_when("ioctl", {equals(1, request)});
  }
  // Keeps the limit on core dumps at the one value that means none at all.
  rules.refuse_when("setrlimit", {equals(0, RLIMIT_CORE)});
  rules.refuse_when("prlimit64", {equals(1, RLIMIT_CORE), {2, SCMP_CMP_NE, 0, 0}});
  // Of another process: the limits of the one that forks the cases would be those of the next case.
  rules.refuse_when("prlimit64", {{0, SCMP_CMP_NE, 0, 0}});
}

}  // namespace

Failure filter_calls(const StubOptions& options) {
  Rules rules;
  for (const char* call : kRefused) rules.refuse(call);
  for (const char* call : kOfOtherProcesses) rules.refuse(call);
  for (const char* call : kMissing) rules.refuse(call, ENOSYS);
  for (const char* call : kOutlivesItsMaker) rules.refuse(call, ENOSYS);
  if (!options.charged) {
    for (const char* call : kUncharged) rules.refuse(call, ENOSYS);
  }
  if (options.filter == Filter::kShared) {
    for (const char* call : kInterProcess) rules.refuse(call);
    rules.refuse("socket", EAFNOSUPPORT);
  } else {
    refuse_sockets(rules);
  }
  refuse_by_argument(rules);
  return rules.load();
}

}  // namespace pset3::box
