#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "grader/base/error.hpp"
#include "grader/worlds/blocks.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;

constexpr double kGap = 0.2;         ///< between blocks on the floor
constexpr double kHighestTop = 3.0;  ///< of a tower: higher ones leave the picture
constexpr double kStackedShare = 0.45;
constexpr double kReach =
    2.9;  ///< of the blocks' centres from the origin, where six are easily put

/// Radius of the upright cylinder around a block.
double footprint(const Block& block) {
  return block.half * (block.shape == BlockShape::kCube ? std::numbers::sqrt2 : 1.0);
}

double top_of(const Block& block) { return block.centre.z() + block.half; }

Block random_block(Random& random) {
  Block block;
  block.shape = static_cast<BlockShape>(random.integer(0, kBlockShapes - 1));
  const bool is_large = random.coin();
  block.half = is_large ? random.uniform(0.6, 0.8) : random.uniform(0.35, 0.5);
  block.turn = random.uniform(0.0, 0.5 * std::numbers::pi);
  block.colour = random.integer(0, static_cast<int>(block_colours().size()) - 1);
  block.shiny = random.coin();
  return block;
}

bool is_free(const Block& block, const std::vector<Block>& others) {
  return std::all_of(others.begin(), others.end(), [&](const Block& other) {
    const Vector2d between = (block.centre - other.centre).head<2>();
    return between.norm() > footprint(block) + footprint(other) + kGap;
  });
}

/// A tower's blocks, the lowest first.
using Tower = std::vector<Block>;

/// Whether the block would stand on the tower's top: the top is flat, it does not stick out by
/// more than the gap between towers allows, and it is not too high up there.
bool can_carry(const Tower& tower, const Block& block) {
  const Block& top = tower.back();
  return top.shape != BlockShape::kSphere && footprint(block) <= 1.1 * top.half &&
         top_of(top) + 2.0 * block.half <= kHighestTop;
}

void put_on(Tower& tower, Block block, Random& random) {
  const Block& below = tower.back();
  const double room = std::max(below.half - footprint(block), 0.0);
  const double angle = random.uniform(0.0, 2.0 * std::numbers::pi);
  const double aside = random.uniform(0.0, std::min(room, 0.25));
  block.centre = below.centre + aside * Vector3d(std::cos(angle), std::sin(angle), 0.0);
  block.centre.z() = top_of(below) + block.half;
  tower.push_back(block);
}

bool put_on_the_floor(std::vector<Tower>& towers, Block block, double reach, Random& random) {
  std::vector<Block> lowest;
  lowest.reserve(towers.size());
  for (const Tower& tower : towers) lowest.push_back(tower.front());
  for (int attempt = 0; attempt < 60; ++attempt) {
    const double x = random.uniform(-reach, reach);
    const double y = random.uniform(-reach, reach);
    block.centre = {x, y, block.half};
    if (block.centre.head<2>().norm() > reach || !is_free(block, lowest)) continue;
    towers.push_back({block});
    return true;
  }
  return false;
}

/// @returns nothing where a block finds no place among the others.
std::optional<std::vector<Block>> try_to_place(int count, Random& random) {
  const double reach = kReach * std::sqrt(std::max(count, 6) / 6.0);
  std::vector<Tower> towers;
  for (int i = 0; i < count; ++i) {
    const Block block = random_block(random);
    std::vector<std::size_t> carriers;
    for (std::size_t t = 0; t < towers.size(); ++t) {
      if (can_carry(towers[t], block)) carriers.push_back(t);
    }
    const bool wants_up = random.uniform(0.0, 1.0) < kStackedShare;
    if (wants_up && !carriers.empty()) {
      const int chosen = random.integer(0, static_cast<int>(carriers.size()) - 1);
      put_on(towers[carriers[static_cast<std::size_t>(chosen)]], block, random);
    } else if (!put_on_the_floor(towers, block, reach, random)) {
      return std::nullopt;
    }
  }
  std::vector<Block> blocks;
  for (const Tower& tower : towers) blocks.insert(blocks.end(), tower.begin(), tower.end());
  return blocks;
}

}  // namespace

std::vector<Block> random_blocks(int count, Random& random) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    if (std::optional<std::vector<Block>> blocks = try_to_place(count, random)) return *blocks;
  }
  throw GraderError("no place for " + std::to_string(count) + " blocks");
}

}  // namespace pset3::worlds
