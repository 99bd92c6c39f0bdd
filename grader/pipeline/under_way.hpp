#pragma once

#include <condition_variable>
#include <mutex>
#include <set>
#include <string>

namespace pset3::pipeline {

/// What is being made at the moment. Who comes second waits for the first, and then finds the
/// result in the store.
class UnderWay {
 public:
  /// Holds a key until the end of the block.
  class Turn {
   public:
    Turn(UnderWay& all, std::string key) : all_(all), key_(std::move(key)) {
      std::unique_lock lock(all_.mutex_);
      all_.ended_.wait(lock, [&] { return all_.keys_.insert(key_).second; });
    }
    ~Turn() {
      const std::lock_guard lock(all_.mutex_);
      all_.keys_.erase(key_);
      all_.ended_.notify_all();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    UnderWay& all_;
    std::string key_;
  };

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::set<std::string> keys_;
};

}  // namespace pset3::pipeline
