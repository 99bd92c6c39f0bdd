#include <unistd.h>

#include <csignal>
#include <set>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::HasSubstr;

class Signals : public Desk {
 protected:
  Signals() {
    environment_["PSET3_HOME"] = small_course().string();
    edited("ann", "carve.cpp", "  return kept;",
           "  for (volatile bool on = true; on;) {\n  }\n  return kept;");
  }
  std::unique_ptr<Process> start_grading() const {
    return start({"grade", "ann", "--store", "store", "--out", "grades"});
  }
  /// Until the endless loop is under way.
  bool is_running(const Process& process) const {
    return wait_until([&] { return is_named_by_a_process("--own-pid-namespace"); }) &&
           wait_until([&] { return cgroups_of(process.pid()) > 0 || ::geteuid() != 0; });
  }
  static std::size_t cgroups_of(pid_t pid) {
    const std::string name = "pset3-" + std::to_string(pid) + "-";
    std::size_t count = 0;
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(
             "/sys/fs/cgroup", fs::directory_options::skip_permission_denied, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      count += entry->path().filename().string().rfind(name, 0) == 0 ? 1 : 0;
    }
    return count;
  }
  std::set<fs::path> temporary_folders() const {
    std::set<fs::path> found;
    for (const fs::path& folder : {shared_cache() / "rooms", path("store/incoming")}) {
      std::error_code error;
      for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().filename().string().rfind("pset3-", 0) == 0) found.insert(entry.path());
      }
    }
    return found;
  }
  /// @param before what other tests, which kill, had left in the cache that all share
  void expect_nothing_left(pid_t pid, const std::set<fs::path>& before) const {
    EXPECT_TRUE(wait_until([&] { return !is_named_by_a_process(path("store").string()); }));
    EXPECT_EQ(cgroups_of(pid), 0U);
    EXPECT_EQ(temporary_folders(), before);
  }
};

TEST_F(Signals, InterruptAndTerminationLeaveNothingBehind) {
  // The reference's runs are in the store then: what is seen running is the submission.
  pset3({"grade", (small_course() / "starter").string(), "--store", "store", "--out", "first"});
  for (const int number : {SIGINT, SIGTERM}) {
    const std::set<fs::path> before = temporary_folders();
    const auto process = start_grading();
    ASSERT_TRUE(is_running(*process)) << process->err();
    process->signal(number);
    if (number == SIGINT) {  // the first one lets what runs end
      ASSERT_TRUE(
          wait_until([&] { return process->err().find("another Ctrl-C") != std::string::npos; }));
      process->signal(number);
    }
    EXPECT_EQ(process->wait(), -number);
    EXPECT_THAT(process->err(), HasSubstr("interrupted"));
    expect_nothing_left(process->pid(), before);
  }
}

TEST_F(Signals, WhatAKilledRunLeavesTheNextOneRemoves) {
  const auto process = start_grading();
  ASSERT_TRUE(is_running(*process)) << process->err();
  process->signal(SIGKILL);
  process->wait();
  EXPECT_TRUE(wait_until([&] { return !is_named_by_a_process(path("store").string()); }))
      << "boxes die with their owner";
  const fs::path room = shared_cache() / "rooms/pset3-abandoned";
  fs::create_directories(room);
  fs::last_write_time(room, fs::file_time_type::clock::now() - std::chrono::hours(1));
  pset3({"check", "p1.a.side", "--dir", solution("ben").string()});
  EXPECT_FALSE(fs::exists(room));
  EXPECT_EQ(cgroups_of(process->pid()), 0U);
}

}  // namespace
}  // namespace pset3::end_to_end
