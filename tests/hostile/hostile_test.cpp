#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "grader/base/files.hpp"
#include "grader/box/box.hpp"
#include "tests/hostile/hostile_box.hpp"
#include "tests/hostile/listeners.hpp"

namespace pset3::box {
namespace {

using std::chrono::milliseconds;

class Hostile : public AtLevel {
 protected:
  BoxSpec spec(const std::string& program, const std::vector<std::string>& arguments = {}) const {
    return hostile(GetParam(), program, arguments);
  }
};

/// Processes of the machine with this name.
int count_processes(const std::string& name) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stream(entry.path() / "comm");
    std::string found;
    if (stream >> found && found == name) ++count;
  }
  return count;
}

TEST_P(Hostile, ExitInAConstructorGivesNoResult) {
  Box box(spec("exit_in_constructor"));
  std::string result;
  EXPECT_EQ(box.receive(1, result, Box::Clock::now() + milliseconds(3000)), Box::Received::kEnd);
  EXPECT_EQ(result, "");
  EXPECT_EQ(box.finish().ending, Ending::kExited);
}

TEST_P(Hostile, ForgedReportsReachNobody) {
  const BoxExit exit = run(spec("forge_output"));
  EXPECT_EQ(exit.ending, Ending::kSignalled);
  EXPECT_EQ(exit.code, SIGSEGV);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Hostile, SecretsAreOutOfReach) {
  const TemporaryFolder fixtures(cache_folder(), 0755);
  write_file(fixtures.path() / "expected", "42");
  ::setenv("PSET3_COURSE_SECRET_OF_THE_TEST", "secret", 1);
  const BoxExit exit = run(
      spec("read_secrets", {"PSET3_COURSE_SECRET_OF_THE_TEST",
                            (fixtures.path() / "expected").string(), PSET3_SOURCE_DIR "/LICENSE"}));
  ::unsetenv("PSET3_COURSE_SECRET_OF_THE_TEST");
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Hostile, AForkBombStaysSmallAndDiesWithTheBox) {
  BoxSpec bomb = spec("fork_bomb");
  bomb.limits.wall = milliseconds(700);
  EXPECT_EQ(run(bomb).ending, Ending::kTimeout);
  EXPECT_EQ(count_processes("submission"), 0);
  const BoxExit counted = run(spec("fork_bomb", {"count"}));
  EXPECT_GE(std::stoi(counted.out), 60);
  EXPECT_LE(std::stoi(counted.out), 64);
}

TEST_P(Hostile, PrivateMemoryBombsAreStopped) {
  for (const char* kind : {"malloc", "private"}) {
    const BoxExit exit = run(spec("memory_bomb", {kind, "600"}));
    EXPECT_EQ(exit.ending, Ending::kOutOfMemory) << kind;
    EXPECT_EQ(exit.out, "") << kind;
  }
}

TEST_P(Hostile, ASharedMemoryBombIsStopped) {
  // Without a cgroup it is only stopped by the limit on addresses, 1 GiB further.
  const BoxExit exit = run(spec("memory_bomb", {"shared", "1500"}));
  EXPECT_EQ(exit.ending, Ending::kOutOfMemory);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Hostile, AMemfdBombIsStopped) {
  BoxSpec bomb = spec("memory_bomb", {"memfd", "600"});
  bomb.limits.file_bytes = 2ull << 30;
  const BoxExit exit = run(bomb);
  // Where no cgroup would see the memory there is no memfd at all.
  EXPECT_EQ(exit.ending, GetParam() == Level::kCgroup ? Ending::kOutOfMemory : Ending::kSignalled);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Hostile, ATmpfsBombIsStopped) {
  BoxSpec bomb = spec("memory_bomb", {"tmpfs", "600"});
  bomb.limits.file_bytes = 2ull << 30;
  bomb.limits.tmp_bytes = GetParam() == Level::kCgroup ? 1ull << 30 : 64ull << 20;
  const BoxExit exit = run(bomb);
  EXPECT_EQ(exit.ending, GetParam() == Level::kCgroup ? Ending::kOutOfMemory : Ending::kSignalled);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Hostile, AnEndlessLoopIsATimeout) {
  BoxSpec endless = spec("endless_loop");
  endless.limits.wall = milliseconds(400);
  const BoxExit exit = run(endless);
  EXPECT_EQ(exit.ending, Ending::kTimeout);
  EXPECT_LT(exit.wall_ms, 1500.0);
}

TEST_P(Hostile, EndlessOutputIsATimeoutAndKeptSmall) {
  BoxSpec endless = spec("endless_output");
  endless.limits.wall = milliseconds(400);
  endless.limits.text_bytes = 10'000;
  const BoxExit exit = run(endless);
  EXPECT_EQ(exit.ending, Ending::kTimeout);
  EXPECT_EQ(exit.out.size(), 10'000u);
  EXPECT_EQ(exit.err.size(), 10'000u);
}

TEST_P(Hostile, ADaemonDiesWithTheProgram) {
  const TemporaryFolder folder(cache_folder(), 0700);
  BoxSpec daemon = spec("survivor", {"/left/beats"});
  daemon.writable = {{folder.path(), "/left"}};
  const BoxExit exit = run(daemon);
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.code, 11);
  EXPECT_LT(exit.wall_ms, 2000.0) << "nobody waits for a daemon";
  const auto beats = std::filesystem::file_size(folder.path() / "beats");
  EXPECT_GT(beats, 0u) << "it has to have lived";
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_EQ(std::filesystem::file_size(folder.path() / "beats"), beats);
}

/// The same program outside, to show that there is something to reach.
std::string run_outside(const BoxSpec& spec) {
  std::string command = spec.read_only[0].host.string();
  for (std::size_t i = 1; i < spec.argv.size(); ++i) command += " " + spec.argv[i];
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string out;
  for (int byte = 0; (byte = std::fgetc(pipe)) != EOF;) out += static_cast<char>(byte);
  ::pclose(pipe);
  return out;
}

TEST_P(Hostile, ListenersOfTheMachineAreOutOfReach) {
  const Listeners listeners;
  const BoxSpec connecting = spec("connect", {listeners.port(), listeners.name()});
  ASSERT_EQ(run_outside(connecting), "tcp\nudp\nabstract\n");
  const BoxExit exit = run(connecting);
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Hostile, TheFirstProcessCannotBeTracedOrKilled) {
  // Without a process namespace the first process is the machine's, and kill(-1) is meant.
  if (GetParam() < Level::kNamespaces) GTEST_SKIP() << "skipped: needs a process namespace";
  const BoxExit exit = run(spec("attack_first_process"));
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.code, 5);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Hostile, ForbiddenCallsAreRefused) {
  const BoxExit exit = run(spec("forbidden_calls"));
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Hostile, CallsOfAnotherArchitectureKill) {
#if !defined(__x86_64__)
  GTEST_SKIP() << "skipped: only x86-64 has calls of another architecture here";
#endif
  const BoxExit exit = run(spec("other_architecture"));
  EXPECT_EQ(exit.ending, Ending::kSignalled);
  // SIGSEGV comes from kernels without 32-bit calls.
  EXPECT_TRUE(exit.code == SIGSYS || exit.code == SIGSEGV) << exit.code;
}

TEST_P(Hostile, ACrashLeavesNoCoreDump) {
  const TemporaryFolder folder(cache_folder(), 0700);
  BoxSpec crash = spec("crash");
  crash.writable = {{folder.path(), "/work"}};
  crash.working_folder = "/work";
  EXPECT_EQ(run(crash).code, SIGSEGV);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

INSTANTIATE_TEST_SUITE_P(Levels, Hostile,
                         ::testing::Values(Level::kLandlock, Level::kNamespaces, Level::kCgroup),
                         level_name);

}  // namespace
}  // namespace pset3::box
