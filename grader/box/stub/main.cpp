// The first process of a box. It starts the program of a submission with limits and a filter, takes
// in what that leaves behind, and tells the parent how it ended, through a pipe that the program
// never has. It holds no secret and cannot be read, traced or killed by the program.

#include <dirent.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "grader/box/stub/confine.hpp"
#include "grader/box/stub/message.hpp"
#include "grader/box/stub/options.hpp"

namespace pset3::box {
namespace {

constexpr int kSetupFailed = 125;

void tell(const StubMessage& message) {
  while (::write(kStatusPipe, &message, sizeof message) < 0 && errno == EINTR) {
  }
}

[[noreturn]] void fail(const Failure& failure) {
  StubMessage message;
  message.kind = StubMessageKind::kFailed;
  message.error = failure.error;
  std::strncpy(message.what, failure.what, sizeof message.what - 1);
  tell(message);
  ::_exit(kSetupFailed);
}

void hold(const Failure& failure) {
  if (failure.what != nullptr) fail(failure);
}

[[noreturn]] void become_program(const StubOptions& options) {
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  ::sigaction(SIGPIPE, &standard, nullptr);
  ::sigaction(SIGCHLD, &standard, nullptr);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (options.close_descriptors) {
    ::close(kLifeline);
    // The status pipe closes by itself in exec; until then it can tell what failed.
    if (::syscall(SYS_close_range, kStatusPipe + 1, ~0u, 0) != 0) fail({"close_range", errno});
  }
  if (::chdir(options.folder) != 0) fail({"enter the working folder", errno});
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail({"set no_new_privs", errno});
  if (options.landlock) hold(restrict_files(options));
  hold(set_limits(options));
  if (options.filter != Filter::kNone) hold(filter_calls(options));
  ::execve(options.program[0], options.program, options.environment.data());
  fail({"start the program", errno});
}

/// The processes whose parent is this one: without a pid namespace, kill(-1) would reach far beyond
/// the box.
void kill_children() {
  DIR* processes = ::opendir("/proc");
  if (processes == nullptr) return;
  while (const dirent* entry = ::readdir(processes)) {
    const int pid = std::atoi(entry->d_name);
    if (pid <= 0) continue;
    char path[32];
    std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
    char text[512] = {};
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) continue;
    const ssize_t count = ::read(file, text, sizeof text - 1);
    ::close(file);
    // The name of a process is in parentheses and may hold any character, so look from behind.
    const char* after_name = count > 0 ? std::strrchr(text, ')') : nullptr;
    int parent = 0;
    if (after_name != nullptr && std::sscanf(after_name, ") %*c %d", &parent) == 1 &&
        parent == ::getpid()) {
      ::kill(pid, SIGKILL);
    }
  }
  ::closedir(processes);
}

void kill_all(const StubOptions& options, pid_t program) {
  if (options.pid_namespace) {
    ::kill(-1, SIGKILL);
    return;
  }
  if (program > 0) ::kill(-program, SIGKILL);
  kill_children();
}

/// Takes in whatever has ended. @returns whether the program was among it.
bool reap(pid_t program, int& status) {
  bool ended = false;
  int one = 0;
  while (const pid_t pid = ::waitpid(-1, &one, WNOHANG)) {
    if (pid < 0) break;
    if (pid == program) {
      status = one;
      ended = true;
    }
  }
  return ended;
}

int wait_for(const StubOptions& options, pid_t program) {
  sigset_t unblocked;
  ::sigprocmask(SIG_SETMASK, nullptr, &unblocked);
  sigdelset(&unblocked, SIGCHLD);
  pollfd lifeline{kLifeline, POLLIN, 0};
  int status = 0;
  while (!reap(program, status)) {
    if (::ppoll(&lifeline, 1, nullptr, &unblocked) > 0) {
      kill_all(options, program);
      lifeline.fd = -1;
    }
  }
  return status;
}

void clear_away(const StubOptions& options, pid_t program) {
  do {
    kill_all(options, program);
    // The group's number is free for others as soon as its last process has been taken in.
    program = 0;
  } while (::waitpid(-1, nullptr, 0) > 0 || errno == EINTR);
}

void watch(const StubOptions& options, pid_t program) {
  for (int descriptor = 0; descriptor <= kResultPipe; ++descriptor) ::close(descriptor);
  StubMessage message;
  tell(message);
  message.wait_status = wait_for(options, program);
  clear_away(options, program);
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  message.kind = StubMessageKind::kEnded;
  message.cpu_us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * std::int64_t{1'000'000} +
                   used.ru_utime.tv_usec + used.ru_stime.tv_usec;
  message.peak_kib = used.ru_maxrss;
  tell(message);
}

void on_child(int) {}

/// Signals that end a wait and nothing else.
void prepare_signals() {
  struct sigaction action {};
  action.sa_handler = on_child;
  ::sigaction(SIGCHLD, &action, nullptr);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &child, nullptr);
}

}  // namespace
}  // namespace pset3::box

int main(int count, char** words) {
  using namespace pset3::box;
  const StubOptions options = parse_stub_options(count, words);
  if (options.program == nullptr) fail({"understand the stub's command line", EINVAL});
  if (options.hide) ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (options.close_descriptors) {
    ::fcntl(kStatusPipe, F_SETFD, FD_CLOEXEC);
    ::fcntl(kLifeline, F_SETFD, FD_CLOEXEC);
  }
  if (!options.pid_namespace) ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  prepare_signals();
  const pid_t program = ::fork();
  if (program < 0) fail({"fork", errno});
  if (program == 0) become_program(options);
  watch(options, program);
  return 0;
}
