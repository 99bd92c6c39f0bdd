#pragma once

#include <cstdint>

namespace pset3::box {

// What the stub and the parent agree on. The stub is C++17 and knows nothing else of the grader.

/// The descriptors that the stub is started with; the program gets those up to kResultPipe.
inline constexpr int kResultPipe = 3;
inline constexpr int kStatusPipe = 4;
/// The parent keeps the other end: when that closes, all that is in the box is killed.
inline constexpr int kLifeline = 5;
inline constexpr int kDescriptorCount = 6;

/// Processes that a box needs for itself: bubblewrap's monitor and the stub in a cgroup; a resource
/// limit counts in the user namespace, where the monitor is not.
inline constexpr int kOwnInCgroup = 2;
inline constexpr int kOwnInNamespace = 1;

enum class StubMessageKind : std::uint32_t {
  kStarted = 1,  ///< limits are about to be set and the program to be started
  kFailed = 2,   ///< the program was not started: `what` and `error`
  kEnded = 3,    ///< the program and all that it left behind is gone
};

/// One message of the stub. Smaller than PIPE_BUF, so that it is written whole or not at all.
struct StubMessage {
  static constexpr std::uint32_t kMagic = 0x33544553;

  std::uint32_t magic = kMagic;
  StubMessageKind kind = StubMessageKind::kStarted;
  std::int32_t wait_status = 0;  ///< of the program, as from waitpid
  std::int32_t error = 0;        ///< errno
  std::int64_t cpu_us = 0;       ///< user and system time of the program and all that it left
  std::int64_t peak_kib = 0;     ///< largest resident set of any one process
  char what[64] = {};
};

}  // namespace pset3::box
