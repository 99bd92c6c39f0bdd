#include "starter/common/data/rgbd_dataset.hpp"

#include <array>
#include <future>
#include <numeric>

#include "starter/common/data/rgbd_names.hpp"
#include "tests/common/data/rgbd_folder.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;
using testing::Each;
using testing::ElementsAre;

std::vector<int> first_pixel(const ColourPicture& picture) {
  return {picture.pixels.at(0), picture.pixels.at(1), picture.pixels.at(2)};
}

std::vector<std::string> names_of(const RgbdDataset& data) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < data.size(); ++i) names.push_back(data.name(i));
  return names;
}

TEST(RgbdDataset, ReadsTheRightViewsWithTheirDepth) {
  const DataFolder folder;
  write_clevr(folder, 3);
  const RgbdDataset data = RgbdDataset::open(folder.path());
  ASSERT_EQ(data.size(), 3U);
  EXPECT_EQ(data.unit(), DepthUnit::kBrightness);
  for (int i = 0; i < 3; ++i) {
    const RgbdView view = data.read(static_cast<std::size_t>(i));
    EXPECT_EQ(view.name, "CLEVR_right_" + std::to_string(i) + ".png");
    EXPECT_EQ(view.colour.size, (PictureSize{4, 6}));
    EXPECT_EQ(view.colour.pixels.size(), 4U * 6U * 3U);
    EXPECT_THAT(first_pixel(view.colour), ElementsAre(10 + i, 2, 3));
    EXPECT_EQ(view.depth.size, view.colour.size);
    EXPECT_THAT(view.depth.values, Each(static_cast<float>(100 + i) / 255.0F));
    EXPECT_EQ(view.depth.values.size(), 24U);
    EXPECT_EQ(view.depth.valid, std::vector<std::uint8_t>(24, 1));
    EXPECT_FALSE(view.left_colour.has_value());
    EXPECT_FALSE(view.left_depth.has_value());
  }
}

TEST(RgbdDataset, ReadsTheLeftViewsWhenAskedFor) {
  const DataFolder folder;
  write_clevr(folder, 2);
  const RgbdView view = RgbdDataset::open(folder.path(), stereo()).read(1);
  ASSERT_TRUE(view.left_colour && view.left_depth);
  EXPECT_THAT(first_pixel(view.colour), ElementsAre(11, 2, 3));
  EXPECT_THAT(first_pixel(*view.left_colour), ElementsAre(21, 2, 3));
  EXPECT_THAT(view.left_depth->values, Each(201.0F / 255.0F));
}

TEST(RgbdDataset, NeedsNoLeftDepth) {
  const DataFolder folder;
  write_clevr(folder, 1);
  fs::remove(folder.path() / "CLEVR-D/CLEVR-D_left_0.png");
  const RgbdView view = RgbdDataset::open(folder.path(), stereo()).read(0);
  EXPECT_TRUE(view.left_colour.has_value());
  EXPECT_FALSE(view.left_depth.has_value());
}

TEST(RgbdDataset, KeepsPixelsRowByRow) {
  const DataFolder folder;
  cv::Mat colour(2, 3, CV_8UC3);
  std::iota(colour.data, colour.data + 18, std::uint8_t{0});
  cv::Mat depth(2, 3, CV_8UC1);
  std::iota(depth.data, depth.data + 6, std::uint8_t{50});
  folder.write_image("CLEVR_right_0.png", colour);
  folder.write_image("CLEVR-D_right_0.png", depth);
  const RgbdView view = RgbdDataset::open(folder.path()).read(0);
  // OpenCV's pixels are blue, green, red.
  EXPECT_THAT(view.colour.pixels, ElementsAre(2, 1, 0, 5, 4, 3, 8, 7, 6,  //
                                              11, 10, 9, 14, 13, 12, 17, 16, 15));
  EXPECT_THAT(view.depth.values, ElementsAre(50 / 255.0F, 51 / 255.0F, 52 / 255.0F, 53 / 255.0F,
                                             54 / 255.0F, 55 / 255.0F));
}

TEST(RgbdDataset, TakesDepthOf16BitsAndAsAColourPicture) {
  const DataFolder folder;
  folder.write_image("CLEVR_right_0.png", plain(2, 2, {1, 2, 3}));
  folder.write_image("CLEVR-D_right_0.png", cv::Mat(2, 2, CV_16UC1, cv::Scalar(13107)));
  folder.write_image("CLEVR_right_1.png", plain(2, 2, {1, 2, 3}));
  folder.write_image("CLEVR-D_right_1.png", plain(2, 2, {51, 51, 51}));
  const RgbdDataset data = RgbdDataset::open(folder.path());
  EXPECT_THAT(data.read(0).depth.values, Each(testing::FloatEq(0.2F)));
  EXPECT_THAT(data.read(1).depth.values, Each(testing::FloatEq(0.2F)));
}

TEST(RgbdDataset, ReadsAnArchiveAsItsFolder) {
  const DataFolder folder, packed;
  write_clevr(folder, 12);
  const RgbdDataset of_folder = RgbdDataset::open(folder.path(), stereo());
  const RgbdDataset of_archive = RgbdDataset::open(pack(folder, packed), stereo());
  const RgbdDataset of_folder_of_archive = RgbdDataset::open(packed.path(), stereo());
  ASSERT_EQ(of_folder.size(), 12U);
  for (const RgbdDataset& data : {of_archive, of_folder_of_archive}) {
    ASSERT_EQ(names_of(data), names_of(of_folder));
    for (std::size_t i = 0; i < data.size(); ++i) {
      EXPECT_EQ(data.read(i).colour.pixels, of_folder.read(i).colour.pixels);
      EXPECT_EQ(data.read(i).depth.values, of_folder.read(i).depth.values);
      EXPECT_EQ(data.read(i).left_colour->pixels, of_folder.read(i).left_colour->pixels);
      EXPECT_EQ(data.read(i).left_depth->values, of_folder.read(i).left_depth->values);
    }
  }
}

TEST(RgbdDataset, PutsViewsInTheOrderOfTheirNumbers) {
  const DataFolder folder;
  write_clevr(folder, 12);
  const std::vector<std::string> names = names_of(RgbdDataset::open(folder.path()));
  EXPECT_EQ(names.at(2), "CLEVR_right_2.png");
  EXPECT_EQ(names.at(10), "CLEVR_right_10.png");
  EXPECT_EQ(names.at(11), "CLEVR_right_11.png");
}

TEST(RgbdDataset, ComparesNumbersByTheirValue) {
  const std::vector<std::string> sorted = {"", "a", "a0", "a00", "a1", "a2", "a02b", "a10", "b"};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      EXPECT_EQ(comes_before(sorted[i], sorted[j]), i < j) << sorted[i] << " " << sorted[j];
    }
  }
  // Longer than any whole number of a processor.
  EXPECT_TRUE(comes_before("99999999999999999999998", "99999999999999999999999"));
}

TEST(RgbdDataset, LeavesOtherFilesAlone) {
  const DataFolder folder, packed;
  write_clevr(folder, 2);
  folder.write("README.txt", "about");
  folder.write("CLEVR-D/CLEVR_right_0.txt", "no picture");
  folder.write("CLEVR-D/scenes.png", "no picture of a view");
  folder.write("__MACOSX/CLEVR-D/._CLEVR_right_0.png", "a Mac's own notes");
  EXPECT_EQ(RgbdDataset::open(folder.path()).size(), 2U);
  EXPECT_EQ(RgbdDataset::open(pack(folder, packed, "'empty/'")).size(), 2U);
}

TEST(RgbdDataset, FindsItsPicturesInFoldersWithAnyName) {
  const DataFolder folder, packed;
  write_clevr(folder, 2, "Übung 3/größer");
  EXPECT_EQ(RgbdDataset::open(folder.path()).size(), 2U);
  EXPECT_EQ(RgbdDataset::open(pack(folder, packed)).size(), 2U);
}

TEST(RgbdDataset, TakesOtherNames) {
  const DataFolder folder;
  folder.write_image("rgb/east_rgb_1.png", plain(4, 6, {1, 2, 3}));
  folder.write_image("depth/east_z_1.png", grey(4, 6, 51));
  folder.write_image("rgb/west_rgb_1.png", plain(4, 6, {1, 2, 4}));
  RgbdOptions options = stereo();
  options.names = {"rgb", "z", "east", "west", ".png"};
  const RgbdView view = RgbdDataset::open(folder.path(), options).read(0);
  EXPECT_EQ(view.name, "east_rgb_1.png");
  EXPECT_THAT(first_pixel(*view.left_colour), ElementsAre(4, 2, 1));
  EXPECT_THAT(view.depth.values, Each(testing::FloatEq(0.2F)));
}

TEST(RgbdDataset, RefusesNamesAndSizesThatMeanNothing) {
  const DataFolder folder;
  write_clevr(folder, 1);
  RgbdOptions options;
  options.names.depth = options.names.colour;
  EXPECT_THROW(RgbdDataset::open(folder.path(), options), std::invalid_argument);
  options = {};
  options.size = PictureSize{0, 5};
  EXPECT_THROW(RgbdDataset::open(folder.path(), options), std::invalid_argument);
  EXPECT_THROW(RgbdDataset::open(folder.path()).read(1), std::out_of_range);
}

TEST(RgbdDataset, ShrinksColourByTheMeanAndDepthByTheNearestValue) {
  const DataFolder folder;
  cv::Mat colour(3, 6, CV_8UC1);
  const std::array<std::uint8_t, 18> values = {0, 9, 0, 90, 90, 90,  //
                                               0, 0, 0, 90, 0,  90,  //
                                               0, 0, 0, 90, 90, 90};
  std::copy(values.begin(), values.end(), colour.data);
  cv::Mat three;
  cv::cvtColor(colour, three, cv::COLOR_GRAY2BGR);
  folder.write_image("CLEVR_right_0.png", three);
  cv::Mat depth = grey(3, 6, 200);
  depth.at<std::uint8_t>(1, 1) = 51;
  depth.at<std::uint8_t>(1, 4) = 102;
  folder.write_image("CLEVR-D_right_0.png", depth);
  RgbdOptions options;
  options.size = PictureSize{1, 2};
  const RgbdView view = RgbdDataset::open(folder.path(), options).read(0);
  EXPECT_EQ(view.colour.size, (PictureSize{1, 2}));
  EXPECT_EQ(view.depth.size, (PictureSize{1, 2}));
  // 9 / 9 = 1 and 8 * 90 / 9 = 80; the depth in the middle of each block of 3 x 3.
  EXPECT_THAT(view.colour.pixels, ElementsAre(1, 1, 1, 80, 80, 80));
  EXPECT_THAT(view.depth.values,
              ElementsAre(testing::FloatEq(51 / 255.0F), testing::FloatEq(102 / 255.0F)));
}

TEST(RgbdDataset, MayBeReadFromManyThreads) {
  const DataFolder folder, packed;
  write_clevr(folder, 20);
  const RgbdDataset data = RgbdDataset::open(pack(folder, packed));
  const auto red_of_all = [&data] {
    std::vector<int> red;
    for (std::size_t i = 0; i < data.size(); ++i) red.push_back(data.read(i).colour.pixels.at(0));
    return red;
  };
  auto other = std::async(std::launch::async, red_of_all);
  const std::vector<int> one = red_of_all();
  std::vector<int> expected(20);
  std::iota(expected.begin(), expected.end(), 10);
  EXPECT_EQ(one, expected);
  EXPECT_EQ(other.get(), expected);
}

TEST(SevenScenes, AreReadInMetresWithWhatIsNoReading) {
  const DataFolder folder;
  cv::Mat depth(2, 3, CV_16UC1);
  const std::array<std::uint16_t, 6> values = {0, 65535, 801, 3975, 1, 65534};
  std::copy(values.begin(), values.end(), depth.ptr<std::uint16_t>());
  folder.write_image("seq/frame-000010.color.png", plain(2, 3, {3, 2, 1}));
  folder.write_image("seq/frame-000010.depth.png", depth);
  folder.write_image("seq/frame-000009.color.jpg", plain(2, 3, {3, 2, 1}));
  folder.write_image("seq/frame-000009.depth.png", depth);
  folder.write("seq/frame-000010.pose.txt", "1 0 0 0");
  const RgbdDataset data = RgbdDataset::open(folder.path());
  EXPECT_EQ(data.unit(), DepthUnit::kMetres);
  EXPECT_THAT(names_of(data), ElementsAre("frame-000009.color.jpg", "frame-000010.color.png"));
  const RgbdView view = data.read(1);
  EXPECT_THAT(first_pixel(view.colour), ElementsAre(1, 2, 3));
  EXPECT_THAT(view.depth.valid, ElementsAre(0, 0, 1, 1, 1, 1));
  EXPECT_THAT(view.depth.values, ElementsAre(0.0F, 0.0F, 0.801F, 3.975F, 0.001F, 65.534F));
}

TEST(SevenScenes, HaveNoStereoViews) {
  const DataFolder folder;
  folder.write_image("a.color.png", plain(2, 3, {3, 2, 1}));
  folder.write_image("a.depth.png", cv::Mat(2, 3, CV_16UC1, cv::Scalar(7)));
  expect_data_error([&] { RgbdDataset::open(folder.path(), stereo()); }, "left and right views",
                    "one view a frame", "CLEVR-D");
}

TEST(SevenScenes, ThatAreRealAreReadAsTheirFactsSay) {
  const char* const named = std::getenv("PSET3_REAL_DATA");
  const fs::path real =
      fs::path(named != nullptr ? named : PSET3_SOURCE_DIR "/../shared/data") / "seven_scenes";
  if (!fs::exists(real)) GTEST_SKIP() << "skipped: no real data";
  const RgbdDataset data = RgbdDataset::open(real);
  ASSERT_EQ(data.size(), 125U);
  double valid = 0.0;
  float nearest = 100.0F;
  float farthest = 0.0F;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const RgbdView view = data.read(i);
    ASSERT_EQ(view.colour.size, (PictureSize{480, 640}));
    for (std::size_t at = 0; at < view.depth.values.size(); ++at) {
      if (view.depth.valid[at] == 0) continue;
      valid += 1.0;
      nearest = std::min(nearest, view.depth.values[at]);
      farthest = std::max(farthest, view.depth.values[at]);
    }
  }
  EXPECT_NEAR(valid / (125.0 * 480.0 * 640.0), 0.889, 0.0005);
  EXPECT_FLOAT_EQ(nearest, 0.801F);
  EXPECT_FLOAT_EQ(farthest, 3.975F);
}

}  // namespace
}  // namespace pset3
