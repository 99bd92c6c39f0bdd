#include "grader/box/launch.hpp"

#include <grp.h>
#include <linux/close_range.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

#include "grader/base/error.hpp"

namespace pset3::box {
namespace {

/// The child shares the parent's memory until it has become the program: only system calls are made
/// there, and what it writes, the parent reads. A copy of the page tables of a process that grades
/// a class would take longer than all the rest of a start.
class Child {
 public:
  Child(const Launch& plan, char** argv) : plan_(plan), argv_(argv) {}

  /// The step that failed, and why; nullptr when it became the program.
  const char* failed_step() const { return failed_step_; }
  int error() const { return error_; }

  [[noreturn]] void become() {
    ::setsid();
    forget_signals();
    for (const int group : plan_.groups) need(::write(group, "0", 1) == 1, "join the cgroup");
    for (std::size_t i = 0; i < plan_.descriptors.size(); ++i) {
      need(::dup2(plan_.descriptors[i], static_cast<int>(i)) >= 0, "place a descriptor");
    }
    if (plan_.close_descriptors) {
      need(::syscall(SYS_close_range, kDescriptorCount, ~0u, CLOSE_RANGE_CLOEXEC) == 0,
           "close other descriptors");
    }
    if (plan_.uid) drop_to(*plan_.uid);
    need(::chdir("/") == 0, "enter /");
    char* const no_environment[] = {nullptr};
    ::execve(argv_[0], argv_, plan_.keep_environment ? environ : no_environment);
    need(false, "start the program");
    ::_exit(1);
  }

 private:
  void need(bool done, const char* step) {
    if (done) return;
    error_ = errno;
    failed_step_ = step;
    ::_exit(1);
  }

  static void forget_signals() {
    struct sigaction standard {};
    standard.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &standard, nullptr);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
  }

  // The raw calls: glibc's wrappers signal the threads of the parent, which are not here.
  void drop_to(uid_t uid) {
    need(::syscall(SYS_setgroups, 0, nullptr) == 0, "drop the groups");
    need(::syscall(SYS_setresgid, uid, uid, uid) == 0, "become the service group");
    need(::syscall(SYS_setresuid, uid, uid, uid) == 0, "become the service user");
  }

  const Launch& plan_;
  char** argv_;
  const char* failed_step_ = nullptr;
  int error_ = 0;
};

int become(void* child) { static_cast<Child*>(child)->become(); }

/// Holds back all signals, since a handler of the parent's must not run in the child.
class NoSignals {
 public:
  NoSignals() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~NoSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;

 private:
  sigset_t before_{};
};

/// Returns when the child has become the program, or ended. @returns its pid.
pid_t start(Child& child) {
  constexpr std::size_t kStackBytes = 64 * 1024;
  const auto stack = std::make_unique<std::max_align_t[]>(kStackBytes / sizeof(std::max_align_t));
  const NoSignals held_back;
  return ::clone(&become, stack.get() + kStackBytes / sizeof(std::max_align_t),
                 CLONE_VM | CLONE_VFORK | SIGCHLD, &child);
}

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Launched launch(const Launch& plan) {
  std::vector<char*> argv = pointers_to(plan.argv);
  // Nor may other programs of that user look into the memory that the child has for a moment.
  if (plan.uid) ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  Child child(plan, argv.data());
  Launched launched;
  launched.pid = start(child);
  if (launched.pid < 0) throw GraderError(std::string("cannot fork: ") + std::strerror(errno));
  if (child.failed_step() != nullptr) {
    ::waitpid(launched.pid, nullptr, 0);
    throw GraderError("cannot start " + plan.argv[0] + " for a box: " + child.failed_step() + ": " +
                      std::strerror(child.error()));
  }
  launched.pidfd = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, launched.pid, 0)));
  if (!launched.pidfd) {
    ::kill(launched.pid, SIGKILL);
    ::waitpid(launched.pid, nullptr, 0);
    throw GraderError("this kernel has no pidfd_open: boxes need Linux 5.11 or newer");
  }
  return launched;
}

}  // namespace pset3::box
