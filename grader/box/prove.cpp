#include "grader/box/prove.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

#include <fmt/format.h>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"
#include "grader/box/cache.hpp"
#include "grader/box/command.hpp"
#include "grader/box/pipe.hpp"

namespace pset3::box {
namespace {

using std::chrono::milliseconds;

constexpr const char* kCanary = "PSET3_PROBE_CANARY";
constexpr const char* kProbeInside = "/probe";
constexpr std::uint64_t kMemoryMib = 128;

/// Set in our environment while it lives.
class Canary {
 public:
  Canary() { ::setenv(kCanary, "must not be seen", 1); }
  ~Canary() { ::unsetenv(kCanary); }
  Canary(const Canary&) = delete;
  Canary& operator=(const Canary&) = delete;
};

/// A TCP port of 127.0.0.1 that accepts.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    if (::bind(socket_.get(), generic(), size) != 0 || ::listen(socket_.get(), 4) != 0 ||
        ::getsockname(socket_.get(), generic(), &size) != 0) {
      throw GraderError("cannot listen on 127.0.0.1 to try whether a box reaches it");
    }
    const Descriptor own(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    answers_ = ::connect(own.get(), generic(), size) == 0;
  }
  /// Whether it can be reached from outside a box; else that a box cannot says nothing.
  bool answers() const { return answers_; }
  std::string port() const { return std::to_string(ntohs(address_.sin_port)); }

 private:
  sockaddr* generic() { return reinterpret_cast<sockaddr*>(&address_); }
  Descriptor socket_;
  sockaddr_in address_{};
  bool answers_ = false;
};

BoxSpec spec_for(Level level, const std::string& action, const std::string& argument) {
  BoxSpec spec;
  spec.argv = {kProbeInside, action, argument};
  spec.read_only = {{probe_program(), kProbeInside}};
  spec.level = level;
  spec.limits.memory_bytes = kMemoryMib << 20;
  spec.limits.processes = 32;
  spec.limits.wall = milliseconds(5000);
  return spec;
}

std::string ending_of(const BoxExit& exit) {
  switch (exit.ending) {
    case Ending::kExited:
      return fmt::format("ended with status {}", exit.code);
    case Ending::kSignalled:
      return fmt::format("ended by signal {}", exit.code);
    case Ending::kTimeout:
      return fmt::format("stopped after {:.1f} s", exit.wall_ms * 1e-3);
    case Ending::kOutOfMemory:
      return fmt::format("stopped at {:.0f} MiB", exit.peak_mib);
    case Ending::kBoxFailed:
      return "the box failed: " + exit.why;
  }
  return {};
}

/// An action that finishes by itself and says whether it got out.
Finding attempt(const std::string& tried, const BoxSpec& spec) {
  const BoxExit exit = run(spec);
  Finding finding{tried, exit.ending == Ending::kExited && exit.code == 0, "refused"};
  if (!finding.held) {
    finding.detail = exit.out.empty() ? ending_of(exit) : printable(exit.out, 200);
    while (!finding.detail.empty() && finding.detail.back() == '\n') finding.detail.pop_back();
  }
  return finding;
}

/// Memory was limited when the program could not print that it had all of it, whatever ended it.
Finding allocate(Level level, const std::string& tried, const std::string& kind,
                 std::uint64_t mib) {
  const BoxExit exit = run(spec_for(level, "allocate", fmt::format("{} {}", kind, mib)));
  const bool refused = exit.ending == Ending::kExited && exit.code == 0;
  const bool stopped = refused || exit.ending == Ending::kOutOfMemory;
  const bool had_all = !exit.out.empty();
  if (had_all) return {tried, false, printable(exit.out.substr(0, exit.out.find('\n')), 200)};
  return {tried, stopped, refused ? "refused" : ending_of(exit)};
}

Finding allocate_private(Level level) {
  return allocate(level, fmt::format("use four times the {} MiB that it may", kMemoryMib),
                  "private", 4 * kMemoryMib);
}

/// Without a cgroup nobody counts shared memory but the limit on addresses.
Finding allocate_shared(Level level) {
  if (level == Level::kCgroup) {
    return allocate(level, "use as much memory as that, shared", "shared", 4 * kMemoryMib);
  }
  return allocate(level, fmt::format("map {} MiB of shared memory more", kMappedOnly >> 20),
                  "reserved", kMemoryMib + (kMappedOnly >> 20));
}

Finding tell_the_next(Level level) {
  const auto with_tmp = [&](const std::string& action) {
    BoxSpec spec = spec_for(level, action, "/tmp");
    spec.limits.tmp_bytes = 1u << 20;
    return spec;
  };
  const BoxExit left = run(with_tmp("leave-message"));
  Finding finding = attempt("leave a message for the next box", with_tmp("find-message"));
  const bool ran = left.ending == Ending::kExited && left.code == 0;
  if (!ran) return {finding.tried, false, "could not be tried: " + ending_of(left)};
  if (finding.held) finding.detail = "not found";
  return finding;
}

Finding survive(Level level) {
  TemporaryFolder folder(cache_folder(), 0755);
  BoxSpec spec = spec_for(level, "survive", "/left/behind");
  spec.writable = {{folder.path(), "/left"}};
  const BoxExit exit = run(spec);
  std::this_thread::sleep_for(milliseconds(600));
  const bool alive = std::filesystem::exists(folder.path() / "behind");
  const bool ran = exit.ending == Ending::kExited && exit.code == 0;
  return {"leave a process behind", ran && !alive,
          alive ? "it lived on and wrote a file"
          : ran ? "killed with the box"
                : ending_of(exit)};
}

Finding overrun(Level level, const std::string& tried, const std::string& action) {
  constexpr milliseconds kWall(500);
  constexpr double kLateMs = 2000.0;
  BoxSpec spec = spec_for(level, action, "");
  spec.limits.wall = kWall;
  const BoxExit exit = run(spec);
  const bool held = exit.ending == Ending::kTimeout && exit.wall_ms < kLateMs &&
                    exit.out.size() <= spec.limits.text_bytes;
  return {tried, held, fmt::format("{}, {} bytes kept", ending_of(exit), exit.out.size())};
}

Finding inherit(Level level) {
  // Without close-on-exec, as a careless library would leave it.
  const Descriptor careless(::dup(STDERR_FILENO));
  return attempt("use a descriptor of the grader", spec_for(level, "descriptors", ""));
}

Finding connect_back(Level level) {
  const Listener listener;
  Finding finding =
      attempt("connect to a listener on 127.0.0.1", spec_for(level, "connect", listener.port()));
  if (listener.answers()) return finding;
  return {finding.tried, false, "could not be tried: the listener does not answer outside either"};
}

}  // namespace

std::vector<Finding> prove(Level level) {
  BoxSpec trial = spec_for(level, "root", "");
  if (const BoxExit exit = run(trial); exit.ending == Ending::kBoxFailed) {
    throw GraderError(std::string(name_of(level)) + " does not work: " + exit.why);
  }
  const Canary canary;
  return {attempt("run as user 0", trial),
          attempt("read /etc/shadow", spec_for(level, "read", "/etc/shadow")),
          attempt("read /etc/passwd", spec_for(level, "read", "/etc/passwd")),
          attempt("read the grader's environment", spec_for(level, "canary", kCanary)),
          attempt("open the first process", spec_for(level, "first-process", "")),
          attempt("open the grader's memory",
                  spec_for(level, "first-process", std::to_string(::getpid()))),
          inherit(level),
          connect_back(level),
          attempt("write into /, /dev, /dev/shm, /usr, /tmp", spec_for(level, "write", "")),
          attempt("start 200 processes where it may 32", spec_for(level, "fork", "200")),
          allocate_private(level),
          allocate_shared(level),
          tell_the_next(level),
          survive(level),
          overrun(level, "run on after its time", "spin"),
          overrun(level, "print without end", "flood")};
}

}  // namespace pset3::box
