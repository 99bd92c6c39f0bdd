#include "grader/pipeline/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string kKey = "0123456789abcdef";

class StoreTest : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  Store store_{folder_.path() / "store"};

  bool nothing_incoming() const { return fs::is_empty(store_.root() / "incoming"); }
};

TEST_F(StoreTest, MakesAResultOnce) {
  int made = 0;
  const auto make = [&](const fs::path& folder) {
    ++made;
    write_file(folder / "file", "bytes");
  };
  EXPECT_FALSE(store_.find("stage", kKey).has_value());
  const fs::path first = store_.get("stage", kKey, make);
  const fs::path second = store_.get("stage", kKey, make);
  EXPECT_EQ(first, second);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(read_file(second / "file"), "bytes");
  EXPECT_EQ(store_.find("stage", kKey), first);
  EXPECT_FALSE(store_.find("another", kKey).has_value());
  EXPECT_TRUE(nothing_incoming());
}

TEST_F(StoreTest, IsClosedToOthersWhoLookAround) {
  const fs::path entry = store_.get("stage", kKey, [](const fs::path&) {});
  for (fs::path folder = entry.parent_path(); folder != store_.root();
       folder = folder.parent_path()) {
    EXPECT_EQ(fs::status(folder).permissions() & fs::perms(077), fs::perms(011)) << folder;
  }
}

TEST_F(StoreTest, GivesTwoMakersOneResult) {
  std::atomic<int> inside = 0;
  const auto make = [&](const fs::path& folder) {
    ++inside;
    while (inside < 2) std::this_thread::yield();  // both are here at once
    write_file(folder / "file", "bytes");
  };
  fs::path first;
  std::thread other([&] { first = store_.get("stage", kKey, make); });
  const fs::path second = store_.get("stage", kKey, make);
  other.join();
  EXPECT_EQ(first, second);
  EXPECT_EQ(read_file(first / "file"), "bytes");
  EXPECT_TRUE(nothing_incoming());
}

TEST_F(StoreTest, KeepsNothingOfAMakerThatThrows) {
  const auto make = [](const fs::path& folder) {
    write_file(folder / "half", "bytes");
    throw std::runtime_error("no");
  };
  EXPECT_THROW(store_.get("stage", kKey, make), std::runtime_error);
  EXPECT_FALSE(store_.find("stage", kKey).has_value());
  EXPECT_TRUE(nothing_incoming());
}

TEST_F(StoreTest, KeepsAKilledMakersHalfOutOfTheResults) {
  const pid_t child = ::fork();
  if (child == 0) {
    store_.get("stage", kKey, [](const fs::path& folder) {
      write_file(folder / "half", "bytes");
      ::kill(::getpid(), SIGKILL);
    });
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(store_.find("stage", kKey).has_value());
  EXPECT_FALSE(nothing_incoming());
  const fs::path made =
      store_.get("stage", kKey, [](const fs::path& folder) { write_file(folder / "file", "all"); });
  EXPECT_FALSE(fs::exists(made / "half"));
}

TEST_F(StoreTest, NamesTheFolderThatCannotBeMade) {
  write_file(folder_.path() / "file", "in the way");
  try {
    Store store(folder_.path() / "file/store");
    FAIL() << "a store below a file";
  } catch (const GraderError& error) {
    EXPECT_THAT(error.what(), HasSubstr("file/store"));
  }
}

/// A machine that lost power, or a number that is none: nlohmann_json writes NaN as null.
TEST_F(StoreTest, MakesADamagedResultAgain) {
  const auto read = [](const fs::path& folder) {
    return stored_value<double>(read_stored(folder / "result.json"), "a");
  };
  for (const char* damaged : {"{\"a\":", "{\"a\":null}", "{}", ""}) {
    store_.get("stage", kKey,
               [&](const fs::path& folder) { write_file(folder / "result.json", damaged); });
    int made = 0;
    const auto make = [&](const fs::path& folder) {
      ++made;
      write_file(folder / "result.json", "{\"a\":1}");
    };
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(store_.get_and_read("stage", kKey, make, read), 1.0) << damaged;
    EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("made again"));
    EXPECT_EQ(store_.get_and_read("stage", kKey, make, read), 1.0);
    EXPECT_EQ(made, 1);
    fs::remove_all(*store_.find("stage", kKey));
  }
}

/// A disk of one megabyte.
class SmallDisk {
 public:
  explicit SmallDisk(fs::path path) : path_(std::move(path)) {
    fs::create_directory(path_);
    mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }

 private:
  fs::path path_;
  bool mounted_ = false;
};

TEST_F(StoreTest, KeepsNoHalfOnAFullDisk) {
  const fs::path disk = folder_.path() / "disk";
  const SmallDisk small(disk);
  if (!small.mounted()) GTEST_SKIP() << "skipped: may not mount";
  write_file(folder_.path() / "large", std::string(2 << 20, 'x'));
  const Store store(disk / "store");
  const auto message_of = [&](const std::function<void(const fs::path&)>& make) -> std::string {
    try {
      store.get("stage", kKey, make);
    } catch (const GraderError& error) {
      return error.what();
    }
    return "two megabytes on a disk of one";
  };
  EXPECT_THAT(message_of([](const fs::path& folder) {
                write_file(folder / "file", std::string(2 << 20, 'x'));
              }),
              HasSubstr("No space left"));
  EXPECT_THAT(message_of([&](const fs::path& folder) {
                fs::copy_file(folder_.path() / "large", folder / "file");
              }),
              HasSubstr("cannot write to"));
  EXPECT_FALSE(store.find("stage", kKey).has_value());
  EXPECT_TRUE(fs::is_empty(store.root() / "incoming"));
  EXPECT_NO_THROW(store.get("stage", kKey, [](const fs::path& folder) {
    write_file(folder / "file", "small");
  })) << "room again";
}

}  // namespace
}  // namespace pset3::pipeline
