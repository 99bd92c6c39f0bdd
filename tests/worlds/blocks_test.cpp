#include "grader/worlds/blocks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

Block block(BlockShape shape, double half = 1.0, double turn = 0.0) {
  Block made;
  made.shape = shape;
  made.half = half;
  made.turn = turn;
  made.centre = {3.0, -2.0, 1.0};
  return made;
}

/// How far a point is outside of the block, from the shape's definition; negative inside. Exact
/// enough in sign and, near a face, in size.
double outside(const Block& block, const Vector3d& point) {
  const Vector3d at = point - block.centre;
  if (block.shape == BlockShape::kSphere) return at.norm() - block.half;
  const double up = std::abs(at.z()) - block.half;
  if (block.shape == BlockShape::kCylinder) {
    return std::max(std::hypot(at.x(), at.y()) - block.half, up);
  }
  const double x = std::cos(block.turn) * at.x() + std::sin(block.turn) * at.y();
  const double y = -std::sin(block.turn) * at.x() + std::cos(block.turn) * at.y();
  return std::max({std::abs(x) - block.half, std::abs(y) - block.half, up});
}

struct Hit {
  BlockShape shape;
  double turn;
  Vector3d origin, direction;  // from the block's centre
  double way;
  Vector3d normal;
};

TEST(Blocks, AreMetWhereGeometrySays) {
  const double diagonal = std::numbers::sqrt2;
  const double eighth = std::numbers::pi / 4.0;
  const std::vector<Hit> hits = {
      {BlockShape::kSphere, 0.0, {-5, 0, 0}, {1, 0, 0}, 4.0, {-1, 0, 0}},
      {BlockShape::kSphere, 0.0, {-5, 0.6, 0}, {1, 0, 0}, 5.0 - 0.8, {-0.8, 0.6, 0}},
      {BlockShape::kCube, 0.0, {-5, 0.3, 0.9}, {1, 0, 0}, 4.0, {-1, 0, 0}},
      {BlockShape::kCube, 0.0, {0.5, 0.5, 5}, {0, 0, -1}, 4.0, {0, 0, 1}},
      // Turned by an eighth, its corner points here; the ray goes just beside it.
      {BlockShape::kCube,
       eighth,
       {-5, 1e-9, 0},
       {1, 0, 0},
       5.0 - diagonal,
       {-1 / diagonal, 1 / diagonal, 0}},
      {BlockShape::kCylinder, 0.0, {0, -5, 0.9}, {0, 1, 0}, 4.0, {0, -1, 0}},
      {BlockShape::kCylinder, 0.0, {0.6, -5, 0}, {0, 1, 0}, 5.0 - 0.8, {0.6, -0.8, 0}},
      {BlockShape::kCylinder, 0.0, {0.3, 0.3, 5}, {0, 0, -1}, 4.0, {0, 0, 1}},
      // From above at a slant: through the top, before the far side.
      {BlockShape::kCylinder,
       0.0,
       {-2, 0, 3},
       {1 / diagonal, 0, -1 / diagonal},
       2.0 * diagonal,
       {0, 0, 1}},
  };
  for (const Hit& hit : hits) {
    const Block target = block(hit.shape, 1.0, hit.turn);
    const auto met = meet(target, {target.centre + hit.origin, hit.direction});
    ASSERT_TRUE(met.has_value());
    EXPECT_NEAR(met->way, hit.way, 1e-8);
    EXPECT_NEAR((met->normal - hit.normal).norm(), 0.0, 1e-8);
  }
}

TEST(Blocks, AreNotMetBesideBehindAndFromInside) {
  for (const BlockShape shape : {BlockShape::kSphere, BlockShape::kCube, BlockShape::kCylinder}) {
    const Block target = block(shape);
    const auto missed = [&](const Vector3d& from, const Vector3d& direction) {
      return !meet(target, {target.centre + from, direction}).has_value();
    };
    EXPECT_TRUE(missed({-5, 1.01, 0}, {1, 0, 0}));
    EXPECT_TRUE(missed({-5, 0, 1.01}, {1, 0, 0}));
    EXPECT_TRUE(missed({1.01, 0, 5}, {0, 0, -1}));
    EXPECT_TRUE(missed({5, 0, 0}, {1, 0, 0}));
    EXPECT_TRUE(missed({0, 0, 5}, {0, 0, 1}));
    EXPECT_TRUE(missed({0.2, 0.1, 0.3}, {1, 0, 0}));
  }
}

TEST(Blocks, AreMetOnTheirSurfaceAndNotBefore) {
  Random random(5);
  int met_at_all = 0;
  for (int i = 0; i < 3000; ++i) {
    Block target = block(static_cast<BlockShape>(i % kBlockShapes));
    target.half = random.uniform(0.3, 2.0);
    target.turn = random.uniform(-4.0, 4.0);
    const Vector3d from = target.centre + 6.0 * random.direction();
    const Vector3d to = target.centre + random.vector(-1.5, 1.5) * target.half;
    const Ray ray{from, (to - from).normalized()};
    const auto met = meet(target, ray);
    const double reach = met ? met->way : 15.0;
    const int steps = static_cast<int>(reach / 0.02) - 1;
    for (int step = 0; step < steps; ++step) {
      ASSERT_GT(outside(target, ray.at(0.02 * step)), 0.0) << i;
    }
    if (!met) continue;
    ++met_at_all;
    const Vector3d point = ray.at(met->way);
    EXPECT_NEAR(outside(target, point), 0.0, 1e-9);
    EXPECT_NEAR(met->normal.norm(), 1.0, 1e-12);
    EXPECT_LE(met->normal.dot(ray.direction), 0.0);
    EXPECT_NEAR(outside(target, point + 1e-4 * met->normal), 1e-4, 1e-6);
    EXPECT_LE((point - target.centre).norm(), bounding_radius(target) + 1e-9);
  }
  EXPECT_GT(met_at_all, 1500);
  EXPECT_LT(met_at_all, 2900);
}

TEST(Blocks, HaveTheColoursOfClevr) {
  ASSERT_EQ(block_colours().size(), 8U);
  EXPECT_EQ(block_colours().at(3).name, "green");
  EXPECT_NEAR((block_colours().at(6).value * 255.0 - Vector3d(41, 208, 208)).norm(), 0.0, 1e-9);
  std::set<std::string_view> names;
  for (const BlockColour& colour : block_colours()) {
    names.insert(colour.name);
    EXPECT_GE(colour.value.minCoeff(), 0.0);
    EXPECT_LE(colour.value.maxCoeff(), 1.0);
  }
  EXPECT_EQ(names.size(), 8U);
}

/// The block whose top carries this one.
const Block* carrier_of(const Block& block, const std::vector<Block>& blocks) {
  for (const Block& other : blocks) {
    const bool touches =
        std::abs(other.centre.z() + other.half - (block.centre.z() - block.half)) < 1e-9;
    if (touches && outside(other, block.centre - Vector3d(0, 0, block.half + 1e-6)) < 0.0) {
      return &other;
    }
  }
  return nullptr;
}

TEST(Placing, PutsEachBlockOnTheFloorOrOnAFlatTop) {
  int stacked = 0;
  int all = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const int count = 1 + static_cast<int>(seed % 8);
    const std::vector<Block> blocks = random_blocks(count, random);
    ASSERT_EQ(blocks.size(), static_cast<std::size_t>(count));
    for (const Block& block : blocks) {
      ++all;
      if (std::abs(block.centre.z() - block.half) < 1e-9) continue;
      ++stacked;
      const Block* const carrier = carrier_of(block, blocks);
      ASSERT_NE(carrier, nullptr) << "seed " << seed;
      EXPECT_NE(carrier->shape, BlockShape::kSphere);
      EXPECT_LE(block.centre.z() + block.half, 3.0);
    }
  }
  EXPECT_GT(stacked, all / 8);
  EXPECT_LT(stacked, all / 2);
}

TEST(Placing, CutsNoBlockWithAnother) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Random random(seed);
    const std::vector<Block> blocks = random_blocks(6, random);
    for (int i = 0; i < 20000; ++i) {
      const Block& block = blocks[static_cast<std::size_t>(i) % blocks.size()];
      const Vector3d point = block.centre + random.vector(-1.5, 1.5) * block.half;
      const auto holds = [&](const Block& other) { return outside(other, point) < -1e-9; };
      ASSERT_LE(std::count_if(blocks.begin(), blocks.end(), holds), 1) << "seed " << seed;
    }
  }
}

TEST(Placing, DrawsAllThereIs) {
  std::set<int> colours, shapes, shiny;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Random random(seed);
    for (const Block& block : random_blocks(4, random)) {
      colours.insert(block.colour);
      shapes.insert(static_cast<int>(block.shape));
      shiny.insert(block.shiny ? 1 : 0);
    }
  }
  EXPECT_EQ(colours.size(), 8U);
  EXPECT_EQ(shapes.size(), 3U);
  EXPECT_EQ(shiny.size(), 2U);
}

TEST(Placing, FindsRoomForMany) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    Random random(seed);
    EXPECT_EQ(random_blocks(50, random).size(), 50U);
  }
}

}  // namespace
}  // namespace pset3::worlds
