#include "grader/synthetic/block_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <set>

#include "grader/base/error.hpp"

namespace pset3::synthetic {
namespace {

using Eigen::Vector3d;

BlockWorldOptions small(int width = 64, int height = 48) {
  BlockWorldOptions options;
  options.width = width;
  options.height = height;
  return options;
}

constexpr double kFocal = 60.0;
constexpr double kEye = 1.0;  // height of the hand-made camera above the floor

/// A camera that looks level along +y from 10 before the origin; its picture's middle is a pixel.
BlockScene level_scene(const std::vector<Block>& blocks) {
  BlockScene scene;
  scene.blocks = blocks;
  scene.cameras.baseline = 0.5;
  View& view = scene.cameras.right;
  view.position = {0.0, -10.0, kEye};
  view.R << 1, 0, 0, 0, 0, -1, 0, 1, 0;
  view.K << kFocal, 0, 32, 0, kFocal, 24, 0, 0, 1;
  view.width = 65;
  view.height = 49;
  return scene;
}

Block block(BlockShape shape, const Vector3d& centre, double half) {
  Block made;
  made.shape = shape;
  made.centre = centre;
  made.half = half;
  made.colour = 1;
  return made;
}

std::size_t at(const BlockView& view, int column, int row) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(view.width) +
         static_cast<std::size_t>(column);
}

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

TEST(BlockWorld, DisparityIsFocalLengthTimesBaselineByDepth) {
  const BlockScene scene = level_scene({block(BlockShape::kSphere, {0.0, 0.0, kEye}, 0.75)});
  const StereoPicture both = photograph(scene);
  EXPECT_NEAR(both.right.disparity_px[at(both.right, 32, 24)], 60.0 * 0.5 / 9.25, 1e-5);
  for (const BlockView& view : {both.left, both.right}) {
    for (std::size_t pixel = 0; pixel < view.depth.size(); ++pixel) {
      if (view.depth[pixel] == 0.0F) continue;
      EXPECT_NEAR(view.disparity_px[pixel] * view.depth[pixel], 30.0, 1e-4);
    }
  }
}

TEST(BlockWorld, APointIsSeenInBothViewsItsDisparityApart) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const BlockScene scene = random_block_scene(seed, small());
    const StereoPicture both = photograph(scene);
    const View& right = scene.cameras.right;
    const View left = scene.cameras.left();
    EXPECT_NEAR((left.position - right.position).norm(), 0.5, 1e-12);
    EXPECT_EQ(left.R, right.R);
    const Eigen::Matrix3d ray_from_pixel = right.K.inverse();
    for (int row = 0; row < 48; ++row) {
      for (int column = 0; column < 64; ++column) {
        const std::size_t pixel = at(both.right, column, row);
        const double depth = both.right.depth[pixel];
        const Vector3d in_camera = depth * (ray_from_pixel * Vector3d(column, row, 1.0));
        const Vector3d point = right.position + right.R.transpose() * in_camera;
        const Vector3d seen = left.projection() * point.homogeneous();
        EXPECT_NEAR(seen.x() / seen.z() - column, both.right.disparity_px[pixel], 1e-4);
        EXPECT_NEAR(seen.y() / seen.z(), row, 1e-4);
        EXPECT_NEAR(seen.z(), depth, 1e-5);
      }
    }
  }
}

/// How the two views of a picture are related: u_other = u + sign * disparity.
struct Side {
  const BlockView& own;
  const BlockView& other;
  double sign;
};

/// The other view's values beside the place where a pixel's point is seen there.
struct Beside {
  std::size_t low, high;  // columns around it
  double share;           // of the high one
};
Beside beside(const Side& side, int column, int row) {
  const std::size_t pixel = at(side.own, column, row);
  const double place = column + side.sign * static_cast<double>(side.own.disparity_px[pixel]);
  const double inside = std::clamp(place, 0.0, side.own.width - 1.0);
  const int low = std::min(static_cast<int>(inside), side.own.width - 2);
  return {at(side.own, low, row), at(side.own, low + 1, row), inside - low};
}

void expect_in_both_is_right(const Side& side, int& hidden, int& hidden_behind_nearer) {
  for (int row = 0; row < side.own.height; ++row) {
    for (int column = 0; column < side.own.width; ++column) {
      const std::size_t pixel = at(side.own, column, row);
      const double disparity = side.own.disparity_px[pixel];
      const double place = column + side.sign * disparity;
      const bool in_picture = place >= 0.0 && place <= side.own.width - 1.0;
      if (!in_picture) {
        EXPECT_EQ(side.own.in_both[pixel], 0);
      }
      if (!in_picture || side.own.surface[pixel] != kFloorSurface) continue;
      const Beside around = beside(side, column, row);
      const double low = side.other.disparity_px[around.low];
      const double high = side.other.disparity_px[around.high];
      if (side.own.in_both[pixel] == 1) {
        // On a plane, disparity is linear in the picture.
        const bool both_floor = side.other.surface[around.low] == kFloorSurface &&
                                side.other.surface[around.high] == kFloorSurface;
        const double there = (1.0 - around.share) * low + around.share * high;
        if (both_floor) {
          EXPECT_NEAR(there, disparity, 1e-4);
        }
      } else {
        ++hidden;
        if (std::max(low, high) > disparity + 1e-3) ++hidden_behind_nearer;
      }
    }
  }
}

TEST(BlockWorld, InBothIsWhereTheOtherCameraSeesTheSamePoint) {
  int hidden = 0;
  int hidden_behind_nearer = 0;
  double seen = 0.0;
  double all = 0.0;
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const StereoPicture both = photograph(random_block_scene(seed, small(128, 96)));
    expect_in_both_is_right({both.right, both.left, 1.0}, hidden, hidden_behind_nearer);
    expect_in_both_is_right({both.left, both.right, -1.0}, hidden, hidden_behind_nearer);
    for (const BlockView& view : {both.left, both.right}) {
      all += static_cast<double>(view.in_both.size());
      seen += static_cast<double>(std::count(view.in_both.begin(), view.in_both.end(), 1));
    }
  }
  // The pixels beside an outline may both miss what hides the floor there by less than a pixel.
  EXPECT_GT(hidden, 500);
  EXPECT_GT(hidden_behind_nearer, hidden * 95 / 100);
  EXPECT_GT(seen / all, 0.85);
  EXPECT_LT(seen / all, 0.99);
}

/// Mean absolute difference, 0 to 1, between a view and what the other one shows `scale` times the
/// disparity aside, where both see the same.
double error_of_warp(const Side& side, double scale) {
  BlockView scaled = side.own;
  for (float& disparity : scaled.disparity_px) disparity *= static_cast<float>(scale);
  double sum = 0.0;
  int count = 0;
  for (int row = 0; row < side.own.height; ++row) {
    for (int column = 0; column < side.own.width; ++column) {
      const std::size_t pixel = at(side.own, column, row);
      if (side.own.in_both[pixel] == 0) continue;
      const Beside around = beside({scaled, side.other, side.sign}, column, row);
      for (std::size_t channel = 0; channel < 3; ++channel) {
        const double low = side.other.colour[3 * around.low + channel];
        const double high = side.other.colour[3 * around.high + channel];
        const double warped = (1.0 - around.share) * low + around.share * high;
        sum += std::abs(warped - side.own.colour[3 * pixel + channel]);
        ++count;
      }
    }
  }
  return sum / count / 255.0;
}

TEST(BlockWorld, OneViewWarpedByTheTrueDisparityIsTheOther) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const StereoPicture both = photograph(random_block_scene(seed, small(256, 192)));
    for (const Side& side : {Side{both.left, both.right, -1.0}, Side{both.right, both.left, 1.0}}) {
      const double right = error_of_warp(side, 1.0);
      EXPECT_LT(right, 0.007) << seed;
      EXPECT_GT(error_of_warp(side, 0.0), 5.0 * right) << seed;
      EXPECT_GT(error_of_warp(side, -1.0), 6.0 * right) << seed;
      EXPECT_GT(error_of_warp(side, 0.8), 1.5 * right) << seed;
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
}  // namespace pset3::synthetic
