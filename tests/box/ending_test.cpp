#include "grader/box/ending.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstring>

namespace pset3::box {
namespace {

constexpr int status_of_exit(int code) { return code << 8; }

StubMessage message(StubMessageKind kind, int wait_status = 0) {
  StubMessage made;
  made.kind = kind;
  made.wait_status = wait_status;
  made.cpu_us = 1'500'000;
  made.peak_kib = 2048;
  return made;
}

Observed ended(int wait_status) {
  Observed seen;
  seen.messages = {message(StubMessageKind::kStarted),
                   message(StubMessageKind::kEnded, wait_status)};
  return seen;
}

BoxExit decided(const Observed& seen, Level level = Level::kCgroup, BoxExit exit = {}) {
  exit.level = level;
  Limits limits;
  limits.memory_bytes = 100ull << 20;
  decide(seen, limits, exit);
  return exit;
}

TEST(Ending, TakesStatusTimeAndMemoryFromTheStub) {
  const BoxExit exit = decided(ended(status_of_exit(3)));
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.code, 3);
  EXPECT_DOUBLE_EQ(exit.cpu_ms, 1500.0);
  EXPECT_DOUBLE_EQ(exit.peak_mib, 2.0);
}

TEST(Ending, PutsEachCauseBeforeTheNext) {
  Observed seen = ended(SIGSEGV);
  EXPECT_EQ(decided(seen).ending, Ending::kSignalled);
  EXPECT_EQ(decided(seen).code, SIGSEGV);
  seen.oom_kills = 1;
  EXPECT_EQ(decided(seen).ending, Ending::kOutOfMemory);
  seen.timed_out = true;
  EXPECT_EQ(decided(seen).ending, Ending::kTimeout);
  seen.stuck = true;
  EXPECT_EQ(decided(seen).ending, Ending::kBoxFailed);
}

TEST(Ending, CallsTheCpuLimitATimeout) {
  EXPECT_EQ(decided(ended(SIGXCPU)).ending, Ending::kTimeout);
  EXPECT_EQ(decided(ended(SIGKILL)).ending, Ending::kSignalled) << "1.5 s of 20 s were used";
}

TEST(Ending, SaysWhatTheStubCouldNotDo) {
  Observed seen = ended(status_of_exit(125));
  StubMessage failed = message(StubMessageKind::kFailed);
  failed.error = ENOENT;
  std::strcpy(failed.what, "start the program");
  seen.messages.push_back(failed);
  EXPECT_EQ(decided(seen).ending, Ending::kBoxFailed);
  EXPECT_EQ(decided(seen).why, "cannot start the program: No such file or directory");
}

TEST(Ending, BlamesTheBoxWhenTheProgramNeverStarted) {
  BoxExit exit;
  exit.err = "bwrap: setting up uid map: Permission denied\n";
  exit = decided({}, Level::kNamespaces, exit);
  EXPECT_EQ(exit.ending, Ending::kBoxFailed);
  EXPECT_EQ(exit.why, "bwrap: setting up uid map: Permission denied");
  EXPECT_EQ(exit.err, "");
}

TEST(Ending, BlamesTheBoxWhenItHungBeforeTheProgramStarted) {
  Observed seen;
  seen.timed_out = true;
  EXPECT_EQ(decided(seen).ending, Ending::kBoxFailed);
}

TEST(Ending, KnowsTimeAndMemoryWithoutAReport) {
  Observed seen;
  seen.messages = {message(StubMessageKind::kStarted)};
  EXPECT_EQ(decided(seen).ending, Ending::kBoxFailed) << "the stub does not die by itself";
  seen.oom_kills = 2;
  EXPECT_EQ(decided(seen).ending, Ending::kOutOfMemory);
  seen.timed_out = true;
  EXPECT_EQ(decided(seen).ending, Ending::kTimeout);
}

TEST(Ending, InfersMemoryOnlyWithoutACgroupAndOnlyFromFailure) {
  Observed seen = ended(SIGABRT);
  seen.messages.back().peak_kib = 95L * 1024;
  EXPECT_EQ(decided(seen, Level::kNamespaces).ending, Ending::kOutOfMemory);
  EXPECT_EQ(decided(seen, Level::kCgroup).ending, Ending::kSignalled);
  seen.messages.back().wait_status = status_of_exit(0);
  EXPECT_EQ(decided(seen, Level::kNamespaces).ending, Ending::kExited);
}

}  // namespace
}  // namespace pset3::box
