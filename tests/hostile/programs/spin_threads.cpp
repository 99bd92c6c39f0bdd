// Four threads that use 2.5 s of processor time together, however they are spread.
#include <ctime>

#include <cstdio>
#include <thread>
#include <vector>

int main() {
  constexpr double kSeconds = 2.5;
  constexpr int kThreads = 4;
  const auto used = [] { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      while (used() < kSeconds) {
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::puts("used 2.5 s");
}
