// The driver: a submission's functions behind a pipe. It starts once, loads the libraries, and
// forks a child for each case, so that a crash, a leak or an endless loop ends one case. It runs in
// the box and nothing that it says is believed; what it does about time and crashes is for speed
// and good messages, the parent does it again.

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <string>
#include <string_view>

#include "grader/run/inside/report.hpp"
#include "grader/run/inside/run_case.hpp"
#include "grader/run/inside/shared_bytes.hpp"
#include "grader/run/protocol.hpp"

namespace {

using pset3::run::ReplyHeader;
using pset3::run::Report;
using pset3::run::RequestHeader;
using pset3::run::Said;
using pset3::run::SharedBytes;

bool read_exactly(void* into, std::size_t count) {
  auto* position = static_cast<char*>(into);
  while (count > 0) {
    const ssize_t got = ::read(STDIN_FILENO, position, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    position += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_exactly(const void* from, std::size_t count) {
  const auto* position = static_cast<const char*>(from);
  while (count > 0) {
    const ssize_t written = ::write(pset3::run::kReplyDescriptor, position, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    position += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

struct Request {
  RequestHeader header;
  std::string function;
  std::string payload;
};

bool read_request(Request& request) {
  if (!read_exactly(&request.header, sizeof request.header)) return false;
  if (request.header.magic != pset3::run::kRequest) return false;
  if (request.header.function_bytes > pset3::run::kMaxNameBytes) return false;
  request.function.resize(request.header.function_bytes);
  request.payload.resize(request.header.payload_bytes);
  return read_exactly(request.function.data(), request.function.size()) &&
         read_exactly(request.payload.data(), request.payload.size());
}

/// Waits for the child, at most for the time limit. @returns false when it had to be killed.
bool wait_until_over(pid_t child, std::uint32_t time_limit_ms) {
  const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  if (descriptor < 0) {  // a sandbox without that call: the parent keeps the time alone
    siginfo_t ignored;
    ::waitid(P_PID, static_cast<id_t>(child), &ignored, WEXITED | WNOWAIT);
    return true;
  }
  pollfd entry{descriptor, POLLIN, 0};
  const bool ended = ::poll(&entry, 1, static_cast<int>(time_limit_ms)) != 0;
  ::close(descriptor);
  return ended;
}

/// Ends what the child left behind: its process group and, as we are their reaper, its orphans.
void kill_family(pid_t child, bool own_pid_namespace) {
  ::kill(-child, SIGKILL);
  if (own_pid_namespace) ::kill(-1, SIGKILL);
}

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) * 1e-3;
}

void reap_orphans() {
  while (::waitpid(-1, nullptr, WNOHANG) > 0) {
  }
}

bool send_reply(ReplyHeader header, const Report& report, std::string_view output) {
  header.said = report.said;
  header.message_bytes = report.message_bytes;
  header.function_bytes = report.function_bytes;
  header.frames = report.frames;
  if (report.said != Said::kReturned) output = {};
  header.payload_bytes = output.size();
  return write_exactly(&header, sizeof header) &&
         write_exactly(report.message, report.message_bytes) &&
         write_exactly(report.function, report.function_bytes) &&
         write_exactly(report.frame, report.frames * sizeof report.frame[0]) &&
         write_exactly(output.data(), output.size());
}

bool serve(const Request& request, Report& report, bool own_pid_namespace) {
  std::memset(static_cast<void*>(&report), 0, sizeof report);
  SharedBytes output(request.header.output_limit_bytes);
  const pid_t child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);
    ::close(pset3::run::kReplyDescriptor);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    pset3::run::run_case(request.function, request.payload, output, report);
  }
  ReplyHeader header;
  header.nonce = request.header.nonce;
  if (child < 0) return false;
  ::setpgid(child, child);
  const bool in_time = wait_until_over(child, request.header.time_limit_ms);
  kill_family(child, own_pid_namespace);
  rusage usage{};
  ::wait4(child, &header.wait_status, 0, &usage);
  reap_orphans();
  if (!in_time) report.said = Said::kOverTime;
  header.cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
  header.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024.0;
  return send_reply(header, report, output.read());
}

}  // namespace

int main(int argc, char** argv) {
  const bool own_pid_namespace = argc > 1 && std::strcmp(argv[1], "--own-pid-namespace") == 0;
  void* warm_up[1];
  ::backtrace(warm_up, 1);  // loads libgcc now, since a signal handler must not
  Report* report = pset3::run::make_shared_report();
  if (!write_exactly(&pset3::run::kHello, sizeof pset3::run::kHello)) return 1;
  Request request;
  while (read_request(request)) {
    if (!serve(request, *report, own_pid_namespace)) return 1;
  }
  return 0;
}
