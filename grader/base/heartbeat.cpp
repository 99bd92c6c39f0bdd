#include "grader/base/heartbeat.hpp"

#include <utility>

namespace pset3 {

Heartbeat::Heartbeat(std::chrono::milliseconds interval,
                     std::function<void(std::chrono::seconds)> beat)
    : interval_(interval), beat_(std::move(beat)), thread_([this] { run(); }) {}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void Heartbeat::run() {
  const Clock::time_point began = Clock::now();
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, interval_, [this] { return is_over_; })) {
    beat_(std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began));
  }
}

}  // namespace pset3
