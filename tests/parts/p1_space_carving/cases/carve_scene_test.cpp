#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <utility>

#include "grader/parts/p1_space_carving/cases/generators.hpp"
#include "tests/parts/p1_space_carving/cases/projection.hpp"

// One view and a grid: every kind of scene shows the mistakes that it is for, at every seed.
namespace pset3::cases::p1 {
namespace {

using arrays::Array;
using nlohmann::json;

constexpr std::uint64_t kSeeds = 20;

json carve_params(const char* inside, const char* solid = "random") {
  return {{"solid", solid}, {"inside", inside}, {"width", 120}, {"height", 90}, {"voxels", 4000}};
}

struct Counts {
  long all = 0, kept = 0, behind = 0, behind_on_object = 0;
  long left = 0, right = 0, above = 0, below = 0;
  long swapped_outside = 0, swapped_differs = 0, kept_clamped = 0, kept_wrapped = 0;

  long outside() const { return left + right + above + below; }
};

Counts count(const CaseData& data) {
  const Array& silhouette = get(data.inputs, "silhouette");
  const Mask mask = {silhouette.data<std::uint8_t>(), silhouette.shape().at(0),
                     silhouette.shape().at(1)};
  Counts counts;
  for (const Point& voxel : points_of(get(data.inputs, "voxels"))) {
    const Pixel at = project(get(data.inputs, "P").data<double>(), voxel.data());
    ++counts.all;
    if (at.w <= 0.0) {
      ++counts.behind;
      counts.behind_on_object += mask.at(at.column, at.row);
      continue;
    }
    counts.left += at.column < 0 ? 1 : 0;
    counts.right += at.column >= mask.width ? 1 : 0;
    counts.above += mask.holds(at.column, 0) && at.row < 0 ? 1 : 0;
    counts.below += mask.holds(at.column, 0) && at.row >= mask.height ? 1 : 0;
    counts.kept += mask.at(at.column, at.row);
    counts.swapped_outside += mask.holds(at.row, at.column) ? 0 : 1;
    counts.swapped_differs += mask.at(at.row, at.column) != mask.at(at.column, at.row) ? 1 : 0;
    counts.kept_clamped +=
        mask.at(std::clamp(at.column, 0L, mask.width - 1), std::clamp(at.row, 0L, mask.height - 1));
    counts.kept_wrapped += mask.at(((at.column % mask.width) + mask.width) % mask.width,
                                   ((at.row % mask.height) + mask.height) % mask.height);
  }
  return counts;
}

TEST(CarveScene, ThatIsSafeProjectsEveryVoxelInsideEvenWhenSwapped) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Counts counts = count(carve_scene(carve_params("safe"), seed));
    EXPECT_EQ(counts.outside() + counts.swapped_outside + counts.behind, 0) << "seed " << seed;
    EXPECT_GE(counts.kept, 20) << "seed " << seed;
    EXPECT_LE(10 * counts.kept, 7 * counts.all) << "seed " << seed;
    EXPECT_GE(100 * counts.swapped_differs, 15 * counts.kept) << "seed " << seed;
  }
}

TEST(CarveScene, ThatIsSafeIsSoInATallImageToo) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    json params = carve_params("safe");
    std::swap(params["width"], params["height"]);
    const Counts counts = count(carve_scene(params, seed));
    EXPECT_EQ(counts.outside() + counts.swapped_outside + counts.behind, 0) << "seed " << seed;
  }
}

TEST(CarveScene, ThatIsOutsideShowsAMissingTest) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Counts counts = count(carve_scene(carve_params("outside"), seed));
    EXPECT_GE(4 * counts.outside(), counts.all) << "seed " << seed;
    EXPECT_GT(std::min({counts.left, counts.right, counts.above, counts.below}), 0) << seed;
    EXPECT_GE(20 * (counts.kept_clamped - counts.kept), counts.all) << "seed " << seed;
    EXPECT_GE(20 * (counts.kept_wrapped - counts.kept), counts.all) << "seed " << seed;
    EXPECT_GE(counts.kept, 20) << "seed " << seed;
  }
}

TEST(CarveScene, ThatIsOutsideHasAnObjectOnEveryBorder) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CaseData data = carve_scene(carve_params("outside"), seed);
    const Mask mask = {get(data.inputs, "silhouette").data<std::uint8_t>(), 90, 120};
    std::array<int, 4> on_border{};
    for (long column = 0; column < mask.width; ++column) {
      on_border[0] += mask.at(column, 0);
      on_border[1] += mask.at(column, mask.height - 1);
    }
    for (long row = 0; row < mask.height; ++row) {
      on_border[2] += mask.at(0, row);
      on_border[3] += mask.at(mask.width - 1, row);
    }
    EXPECT_GE(*std::min_element(on_border.begin(), on_border.end()), 4) << "seed " << seed;
  }
}

TEST(CarveScene, ThatIsBehindProjectsVoxelsOntoTheObjectFromBehind) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Counts counts = count(carve_scene(carve_params("behind"), seed));
    EXPECT_GE(5 * counts.behind, counts.all) << "seed " << seed;
    EXPECT_GE(counts.behind_on_object, 20) << "seed " << seed;
    EXPECT_EQ(counts.outside(), 0) << "seed " << seed;
  }
}

TEST(CarveScene, MakesEverySolidFromEverySide) {
  for (const char* solid : {"ellipsoid", "box", "animal"}) {
    for (const char* view : {"+x", "-x", "+y", "-y", "+z", "-z"}) {
      json params = carve_params("safe", solid);
      params["view"] = view;
      const Counts counts = count(carve_scene(params, 3));
      EXPECT_EQ(counts.outside(), 0) << solid << " from " << view;
      EXPECT_GE(counts.kept, 20) << solid << " from " << view;
    }
  }
}

TEST(CarveScene, HasEmptyAndFullSilhouettes) {
  json params = carve_params("outside");
  params["silhouette"] = "empty";
  EXPECT_EQ(count(carve_scene(params, 1)).kept, 0);
  params["silhouette"] = "full";
  const Counts counts = count(carve_scene(params, 1));
  EXPECT_EQ(counts.kept, counts.all - counts.outside());
  EXPECT_GT(counts.kept, 0);
}

TEST(CarveScene, BeginsAtPixelZeroWhereTheSilhouetteIsFull) {
  json params = carve_params("outside");
  params["silhouette"] = "full";
  params["order"] = "shuffled";
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CaseData data = carve_scene(params, seed);
    const Point first = points_of(get(data.inputs, "voxels")).front();
    const Pixel at = project(get(data.inputs, "P").data<double>(), first.data());
    EXPECT_GT(at.w, 0.0);
    EXPECT_EQ(at.column, 0);
    EXPECT_EQ(at.row, 0);
  }
}

TEST(CarveScene, ShufflesTheVoxelsOfTheGrid) {
  json params = carve_params("safe");
  auto grid = points_of(get(carve_scene(params, 5).inputs, "voxels"));
  params["order"] = "shuffled";
  auto shuffled = points_of(get(carve_scene(params, 5).inputs, "voxels"));
  EXPECT_NE(grid, shuffled);
  std::sort(grid.begin(), grid.end());
  std::sort(shuffled.begin(), shuffled.end());
  EXPECT_EQ(grid, shuffled);
}

}  // namespace
}  // namespace pset3::cases::p1
