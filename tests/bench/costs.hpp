#pragma once

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace pset3::bench {

/// @returns what all processes that have ended used: on a busy machine it says more than the clock.
inline double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// @returns the kB that a process has for itself, shared pages divided by those who share them.
inline long proportional_kib(int process) {
  std::ifstream file(fmt::format("/proc/{}/smaps_rollup", process));
  for (std::string word; file >> word;) {
    long kib = 0;
    if (word == "Pss:" && file >> kib) return kib;
  }
  return 0;
}

/// @returns MiB that all descendants of this process hold.
inline double descendants_mib() {
  std::map<int, std::vector<int>> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const int process = std::atoi(entry.path().filename().c_str());
    std::ifstream file(entry.path() / "stat");
    std::string text;
    if (process == 0 || !std::getline(file, text)) continue;
    int parent = 0;
    if (std::sscanf(text.c_str() + text.rfind(')') + 1, " %*c %d", &parent) == 1) {
      children[parent].push_back(process);
    }
  }
  long kib = 0;
  std::vector<int> to_do = children[getpid()];
  while (!to_do.empty()) {
    const int process = to_do.back();
    to_do.pop_back();
    kib += proportional_kib(process);
    to_do.insert(to_do.end(), children[process].begin(), children[process].end());
  }
  return static_cast<double>(kib) / 1024.0;
}

/// Looks every tenth of a second.
class PeakMemory {
 public:
  PeakMemory() : thread_([this] { watch(); }) {}
  ~PeakMemory() {
    done_ = true;
    thread_.join();
  }
  PeakMemory(const PeakMemory&) = delete;
  PeakMemory& operator=(const PeakMemory&) = delete;
  double mib() const { return peak_mib_; }

 private:
  void watch() {
    while (!done_) {
      peak_mib_ = std::max(peak_mib_.load(), descendants_mib());
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  std::atomic<bool> done_ = false;
  std::atomic<double> peak_mib_ = 0.0;
  std::thread thread_;
};

}  // namespace pset3::bench
