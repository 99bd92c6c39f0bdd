#include "grader/box/ending.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include <fmt/format.h>

namespace pset3::box {
namespace {

// Without a cgroup nobody says that memory ran out. A program that fails this near to its limit ran
// into it; RLIMIT_DATA is the limit, and the resident set has pages of libraries as well.
constexpr double kNearTheLimit = 0.9;

const StubMessage* find(const std::vector<StubMessage>& messages, StubMessageKind kind) {
  const auto found = std::find_if(messages.begin(), messages.end(),
                                  [&](const StubMessage& message) { return message.kind == kind; });
  return found == messages.end() ? nullptr : &*found;
}

void fail(BoxExit& exit, std::string why) {
  exit.ending = Ending::kBoxFailed;
  exit.why = std::move(why);
}

void end_without_report(const Observed& seen, BoxExit& exit) {
  exit.code = SIGKILL;
  exit.cpu_ms = seen.group_cpu_ms;
  exit.peak_mib = seen.group_peak_mib;
  if (!seen.killed && find(seen.messages, StubMessageKind::kStarted) == nullptr) {
    std::string text = std::exchange(exit.err, {});
    while (!text.empty() && text.back() == '\n') text.pop_back();
    fail(exit, text.empty() ? "the box ended before its program was started" : text);
  } else if (seen.timed_out) {
    exit.ending = Ending::kTimeout;
  } else if (seen.oom_kills > 0) {
    exit.ending = Ending::kOutOfMemory;
  } else if (seen.killed) {
    exit.ending = Ending::kSignalled;
  } else {
    fail(exit, "the first process of the box died before its program ended");
  }
}

bool ran_out_of_memory(const Observed& seen, const Limits& limits, const BoxExit& exit) {
  if (seen.oom_kills > 0) return true;
  const double limit_mib = static_cast<double>(limits.memory_bytes) / (1 << 20);
  const bool well = exit.ending == Ending::kExited && exit.code == 0;
  return exit.level < Level::kCgroup && !well && exit.peak_mib >= kNearTheLimit * limit_mib;
}

void end_with(const StubMessage& ended, const Observed& seen, const Limits& limits, BoxExit& exit) {
  const bool signalled = WIFSIGNALED(ended.wait_status);
  exit.code = signalled ? WTERMSIG(ended.wait_status) : WEXITSTATUS(ended.wait_status);
  exit.ending = signalled ? Ending::kSignalled : Ending::kExited;
  exit.cpu_ms = static_cast<double>(ended.cpu_us) * 1e-3;
  exit.peak_mib = static_cast<double>(ended.peak_kib) / 1024.0;
  const bool out_of_cpu =
      signalled &&
      (exit.code == SIGXCPU ||
       (exit.code == SIGKILL && exit.cpu_ms >= static_cast<double>(limits.cpu.count())));
  if (seen.timed_out || out_of_cpu) {
    exit.ending = Ending::kTimeout;
  } else if (ran_out_of_memory(seen, limits, exit)) {
    exit.ending = Ending::kOutOfMemory;
  }
}

}  // namespace

void decide(const Observed& seen, const Limits& limits, BoxExit& exit) {
  const StubMessage* failed = find(seen.messages, StubMessageKind::kFailed);
  const StubMessage* ended = find(seen.messages, StubMessageKind::kEnded);
  if (failed != nullptr) {
    fail(exit, fmt::format("cannot {}: {}", failed->what, std::strerror(failed->error)));
  } else if (seen.stuck) {
    fail(exit, "the box did not end after SIGKILL; look for processes in state D");
  } else if (ended != nullptr) {
    end_with(*ended, seen, limits, exit);
  } else {
    end_without_report(seen, exit);
  }
}

}  // namespace pset3::box
