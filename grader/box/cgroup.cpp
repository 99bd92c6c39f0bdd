#include "grader/box/cgroup.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <set>
#include <thread>

#include "grader/base/error.hpp"

namespace pset3::box {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 3000;  // times a millisecond

bool write_value(const fs::path& file, const std::string& value) {
  const Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_TRUNC));
  return descriptor && ::write(descriptor.get(), value.data(), value.size()) ==
                           static_cast<ssize_t>(value.size());
}

void need_value(const fs::path& file, const std::string& value) {
  if (write_value(file, value)) return;
  throw GraderError("cannot write " + value + " to " + file.string() + ": " + std::strerror(errno));
}

std::uint64_t number_in(const fs::path& file) {
  std::ifstream stream(file);
  std::uint64_t number = 0;
  return stream >> number ? number : 0;
}

fs::path fresh_name() {
  static std::atomic<unsigned> count{0};
  return "pset3-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
}

}  // namespace

void Cgroup::set_limits(int version, const std::vector<fs::path>& folders,
                        std::uint64_t memory_bytes, int processes) {
  const std::string memory = std::to_string(memory_bytes);
  if (version == 1) {
    need_value(folders[0] / "memory.limit_in_bytes", memory);
    // Not there without swap accounting; then at least nothing of this group is swapped.
    if (!write_value(folders[0] / "memory.memsw.limit_in_bytes", memory)) {
      need_value(folders[0] / "memory.swappiness", "0");
    }
    need_value(folders[1] / "pids.max", std::to_string(processes));
    return;
  }
  need_value(folders[0] / "memory.max", memory);
  need_value(folders[0] / "pids.max", std::to_string(processes));
  // Not there where the kernel has no swap.
  if (fs::exists(folders[0] / "memory.swap.max")) need_value(folders[0] / "memory.swap.max", "0");
}

Cgroup::Cgroup(const Hierarchy& hierarchy, std::uint64_t memory_bytes, int processes)
    : version_(hierarchy.version) {
  const fs::path name = fresh_name();
  try {
    for (const fs::path& folder : hierarchy.folders) {
      if (::mkdir((folder / name).c_str(), 0755) != 0) {
        throw GraderError("cannot make the cgroup " + (folder / name).string() + ": " +
                          std::strerror(errno));
      }
      folders_.push_back(folder / name);
    }
    set_limits(version_, folders_, memory_bytes, processes);
    for (const fs::path& folder : folders_) {
      join_.emplace_back(::open((folder / "cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
      if (!join_.back()) throw GraderError("cannot open " + (folder / "cgroup.procs").string());
    }
  } catch (...) {
    for (const fs::path& folder : folders_) ::rmdir(folder.c_str());
    throw;
  }
}

Cgroup::~Cgroup() {
  join_.clear();
  const auto removed = [](const fs::path& folder) {
    return ::rmdir(folder.c_str()) == 0 || errno == ENOENT;
  };
  for (int i = 0; i < kTries; ++i) {
    bool all = true;
    for (const fs::path& folder : folders_) all = removed(folder) && all;
    if (all) return;
    kill_all();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

std::vector<int> Cgroup::join_descriptors() const {
  std::vector<int> numbers;
  for (const Descriptor& descriptor : join_) numbers.push_back(descriptor.get());
  return numbers;
}

std::vector<pid_t> Cgroup::members() const {
  std::set<pid_t> pids;
  for (const fs::path& folder : folders_) {
    std::ifstream stream(folder / "cgroup.procs");
    for (pid_t pid = 0; stream >> pid;) pids.insert(pid);
  }
  // 0 is a process of another pid namespace; killing "0" would be killing ourselves.
  pids.erase(0);
  return {pids.begin(), pids.end()};
}

void Cgroup::kill_all() {
  if (version_ == 2 && write_value(folders_[0] / "cgroup.kill", "1")) return;
  // No new process, so that each round leaves fewer.
  write_value(folders_[version_ == 1 ? 1 : 0] / "pids.max", "0");
  for (int i = 0; i < kTries; ++i) {
    const std::vector<pid_t> pids = members();
    if (pids.empty()) return;
    for (const pid_t pid : pids) ::kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

std::uint64_t Cgroup::counter(const fs::path& file, const std::string& key) {
  std::ifstream stream(file);
  std::string word;
  std::uint64_t number = 0;
  while (stream >> word >> number) {
    if (word == key) return number;
  }
  return 0;
}

std::uint64_t Cgroup::oom_kills() const {
  return counter(folders_[0] / (version_ == 1 ? "memory.oom_control" : "memory.events"),
                 "oom_kill");
}

double Cgroup::cpu_ms() const {
  if (version_ == 2) {
    return static_cast<double>(counter(folders_[0] / "cpu.stat", "usage_usec")) * 1e-3;
  }
  if (folders_.size() < 3) return 0.0;
  return static_cast<double>(number_in(folders_[2] / "cpuacct.usage")) * 1e-6;
}

double Cgroup::peak_mib() const {
  const fs::path file = folders_[0] / (version_ == 1 ? "memory.max_usage_in_bytes" : "memory.peak");
  return static_cast<double>(number_in(file)) / (1 << 20);
}

}  // namespace pset3::box
