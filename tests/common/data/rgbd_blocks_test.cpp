#include "grader/worlds/block_data.hpp"
#include "grader/worlds/random.hpp"
#include "tests/common/data/rgbd_folder.hpp"

namespace pset3 {
namespace {

using worlds::BlockView;

void expect_shown(const BlockView& view, const ColourPicture& colour, const DepthMap& depth) {
  EXPECT_EQ(colour.size, (PictureSize{24, 32}));
  EXPECT_EQ(colour.pixels, view.colour);
  const std::vector<std::uint8_t> grey = worlds::depth_picture(view);
  ASSERT_EQ(depth.values.size(), grey.size());
  for (std::size_t i = 0; i < grey.size(); ++i) {
    ASSERT_EQ(depth.values[i], static_cast<float>(grey[i]) / 255.0F);
  }
}

TEST(RgbdDataset, ReadsTheBlockWorldAsItWasPhotographed) {
  const DataFolder folder;
  worlds::BlockDataOptions options;
  options.views = 23;
  options.stereo = true;
  options.world.width = 32;
  options.world.height = 24;
  worlds::write_block_data(folder.path(), options);
  const RgbdDataset data = RgbdDataset::open(folder.path(), stereo());
  ASSERT_EQ(data.size(), 23U);
  EXPECT_EQ(data.unit(), DepthUnit::kBrightness);
  for (const std::size_t index : {0U, 7U, 22U}) {
    const RgbdView view = data.read(index);
    const worlds::StereoPicture both = worlds::photograph(
        worlds::random_block_scene(worlds::mixed(options.seed) + index, options.world));
    expect_shown(both.right, view.colour, view.depth);
    ASSERT_TRUE(view.left_colour && view.left_depth);
    expect_shown(both.left, *view.left_colour, *view.left_depth);
  }
}

}  // namespace
}  // namespace pset3
