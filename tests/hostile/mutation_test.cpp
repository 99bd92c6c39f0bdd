// Takes the defences off one at a time and shows that what the hostile tests look at would change:
// a defence that no test notices is one that nobody knows to work. DEFENCES.md is the same as a
// table.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "grader/base/files.hpp"
#include "grader/box/box.hpp"
#include "grader/box/defences.hpp"
#include "tests/hostile/hostile_box.hpp"
#include "tests/hostile/listeners.hpp"
#include "tests/hostile/tables.hpp"

namespace pset3::box {
namespace {

using for_tests::Without;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

/// One defence, an attack that it stops, and what the attack reports when the defence is off.
struct Mutant {
  Defence defence;
  std::vector<Level> levels;
  std::string attack;   ///< in words, for the table
  std::string reached;  ///< part of the report, never in it while the defence is up
  std::function<std::string(Level)> run;
  std::vector<Defence> also = {};  ///< others that stop the same attack, off as well
};

constexpr Level L1 = Level::kLandlock;
constexpr Level L2 = Level::kNamespaces;
constexpr Level L3 = Level::kCgroup;

using Attack = std::function<std::string(Level)>;

Attack program(const std::string& name, const std::vector<std::string>& arguments = {}) {
  return [=](Level level) { return run(hostile(level, name, arguments)).out; };
}

BoxSpec command(Level level, const std::string& text) {
  BoxSpec spec;
  spec.argv = {"/usr/bin/sh", "-c", text};
  spec.level = level;
  spec.limits.memory_bytes = 256ull << 20;
  return spec;
}

Attack shell(const std::string& text) {
  return [=](Level level) { return run(command(level, text)).out; };
}

std::string with_a_careless_descriptor(Level level) {
  // High, where no descriptor of a box's own lands on it.
  const Descriptor careless(::fcntl(STDERR_FILENO, F_DUPFD, 40));
  return run(hostile(level, "forge_output")).out;
}

std::string with_listeners(Level level) {
  const Listeners listeners;
  return run(hostile(level, "connect", {listeners.port(), listeners.name()})).out;
}

std::string look_for_us(Level level) {
  return run(command(level, fmt::format("test -e /proc/{} && echo seen", ::getpid()))).out;
}

std::string with_shared_memory_outside(Level level) {
  constexpr key_t kKey = 0x70733376;
  const int memory = ::shmget(kKey, 4096, IPC_CREAT | 0644);
  const BoxExit exit = run(command(level, fmt::format("grep -w {} /proc/sysvipc/shm", kKey)));
  ::shmctl(memory, IPC_RMID, nullptr);
  return exit.out.empty() ? "" : "seen";
}

std::string with_a_secret_variable(Level level) {
  ::setenv("PSET3_SECRET_OF_THE_TEST", "told", 1);
  const std::string out = run(command(level, "echo $PSET3_SECRET_OF_THE_TEST")).out;
  ::unsetenv("PSET3_SECRET_OF_THE_TEST");
  return out;
}

std::string read_a_file_of_root(Level level) {
  const TemporaryFolder folder(cache_folder(), 0755);
  write_file(folder.path() / "secret", "of root\n");
  std::filesystem::permissions(folder.path() / "secret", std::filesystem::perms::owner_read);
  BoxSpec read = command(level, "cat /data/secret");
  read.read_only = {{folder.path(), "/data"}};
  return run(read).out;
}

std::string write_where_all_may(Level level) {
  const TemporaryFolder folder(cache_folder(), 0755);
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  BoxSpec write = command(level, "echo x > /data/file && echo written");
  write.read_only = {{folder.path(), "/data"}};
  return run(write).out;
}

std::string fill_tmp(Level level) {
  BoxSpec bomb = hostile(level, "memory_bomb", {"tmpfs", "20"});
  bomb.limits.tmp_bytes = 4u << 20;
  return run(bomb).out;
}

std::string write_a_large_file(Level level) {
  BoxSpec bomb = hostile(level, "memory_bomb", {"tmpfs", "20"});
  bomb.limits.tmp_bytes = 64u << 20;
  bomb.limits.file_bytes = 4u << 20;
  return run(bomb).out;
}

/// Within the memory of a box, which alone would not stop it.
std::string count_processes_inside(Level level) {
  BoxSpec bomb = hostile(level, "fork_bomb", {"count"});
  const std::string out = run(bomb).out;
  return !out.empty() && std::stoi(out) > 64 ? "more than 64" : "";
}

std::string sleep_beyond_the_wall(Level level) {
  BoxSpec sleeper = command(level, "sleep 1; echo slept");
  sleeper.limits.wall = milliseconds(300);
  return run(sleeper).out;
}

std::string print_much(Level level) {
  BoxSpec printing = command(level, "head -c 100000 /dev/zero");
  printing.limits.text_bytes = 1000;
  return run(printing).out.size() > 1000 ? "more than 1000 bytes" : "";
}

std::string spin_beyond_the_limit(Level level) {
  BoxSpec spin = hostile(level, "spin_threads");
  spin.limits.cpu = milliseconds(1000);
  spin.limits.wall = milliseconds(60'000);
  return run(spin).out;
}

std::string call_by_other_numbers(Level level) {
  const BoxExit exit = run(hostile(level, "other_architecture"));
  return exit.ending == Ending::kExited ? "returned" : fmt::format("signal {}", exit.code);
}

const std::vector<Mutant>& mutants() {
  static const std::vector<Level> all = {L1, L2, L3};
  static const std::vector<Level> spaces = {L2, L3};
  static const Attack calls = program("forbidden_calls");
  static const Attack too_much = program("take_too_much");
  static const std::string made_inside = "unshare -Ur true 2>/dev/null && echo made";
  static const std::vector<Mutant> kMutants = {
    {Defence::kSeccomp, all, "forbidden system calls", "keyctl", calls},
    {Defence::kDescriptors, all, "uses a descriptor of ours", "is open",
     with_a_careless_descriptor},
    {Defence::kNetworkNamespace, spaces, "connects to an abstract socket", "abstract",
     with_listeners},
    {Defence::kPidNamespace, spaces, "sees our process", "seen", look_for_us},
    {Defence::kIpcNamespace, spaces, "sees the machine's shared memory", "seen",
     with_shared_memory_outside},
    {Defence::kHostName, spaces, "reads the machine's name", "another name",
     shell("test $(uname -n) = box || echo another name")},
    {Defence::kCgroupNamespace,
     {L3},
     "reads the name of its control group",
     "pset3-",
     shell("cat /proc/self/cgroup")},
    {Defence::kNoNewNamespaces,
     spaces,
     "makes a user namespace",
     "made",
     shell(made_inside),
     {Defence::kSeccomp}},
    {Defence::kRemount, spaces, "writes into / and /dev/shm", "written",
     shell("touch /file /dev/shm/file && echo written")},
    {Defence::kReadOnlyBinds, spaces, "writes where it may only read", "written",
     write_where_all_may},
    {Defence::kTmpSize, spaces, "fills /tmp beyond its size", "survived", fill_tmp},
    {Defence::kEnvironment, all, "reads our environment", "told", with_a_secret_variable},
    {Defence::kHiddenStub, spaces, "opens the memory of pid 1", "reached /proc/1/mem",
     program("read_secrets", {"NONE"})},
    {Defence::kServiceUser, spaces, "reads a file that only root may", "of root",
     read_a_file_of_root},
    {Defence::kLandlock,
     {L1},
     "reads /etc/passwd",
     "reached /etc/passwd",
     program("read_secrets", {"NONE"})},
    {Defence::kMemoryLimit, spaces, "takes private memory beyond its limit", "survived",
     program("memory_bomb", {"private", "400"})},
    {Defence::kProcessLimit, spaces, "starts more processes than it may", "more than 64",
     count_processes_inside},
    {Defence::kWallClock, all, "sleeps beyond its time", "slept", sleep_beyond_the_wall},
    {Defence::kTextLimit, all, "prints without end", "more than 1000 bytes", print_much},
    {Defence::kCpuLimit, all, "spins in four threads", "used 2.5 s", spin_beyond_the_limit},
    {Defence::kFileLimit, spaces, "writes a large file", "survived", write_a_large_file},
    {Defence::kCoreLimit, all, "may dump core", "core dump", too_much},
    {Defence::kStackLimit, all, "may raise its stack", "stack", too_much},
    {Defence::kLockedLimit, all, "locks memory", "locked memory", too_much},
    {Defence::kQueueLimit, all, "may fill queues", "message queues", too_much},
    {Defence::kOpenFilesLimit, all, "opens 2000 files", "open files", too_much},
    {Defence::kKernelCalls, all, "reads processes, mounts, adds keys", "keyctl", calls},
    {Defence::kPriorityCalls, all, "changes priorities", "setpriority", calls},
    {Defence::kIoUringCalls, all, "uses io_uring and clone3", "io_uring_setup", calls},
    {Defence::kLastingCalls, all, "leaves shared memory behind", "shmget", calls},
    {Defence::kUnchargedCalls,
     {L1, L2},
     "hides memory in a memfd",
     "survived",
     program("memory_bomb", {"memfd", "40"})},
    {Defence::kInterProcessCalls, {L1}, "makes sockets", "socket: ", calls},
    {Defence::kSocketFamilies, spaces, "makes sockets", "socket: ", calls},
    {Defence::kNamespaceFlags, spaces, "clones into new namespaces", "clone: ", calls},
    {Defence::kTerminalCalls, all, "types into the terminal", "TIOCSTI", calls},
    {Defence::kLimitCalls, all, "raises core dumps", "prlimit of core dumps", calls},
#if defined(__x86_64__)
    {Defence::kOtherArchitectures, all, "calls by the numbers of 32 bits", "returned",
     call_by_other_numbers},
#endif
  };
  return kMutants;
}

struct Try {
  const Mutant* mutant;
  Level level;
};

void PrintTo(const Try& trial, std::ostream* out) { *out << name_of(trial.mutant->defence); }

std::vector<Try> tries() {
  std::vector<Try> all;
  for (const Mutant& mutant : mutants()) {
    for (const Level level : mutant.levels) all.push_back({&mutant, level});
  }
  return all;
}

class Mutation : public ::testing::TestWithParam<Try> {
 protected:
  void SetUp() override {
    if (!works(GetParam().level)) GTEST_SKIP() << "skipped: " << name_of(GetParam().level);
  }
};

TEST_P(Mutation, IsNoticed) {
  const auto& [mutant, level] = GetParam();
  if (mutant->defence == Defence::kServiceUser && ::geteuid() != 0) {
    GTEST_SKIP() << "skipped: only root runs boxes as another user";
  }
  EXPECT_THAT(mutant->run(level), Not(HasSubstr(mutant->reached))) << "with every defence";
  std::vector<Defence> off = mutant->also;
  off.push_back(mutant->defence);
  const Without without(off);
  EXPECT_THAT(mutant->run(level), HasSubstr(mutant->reached));
}

INSTANTIATE_TEST_SUITE_P(Defences, Mutation, ::testing::ValuesIn(tries()),
                         [](const ::testing::TestParamInfo<Try>& info) {
                           return std::string(name_of(info.param.mutant->defence)) + "_L" +
                                  std::to_string(static_cast<int>(info.param.level));
                         });

std::string table() {
  std::string text =
      "# Defences of the box, and what happens without them\n\n"
      "Made from `mutation_test.cpp`: `PSET3_WRITE_TABLES=1 hostile_test "
      "--gtest_filter='*Table*'`. "
      "Each row is a test that\npasses with the defence, and reaches something without it.\n\n"
      "| defence | level | the attack | reached without it | also off |\n|---|---|---|---|---|\n";
  for (const Mutant& mutant : mutants()) {
    std::string levels, also;
    for (const Level level : mutant.levels) {
      levels += (levels.empty() ? "L" : " L") + std::to_string(static_cast<int>(level));
    }
    for (const Defence defence : mutant.also) also += std::string(name_of(defence));
    text += fmt::format("| `{}` | {} | {} | `{}` | {} |\n", name_of(mutant.defence), levels,
                        mutant.attack, mutant.reached, also);
  }
  return text;
}

TEST(TableOfDefences, HasARowForEachAndIsTheOneInTheFolder) {
  std::set<Defence> shown;
  for (const Mutant& mutant : mutants()) shown.insert(mutant.defence);
#if !defined(__x86_64__)
  GTEST_SKIP() << "skipped: only x86-64 has calls of another architecture here";
#endif
  for (int i = 0; i < static_cast<int>(Defence::kCount); ++i) {
    EXPECT_TRUE(shown.contains(static_cast<Defence>(i))) << name_of(static_cast<Defence>(i));
  }
  expect_table("DEFENCES.md", table());
}

}  // namespace
}  // namespace pset3::box
