#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

#include "tests/intake/archives.hpp"

namespace pset3::intake::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Type = Item::Type;

const Item kCarve{"p1_carving/carve.cpp", "carve"};

/// What `refusal` says in a process of somebody whom file permissions bind.
std::string refusal_for_nobody(const fs::path& path) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    const bool is_root = ::geteuid() == 0;
    if (is_root && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(1);
    const std::string reason = refusal(path);
    ::_exit(::write(ends[1], reason.data(), reason.size()) < 0 ? 1 : 0);
  }
  ::close(ends[1]);
  std::string reason(1000, '\0');
  const ssize_t count = ::read(ends[0], reason.data(), reason.size());
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  reason.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return reason;
}

TEST(Folder, IsRefusedForLinksInPlaceOfAPartFile) {
  const Desk desk;
  EXPECT_THAT(refusal(desk.folder("a", {{"p1_carving/carve.cpp", "/etc/passwd", Type::kSymlink}})),
              HasSubstr("p1_carving/carve.cpp is a link; hand in the file itself"));
  EXPECT_THAT(refusal(desk.folder("b", {{"p1_carving", "../a", Type::kSymlink}})),
              HasSubstr("p1_carving is a link"));
}

TEST(Folder, IsTakenWithLinksElsewhereWhichAreNotFollowed) {
  const Desk desk;
  desk.folder("outside", {{"bounds.cpp", "secret"}});
  const fs::path folder = desk.folder(
      "hw3", {kCarve, {"out", "../outside", Type::kSymlink}, {"self", ".", Type::kSymlink}});
  const Submission submission = take(folder, two_parts());
  EXPECT_EQ(submission.parts.at("p1_carving").size(), 1u);
}

TEST(Folder, DoesNotHangOnPipesSocketsAndDevices) {
  const Desk desk;
  const fs::path folder = desk.folder("hw3", {kCarve});
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(refusal(folder), "taken");
  ASSERT_EQ(::mkfifo((folder / "p1_carving/bounds.cpp").c_str(), 0600), 0);
  EXPECT_THAT(refusal(folder), HasSubstr("p1_carving/bounds.cpp is a device or a pipe"));
  EXPECT_THAT(refusal(folder / "pipe"), HasSubstr("pipe is neither a folder nor a file"));
  EXPECT_THAT(refusal("/dev/zero"), HasSubstr("zero is neither a folder nor a file"));
}

TEST(Folder, IsRefusedForASocketInPlaceOfAPartFile) {
  const Desk desk;
  const fs::path path = desk.folder("hw3", {kCarve}) / "p1_carving/main.cpp";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ASSERT_LT(path.string().size(), sizeof address.sun_path);
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_THAT(refusal(desk.path() / "hw3"), HasSubstr("main.cpp is a device or a pipe"));
  ::close(socket);
}

TEST(Folder, ThatIsUnreadableIsRefusedWithTheReason) {
  const Desk desk;
  const fs::path whole = desk.folder("whole", {kCarve});
  const fs::path part = desk.folder("part", {kCarve});
  const fs::path file = desk.folder("file", {kCarve});
  const fs::path fine = desk.folder("fine", {kCarve, {"diary.md", ""}, {".git/x", ""}});
  fs::permissions(desk.path(), fs::perms::all);
  for (const fs::path& locked : {whole, part / "p1_carving", file / "p1_carving/carve.cpp",
                                 fine / "diary.md", fine / ".git"}) {
    fs::permissions(locked, fs::perms::none);
  }
  EXPECT_EQ(refusal_for_nobody(whole), "whole cannot be read: Permission denied");
  EXPECT_EQ(refusal_for_nobody(part), "p1_carving cannot be read: Permission denied");
  EXPECT_EQ(refusal_for_nobody(file), "p1_carving/carve.cpp cannot be read: Permission denied");
  EXPECT_EQ(refusal_for_nobody(fine), "taken");
  for (const fs::path& locked : {whole, part / "p1_carving", fine / ".git"}) {
    fs::permissions(locked, fs::perms::owner_all);
  }
}

TEST(Folder, ThatIsNotThereIsRefusedWithItsNameAlone) {
  const Desk desk;
  EXPECT_EQ(refusal(desk.path() / "alice" / ""), "alice does not exist");
  desk.folder("loop", {{"a", "b", Type::kSymlink}, {"b", "a", Type::kSymlink}});
  EXPECT_EQ(refusal(desk.path() / "loop/a"), "a cannot be read: Too many levels of symbolic links");
}

TEST(Folder, IsRefusedForThousandsOfFilesAndDeepNesting) {
  const Desk desk;
  const fs::path many = desk.folder("many", {kCarve});
  for (int i = 0; i < 2000; ++i) desk.file("many/" + std::to_string(i), "");
  EXPECT_THAT(refusal(many), HasSubstr("more than 2000 files"));
  std::string deep = "deep";
  for (int i = 0; i < 40; ++i) deep += "/d";
  desk.folder(deep, {});
  EXPECT_THAT(refusal(desk.path() / "deep"), HasSubstr("more than 16 deep"));
}

TEST(Folder, WithAHugeBuildTreeIsTaken) {
  const Desk desk;
  const fs::path folder = desk.folder("hw3", {kCarve});
  for (int i = 0; i < 3000; ++i) desk.file("hw3/build/" + std::to_string(i) + ".o", "");
  EXPECT_EQ(refusal(folder), "taken");
}

/// Runs `disturb` again and again beside `take`. @returns all that `take` ended in
template <typename Disturb>
std::vector<std::string> outcomes_beside(const fs::path& folder, const Disturb& disturb) {
  std::atomic<bool> done = false;
  std::atomic<int> disturbed = 0;
  std::thread other([&] {
    for (; !done; ++disturbed) disturb();
  });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  std::vector<std::string> outcomes;
  // On a busy machine the other thread may take its time to start.
  for (int i = 0; (i < 500 || disturbed < 2000) && std::chrono::steady_clock::now() < deadline;
       ++i) {
    try {
      const Submission submission = take(folder, two_parts());
      outcomes.push_back(submission.parts.at("p1_carving").at("carve.cpp"));
    } catch (const Refused& refused) {
      outcomes.emplace_back(refused.what());
    }
  }
  done = true;
  other.join();
  return outcomes;
}

TEST(Folder, WhoseFilesVanishMeanwhileIsTakenOrRefusedClearly) {
  const Desk desk;
  const fs::path folder = desk.folder("hw3", {kCarve});
  const fs::path part = folder / "p1_carving";
  const auto outcomes = outcomes_beside(folder, [&] {
    std::error_code ignored;
    fs::rename(part, desk.path() / "away", ignored);
    fs::rename(desk.path() / "away", part, ignored);
  });
  for (const std::string& outcome : outcomes) {
    EXPECT_THAT(outcome, AnyOf("carve", HasSubstr("vanished while it was read; run it again"),
                               HasSubstr("no file of the assignment in it")));
  }
}

TEST(Folder, NeverLeadsOutWhenAFolderIsSwappedForALink) {
  const Desk desk;
  const fs::path folder = desk.folder("hw3", {kCarve});
  desk.folder("outside", {{"carve.cpp", "secret"}});
  fs::create_symlink("../outside", desk.path() / "trap");
  const auto outcomes = outcomes_beside(folder, [&] {
    // RENAME_EXCHANGE, so that there is always one or the other and never nothing.
    ::renameat2(AT_FDCWD, (folder / "p1_carving").c_str(), AT_FDCWD, (desk.path() / "trap").c_str(),
                RENAME_EXCHANGE);
  });
  for (const std::string& outcome : outcomes) EXPECT_THAT(outcome, Not(HasSubstr("secret")));
  EXPECT_THAT(outcomes, ::testing::Contains("carve"));
  EXPECT_THAT(outcomes, ::testing::Contains(AnyOf(HasSubstr("is a link"), HasSubstr("changed"))));
}

}  // namespace
}  // namespace pset3::intake::testing
