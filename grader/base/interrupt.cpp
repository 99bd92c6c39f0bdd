#include "grader/base/interrupt.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>

#include "grader/base/error.hpp"

namespace pset3 {
namespace {

std::atomic<int> g_signal{0};
int g_event = -1;

/// What the first Ctrl-C does.
enum class First : int { kEnds, kAsks, kHasAsked };
std::atomic<First> g_first{First::kEnds};

void on_signal(int number) {
  const int error = errno;
  First expected = First::kAsks;
  if (number == SIGINT && g_first.compare_exchange_strong(expected, First::kHasAsked)) {
    struct sigaction again {};
    again.sa_handler = on_signal;
    again.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(number, &again, nullptr);
    errno = error;
    return;
  }
  g_signal = number;
  const std::uint64_t one = 1;
  // It stays readable: nobody reads it, so that every thread that waits is woken.
  [[maybe_unused]] const ssize_t written = ::write(g_event, &one, sizeof one);
  errno = error;
}

}  // namespace

void end_gently_on_signals() {
  if (g_event < 0) g_event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (g_event < 0) throw GraderError(std::string("no eventfd: ") + std::strerror(errno));
  struct sigaction action {};
  action.sa_handler = on_signal;
  // One that comes again finds the default action: an impatient user is not kept waiting.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    ::sigaction(number, nullptr, &before);
    // `nohup` and shells' background jobs asked for deaf ears.
    if (before.sa_handler != SIG_IGN) ::sigaction(number, &action, nullptr);
  }
}

FinishFirst::FinishFirst() { g_first = First::kAsks; }

FinishFirst::~FinishFirst() { g_first = First::kEnds; }

bool FinishFirst::is_asked() const { return g_first == First::kHasAsked; }

int interrupt_descriptor() { return g_event; }

void throw_if_interrupted() {
  if (const int number = g_signal; number != 0) throw Interrupted{number};
}

void sleep_unless_interrupted(std::chrono::milliseconds duration) {
  pollfd watched{g_event, POLLIN, 0};
  ::poll(&watched, 1, static_cast<int>(duration.count()));
  throw_if_interrupted();
}

}  // namespace pset3
