// Traces, writes into, robs, stops and kills process 1 and all others. Prints what worked.
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <initializer_list>

int main() {
  if (ptrace(PTRACE_SEIZE, 1, nullptr, nullptr) == 0) std::puts("ptrace");
  char byte = 0;
  iovec here{&byte, 1};
  iovec there{reinterpret_cast<void*>(0x400000), 1};
  if (process_vm_readv(1, &here, 1, &there, 1, 0) == 1) std::puts("process_vm_readv");
  const long first = syscall(SYS_pidfd_open, 1, 0);
  if (first >= 0 && syscall(SYS_pidfd_getfd, first, 4, 0) >= 0) std::puts("pidfd_getfd");
  std::fflush(stdout);
  for (const int signal : {SIGSTOP, SIGTERM, SIGKILL}) {
    kill(1, signal);
    kill(-1, signal);
  }
  return 5;
}
