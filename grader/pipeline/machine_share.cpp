#include "grader/pipeline/machine_share.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <chrono>

#include "grader/base/interrupt.hpp"
#include "grader/box/box.hpp"

namespace pset3::pipeline {

MachineShare::MachineShare(Kind kind)
    : lock_(::open((box::cache_folder() / "machine.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC,
                   0600)) {
  using Clock = std::chrono::steady_clock;
  const int wanted = (kind == kAlone ? LOCK_EX : LOCK_SH) | LOCK_NB;
  const auto patience = Clock::now() + std::chrono::minutes(1);
  while (lock_.get() >= 0 && ::flock(lock_.get(), wanted) != 0 && Clock::now() < patience) {
    sleep_unless_interrupted(std::chrono::milliseconds(20));
  }
}

}  // namespace pset3::pipeline
