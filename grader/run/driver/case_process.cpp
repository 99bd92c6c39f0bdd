#include "grader/run/driver/case_process.hpp"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "grader/run/protocol.hpp"

namespace pset3::run {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) * 1e-3;
}

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// @returns the processor time that a process has used so far, in ms.
double processor_time(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0.0;
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

bool has_ended(pid_t child) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT | WNOHANG) == 0 &&
         info.si_pid == child;
}

/// A descriptor that polls as readable when the child has ended; -1 where a sandbox refuses it.
class ChildDescriptor {
 public:
  explicit ChildDescriptor(pid_t child)
      : descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, child, 0))) {}
  ~ChildDescriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  ChildDescriptor(const ChildDescriptor&) = delete;
  ChildDescriptor& operator=(const ChildDescriptor&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

/// How long to wait before the clocks are looked at again, in ms.
int nap(double cpu_left_ms, double wall_left_ms, bool has_descriptor) {
  // Two threads use up the processor time twice as fast.
  const double longest = has_descriptor ? 1000.0 : 2.0;
  return static_cast<int>(
      std::clamp(std::min(cpu_left_ms / 2, wall_left_ms), 1.0, std::max(longest, 1.0)));
}

/// @returns false when the time is up.
bool wait_until_over(pid_t child, const CaseLimits& limits, TextPipe& text) {
  const ChildDescriptor descriptor(child);
  const auto begin = Clock::now();
  bool text_open = true;
  while (!has_ended(child)) {
    const double cpu_left = limits.cpu_ms - processor_time(child);
    const double wall_left = limits.wall_ms - milliseconds_since(begin);
    if (cpu_left <= 0 || wall_left <= 0) return false;
    // poll() leaves out negative descriptors.
    pollfd entries[] = {{descriptor.get(), POLLIN, 0},
                        {text_open ? text.read_end() : -1, POLLIN, 0}};
    ::poll(entries, 2, nap(cpu_left, wall_left, descriptor.get() >= 0));
    if (text_open) text_open = text.drain();
  }
  return true;
}

/// Ends what the child left behind: its process group and, as we are their reaper, its orphans.
void kill_family(pid_t child, bool own_pid_namespace) {
  ::kill(-child, SIGKILL);
  ::kill(child, SIGKILL);
  if (own_pid_namespace) ::kill(-1, SIGKILL);
}

void reap_orphans() {
  while (::waitpid(-1, nullptr, WNOHANG) > 0) {
  }
}

}  // namespace

/// How much is read at a time, behind the text that is kept.
constexpr std::size_t kGulp = 4096;

TextPipe::TextPipe() : text_(kMaxTextBytes + kGulp) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return;
  read_end_ = ends[0];
  write_end_ = ends[1];
  ::fcntl(read_end_, F_SETFL, O_NONBLOCK);
}

TextPipe::~TextPipe() {
  close_write_end();
  if (read_end_ >= 0) ::close(read_end_);
}

void TextPipe::become_output() {
  ::dup2(write_end_, STDOUT_FILENO);
  ::dup2(write_end_, STDERR_FILENO);
  ::close(write_end_);
  ::close(read_end_);
}

void TextPipe::close_write_end() {
  if (write_end_ >= 0) ::close(write_end_);
  write_end_ = -1;
}

bool TextPipe::drain() {
  // At most a pipe's worth at a time, so that one that never stops does not keep us here.
  for (int i = 0; i < 16; ++i) {
    const ssize_t got = ::read(read_end_, text_.bytes() + size_, kGulp);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    size_ = std::min<std::size_t>(size_ + static_cast<std::size_t>(got), kMaxTextBytes);
  }
  return true;
}

CaseEnd wait_for(pid_t child, const CaseLimits& limits, bool own_pid_namespace, TextPipe& text) {
  CaseEnd end;
  end.in_time = wait_until_over(child, limits, text);
  kill_family(child, own_pid_namespace);
  rusage usage{};
  while (::wait4(child, &end.wait_status, 0, &usage) < 0 && errno == EINTR) {
  }
  reap_orphans();
  text.drain();
  end.cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
  end.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024.0;
  return end;
}

}  // namespace pset3::run
