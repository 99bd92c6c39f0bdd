#include "grader/box/launch.hpp"

#include <grp.h>
#include <linux/close_range.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "grader/base/error.hpp"
#include "grader/box/pipe.hpp"

namespace pset3::box {
namespace {

/// What the child tells its parent when it could not become the program.
struct Trouble {
  int error = 0;
  char step[40] = {};
};

class Child {
 public:
  Child(const Launch& plan, char** argv, int report) : plan_(plan), argv_(argv), report_(report) {}

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
    Trouble trouble;
    trouble.error = errno;
    std::strncpy(trouble.step, step, sizeof trouble.step - 1);
    // Nobody is left to hear of a failure here.
    [[maybe_unused]] const ssize_t written = ::write(report_, &trouble, sizeof trouble);
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
  int report_;
};

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

/// Returns when the child has become the program. @throws GraderError when it could not.
void await_exec(const Pipe& report, pid_t pid, const std::string& program) {
  Trouble trouble;
  ssize_t count = 0;
  do {
    count = ::read(report.read.get(), &trouble, sizeof trouble);
  } while (count < 0 && errno == EINTR);
  if (count <= 0) return;
  ::waitpid(pid, nullptr, 0);
  throw GraderError(std::string("cannot start ") + program + " for a box: " + trouble.step + ": " +
                    std::strerror(trouble.error));
}

}  // namespace

Launched launch(const Launch& plan) {
  std::vector<char*> argv = pointers_to(plan.argv);
  Pipe report = make_pipe();
  const pid_t pid = ::fork();
  if (pid < 0) throw GraderError(std::string("cannot fork: ") + std::strerror(errno));
  if (pid == 0) Child(plan, argv.data(), report.write.get()).become();
  report.write.reset();
  Launched launched;
  launched.pid = pid;
  await_exec(report, pid, plan.argv[0]);
  launched.pidfd = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!launched.pidfd) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    throw GraderError("this kernel has no pidfd_open: boxes need Linux 5.11 or newer");
  }
  return launched;
}

}  // namespace pset3::box
