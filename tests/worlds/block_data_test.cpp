#include "grader/worlds/block_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::worlds {
namespace {

BlockDataOptions few(bool stereo = false) {
  BlockDataOptions options;
  options.views = 45;
  options.stereo = stereo;
  options.world.width = 32;
  options.world.height = 24;
  return options;
}

/// What Python's own reader of archives says of one: its names, one a line.
std::string names_in(const std::filesystem::path& archive, const TemporaryFolder& folder) {
  const std::filesystem::path list = folder.path() / "names.txt";
  const std::string command =
      "/usr/bin/python3 -c \"import zipfile; z = zipfile.ZipFile('" + archive.string() +
      "'); assert z.testzip() is None; print('\\n'.join(z.namelist()))\" > '" + list.string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  return read_file(list);
}

TEST(BlockData, IsAnArchiveOfPicturesNamedLikeClevrD) {
  const TemporaryFolder folder;
  std::vector<int> told;
  write_block_data(folder.path(), few(), [&](int done, int total) {
    told.push_back(done);
    EXPECT_EQ(total, 45);
  });
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), 45);
  const std::string names = names_in(folder.path() / "CLEVR-D.zip", folder);
  EXPECT_EQ(std::count(names.begin(), names.end(), '\n'), 90);
  EXPECT_THAT(names, testing::StartsWith("CLEVR-D/CLEVR_right_000000.png\n"
                                         "CLEVR-D/CLEVR-D_right_000000.png\n"
                                         "CLEVR-D/CLEVR_right_000001.png\n"));
}

TEST(BlockData, HasBothSidesOfAStereoView) {
  const TemporaryFolder folder;
  write_block_data(folder.path(), few(true));
  const std::string names = names_in(folder.path() / "CLEVR-D.zip", folder);
  EXPECT_EQ(std::count(names.begin(), names.end(), '\n'), 180);
  EXPECT_THAT(names, testing::HasSubstr("CLEVR-D/CLEVR_left_000044.png\n"
                                        "CLEVR-D/CLEVR-D_left_000044.png\n"));
}

TEST(BlockData, IsTheSameByteByByteAndAnotherForAnotherSeed) {
  const TemporaryFolder first, second, third;
  BlockDataOptions options = few();
  write_block_data(first.path(), options);
  write_block_data(second.path(), options);
  options.seed = 2;
  write_block_data(third.path(), options);
  const std::string bytes = read_file(first.path() / "CLEVR-D.zip");
  EXPECT_EQ(bytes, read_file(second.path() / "CLEVR-D.zip"));
  EXPECT_NE(bytes, read_file(third.path() / "CLEVR-D.zip"));
}

TEST(BlockData, SaysWhatIsWrongWithItsOptionsAndItsFolder) {
  const TemporaryFolder folder;
  BlockDataOptions options = few();
  options.views = 0;
  EXPECT_THROW(write_block_data(folder.path(), options), InputError);
  options = few();
  options.depth = {5.0, 5.0};
  EXPECT_THROW(write_block_data(folder.path(), options), InputError);
  options.depth = {std::nan(""), 5.0};
  EXPECT_THROW(write_block_data(folder.path(), options), InputError);
  options = few();
  options.world.width = 1;
  EXPECT_THROW(write_block_data(folder.path(), options), InputError);
  write_file(folder.path() / "file", "not a folder");
  EXPECT_THROW(write_block_data(folder.path() / "file", few()), GraderError);
}

}  // namespace
}  // namespace pset3::worlds
