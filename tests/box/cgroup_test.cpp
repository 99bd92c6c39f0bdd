#include "grader/box/cgroup.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::box {
namespace {

namespace fs = std::filesystem;

/// A folder with the files that a kernel would put there; /sys/fs/cgroup itself has one version.
class FakeMount : public ::testing::Test {
 protected:
  void put(const fs::path& file, const std::string& text) {
    fs::create_directories((mount() / file).parent_path());
    write_file(mount() / file, text);
  }
  std::string get(const fs::path& file) { return read_file(mount() / file); }
  fs::path mount() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

class CgroupV2 : public FakeMount {
 protected:
  void SetUp() override {
    put("cgroup.controllers", "cpu memory pids\n");
    put("cgroup.procs", "");
    put("cgroup.subtree_control", "");
    put("slice/cgroup.procs", "");
    put("slice/cgroup.subtree_control", "memory pids\n");
    put("slice/ours/cgroup.procs", "1\n");
    put("own", "0::/slice/ours\n");
  }
};

TEST_F(CgroupV2, IsFoundBesideOurOwnGroup) {
  std::string why;
  const auto found = find_hierarchy(why, mount(), mount() / "own");
  ASSERT_TRUE(found) << why;
  EXPECT_EQ(found->version, 2);
  EXPECT_EQ(found->folders, std::vector<fs::path>{mount() / "slice"});
}

TEST_F(CgroupV2, IsNotFoundWithoutControllers) {
  put("slice/cgroup.subtree_control", "cpu\n");
  fs::permissions(mount() / "slice/cgroup.subtree_control", fs::perms::owner_read);
  std::string why;
  // Writing to a plain file does replace what it says, with one controller at a time.
  EXPECT_FALSE(find_hierarchy(why, mount(), mount() / "own"));
  EXPECT_NE(why, "");
}

TEST_F(CgroupV2, GetsItsLimits) {
  for (const char* file : {"memory.max", "memory.swap.max", "pids.max"}) put(file, "max\n");
  Cgroup::set_limits(2, {mount()}, 1000, 64);
  EXPECT_EQ(get("memory.max"), "1000");
  EXPECT_EQ(get("memory.swap.max"), "0");
  EXPECT_EQ(get("pids.max"), "64");
}

TEST_F(CgroupV2, DoesWithoutSwapAccounting) {
  for (const char* file : {"memory.max", "pids.max"}) put(file, "max\n");
  Cgroup::set_limits(2, {mount()}, 1000, 64);
  EXPECT_FALSE(fs::exists(mount() / "memory.swap.max"));
}

TEST_F(CgroupV2, SaysWhichFileIsMissing) {
  try {
    Cgroup::set_limits(2, {mount()}, 1000, 64);
    FAIL();
  } catch (const GraderError& error) {
    EXPECT_NE(std::string(error.what()).find("memory.max"), std::string::npos);
  }
}

TEST_F(CgroupV2, CountsOomKills) {
  put("memory.events", "low 0\nhigh 0\nmax 31\noom 2\noom_kill 3\noom_group_kill 0\n");
  EXPECT_EQ(Cgroup::counter(mount() / "memory.events", "oom_kill"), 3u);
  EXPECT_EQ(Cgroup::counter(mount() / "memory.events", "nothing"), 0u);
}

TEST_F(FakeMount, FindsV1BelowOurOwnGroups) {
  put("memory/a/cgroup.procs", "");
  put("memory/cgroup.procs", "");
  put("pids/cgroup.procs", "");
  put("own", "5:memory:/a\n4:cpu,cpuacct:/\n3:pids:/not/in/view\n9:name=systemd:/\n0::/\n");
  std::string why;
  const auto found = find_hierarchy(why, mount(), mount() / "own");
  ASSERT_TRUE(found) << why;
  EXPECT_EQ(found->version, 1);
  EXPECT_EQ(found->folders, (std::vector<fs::path>{mount() / "memory/a", mount() / "pids"}));
}

TEST_F(FakeMount, LimitsMemoryWithSwapInV1) {
  put("m/memory.limit_in_bytes", "");
  put("m/memory.memsw.limit_in_bytes", "");
  put("p/pids.max", "");
  Cgroup::set_limits(1, {mount() / "m", mount() / "p"}, 5000, 7);
  EXPECT_EQ(get("m/memory.limit_in_bytes"), "5000");
  EXPECT_EQ(get("m/memory.memsw.limit_in_bytes"), "5000");
  EXPECT_EQ(get("p/pids.max"), "7");
}

TEST(Cgroup, KillsItsMembersAndGoesAway) {
  std::string why;
  const auto hierarchy = find_hierarchy(why);
  if (!hierarchy) GTEST_SKIP() << "skipped: " << why;
  const auto groups = [&] {
    return std::count_if(fs::directory_iterator(hierarchy->folders[0]), {}, [](const auto& entry) {
      return entry.path().filename().string().starts_with("pset3-" + std::to_string(::getpid()));
    });
  };
  pid_t pid = 0;
  {
    Cgroup group(*hierarchy, 64 << 20, 8);
    EXPECT_EQ(groups(), 1);
    pid = ::fork();
    if (pid == 0) {
      for (const int join : group.join_descriptors()) {
        if (::write(join, "0", 1) != 1) ::_exit(1);
      }
      ::pause();
      ::_exit(2);
    }
    ::usleep(50'000);
    group.kill_all();
    int status = 0;
    ::waitpid(pid, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
  }
  EXPECT_EQ(groups(), 0);
}

}  // namespace
}  // namespace pset3::box
