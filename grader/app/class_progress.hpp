#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pset3::app {

/// Where a class stands.
struct ClassState {
  std::string phase;  ///< before the first submission: "preparing p2"
  std::size_t done = 0;
  std::size_t total = 0;
  std::chrono::duration<double> spent{};  ///< on the submissions that are done
  std::vector<std::string> running;       ///< names, in the order in which they began
};

/// "3 of 200 done, 12 a minute, about 16 min left; now: ann, ben".
std::string progress_line(const ClassState& state);

/// Shows while it lives where a class stands: on a terminal in one line that is written anew, else
/// in a line of its own every ten seconds. May be told by several threads.
class ClassProgress {
 public:
  explicit ClassProgress(std::chrono::milliseconds between_lines = std::chrono::seconds(8));
  ~ClassProgress();
  ClassProgress(const ClassProgress&) = delete;
  ClassProgress& operator=(const ClassProgress&) = delete;

  void phase(const std::string& text);
  void begin_class(std::size_t total);
  void begin(const std::string& name);
  void finished(const std::string& name);
  /// One line that stays.
  void say(const std::string& line);
  std::size_t done() const;

 private:
  void watch(std::chrono::milliseconds between_lines);
  ClassState now() const;  ///< with the lock held

  mutable std::mutex mutex_;
  std::condition_variable ends_;
  ClassState state_;
  std::chrono::steady_clock::time_point begin_;
  bool is_over_ = false;
  std::thread watcher_;
};

}  // namespace pset3::app
