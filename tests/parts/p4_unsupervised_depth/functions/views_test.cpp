#include "starter/p4_unsupervised_depth/exercise/views.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "starter/common/errors.hpp"

/// What the exercise shows of one pair, with the reference's functions.
namespace pset3::stereo {
namespace {

constexpr std::size_t kHeight = 6;
constexpr std::size_t kWidth = 20;
constexpr std::size_t kShift = 3;

/// A wall of random colours, 3 pixels further to the right in the left view.
PairPictures wall() {
  std::mt19937 random(5);
  const PictureSize size = {kHeight, kWidth};
  PairPictures pair;
  pair.name = "wall";
  pair.left = pair.right = {size, std::vector<std::uint8_t>(3 * kHeight * kWidth)};
  for (std::uint8_t& value : pair.left.pixels) value = static_cast<std::uint8_t>(random() % 256);
  for (std::uint8_t& value : pair.right.pixels) value = static_cast<std::uint8_t>(random() % 256);
  for (std::size_t y = 0; y < kHeight; ++y) {
    for (std::size_t x = kShift; x < kWidth; ++x) {
      for (std::size_t c = 0; c < 3; ++c) {
        pair.right.pixels[3 * (y * kWidth + x - kShift) + c] =
            pair.left.pixels[3 * (y * kWidth + x) + c];
      }
    }
  }
  const float share = static_cast<float>(kShift) / kWidth;
  pair.left_disparity = DisparityMap{size, std::vector<float>(kHeight * kWidth, share)};
  pair.right_disparity = pair.left_disparity;
  return pair;
}

TEST(MadeViews, AreThePhotographsWhereBothCamerasSee) {
  const std::vector<MadeView> made = make_views(wall());
  ASSERT_EQ(made.size(), 2U);
  for (const MadeView& view : made) {
    EXPECT_EQ(view.pixels, static_cast<std::int64_t>(kHeight * (kWidth - kShift))) << view.view;
    // Places are floats: a hundred-thousandth of a pixel off is as much of a difference of colours.
    EXPECT_NEAR(view.after, 0.0, 1e-4) << view.view;
    // Independent uniform colours differ by a third.
    EXPECT_NEAR(view.before, 1.0 / 3.0, 0.08) << view.view;
    EXPECT_GT(view.wrong, 0.25) << view.view;
    EXPECT_FLOAT_EQ(view.disparity_px[7], 3.0F);
  }
  EXPECT_EQ(made[0].is_compared[kShift - 1], 0) << "beyond the right view's left edge";
  EXPECT_EQ(made[0].is_compared[kShift], 1);
  EXPECT_EQ(made[1].is_compared[kWidth - kShift - 1], 1);
  EXPECT_EQ(made[1].is_compared[kWidth - kShift], 0) << "beyond the left view's right edge";
}

TEST(MadeViews, AreLeftOutWithoutATruth) {
  PairPictures pair = wall();
  pair.left_disparity.reset();
  const std::vector<MadeView> made = make_views(pair);
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].view, "right");
}

TEST(MadeViews, OfAMapWithNothingInItAreAnError) {
  PairPictures pair = wall();
  pair.left_disparity->shares.assign(kHeight * kWidth, 0.0F);
  EXPECT_THROW(make_views(pair), DataError);
}

TEST(FlippedPair, HasTheRightViewsMirrorOnTheLeft) {
  const PairPictures pair = wall();
  const std::vector<NamedPicture> flipped = flip_pair(pair);
  ASSERT_EQ(flipped.size(), 2U);
  for (std::size_t x = 0; x < kWidth; ++x) {
    EXPECT_EQ(flipped[0].picture.pixels[3 * x], pair.right.pixels[3 * (kWidth - 1 - x)]);
    EXPECT_EQ(flipped[1].picture.pixels[3 * x], pair.left.pixels[3 * (kWidth - 1 - x)]);
  }
}

TEST(ShiftedPictures, ShowTheRightHalfOnTheLeftFirst) {
  const PairPictures pair = wall();
  const std::vector<NamedPicture> shifted = shift_pair(pair);
  ASSERT_EQ(shifted.size(), 4U);
  for (std::size_t x = 0; x < kWidth / 2; ++x) {
    EXPECT_EQ(shifted[0].picture.pixels[3 * x], pair.left.pixels[3 * (x + kWidth / 2)]);
    EXPECT_EQ(shifted[3].picture.pixels[3 * (x + kWidth / 2)], pair.right.pixels[3 * x]);
  }
}

}  // namespace
}  // namespace pset3::stereo
