#include <fstream>

#include "grader/worlds/block_data.hpp"
#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::HasSubstr;

/// p4's exercise on a few small pairs.
class RunStereo : public Desk {
 protected:
  RunStereo() {
    worlds::BlockDataOptions few;
    few.views = 5;
    few.stereo = true;
    few.world.width = 64;
    few.world.height = 32;
    worlds::write_block_data(path("blocks"), few);
  }
  Result run(const std::string& data, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {
        "run",    "p4", "--dir", (fs::path(PSET3_SOURCE_DIR) / "solution"),
        "--data", data, "--out", "results"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return pset3(arguments);
  }
};

TEST_F(RunStereo, LeavesFiguresOfAPair) {
  const Result result = run("blocks", {"--pair", "4"});
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("5 pairs of 32 x 64 (height x width), from blocks"));
  for (const char* file :
       {"a_flip.png", "b_shifts.png", "c_left.png", "c_right.png", "views.csv", "summary.txt"}) {
    EXPECT_TRUE(fs::exists(path("results") / file)) << file;
  }
}

TEST_F(RunStereo, TrainsAndGoesOn) {
  const std::vector<std::string> training = {"--train", "--width", "4", "--epochs", "1"};
  const Result result = run("blocks", training);
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("4 pairs to train on, 1 to test on"));
  EXPECT_TRUE(fs::exists(path("results/d_disparities.png")));
  const Result again = run("blocks", {"--train", "--width", "4", "--epochs", "2"});
  EXPECT_THAT(again.err, HasSubstr("network: goes on after epoch 1 of 2"));
}

TEST_F(RunStereo, MissingViewsAreNamed) {
  fs::create_directory(path("half"));
  std::ofstream(path("half/left.png")) << "a picture";
  const Result result = run("half");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("half/right.png"));
  EXPECT_FALSE(fs::exists(path("results")));
}

}  // namespace
}  // namespace pset3::end_to_end
