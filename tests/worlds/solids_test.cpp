#include "grader/worlds/solids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <queue>
#include <set>

#include "grader/worlds/random.hpp"
#include "grader/worlds/tracer.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

/// The steepest slope of the distance between random neighbours in the ball.
double steepest_slope(const Solid& solid, std::uint64_t seed) {
  Random random(seed, "steepest_slope");
  double steepest = 0.0;
  for (int i = 0; i < 20000; ++i) {
    const Vector3d point = random.vector(-1.0, 1.0) * solid.radius;
    const double length = random.log_uniform(1e-4, 0.5);
    const Vector3d other = point + length * random.direction();
    steepest = std::max(steepest, std::abs(solid.distance(point) - solid.distance(other)) / length);
  }
  return steepest;
}

TEST(RoundCone, IsTheUnionOfTheBallsAlongItsAxis) {
  const RoundCone::Shape shape = {{-0.3, 0.1, 0.2}, {0.4, -0.2, 0.1}, 0.25, 0.1, Vector3d::Ones()};
  const RoundCone cone(shape);
  Random random(1);
  for (int i = 0; i < 500; ++i) {
    const Vector3d point = random.vector(-1.0, 1.0);
    double nearest = 1e9;
    for (int k = 0; k <= 4000; ++k) {
      const double t = k / 4000.0;
      const double radius = shape.from_radius + t * (shape.to_radius - shape.from_radius);
      nearest =
          std::min(nearest, (point - shape.from - t * (shape.to - shape.from)).norm() - radius);
    }
    // The sampled balls are 2e-4 apart, which costs at most 1e-4 beside the axis.
    EXPECT_NEAR(cone.distance(point), nearest, 1e-4);
  }
}

TEST(Solids, NeverPromiseMoreRoomThanThereIs) {
  EXPECT_LE(steepest_slope(animal(), 1), 1.0 + 1e-9);
  EXPECT_LE(steepest_slope(ellipsoid({0.3, 0.5, 0.8}), 2), 1.0 + 1e-9);
  EXPECT_LE(steepest_slope(stretched(box({0.3, 0.5, 0.8}), {0.5, 1.0, 0.7}), 3), 1.0 + 1e-9);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_LE(steepest_slope(random_solid(seed), seed), 1.0 + 1e-9) << "seed " << seed;
  }
}

TEST(Solids, StayInsideTheirBall) {
  std::vector<Solid> solids = {animal()};
  for (std::uint64_t seed = 0; seed < 30; ++seed) solids.push_back(random_solid(seed));
  Random random(3);
  for (const Solid& solid : solids) {
    for (int i = 0; i < 3000; ++i) {
      EXPECT_GT(solid.distance(1.0001 * solid.radius * random.direction()), 0.0);
    }
  }
}

TEST(RandomSolid, IsOnePieceOfAFairSize) {
  constexpr int kSize = 40;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Solid solid = random_solid(seed);
    EXPECT_GE(solid.radius, 0.6);
    EXPECT_LE(solid.radius, 1.0);
    std::set<int> inside;
    for (int i = 0; i < kSize * kSize * kSize; ++i) {
      const Eigen::Vector3i cell(i % kSize, (i / kSize) % kSize, i / kSize / kSize);
      const Vector3d point =
          ((cell.cast<double>().array() + 0.5) / (0.5 * kSize) - 1.0) * solid.radius;
      if (solid.distance(point) <= 0.0) inside.insert(i);
    }
    const std::size_t all = inside.size();
    EXPECT_GT(all, 500U) << "seed " << seed;
    std::queue<int> queue({*inside.begin()});
    std::size_t reached = 0;
    inside.erase(inside.begin());
    while (!queue.empty()) {
      const int cell = queue.front();
      queue.pop();
      ++reached;
      for (const int step : {1, -1, kSize, -kSize, kSize * kSize, -kSize * kSize}) {
        if (inside.erase(cell + step) > 0) queue.push(cell + step);
      }
    }
    EXPECT_EQ(reached, all) << "seed " << seed << " falls into pieces";
  }
}

TEST(RandomSolid, DiffersFromSeedToSeed) {
  std::set<double> distances;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    distances.insert(random_solid(seed).distance({0.3, 0.2, 0.1}));
  }
  EXPECT_EQ(distances.size(), 100U);
}

TEST(Animal, HasThinPartsThatTouchTheFloor) {
  const Solid fox = animal();
  double lowest = 1.0;
  for (int x = -100; x < 100; ++x) {
    for (int y = -40; y < 40; ++y) {
      for (int step = -10; step < 10; ++step) {
        const double z = fox.floor + 0.005 * step;
        if (fox.distance({0.01 * x, 0.01 * y, z}) <= 0.0) lowest = std::min(lowest, z);
      }
    }
  }
  EXPECT_NEAR(lowest, fox.floor, 0.02);
}

TEST(Tracer, AgreesWithRaysWorkedByHand) {
  const Tracer tracer(ellipsoid({0.5, 0.5, 0.5}));
  const auto straight = tracer.hit({{-3.0, 0.0, 0.0}, {1.0, 0.0, 0.0}});
  ASSERT_TRUE(straight);
  EXPECT_NEAR(*straight, 2.5, 2e-5);
  EXPECT_TRUE(tracer.hit({{-3.0, 0.499999, 0.0}, {1.0, 0.0, 0.0}}));
  EXPECT_FALSE(tracer.hit({{-3.0, 0.500001, 0.0}, {1.0, 0.0, 0.0}}));
  EXPECT_FALSE(tracer.hit({{3.0, 0.0, 0.0}, {1.0, 0.0, 0.0}}));
  EXPECT_LT((tracer.normal({0.5, 0.0, 0.0}) - Vector3d::UnitX()).norm(), 1e-6);
}

TEST(Tracer, GivesTheSameAnswerWithAnyGrid) {
  const Solid solid = random_solid(7);
  const Tracer coarse(solid, 8);
  const Tracer fine(solid, 90);
  Random random(5);
  int hits = 0;
  for (int i = 0; i < 5000; ++i) {
    const Vector3d from = 3.0 * random.direction();
    const Ray ray = {from, (random.vector(-0.7, 0.7) - from).normalized()};
    const auto first = coarse.hit(ray);
    const auto second = fine.hit(ray);
    ASSERT_EQ(first.has_value(), second.has_value());
    hits += first ? 1 : 0;
  }
  EXPECT_GT(hits, 500);
  EXPECT_LT(hits, 4500);
}

}  // namespace
}  // namespace pset3::worlds
