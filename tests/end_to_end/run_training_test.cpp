#include <sys/mount.h>

#include <csignal>

#include "grader/worlds/garments.hpp"
#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::HasSubstr;

/// p2's exercise, which trains for long and is interrupted.
class RunTraining : public Desk {
 protected:
  RunTraining() {
    worlds::GarmentFileOptions few;
    few.train_images = 40;
    few.test_images = 20;
    worlds::write_garments(path("garments"), few);
  }
  std::vector<std::string> command(const std::string& epochs) const {
    return {"run",      "p2",       "--dir",         (fs::path(PSET3_SOURCE_DIR) / "solution"),
            "--data",   "garments", "--out",         "results",
            "--seed",   "3",        "--experiments", "scratch",
            "--epochs", epochs};
  }
  /// Whether a box's folder holds a checkpoint.
  static bool has_begun() {
    std::error_code error;
    for (const auto& room : fs::directory_iterator(shared_cache() / "rooms", error)) {
      if (fs::exists(room.path() / "out/scratch.safetensors", error)) return true;
    }
    return false;
  }
  void interrupt_a_training() const {
    const auto process = start(command("100000"));
    ASSERT_TRUE(wait_until(has_begun, std::chrono::minutes(4))) << process->err();
    process->signal(SIGINT);
    EXPECT_EQ(process->wait(), -SIGINT);
  }
  void expect_to_go_on() const {
    const auto process = start(command("100000"));
    ASSERT_TRUE(wait_until([&] {
      return process->err().find("scratch: goes on after epoch") != std::string::npos;
    })) << process->err();
    process->signal(SIGINT);
    EXPECT_EQ(process->wait(), -SIGINT);
  }
};

TEST_F(RunTraining, GoesOnWhereItWasInterrupted) {
  interrupt_a_training();
  EXPECT_TRUE(fs::exists(path("results/scratch.safetensors")));
  EXPECT_FALSE(has_begun()) << "the box's own folder is gone";
  expect_to_go_on();
}

TEST_F(RunTraining, GoesOnWhereItWasKilled) {
  const auto killed = start(command("100000"));
  ASSERT_TRUE(wait_until([&] { return fs::exists(path("results/scratch.safetensors")); },
                         std::chrono::minutes(4)))
      << killed->err();
  killed->signal(SIGKILL);
  EXPECT_EQ(killed->wait(), -SIGKILL);
  expect_to_go_on();
}

TEST_F(RunTraining, SaysThatTheDiskIsFull) {
  fs::create_directory(path("disk"));
  if (::mount("pset3", path("disk").c_str(), "tmpfs", 0, "mode=755,size=64k") != 0) {
    GTEST_SKIP() << "skipped: mounting a small disk needs root";
  }
  std::vector<std::string> words = command("1");
  words[7] = "disk/results";
  const Result result = pset3(words);
  ::umount2(path("disk").c_str(), MNT_DETACH);
  EXPECT_EQ(result.status, 2) << result.out;
  EXPECT_THAT(result.err, HasSubstr("disk/results: expected a folder that results can be written"));
  EXPECT_THAT(result.err, HasSubstr("No space left on device"));
}

TEST_F(RunTraining, SaysBeforeItTrainsThatResultsCannotBeWritten) {
  write_file(path("results"), "a file where the folder should be");
  const Result result = pset3(command("100000"));
  EXPECT_EQ(result.status, 2) << result.err;
  EXPECT_THAT(result.err, HasSubstr("results: expected a folder that results can be written to"));
  EXPECT_THAT(result.err, HasSubstr("results is no folder"));
}

TEST_F(RunTraining, LeavesTablesAndPictures) {
  const Result result = pset3(command("1"));
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("40 images to train on, 20 to test on, from garments"));
  for (const char* file : {"a_classes.png", "a_rotations.png", "e_curves.png", "accuracies.csv",
                           "curves.csv", "summary.txt", "scratch.safetensors"}) {
    EXPECT_TRUE(fs::exists(path("results") / file)) << file;
  }
}

}  // namespace
}  // namespace pset3::end_to_end
