// Takes the defences off one at a time and shows that what the hostile tests look at would change:
// a defence that no test notices is one that nobody knows to work.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>

#include "grader/base/files.hpp"
#include "grader/box/box.hpp"
#include "grader/box/defences.hpp"
#include "tests/hostile/hostile_box.hpp"
#include "tests/hostile/listeners.hpp"

namespace pset3::box {
namespace {

using for_tests::Without;
using ::testing::HasSubstr;

class Mutation : public AtLevel {
 protected:
  BoxSpec spec(const std::string& program, const std::vector<std::string>& arguments = {}) const {
    return hostile(GetParam(), program, arguments);
  }
};

TEST_P(Mutation, WithoutTheFilterForbiddenCallsGoThrough) {
  const Without filter(Defence::kSeccomp);
  const std::string out = run(spec("forbidden_calls")).out;
  for (const char* call : {"socket: 4", "keyctl", "io_uring_setup", "clone3", "TIOCSTI"}) {
    EXPECT_THAT(out, HasSubstr(call));
  }
}

TEST_P(Mutation, WithoutClosingDescriptorsOthersAreOpen) {
  // High, where no descriptor of a box's own lands on it.
  const Descriptor careless(::fcntl(STDERR_FILENO, F_DUPFD, 40));
  const Without closing(Defence::kDescriptors);
  EXPECT_THAT(run(spec("forge_output")).out, HasSubstr("is open"));
}

TEST_P(Mutation, WithoutANetworkNamespaceAbstractSocketsAreReached) {
  const Listeners listeners;
  const Without network(Defence::kNetworkNamespace);
  EXPECT_EQ(run(spec("connect", {listeners.port(), listeners.name()})).out, "abstract\n");
}

TEST_P(Mutation, WithoutAPidNamespaceOtherProcessesAreSeen) {
  const std::string ours = "/proc/" + std::to_string(::getpid());
  const BoxSpec look = shell("test -e " + ours + " && echo seen");
  EXPECT_EQ(run(look).out, "");
  const Without processes(Defence::kPidNamespace);
  EXPECT_EQ(run(look).out, "seen\n");
}

TEST_P(Mutation, WithoutTheRemountFilesAreWritten) {
  const BoxSpec write = shell("touch /file /dev/shm/file && echo written");
  EXPECT_EQ(run(write).out, "");
  const Without remount(Defence::kRemount);
  EXPECT_EQ(run(write).out, "written\n");
}

TEST_P(Mutation, WithoutHidingTheStubItsMemoryIsOpen) {
  const Without hiding(Defence::kHiddenStub);
  EXPECT_THAT(run(spec("read_secrets", {"NONE"})).out, HasSubstr("reached /proc/1/mem"));
}

TEST_P(Mutation, WithoutAServiceUserFilesOfRootAreRead) {
  if (::geteuid() != 0) GTEST_SKIP() << "skipped: only root runs boxes as another user";
  const TemporaryFolder folder(cache_folder(), 0755);
  write_file(folder.path() / "secret", "of root\n");
  std::filesystem::permissions(folder.path() / "secret", std::filesystem::perms::owner_read);
  BoxSpec read = shell("cat /data/secret");
  read.read_only = {{folder.path(), "/data"}};
  EXPECT_EQ(run(read).out, "");
  const Without user(Defence::kServiceUser);
  EXPECT_EQ(run(read).out, "of root\n");
}

TEST_P(Mutation, WithoutALimitMemoryBombsSurvive) {
  if (GetParam() != Level::kCgroup) GTEST_SKIP() << "skipped: this limit is the cgroup's";
  const Without limit(Defence::kMemoryLimit);
  EXPECT_EQ(run(spec("memory_bomb", {"shared", "400"})).out, "survived\n");
}

INSTANTIATE_TEST_SUITE_P(Levels, Mutation, ::testing::ValuesIn(kNamespaced), level_name);

}  // namespace
}  // namespace pset3::box
