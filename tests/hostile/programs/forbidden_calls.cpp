// Prints the system calls that are let through and should not be.
#include <fcntl.h>
#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <initializer_list>

namespace {

/// A call that the filter refuses never gets as far as the kernel's own checks of the arguments.
template <typename... Arguments>
void must_be(int error, const char* name, long number, Arguments... arguments) {
  errno = 0;
  const long result = syscall(number, arguments...);
  if (result != -1 || errno != error) std::printf("%s: %ld, errno %d\n", name, result, errno);
}

}  // namespace

int main() {
  constexpr long kNothing = 0;
  constexpr long kHighBits = 1L << 32;
  for (const int family : {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK, 0, 44}) {
    must_be(EAFNOSUPPORT, "socket", SYS_socket, family, SOCK_DGRAM, 0);
  }
  must_be(EAFNOSUPPORT, "socket with high bits", SYS_socket, kHighBits | AF_INET, SOCK_DGRAM, 0);
  must_be(ENOSYS, "io_uring_setup", SYS_io_uring_setup, 1, nullptr);
  must_be(ENOSYS, "clone3", SYS_clone3, nullptr, 0);
  must_be(EPERM, "keyctl", SYS_keyctl, 0, 0, 0, 0, 0);
  must_be(EPERM, "userfaultfd", SYS_userfaultfd, 1);
  must_be(EPERM, "bpf", SYS_bpf, 0, nullptr, 0);
  must_be(EPERM, "perf_event_open", SYS_perf_event_open, nullptr, 0, -1, -1, 0);
  must_be(EPERM, "ptrace", SYS_ptrace, 0, 0, nullptr, nullptr);
  must_be(EPERM, "process_vm_readv", SYS_process_vm_readv, 1, nullptr, kNothing, nullptr, kNothing,
          kNothing);
  must_be(EPERM, "process_vm_writev", SYS_process_vm_writev, 1, nullptr, kNothing, nullptr,
          kNothing, kNothing);
  must_be(EPERM, "pidfd_getfd", SYS_pidfd_getfd, -1, 0, 0);
  must_be(EPERM, "mount", SYS_mount, "none", "/", "tmpfs", 0, nullptr);
  must_be(EPERM, "chroot", SYS_chroot, "/nothing");
  must_be(EPERM, "open_tree", SYS_open_tree, -1, "/nothing", 0);
  must_be(EPERM, "setns", SYS_setns, -1, 0);
  for (const int space : {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET}) {
    must_be(EPERM, "unshare", SYS_unshare, space);
    must_be(EPERM, "clone", SYS_clone, space | SIGCHLD, nullptr, nullptr, nullptr, kNothing);
  }
  must_be(EPERM, "TIOCSTI", SYS_ioctl, 0, static_cast<long>(TIOCSTI), "x");
  must_be(EPERM, "TIOCSTI with high bits", SYS_ioctl, 0, kHighBits | TIOCSTI, "x");
  const rlimit none{0, 0};
  must_be(EPERM, "prlimit of core dumps", SYS_prlimit64, 0, RLIMIT_CORE, &none, nullptr);
  must_be(EPERM, "prlimit of another process", SYS_prlimit64, 2, RLIMIT_NOFILE, nullptr, nullptr);
  must_be(EPERM, "setpriority", SYS_setpriority, PRIO_PROCESS, 0, 5);
  must_be(EPERM, "ioprio_set", SYS_ioprio_set, 1, 0, 0);
  must_be(EPERM, "sched_setaffinity", SYS_sched_setaffinity, 0, kNothing, nullptr);
  must_be(EPERM, "sched_setscheduler", SYS_sched_setscheduler, 0, 0, nullptr);
  must_be(EPERM, "sched_setparam", SYS_sched_setparam, 0, nullptr);
  must_be(EPERM, "sched_setattr", SYS_sched_setattr, 0, nullptr, 0);
  must_be(ENOSYS, "shmget", SYS_shmget, 77, 4096L, 0600);
  must_be(ENOSYS, "msgget", SYS_msgget, 77, 0600);
  must_be(ENOSYS, "semget", SYS_semget, 77, 1, 0600);
  must_be(ENOSYS, "mq_open", SYS_mq_open, "/x", 0, 0, nullptr);
  must_be(EPERM, "clock_settime", SYS_clock_settime, 0, nullptr);
}
