#include "grader/box/box.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iterator>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/box/pipe.hpp"
#include "tests/box/levels.hpp"

// How a program in the box ends, what it is held to, and what is said when it cannot start.
namespace pset3::box {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

class BoxTest : public AtLevel {};

TEST_P(BoxTest, ReportsTheExitStatus) {
  const BoxExit exit = run(shell("exit 7"));
  EXPECT_EQ(exit.ending, Ending::kExited) << exit.why;
  EXPECT_EQ(exit.code, 7);
  EXPECT_EQ(exit.level, GetParam());
}

TEST_P(BoxTest, ReportsTheSignal) {
  const BoxExit exit = run(shell("kill -ABRT $$"));
  EXPECT_EQ(exit.ending, Ending::kSignalled);
  EXPECT_EQ(exit.code, SIGABRT);
}

TEST_P(BoxTest, StopsASleeperAtTheWallLimit) {
  BoxSpec spec = shell("trap '' TERM INT HUP; sleep 100");
  spec.limits.wall = milliseconds(300);
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.ending, Ending::kTimeout);
  EXPECT_GE(exit.wall_ms, 300.0);
  EXPECT_LT(exit.wall_ms, 1500.0);
}

TEST_P(BoxTest, StopsASpinnerAtTheCpuLimit) {
  BoxSpec spec = shell("while :; do :; done");
  spec.limits.cpu = milliseconds(1000);
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.ending, Ending::kTimeout);
  // The limit goes by what the kernel charges at its ticks, which runs ahead on a busy machine.
  EXPECT_GE(exit.cpu_ms, 700.0);
  EXPECT_LT(exit.cpu_ms, 2500.0);
}

TEST_P(BoxTest, MeasuresCpuAndMemoryOfATimedOutProgram) {
  BoxSpec spec = shell("x=$(head -c 30000000 /dev/zero | tr '\\0' a); while :; do :; done");
  spec.limits.wall = milliseconds(1500);
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.ending, Ending::kTimeout);
  EXPECT_GT(exit.cpu_ms, 100.0);
  EXPECT_GT(exit.peak_mib, 25.0);
}

TEST_P(BoxTest, LimitsTheSizeOfFiles) {
  BoxSpec spec = shell("head -c 200000 /dev/zero > $TMPDIR/file");
  spec.limits.tmp_bytes = 1 << 20;
  spec.limits.file_bytes = 100'000;
  spec.environment = {{"TMPDIR", "/tmp"}};
  EXPECT_NE(run(spec).code, 0);
}

TEST_P(BoxTest, SaysThatTheProgramIsMissing) {
  BoxSpec spec = shell("");
  spec.argv = {"/usr/bin/no-such-program"};
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.ending, Ending::kBoxFailed);
  EXPECT_THAT(exit.why, HasSubstr("start the program: No such file"));
}

TEST_P(BoxTest, SaysThatABindIsMissing) {
  BoxSpec spec = shell("true");
  spec.read_only = {{"/no/such/folder", "/data"}};
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.ending, Ending::kBoxFailed);
  EXPECT_THAT(exit.why, HasSubstr("/no/such/folder"));
  EXPECT_THROW(Box{spec}, GraderError);
}

TEST_P(BoxTest, SaysWhichFolderOnTheWayIsClosed) {
  if (::geteuid() != 0) GTEST_SKIP() << "skipped: only root runs boxes as another user";
  const TemporaryFolder closed(cache_folder(), 0700);
  std::filesystem::create_directory(closed.path() / "open");
  BoxSpec spec = shell("true");
  spec.read_only = {{closed.path() / "open", "/data"}};
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.ending, Ending::kBoxFailed);
  EXPECT_THAT(exit.why, HasSubstr(closed.path().string() + " is closed to others (mode 0700)"));
}

TEST_P(BoxTest, WorksWhenOurOwnFirstDescriptorsAreClosed) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    for (int descriptor = 0; descriptor < 10; ++descriptor) ::close(descriptor);
    ::_exit(run(shell("cat; exit 9"), "hello").out == "hello" ? 0 : 1);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST_P(BoxTest, RunsTwentyBoxesOneAfterTheOtherWithoutLosingDescriptors) {
  const auto count = [] {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
  };
  run(shell("true"));
  const auto before = count();
  for (int i = 0; i < 20; ++i) run(shell("true"));
  EXPECT_EQ(count(), before);
}

INSTANTIATE_TEST_SUITE_P(Levels, BoxTest, ::testing::ValuesIn(kEveryLevel), level_name);

TEST(Box, RefusesASpecThatMakesNoSense) {
  BoxSpec spec;
  EXPECT_THROW(run(spec), std::invalid_argument);
  spec.argv = {"relative"};
  EXPECT_THROW(run(spec), std::invalid_argument);
  spec.argv = {"/usr/bin/true"};
  spec.read_only = {{"/usr", "relative"}};
  EXPECT_THROW(run(spec), std::invalid_argument);
}

TEST(Box, SaysThatTheStubIsMissing) {
  ::setenv("PSET3_STUB", "/no/such/stub", 1);
  BoxSpec spec;
  spec.argv = {"/usr/bin/true"};
  spec.level = Level::kLimits;
  const BoxExit exit = run(spec);
  ::unsetenv("PSET3_STUB");
  EXPECT_EQ(exit.ending, Ending::kBoxFailed);
  EXPECT_THAT(exit.why, HasSubstr("/no/such/stub"));
}

TEST(Box, ProbesALevelThatWorksAndSaysWhyNotBetter) {
  EXPECT_TRUE(works(probe()));
  EXPECT_EQ(why_not_better().size(), 3u - static_cast<std::size_t>(probe()));
}

}  // namespace
}  // namespace pset3::box
