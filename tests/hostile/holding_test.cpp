// What a submission may try for long: to take too much, to hang, to leave something, to gain
// rights.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>

#include "grader/base/files.hpp"
#include "grader/box/box.hpp"
#include "tests/hostile/hostile_box.hpp"

namespace pset3::box {
namespace {

using std::chrono::milliseconds;

class Holding : public AtLevel {
 protected:
  BoxSpec spec(const std::string& program, const std::vector<std::string>& arguments = {}) const {
    return hostile(GetParam(), program, arguments);
  }
  void expect_nothing_reached(const BoxSpec& spec) const {
    const BoxExit exit = run(spec);
    EXPECT_EQ(exit.ending, Ending::kExited) << exit.why << exit.code;
    EXPECT_EQ(exit.out, "");
  }
};

TEST_P(Holding, NoMoreThanTheLimitsCanBeTaken) { expect_nothing_reached(spec("take_too_much")); }

TEST_P(Holding, RightsCannotBeGained) { expect_nothing_reached(spec("gain_rights")); }

TEST_P(Holding, ProgramsCannotBeOverwritten) { expect_nothing_reached(spec("overwrite_programs")); }

TEST_P(Holding, WhatWasPrintedCannotBeTakenBack) { expect_nothing_reached(spec("rewrite_output")); }

TEST_P(Holding, NothingIsLeftForTheNextBox) {
  BoxSpec leaving = spec("leave_behind", {"/tmp"});
  leaving.limits.tmp_bytes = 1 << 20;
  expect_nothing_reached(leaving);
  expect_nothing_reached(leaving);
}

TEST_P(Holding, ProcessorTimeOfAllThreadsCounts) {
  BoxSpec spin = spec("spin_threads");
  spin.limits.cpu = milliseconds(1000);
  spin.limits.wall = milliseconds(60'000);
  const BoxExit exit = run(spin);
  EXPECT_EQ(exit.ending, Ending::kTimeout);
  EXPECT_EQ(exit.code, SIGXCPU);
  EXPECT_EQ(exit.out, "");
}

TEST_P(Holding, ProcessesThatHangEndWithTheBox) {
  for (const char* way : {"vfork", "stop", "trace"}) {
    BoxSpec hang = spec("hang", {way});
    hang.limits.wall = milliseconds(400);
    const BoxExit exit = run(hang);
    EXPECT_EQ(exit.ending, Ending::kTimeout) << way << ' ' << exit.why;
    EXPECT_LT(exit.wall_ms, 1500.0) << way;
  }
}

TEST_P(Holding, EmptyFilesAreCountedOrGoneWithTheBox) {
  BoxSpec many = spec("inodes", {"/tmp", "150000"});
  many.limits.tmp_bytes = 1 << 20;
  many.limits.memory_bytes = 64ull << 20;
  if (GetParam() == Level::kCgroup) {
    EXPECT_EQ(run(many).out, "") << "the cgroup counts what the kernel keeps of a file";
    return;
  }
  // Without a cgroup only time ends it: a known gap, see grader/box/README.md.
  many.limits.wall = milliseconds(300);
  run(many);
  expect_nothing_reached(spec("leave_behind", {"/tmp"}));
}

TEST_P(Holding, PlantedLinksLeadNowhere) {
  const TemporaryFolder elsewhere(cache_folder(), 0755);
  write_file(elsewhere.path() / "kept", "safe");
  struct stat before {};
  ASSERT_EQ(::lstat((elsewhere.path() / "kept").c_str(), &before), 0);
  {
    const TemporaryFolder outputs(cache_folder(), 0700);
    BoxSpec plant = spec("plant_links", {"/outputs", elsewhere.path().string()});
    plant.writable = {{outputs.path(), "/outputs"}};
    EXPECT_EQ(run(plant).out, "planted 6\n");
    // A box that writes there again gives the folder away, and nothing behind its links.
    run(plant);
    plant.writable = {{outputs.path() / "results.json", "/outputs"}};
    EXPECT_EQ(run(plant).ending, Ending::kBoxFailed) << "a link is not a folder to write to";
  }
  struct stat after {};
  ASSERT_EQ(::lstat((elsewhere.path() / "kept").c_str(), &after), 0);
  EXPECT_EQ(after.st_uid, before.st_uid);
  EXPECT_EQ(read_file(elsewhere.path() / "kept"), "safe");
}

TEST_P(Holding, ANeighbourThatSpinsChangesNoEnding) {
  BoxSpec busy = spec("endless_loop");
  busy.limits.wall = milliseconds(20'000);
  Box first(busy);
  Box second(busy);
  const BoxExit exit = run(shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; exit 3"));
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.code, 3);
  first.kill();
  second.kill();
}

/// What a program could tell public from hidden runs by.
TEST_P(Holding, OneBoxLooksLikeTheNext) {
  if (GetParam() < Level::kNamespaces) GTEST_SKIP() << "skipped: below L2 /proc is the machine's";
  const BoxSpec look = shell(
      "env; hostname; pwd; ls -a / /tmp /dev /proc/self/fd; cat /proc/self/cgroup; "
      "ulimit -a; id; date +%Z; ls /proc | grep '^[0-9]'");
  const BoxExit first = run(look);
  EXPECT_GT(first.out.size(), 500u);
  EXPECT_EQ(run(look).out, first.out);
}

INSTANTIATE_TEST_SUITE_P(Levels, Holding,
                         ::testing::Values(Level::kLandlock, Level::kNamespaces, Level::kCgroup),
                         level_name);

}  // namespace
}  // namespace pset3::box
