#include "grader/worlds/block_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "grader/base/error.hpp"
#include "tests/worlds/level_scene.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

TEST(BlockWorld, SeesABallsFrontFromItsDistance) {
  const BlockView view =
      photograph_right(level_scene({block(BlockShape::kSphere, {0.0, 0.0, kEye}, 0.75)}));
  EXPECT_NEAR(view.depth[at(view, 32, 24)], 10.0 - 0.75, 1e-6);
  EXPECT_EQ(view.surface[at(view, 32, 24)], kFirstBlockSurface);
  // Beside the middle: the ball is met where y^2 + (z x)^2 = r^2 with x = 3 / f, worked by hand.
  const double x = 3.0 / kFocal;
  const double a = 1.0 + x * x;
  const double z = (10.0 - std::sqrt(100.0 - a * (100.0 - 0.75 * 0.75))) / a;
  EXPECT_NEAR(view.depth[at(view, 35, 24)], z, 1e-6);
  EXPECT_NEAR(view.depth[at(view, 32, 21)], z, 1e-6);
}

TEST(BlockWorld, SeesACubesFaceAsAPlaneAcrossTheAxis) {
  const BlockView view =
      photograph_right(level_scene({block(BlockShape::kCube, {0.0, 0.0, 0.8}, 0.8)}));
  // The face is 9.2 away, so 0.8 to each side are 5.2 pixels.
  for (int column = 32 - 5; column <= 32 + 5; ++column) {
    EXPECT_FLOAT_EQ(view.depth[at(view, column, 24)], 9.2F);
    EXPECT_EQ(view.surface[at(view, column, 24)], kFirstBlockSurface);
  }
  EXPECT_NE(view.surface[at(view, 32 + 6, 24)], kFirstBlockSurface);
  EXPECT_NE(view.surface[at(view, 32 - 6, 24)], kFirstBlockSurface);
}

TEST(BlockWorld, SeesTheFloorBelowTheHorizonAndNothingAbove) {
  const BlockView view = photograph_right(level_scene({}));
  for (int row = 0; row < view.height; ++row) {
    for (int column = 0; column < view.width; ++column) {
      const std::size_t pixel = at(view, column, row);
      if (row <= 24) {
        EXPECT_EQ(view.surface[pixel], kBackgroundSurface);
        EXPECT_EQ(view.depth[pixel], 0.0F);
        EXPECT_EQ(view.disparity_px[pixel], 0.0F);
      } else {
        EXPECT_EQ(view.surface[pixel], kFloorSurface);
        // v - 24 = f * height / depth
        EXPECT_NEAR(double{view.depth[pixel]} * (row - 24) / (kFocal * kEye), 1.0, 1e-6);
      }
    }
  }
}

/// What a screen's grey value means in light.
double linear(std::uint8_t grey) { return std::pow(grey / 255.0, 2.2); }

TEST(BlockWorld, AColourIsTheMeanOverItsPixel) {
  constexpr int kTimes = 6;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const BlockView coarse = photograph_right(random_block_scene(seed, small(48, 36)));
    const BlockView fine =
        photograph_right(random_block_scene(seed, small(48 * kTimes, 36 * kTimes)));
    double sum = 0.0;
    double sum_of_centres = 0.0;
    int edges = 0;
    for (int row = 0; row < 36; ++row) {
      for (int column = 0; column < 48; ++column) {
        std::set<int> surfaces;
        double light = 0.0;
        for (int i = 0; i < kTimes * kTimes; ++i) {
          const std::size_t pixel =
              at(fine, column * kTimes + i % kTimes, row * kTimes + i / kTimes);
          surfaces.insert(fine.surface[pixel]);
          light += linear(fine.colour[3 * pixel]) / (kTimes * kTimes);
        }
        if (surfaces.size() < 2) continue;
        ++edges;
        const double mean = 255.0 * std::pow(light, 1.0 / 2.2);
        sum += std::abs(coarse.colour[3 * at(coarse, column, row)] - mean);
        const std::size_t centre =
            at(fine, column * kTimes + kTimes / 2, row * kTimes + kTimes / 2);
        sum_of_centres += std::abs(fine.colour[3 * centre] - mean);
      }
    }
    EXPECT_GT(edges, 20);
    // Nine rays a pixel leave an error, but a small one beside that of a single ray.
    EXPECT_LT(sum / edges, 4.0) << seed;
    EXPECT_LT(sum, 0.35 * sum_of_centres) << seed;
  }
}

TEST(BlockWorld, DepthMixesNoTwoSurfaces) {
  const Vector3d centre(0.0, 0.0, kEye);
  const BlockView view = photograph_right(level_scene({block(BlockShape::kSphere, centre, 0.75)}));
  int on_ball = 0;
  for (int row = 0; row < view.height; ++row) {
    for (int column = 0; column < view.width; ++column) {
      const std::size_t pixel = at(view, column, row);
      if (view.surface[pixel] != kFirstBlockSurface) continue;
      ++on_ball;
      const double depth = view.depth[pixel];
      const Vector3d point((column - 32) / kFocal * depth, depth - 10.0,
                           kEye - (row - 24) / kFocal * depth);
      EXPECT_NEAR((point - centre).norm(), 0.75, 1e-5);
    }
  }
  EXPECT_GT(on_ball, 50);
}

TEST(BlockWorld, IsTheSameForTheSameSeedAlone) {
  const StereoPicture one = photograph(random_block_scene(7, small()));
  const StereoPicture again = photograph(random_block_scene(7, small()));
  const StereoPicture other = photograph(random_block_scene(8, small()));
  EXPECT_EQ(one.right.colour, again.right.colour);
  EXPECT_EQ(one.left.colour, again.left.colour);
  EXPECT_EQ(one.left.depth, again.left.depth);
  EXPECT_EQ(one.right.in_both, again.right.in_both);
  EXPECT_NE(one.right.colour, other.right.colour);
  const BlockView alone = photograph_right(random_block_scene(7, small()));
  EXPECT_EQ(alone.colour, one.right.colour);
  EXPECT_EQ(alone.depth, one.right.depth);
}

TEST(BlockWorld, IsTheSameSceneAtAnySize) {
  const BlockScene one = random_block_scene(3, small(64, 48));
  const BlockScene other = random_block_scene(3, small(200, 40));
  ASSERT_EQ(one.blocks.size(), other.blocks.size());
  for (std::size_t i = 0; i < one.blocks.size(); ++i) {
    EXPECT_EQ(one.blocks[i].centre, other.blocks[i].centre);
  }
  EXPECT_EQ(one.cameras.right.position, other.cameras.right.position);
  EXPECT_EQ(one.lamp, other.lamp);
  const BlockView picture = photograph_right(other);
  EXPECT_EQ(picture.width, 200);
  EXPECT_EQ(picture.colour.size(), 200U * 40U * 3U);
}

TEST(BlockWorld, HasAsManyBlocksAsAskedFor) {
  std::set<std::size_t> counts;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    counts.insert(random_block_scene(seed, small()).blocks.size());
  }
  EXPECT_THAT(counts, testing::ElementsAre(2U, 3U, 4U, 5U, 6U));
  BlockWorldOptions one = small();
  one.fewest_blocks = one.most_blocks = 1;
  EXPECT_EQ(random_block_scene(1, one).blocks.size(), 1U);
}

TEST(BlockWorld, SuitsTheNumbersThatPicturesAreNormalisedBy) {
  double light[3] = {0, 0, 0}, light_squared[3] = {0, 0, 0};
  double grey = 0.0, grey_squared = 0.0, pixels = 0.0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const BlockView view = photograph_right(random_block_scene(seed, small()));
    const std::vector<std::uint8_t> depth = depth_picture(view);
    for (std::size_t pixel = 0; pixel < depth.size(); ++pixel) {
      ++pixels;
      grey += depth[pixel] / 255.0;
      grey_squared += depth[pixel] / 255.0 * depth[pixel] / 255.0;
      for (std::size_t channel = 0; channel < 3; ++channel) {
        const double value = view.colour[3 * pixel + channel] / 255.0;
        light[channel] += value;
        light_squared[channel] += value * value;
      }
    }
  }
  const auto deviation = [&](double sum, double squared) {
    return std::sqrt(squared / pixels - sum / pixels * sum / pixels);
  };
  // CLEVR-D's own, as the handout gives them.
  const double mean[3] = {0.462, 0.467, 0.469};
  const double spread[3] = {0.094, 0.096, 0.101};
  for (int channel = 0; channel < 3; ++channel) {
    EXPECT_NEAR(light[channel] / pixels, mean[channel], 0.02);
    EXPECT_NEAR(deviation(light[channel], light_squared[channel]), spread[channel], 0.015);
  }
  EXPECT_NEAR(grey / pixels, 0.480, 0.03);
  EXPECT_NEAR(deviation(grey, grey_squared), 0.295, 0.03);
}

TEST(DepthRange, IsBrightWhereItIsNear) {
  const DepthRange range{2.0, 10.0};
  EXPECT_EQ(range.brightness(2.0), 1.0);
  EXPECT_EQ(range.brightness(1.0), 1.0);
  EXPECT_EQ(range.brightness(4.0), 0.75);
  EXPECT_EQ(range.brightness(10.0), 0.0);
  EXPECT_EQ(range.brightness(11.0), 0.0);
  EXPECT_EQ(range.brightness(0.0), 0.0);
  BlockView view;
  view.depth = {2.0F, 6.0F, 12.0F, 0.0F};
  EXPECT_THAT(depth_picture(view, range), testing::ElementsAre(255, 128, 0, 0));
}

TEST(BlockWorldOptions, OutOfRangeAreRefusedByName) {
  const auto refusal = [](auto change) -> std::string {
    BlockWorldOptions options;
    change(options);
    try {
      random_block_scene(1, options);
    } catch (const InputError& error) {
      return error.what();
    }
    return "none";
  };
  using Options = BlockWorldOptions;
  using testing::HasSubstr;
  EXPECT_THAT(refusal([](Options& o) { o.width = 3; }), HasSubstr("width must be from 8 to 4096"));
  EXPECT_THAT(refusal([](Options& o) { o.height = 0; }), HasSubstr("height"));
  EXPECT_THAT(refusal([](Options& o) { o.fewest_blocks = 0; }), HasSubstr("fewest_blocks"));
  EXPECT_THAT(refusal([](Options& o) { o.most_blocks = 1; }), HasSubstr("most_blocks"));
  EXPECT_THAT(refusal([](Options& o) { o.baseline = -1.0; }), HasSubstr("baseline"));
  EXPECT_THAT(refusal([](Options& o) { o.floor_texture = std::nan(""); }),
              HasSubstr("floor_texture"));
  EXPECT_THAT(refusal([](Options& o) { o.field_of_view_deg = 180; }),
              HasSubstr("field_of_view_deg"));
  EXPECT_THAT(refusal([](Options& o) { o.camera_jitter = 5; }), HasSubstr("camera_jitter"));
  EXPECT_EQ(refusal([](Options&) {}), "none");
  BlockScene crowd = random_block_scene(1, small());
  crowd.blocks.resize(kMostBlocks + 1);
  EXPECT_THROW(photograph(crowd), InputError);
}

}  // namespace
}  // namespace pset3::worlds
