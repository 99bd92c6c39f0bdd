#include "grader/worlds/block_data.hpp"
#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::HasSubstr;

/// p3's exercise, whose data may also be a single archive.
class RunDepth : public Desk {
 protected:
  RunDepth() {
    worlds::BlockDataOptions few;
    few.views = 12;
    few.world.width = 64;
    few.world.height = 48;
    worlds::write_block_data(path("blocks"), few);
  }
  Result run(const std::string& data) const {
    return pset3({"run", "p3", "--dir", (fs::path(PSET3_SOURCE_DIR) / "solution"), "--data", data,
                  "--out", "results", "--epochs", "1", "--pct", "1", "--batch", "4"});
  }
};

TEST_F(RunDepth, LeavesTablesAndPicturesOfAnArchive) {
  const Result result = run("blocks/CLEVR-D.zip");
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("9 to train on, 3 to test on, from blocks/CLEVR-D.zip"));
  for (const char* file : {"d_losses.png", "d_predictions.png", "errors.csv", "curves.csv",
                           "summary.txt", "scratch.safetensors"}) {
    EXPECT_TRUE(fs::exists(path("results") / file)) << file;
  }
}

TEST_F(RunDepth, ArchiveThatTheBoxCannotReachIsCopiedToWhereItCan) {
  fs::permissions(path("blocks/CLEVR-D.zip"), static_cast<fs::perms>(0600));
  fs::permissions(path("blocks"), static_cast<fs::perms>(0700));
  EXPECT_EQ(run("blocks/CLEVR-D.zip").status, 0);
}

TEST_F(RunDepth, TellsTheExercisesOwnOptionsBehindTwoDashes) {
  const Result result =
      pset3({"run", "p3", "--dir", (fs::path(PSET3_SOURCE_DIR) / "solution"), "--", "--help"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Usage: ./pset3 run p3 [OPTIONS]"));
  EXPECT_THAT(result.out, HasSubstr("--pretraining-epochs"));
  EXPECT_THAT(result.out, ::testing::Not(HasSubstr("Written to")));
}

TEST_F(RunDepth, SummaryNamesTheDataAsTheUserDid) {
  EXPECT_EQ(run("./blocks/CLEVR-D.zip").status, 0);
  EXPECT_THAT(read_file(path("results/summary.txt")), HasSubstr(", from ./blocks/CLEVR-D.zip\n"));
}

TEST_F(RunDepth, DamagedArchiveIsNamed) {
  fs::resize_file(path("blocks/CLEVR-D.zip"), 5000);
  const Result result = run("blocks/CLEVR-D.zip");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("blocks/CLEVR-D.zip"));
  EXPECT_FALSE(fs::exists(path("results")));
}

TEST_F(RunDepth, DataThatAreNotThereAreNamed) {
  const Result result = run("nowhere.zip");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("nowhere.zip"));
}

}  // namespace
}  // namespace pset3::end_to_end
