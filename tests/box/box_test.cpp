#include "grader/box/box.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iterator>
#include <sstream>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/box/descriptor.hpp"
#include "tests/box/levels.hpp"

namespace pset3::box {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

Box::Clock::time_point in(int ms) { return Box::Clock::now() + milliseconds(ms); }

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

TEST_P(BoxTest, KeepsWhatIsPrintedApart) {
  const BoxExit exit = run(shell("echo to out; echo to err >&2"));
  EXPECT_EQ(exit.out, "to out\n");
  EXPECT_EQ(exit.err, "to err\n");
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

TEST_P(BoxTest, CapsWhatIsPrinted) {
  BoxSpec spec = shell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2");
  spec.limits.text_bytes = 1000;
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.out.size(), 1000u);
  EXPECT_EQ(exit.err.size(), 1000u);
}

TEST_P(BoxTest, HandsOverInputAndDropsResults) {
  const BoxExit exit =
      run(shell("head -c 2000000 /dev/zero >&3; wc -c"), std::string(300'000, 'x'));
  EXPECT_EQ(exit.out, "300000\n");
}

TEST_P(BoxTest, EndsWhenABigInputIsNotRead) {
  const BoxExit exit = run(shell("exit 3"), std::string(5'000'000, 'x'));
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.code, 3);
}

TEST_P(BoxTest, TimesOutWhenABigInputIsNeverRead) {
  BoxSpec spec = shell("sleep 100");
  spec.limits.wall = milliseconds(300);
  const BoxExit exit = run(spec, std::string(5'000'000, 'x'));
  EXPECT_EQ(exit.ending, Ending::kTimeout);
}

TEST_P(BoxTest, SendsAndReceivesMoreThanAPipeHolds) {
  Box box(shell("cat >&3"));
  std::string sent;
  for (int i = 0; i < 700'000; ++i) sent += static_cast<char>(i * 7 % 251);
  ASSERT_TRUE(box.send(sent, in(5000)));
  box.close_input();
  std::string received = "before";
  EXPECT_EQ(box.receive(sent.size(), received, in(5000)), Box::Received::kAll);
  EXPECT_TRUE(received == "before" + sent);
  EXPECT_EQ(box.receive(1, received, in(5000)), Box::Received::kEnd);
  EXPECT_EQ(box.finish().code, 0);
}

TEST_P(BoxTest, AnswersSeveralTimes) {
  Box box(shell("while read line; do echo \"got $line\" >&3; done"));
  for (const std::string& word : std::vector<std::string>{"one", "two", "six"}) {
    ASSERT_TRUE(box.send(word + "\n", in(3000)));
    std::string answer;
    ASSERT_EQ(box.receive(8, answer, in(3000)), Box::Received::kAll);
    EXPECT_EQ(answer, "got " + word + "\n");
  }
  EXPECT_EQ(box.finish().ending, Ending::kExited);
}

TEST_P(BoxTest, TellsThatTheProgramEndedWhileSending) {
  Box box(shell("exit 4"));
  EXPECT_FALSE(box.send(std::string(5'000'000, 'x'), in(5000)));
  EXPECT_EQ(box.finish().code, 4);
}

TEST_P(BoxTest, TellsTheDeadlineWhileSending) {
  Box box(shell("sleep 100"));
  const auto before = Box::Clock::now();
  EXPECT_FALSE(box.send(std::string(5'000'000, 'x'), in(200)));
  EXPECT_LT(Box::Clock::now() - before, milliseconds(1500));
}

TEST_P(BoxTest, KeepsReadingTextWhileReceiving) {
  Box box(shell("head -c 2000000 /dev/zero; head -c 2000000 /dev/zero >&2; echo done >&3"));
  std::string result;
  EXPECT_EQ(box.receive(5, result, in(5000)), Box::Received::kAll);
  EXPECT_EQ(result, "done\n");
}

TEST_P(BoxTest, KeepsTheDeadlineAgainstEndlessText) {
  Box box(shell("cat /dev/zero"));
  std::string result;
  const auto before = Box::Clock::now();
  EXPECT_EQ(box.receive(1, result, in(300)), Box::Received::kDeadline);
  EXPECT_LT(Box::Clock::now() - before, milliseconds(1500));
  EXPECT_EQ(box.kill().ending, Ending::kSignalled);
}

TEST_P(BoxTest, KeepsTheBytesThatCameBeforeTheEnd) {
  Box box(shell("printf abc >&3"));
  std::string result;
  EXPECT_EQ(box.receive(10, result, in(5000)), Box::Received::kEnd);
  EXPECT_EQ(result, "abc");
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

TEST_P(BoxTest, GivesNoEnvironmentButTheOneAskedFor) {
  ::setenv("PSET3_SECRET_OF_THE_TEST", "1", 1);
  BoxSpec spec = shell("");
  spec.argv = {"/usr/bin/env"};
  spec.environment = {{"NAME", "a value"}, {"EMPTY", ""}};
  EXPECT_EQ(run(spec).out, "NAME=a value\nEMPTY=\n");
  ::unsetenv("PSET3_SECRET_OF_THE_TEST");
}

TEST_P(BoxTest, RunsAsAnotherUserThanRoot) {
  const BoxExit exit = run(shell("id -u; id -g; grep CapEff /proc/self/status"));
  EXPECT_THAT(exit.out, ::testing::Not(::testing::StartsWith("0\n")));
  EXPECT_THAT(exit.out, ::testing::Not(HasSubstr("\n0\n")));
  EXPECT_THAT(exit.out, HasSubstr("CapEff:\t0000000000000000"));
}

TEST_P(BoxTest, LeavesNoDescriptorsBehind) {
  std::vector<Descriptor> careless;
  for (int i = 0; i < 100; ++i) careless.emplace_back(::open("/dev/null", O_RDONLY));
  // The shell opens nothing by itself; the one that ls looks with is 4.
  EXPECT_EQ(run(shell("exec ls -x /proc/self/fd")).out, "0  1  2  3  4\n");
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

TEST_P(BoxTest, StartsInTheWorkingFolder) {
  const TemporaryFolder folder(cache_folder(), 0755);
  write_file(folder.path() / "name", "content");
  BoxSpec spec = shell("cat name; cat /src/name");
  spec.argv = {"/usr/bin/cat", "name", "/src/name"};
  spec.read_only = {{folder.path(), "/src"}};
  spec.working_folder = "/src";
  EXPECT_EQ(run(spec).out, "contentcontent");
}

TEST_P(BoxTest, WritesWhereItMayAndNotWhereItMayOnlyRead) {
  const TemporaryFolder in_folder(cache_folder(), 0755);
  const TemporaryFolder out_folder(cache_folder(), 0700);
  BoxSpec spec = shell("");
  spec.argv = {"/usr/bin/touch", "/in/file", "/out/file"};
  spec.read_only = {{in_folder.path(), "/in"}};
  spec.writable = {{out_folder.path(), "/out"}};
  EXPECT_NE(run(spec).code, 0);
  EXPECT_TRUE(std::filesystem::exists(out_folder.path() / "file"));
  EXPECT_FALSE(std::filesystem::exists(in_folder.path() / "file"));
}

TEST_P(BoxTest, HasATmpWhenAsked) {
  BoxSpec spec = shell("");
  spec.argv = {"/usr/bin/touch", "/tmp/file"};
  spec.limits.tmp_bytes = 1 << 20;
  EXPECT_EQ(run(spec).code, 0);
}

TEST_P(BoxTest, LimitsTheSizeOfFiles) {
  BoxSpec spec = shell("head -c 200000 /dev/zero > $TMPDIR/file");
  spec.limits.tmp_bytes = 1 << 20;
  spec.limits.file_bytes = 100'000;
  spec.environment = {{"TMPDIR", "/tmp"}};
  EXPECT_NE(run(spec).code, 0);
}

TEST_P(BoxTest, KillsAtOnce) {
  Box box(shell("sleep 100"));
  const auto before = Box::Clock::now();
  EXPECT_EQ(box.kill().ending, Ending::kSignalled);
  EXPECT_LT(Box::Clock::now() - before, milliseconds(1500));
  EXPECT_EQ(box.finish().ending, Ending::kSignalled) << "the same answer again";
  EXPECT_FALSE(box.send("x", in(10)));
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

class NamespacedBox : public AtLevel {};

TEST_P(NamespacedBox, CanWriteNowhereByDefault) {
  const BoxExit exit = run(shell(
      "for d in / /dev /dev/shm /usr /tmp /proc /etc; do touch $d/x 2>/dev/null && echo $d; done"));
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.out, "");
}

TEST_P(NamespacedBox, StopsATmpAtItsSize) {
  BoxSpec spec = shell("head -c 3000000 /dev/zero > /tmp/big; stat -c %s /tmp/big");
  spec.limits.tmp_bytes = 1 << 20;
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.out, "1048576\n");
  EXPECT_THAT(exit.err, HasSubstr("No space left"));
}

TEST_P(NamespacedBox, SeesOnlyWhatItIsGiven) {
  std::istringstream names(run(shell("ls -a /")).out);
  const std::vector<std::string> seen(std::istream_iterator<std::string>(names), {});
  EXPECT_THAT(seen, ::testing::IsSupersetOf({"usr", "proc", "dev", "etc", "tmp"}));
  EXPECT_THAT(seen, ::testing::IsSubsetOf({".", "..", ".pset3-stub", "bin", "dev", "etc", "lib",
                                           "lib32", "lib64", "proc", "sbin", "tmp", "usr"}));
  names = std::istringstream(run(shell("ls /etc")).out);
  const std::vector<std::string> in_etc(std::istream_iterator<std::string>(names), {});
  EXPECT_THAT(in_etc, ::testing::IsSubsetOf({"alternatives", "fonts", "ld.so.cache"}));
}

TEST_P(NamespacedBox, LooksTheSameOnEveryMachine) {
  EXPECT_EQ(run(shell("uname -n; id -u; id -g; echo $$")).out, "box\n65534\n65534\n2\n");
}

INSTANTIATE_TEST_SUITE_P(Levels, NamespacedBox, ::testing::ValuesIn(kNamespaced), level_name);

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
