#include "grader/base/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "grader/base/error.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

template <typename Error, typename Function>
std::string error_of(const Function& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(WriteFile, KeepsEveryByte) {
  const TemporaryFolder folder;
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) bytes += static_cast<char>(i * 7);
  write_file(folder.path() / "a", bytes);
  EXPECT_EQ(read_file(folder.path() / "a"), bytes);
  write_file(folder.path() / "a", "");
  EXPECT_EQ(read_file(folder.path() / "a"), "");
  EXPECT_EQ(entries_in(folder.path()), 1u);
}

TEST(WriteFile, MakesAFileThatOthersMayRead) {
  const TemporaryFolder folder;
  write_file(folder.path() / "a", "x");
  EXPECT_EQ(fs::status(folder.path() / "a").permissions(), static_cast<fs::perms>(0644));
}

TEST(WriteFile, ShowsReadersTheOldFileOrTheNewOneOnly) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "a";
  const std::string even(200'000, 'e');
  const std::string odd(100'000, 'o');
  write_file(path, even);
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 200; ++i) write_file(path, i % 2 == 0 ? odd : even);
    done = true;
  });
  std::size_t torn = 0;
  while (!done) {
    const std::string bytes = read_file(path);
    torn += bytes != even && bytes != odd ? 1 : 0;
  }
  writer.join();
  EXPECT_EQ(torn, 0u);
}

TEST(WriteFile, KeepsTheOldFileAndLeavesNothingBehindWhenItFails) {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "a" / "occupied");
  EXPECT_THROW(write_file(folder.path() / "a", "x"), GraderError);
  EXPECT_EQ(entries_in(folder.path()), 1u);
  EXPECT_THAT(error_of<GraderError>([&] { write_file(folder.path() / "no/such/x", "x"); }),
              HasSubstr("no/such/x: No such file or directory"));
  EXPECT_EQ(entries_in(folder.path()), 1u);
}

TEST(WriteFile, LeavesNothingBehindWhenTheFileMayNotBeThatLarge) {
  const TemporaryFolder folder;
  write_file(folder.path() / "a", "old");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{4096, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string message =
      error_of<GraderError>([&] { write_file(folder.path() / "a", std::string(10'000, 'x')); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(message, HasSubstr("a: File too large"));
  EXPECT_EQ(read_file(folder.path() / "a"), "old");
  EXPECT_EQ(entries_in(folder.path()), 1u);
}

TEST(WriteFile, SaysWhatToDoWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
    GTEST_SKIP() << "skipped: mounting a small tmpfs needs root";
  }
  write_file(folder.path() / "a", "old");
  const std::string message =
      error_of<GraderError>([&] { write_file(folder.path() / "a", std::string(200'000, 'x')); });
  const std::string kept = read_file(folder.path() / "a");
  const std::size_t entries = entries_in(folder.path());
  ::umount(folder.path().c_str());
  EXPECT_THAT(message, HasSubstr("a: No space left on device; free some space and run the same"));
  EXPECT_THAT(message, ::testing::Not(HasSubstr("a.")));
  EXPECT_EQ(kept, "old");
  EXPECT_EQ(entries, 1u);
}

TEST(ReadFile, NamesThePathAndTheReason) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_of<InputError>([&] { read_file(folder.path() / "absent"); }),
              HasSubstr("absent: no such file"));
  EXPECT_THAT(error_of<InputError>([&] { read_file(folder.path()); }),
              HasSubstr("not a regular file"));
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(error_of<InputError>([&] { read_file(folder.path() / "pipe"); }),
              HasSubstr("pipe: not a regular file"));
}

TEST(ReadFile, FailsWhenReadingFailsMidway) {
  // The kernel lets this file be opened, and refuses to read it from address 0.
  EXPECT_EQ(error_of<InputError>([] { read_file("/proc/self/mem"); }),
            "/proc/self/mem: Input/output error");
}

TEST(TemporaryFolder, GoesAwayWithAllThatIsInIt) {
  fs::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    fs::create_directories(path / "a/b");
    write_file(path / "a/b/c", "x");
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryFolder, StaysWhenReleasedAndTakesAMode) {
  const TemporaryFolder outer;
  fs::path path;
  {
    TemporaryFolder inner(outer.path(), 0711);
    path = inner.path();
    inner.release();
  }
  EXPECT_EQ(fs::status(path).permissions(), static_cast<fs::perms>(0711));
  EXPECT_THROW(TemporaryFolder(outer.path() / "absent"), GraderError);
}

TEST(TemporaryFolder, DoesNotFollowLinksWhenItGoesAway) {
  const TemporaryFolder kept;
  write_file(kept.path() / "precious", "x");
  {
    const TemporaryFolder folder;
    fs::create_directory_symlink(kept.path(), folder.path() / "link");
  }
  EXPECT_TRUE(fs::exists(kept.path() / "precious"));
}

}  // namespace
}  // namespace pset3
