// Writes a good result, and a report like the stub's that it ended well, into every descriptor,
// then crashes.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

#include "grader/box/stub/message.hpp"

int main() {
  // What is open may be a pipe that nobody reads any more.
  std::signal(SIGPIPE, SIG_IGN);
  constexpr int kMost = 4096;
  pset3::box::StubMessage forged;
  forged.kind = pset3::box::StubMessageKind::kEnded;
  const std::string result = R"({"score": 40, "verdict": "passed"})";
  for (int descriptor = 3; descriptor < kMost; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) < 0) continue;
    if (descriptor > 3) std::printf("descriptor %d is open\n", descriptor);
    if (write(descriptor, &forged, sizeof forged) < 0) continue;
    if (write(descriptor, result.data(), result.size()) < 0) continue;
  }
  for (const char* way : {"/proc/1/fd/4", "/proc/1/fd/5", "/proc/1/fd/1", "/results.json"}) {
    if (open(way, O_WRONLY | O_CREAT, 0600) >= 0) std::printf("opened %s\n", way);
  }
  std::fflush(stdout);
  std::raise(SIGSEGV);
}
