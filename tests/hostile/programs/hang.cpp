// `hang vfork`: waits in the kernel, where signals do not reach it, for a child that never ends.
// `hang stop`: stops itself and its parent. `hang trace`: a traced child that nobody lets go on.
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace {

void stop_all() {
  kill(getppid(), SIGSTOP);
  raise(SIGSTOP);
}

void leave_a_traced_child() {
  if (fork() != 0) return;
  ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  raise(SIGSTOP);
}

}  // namespace

int main(int, char** words) {
  for (int signal = 1; signal < NSIG; ++signal) std::signal(signal, SIG_IGN);
  const std::string way = words[1];
  if (way == "stop") stop_all();
  if (way == "trace") leave_a_traced_child();
  if (way == "vfork" && vfork() == 0) {
    for (;;) pause();
  }
  for (;;) pause();
}
