#include "starter/p4_unsupervised_depth/exercise/pairs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>

#include "grader/worlds/block_data.hpp"
#include "grader/worlds/random.hpp"
#include "starter/common/errors.hpp"
#include "tests/common/drawing/temporary_folder.hpp"

/// Stereo pairs from files.
namespace pset3::stereo {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class Pairs : public testing::Test {
 protected:
  void write(const std::string& name, const cv::Mat& image) const {
    fs::create_directories((folder_ / name).parent_path());
    cv::imwrite((folder_ / name).string(), image);
  }
  void write_views(const cv::Size& left = {8, 6}, const cv::Size& right = {8, 6}) const {
    write("left.png", cv::Mat(left, CV_8UC3, cv::Scalar(10, 20, 30)));
    write("right.png", cv::Mat(right, CV_8UC3, cv::Scalar(40, 50, 60)));
  }
  std::unique_ptr<PairSource> open() const {
    ExerciseOptions options = options_;
    options.data = folder_ / "";
    return open_pairs(options);
  }
  /// @returns what opening and reading the first pair complains of.
  std::string complaint() const {
    try {
      open()->read(0);
    } catch (const DataError& error) {
      return error.what();
    }
    return "";
  }

  drawing::TemporaryFolder folder_;
  ExerciseOptions options_;
};

TEST_F(Pairs, AreTwoPicturesInAFolder) {
  write_views();
  const auto source = open();
  ASSERT_EQ(source->size(), 1U);
  const PairPictures pair = source->read(0);
  EXPECT_EQ(pair.left.size, (PictureSize{6, 8}));
  EXPECT_EQ(pair.left.pixels[0], 30) << "red first";
  EXPECT_EQ(pair.right.pixels[2], 40) << "blue last";
  EXPECT_FALSE(pair.left_disparity || pair.right_disparity);
}

TEST_F(Pairs, HaveDisparitiesOfEightBitsInQuartersOfAPixel) {
  write_views();
  cv::Mat stored(6, 8, CV_8UC1, cv::Scalar(0));
  stored.at<std::uint8_t>(2, 3) = 16;
  write("disparity_left.png", stored);
  const PairPictures pair = open()->read(0);
  ASSERT_TRUE(pair.left_disparity);
  EXPECT_FLOAT_EQ(pair.left_disparity->shares[2 * 8 + 3], 4.0F / 8.0F);
  EXPECT_EQ(pair.left_disparity->shares[0], 0.0F) << "not known";
  options_.per_pixel = 2.0;
  EXPECT_FLOAT_EQ(open()->read(0).left_disparity->shares[2 * 8 + 3], 8.0F / 8.0F);
}

TEST_F(Pairs, HaveDisparitiesOfSixteenBitsIn256thsOfAPixel) {
  write_views();
  write("disparity_right.png", cv::Mat(6, 8, CV_16UC1, cv::Scalar(512)));
  EXPECT_FLOAT_EQ(open()->read(0).right_disparity->shares[0], 2.0F / 8.0F);
}

TEST_F(Pairs, DisparitiesAreTheSameSharesAtAnotherSize) {
  write_views();
  write("disparity_left.png", cv::Mat(6, 8, CV_8UC1, cv::Scalar(8)));
  options_.size = PictureSize{12, 32};
  const PairPictures pair = open()->read(0);
  EXPECT_EQ(pair.left.size, *options_.size);
  EXPECT_EQ(pair.left_disparity->size, *options_.size);
  EXPECT_FLOAT_EQ(pair.left_disparity->shares[100], 2.0F / 8.0F);
}

TEST_F(Pairs, MissingViewsAreNamed) {
  write("left.png", cv::Mat(6, 8, CV_8UC3, cv::Scalar(0)));
  EXPECT_THAT(complaint(), HasSubstr("right.png: expected the other view of "));
}

TEST_F(Pairs, SizesThatDifferAreNamed) {
  write_views({8, 6}, {9, 6});
  EXPECT_THAT(complaint(), HasSubstr("found 9 x 6 (width x height)"));
  write_views();
  write("disparity_left.png", cv::Mat(6, 7, CV_8UC1, cv::Scalar(8)));
  EXPECT_THAT(complaint(), HasSubstr("disparity_left.png: expected the size of "));
}

TEST_F(Pairs, DamagedPicturesAreNamed) {
  write_views();
  fs::resize_file(folder_ / "right.png", fs::file_size(folder_ / "right.png") - 20);
  EXPECT_THAT(complaint(), HasSubstr("right.png: expected a whole image"));
  std::ofstream(folder_ / "right.png") << "no picture";
  EXPECT_THAT(complaint(), HasSubstr("right.png: expected a PNG, JPEG or PPM image"));
}

TEST_F(Pairs, ColouredDisparitiesAreRefused) {
  write_views();
  write("disparity_left.png", cv::Mat(6, 8, CV_8UC3, cv::Scalar(8, 8, 8)));
  EXPECT_THAT(complaint(), HasSubstr("disparity_left.png: expected 8-bit or 16-bit grey values"));
}

TEST_F(Pairs, OfKittisDrivesComeInTheOrderOfTheirNumbers) {
  for (const char* number : {"10", "9"}) {
    for (const char* camera : {"image_02", "image_03"}) {
      write("2011_09_26/drive_0001_sync/" + std::string(camera) + "/data/" + number + ".png",
            cv::Mat(6, 8, CV_8UC3, cv::Scalar::all(std::stoi(number))));
    }
  }
  const auto source = open();
  ASSERT_EQ(source->size(), 2U);
  EXPECT_EQ(source->read(0).left.pixels[0], 9);
  EXPECT_EQ(source->read(1).right.pixels[0], 10);
  fs::remove(folder_ / "2011_09_26/drive_0001_sync/image_03/data/9.png");
  EXPECT_THAT(complaint(), HasSubstr("image_03/data/9.png: expected the other view"));
}

TEST_F(Pairs, OfTheBlockWorldHaveItsDisparities) {
  worlds::BlockDataOptions blocks;
  blocks.views = 1;
  blocks.stereo = true;
  blocks.world.width = 64;
  blocks.world.height = 32;
  worlds::write_block_data(folder_ / "", blocks);
  const PairPictures pair = open()->read(0);
  const auto scene = worlds::random_block_scene(worlds::mixed(blocks.seed), blocks.world);
  const worlds::StereoPicture truth = worlds::photograph(scene);
  const auto compare = [](const DisparityMap& map, const worlds::BlockView& view) {
    int known = 0;
    for (std::size_t i = 0; i < map.shares.size(); ++i) {
      if (map.shares[i] == 0.0F) continue;  // farther than 22
      ++known;
      // 8 bits tell depths of 0.07 apart: at depth 4 half of that is a hundredth of the disparity.
      EXPECT_NEAR(map.shares[i] * 64.0F, view.disparity_px[i], 0.01F * view.disparity_px[i]);
    }
    EXPECT_GT(known, 1500);
  };
  ASSERT_TRUE(pair.left_disparity && pair.right_disparity);
  compare(*pair.left_disparity, truth.left);
  compare(*pair.right_disparity, truth.right);
}

TEST_F(Pairs, WithoutLeftViewsAreRefused) {
  worlds::BlockDataOptions blocks;
  blocks.views = 1;
  blocks.world.width = blocks.world.height = 32;
  worlds::write_block_data(folder_ / "", blocks);
  EXPECT_THAT(complaint(), HasSubstr("CLEVR_left_000000.png"));
}

TEST_F(Pairs, AFolderWithoutAnySaysWhatIsLookedFor) {
  EXPECT_THAT(complaint(), HasSubstr(folder_ / ""));
  for (const char* name : {"left.png with right.png", "image_02/data/NAME.png",
                           "CLEVR_right_000000.png with CLEVR_left_000000.png"}) {
    EXPECT_THAT(complaint(), HasSubstr(name));
  }
}

}  // namespace
}  // namespace pset3::stereo
