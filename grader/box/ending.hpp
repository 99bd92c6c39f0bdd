#pragma once

#include <cstdint>
#include <vector>

#include "grader/box/box.hpp"
#include "grader/box/stub/message.hpp"

namespace pset3::box {

/// What the parent saw of a box.
struct Observed {
  std::vector<StubMessage> messages;
  bool timed_out = false;  ///< the wall limit came first
  bool killed = false;     ///< the caller wanted it to end
  bool stuck = false;      ///< something did not die of SIGKILL
  std::uint64_t oom_kills = 0;
  double group_cpu_ms = 0.0;  ///< of the cgroup, for boxes whose stub could not report
  double group_peak_mib = 0.0;
};

/// Fills in how a box ended: a failure of the box itself, then the wall or CPU limit, then memory,
/// then a signal, then the exit status. `exit.err` moves to `exit.why` when the program never ran.
void decide(const Observed& seen, const Limits& limits, BoxExit& exit);

}  // namespace pset3::box
