// Start-up cost of a box: the median of 30 runs of a program that does nothing, and of the same
// program without a box. One line a level that works here.

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "grader/box/box.hpp"

namespace {

constexpr int kRuns = 30;

template <typename Run>
double median_ms(const Run& run) {
  std::vector<double> times;
  for (int i = 0; i < kRuns; ++i) {
    const auto start = std::chrono::steady_clock::now();
    run();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::nth_element(times.begin(), times.begin() + kRuns / 2, times.end());
  return times[kRuns / 2];
}

void run_plainly() {
  char program[] = "/usr/bin/true";
  char* argv[] = {program, nullptr};
  pid_t pid = 0;
  posix_spawn(&pid, program, nullptr, nullptr, argv, nullptr);
  waitpid(pid, nullptr, 0);
}

}  // namespace

int main() {
  using namespace pset3::box;
  fmt::print("{:<34} {:6.2f} ms\n", "no box", median_ms(run_plainly));
  for (const Level level : {Level::kLimits, Level::kLandlock, Level::kNamespaces, Level::kCgroup}) {
    BoxSpec spec;
    spec.argv = {"/usr/bin/true"};
    spec.level = level;
    if (const BoxExit exit = run(spec); exit.ending != Ending::kExited) {
      fmt::print("{:<34} {}\n", name_of(level), exit.why);
      continue;
    }
    fmt::print("{:<34} {:6.2f} ms\n", name_of(level), median_ms([&] { run(spec); }));
  }
}
