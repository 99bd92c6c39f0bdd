// Crashes in a folder that it can write to, having asked for a core dump.
#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

int main() {
  const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_CORE, &all);
  prctl(PR_SET_DUMPABLE, 1);
  std::raise(SIGSEGV);
}
