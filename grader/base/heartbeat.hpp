#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace pset3 {

/// A sign of life for work that says nothing by itself: calls `beat` with the time since the
/// beginning after each `interval` while the object lives, from a thread of its own.
class Heartbeat {
 public:
  using Clock = std::chrono::steady_clock;

  Heartbeat(std::chrono::milliseconds interval, std::function<void(std::chrono::seconds)> beat);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

 private:
  void run();

  std::chrono::milliseconds interval_;
  std::function<void(std::chrono::seconds)> beat_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace pset3
