#include <fcntl.h>
#include <gmock/gmock.h>

#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "grader/base/descriptor.hpp"
#include "grader/base/files.hpp"
#include "grader/box/box.hpp"
#include "tests/box/levels.hpp"

// What a program finds inside: who it is, and which folders, descriptors and variables it has.
namespace pset3::box {
namespace {

using ::testing::HasSubstr;

class BoxInside : public AtLevel {};

TEST_P(BoxInside, GivesNoEnvironmentButTheOneAskedFor) {
  ::setenv("PSET3_SECRET_OF_THE_TEST", "1", 1);
  BoxSpec spec = shell("");
  spec.argv = {"/usr/bin/env"};
  spec.environment = {{"NAME", "a value"}, {"EMPTY", ""}};
  EXPECT_EQ(run(spec).out, "NAME=a value\nEMPTY=\n");
  ::unsetenv("PSET3_SECRET_OF_THE_TEST");
}

TEST_P(BoxInside, RunsAsAnotherUserThanRoot) {
  const BoxExit exit = run(shell("id -u; id -g; grep CapEff /proc/self/status"));
  EXPECT_THAT(exit.out, ::testing::Not(::testing::StartsWith("0\n")));
  EXPECT_THAT(exit.out, ::testing::Not(HasSubstr("\n0\n")));
  EXPECT_THAT(exit.out, HasSubstr("CapEff:\t0000000000000000"));
}

TEST_P(BoxInside, LeavesNoDescriptorsBehind) {
  std::vector<Descriptor> careless;
  careless.reserve(100);
  for (int i = 0; i < 100; ++i) careless.emplace_back(::open("/dev/null", O_RDONLY));
  // The shell opens nothing by itself; the one that ls looks with is 4.
  EXPECT_EQ(run(shell("exec ls -x /proc/self/fd")).out, "0  1  2  3  4\n");
}

TEST_P(BoxInside, StartsInTheWorkingFolder) {
  const TemporaryFolder folder(cache_folder(), 0755);
  write_file(folder.path() / "name", "content");
  BoxSpec spec = shell("cat name; cat /src/name");
  spec.argv = {"/usr/bin/cat", "name", "/src/name"};
  spec.read_only = {{folder.path(), "/src"}};
  spec.working_folder = "/src";
  EXPECT_EQ(run(spec).out, "contentcontent");
}

TEST_P(BoxInside, WritesWhereItMayAndNotWhereItMayOnlyRead) {
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

TEST_P(BoxInside, HasATmpWhenAsked) {
  BoxSpec spec = shell("");
  spec.argv = {"/usr/bin/touch", "/tmp/file"};
  spec.limits.tmp_bytes = 1 << 20;
  EXPECT_EQ(run(spec).code, 0);
}

INSTANTIATE_TEST_SUITE_P(Levels, BoxInside, ::testing::ValuesIn(kEveryLevel), level_name);

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

}  // namespace
}  // namespace pset3::box
