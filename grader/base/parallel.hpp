#pragma once

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace pset3 {

/// As many threads as keep all cores busy with submissions: one more than there are cores, since
/// each waits now and then for a box that is made or taken away.
inline int workers_for_submissions() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 16) + 1;
}

/// Calls work(i) for each i in [0, count), on all cores or in `jobs` threads. The calls must not
/// write to the same place. What one of them throws is thrown on, after all have ended.
template <typename Work>
void parallel_for(int count, const Work& work, int jobs = 0) {
  std::atomic<int> next = 0;
  const auto run = [&] {
    for (int i = next++; i < count; i = next++) work(i);
  };
  const int cores = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 16);
  const int helpers = (jobs > 0 ? jobs : cores) - 1;
  std::vector<std::future<void>> running;
  for (int i = 0; i < std::min(helpers, count - 1); ++i) {
    running.push_back(std::async(std::launch::async, run));
  }
  run();
  for (std::future<void>& future : running) future.get();
}

/// The same for submissions that are built and run.
template <typename Work>
void for_each_submission(int count, const Work& work) {
  parallel_for(count, work, workers_for_submissions());
}

}  // namespace pset3
