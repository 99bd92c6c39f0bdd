#include <gtest/gtest.h>

#include "tests/parts/p1_space_carving/judge/scenes.hpp"

namespace pset3::judge::p1::testing {
namespace {

struct Scene {
  std::vector<TestCamera> cameras = ring_of(5);
  std::vector<std::vector<std::uint8_t>> silhouettes;
  Points voxels = cube_grid(20, 0.45);

  Scene() {
    for (const TestCamera& camera : cameras) {
      silhouettes.push_back(ball_silhouette(camera, {0.1, 0.05, -0.1}, 0.3));
    }
  }
  Arrays inputs() const {
    Arrays arrays = views_inputs(cameras, silhouettes);
    arrays.emplace("voxels", array_of(voxels));
    return arrays;
  }
  Arrays outputs(const CarveProgram& carve) const {
    Points survivors = voxels;
    Points alone;
    std::vector<std::int64_t> counts;
    for (std::size_t v = 0; v < cameras.size(); ++v) {
      survivors = carve(survivors, cameras[v], silhouettes[v]);
      const Points single = carve(voxels, cameras[v], silhouettes[v]);
      alone.insert(alone.end(), single.begin(), single.end());
      counts.push_back(static_cast<std::int64_t>(single.size()));
    }
    const TestCamera& middle = cameras[cameras.size() / 2];
    const auto squares = changed_in_squares(middle, silhouettes[cameras.size() / 2]);
    // The judge compares rows alone: which silhouette it was makes no difference to it.
    const Array smaller = array_of(carve(voxels, middle, squares));
    return {{"survivors", array_of(survivors)},
            {"smaller", smaller},
            {"smaller_alone", smaller},
            {"again", array_of(carve(voxels, cameras[0], silhouettes[0]))},
            {"alone", array_of(alone)},
            {"alone_counts", Array::of(counts)},
            {"changed", array_of(carve(voxels, middle, squares))}};
  }
  CaseFinding find(const Arrays& outputs_) const {
    return judge("p1.all_views", inputs(), outputs_, outputs({}));
  }
};

TEST(AllViews, PassARightCarveInEveryConvention) {
  const Scene scene;
  for (const auto pixel : {CarveProgram::PixelRule::kRound, CarveProgram::PixelRule::kTruncate}) {
    CarveProgram carve;
    carve.pixel = pixel;
    carve.reversed = true;
    EXPECT_EQ(scene.find(scene.outputs(carve)).verdict, Verdict::kPassed);
  }
}

TEST(AllViews, DoNotChargeAgainForAWrongCarve) {
  const Scene scene;
  CarveProgram swapped;
  swapped.swapped = true;
  EXPECT_EQ(scene.find(scene.outputs(swapped)).verdict, Verdict::kPassed);
  CarveProgram cast;
  cast.through_float = true;
  EXPECT_EQ(scene.find(scene.outputs(cast)).verdict, Verdict::kPassed);
}

TEST(AllViews, FailWhenTheLastViewIsLeftOut) {
  const Scene scene;
  Arrays outputs = scene.outputs({});
  Points survivors = scene.voxels;
  for (std::size_t v = 0; v + 1 < scene.cameras.size(); ++v) {
    survivors = CarveProgram{}(survivors, scene.cameras[v], scene.silhouettes[v]);
  }
  outputs.at("survivors") = array_of(survivors);
  const CaseFinding finding = scene.find(outputs);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_NE(finding.detail.find("kept by 4 of 5 views alone and kept by all in turn"),
            std::string::npos)
      << finding.detail;
}

TEST(AllViews, FailWhenAVoxelIsLostOrRepeatedOnTheWay) {
  const Scene scene;
  Arrays outputs = scene.outputs({});
  Points survivors = points_of(outputs.at("survivors"));
  survivors.pop_back();
  outputs.at("survivors") = array_of(survivors);
  EXPECT_EQ(scene.find(outputs).verdict, Verdict::kFailed);
  survivors = points_of(scene.outputs({}).at("survivors"));
  survivors.push_back(survivors.front());
  outputs.at("survivors") = array_of(survivors);
  EXPECT_EQ(scene.find(outputs).verdict, Verdict::kFailed);
}

TEST(AllViews, FailWhenTheFirstViewKeepsOtherVoxelsAfterwards) {
  const Scene scene;
  Arrays outputs = scene.outputs({});
  const Sketch right = sketch("p1.all_views", scene.inputs(), outputs);
  outputs.at("again") = outputs.at("survivors");
  const CaseFinding lost = scene.find(outputs);
  EXPECT_EQ(lost.verdict, Verdict::kFailed);
  EXPECT_NE(lost.detail.find("kept the first time"), std::string::npos) << lost.detail;
  EXPECT_GT(sketch("p1.all_views", scene.inputs(), outputs).size(), right.size());
  Points twice = points_of(scene.outputs({}).at("again"));
  twice.push_back(twice.front());
  outputs.at("again") = array_of(twice);
  EXPECT_EQ(scene.find(outputs).verdict, Verdict::kFailed);
}

TEST(AllViews, FailWhenASmallerSilhouetteKeepsOtherVoxelsAfterLargerOnes) {
  const Scene scene;
  Arrays outputs = scene.outputs({});
  outputs.at("smaller") = array_of(scene.voxels);
  const CaseFinding kept = scene.find(outputs);
  EXPECT_EQ(kept.verdict, Verdict::kFailed);
  EXPECT_NE(kept.expected.find("smaller"), std::string::npos) << kept.expected;
}

TEST(AllViews, AreBlockedByACarveThatRemovesNothingOrEverything) {
  const Scene scene;
  const auto views = static_cast<std::int64_t>(scene.cameras.size());
  const auto count = static_cast<std::int64_t>(scene.voxels.size());
  Points all;
  for (std::int64_t v = 0; v < views; ++v) {
    all.insert(all.end(), scene.voxels.begin(), scene.voxels.end());
  }
  const Arrays nothing_removed = {{"survivors", array_of(scene.voxels)},
                                  {"changed", array_of(scene.voxels)},
                                  {"alone", array_of(all)},
                                  {"alone_counts", Array::of(std::vector<std::int64_t>(5, count))}};
  const Arrays all_removed = {{"survivors", array_of({})},
                              {"changed", array_of({})},
                              {"alone", array_of({})},
                              {"alone_counts", Array::of(std::vector<std::int64_t>(5, 0))}};
  for (const Arrays& outputs : {nothing_removed, all_removed}) {
    const CaseFinding finding = scene.find(outputs);
    EXPECT_EQ(finding.verdict, Verdict::kBlocked);
    EXPECT_EQ(finding.blocked_by, "p1.b.survivors");
  }
}

/// The same half of the voxels stays in every view: consistent, and nothing is carved.
TEST(AllViews, AreBlockedByACarveThatIgnoresItsImage) {
  const Scene scene;
  const Points half(scene.voxels.begin(), scene.voxels.begin() + 4000);
  Points all;
  for (std::size_t v = 0; v < scene.cameras.size(); ++v) {
    all.insert(all.end(), half.begin(), half.end());
  }
  const CaseFinding finding =
      scene.find({{"survivors", array_of(half)},
                  {"changed", array_of(half)},
                  {"alone", array_of(all)},
                  {"alone_counts", Array::of(std::vector<std::int64_t>(5, 4000))}});
  EXPECT_EQ(finding.verdict, Verdict::kBlocked);
  EXPECT_EQ(finding.blocked_by, "p1.b.survivors");
}

/// One pixel decides about everything, so the image matters, but not where a voxel projects.
TEST(AllViews, AreBlockedByACarveThatLooksAtOnePixel) {
  const Scene scene;
  Arrays outputs = scene.outputs({});
  const Points some(scene.voxels.begin(), scene.voxels.begin() + 4000);
  const Points others(scene.voxels.begin() + 4000, scene.voxels.end());
  Points all;
  for (std::size_t v = 0; v < scene.cameras.size(); ++v) {
    all.insert(all.end(), some.begin(), some.end());
  }
  outputs.at("survivors") = array_of(some);
  outputs.at("alone") = array_of(all);
  outputs.at("alone_counts") = Array::of(std::vector<std::int64_t>(5, 4000));
  outputs.at("changed") = array_of(others);
  EXPECT_EQ(scene.find(outputs).verdict, Verdict::kBlocked);
}

TEST(AllViews, AreBlockedByACarveThatMovesRowsButNotByOneThatRepeatsThem) {
  const Scene scene;
  CarveProgram shifted;
  shifted.shifted = true;
  EXPECT_EQ(scene.find(scene.outputs(shifted)).verdict, Verdict::kBlocked);
  CarveProgram repeated;
  repeated.repeated = true;
  EXPECT_EQ(scene.find(scene.outputs(repeated)).verdict, Verdict::kPassed);
}

TEST(AllViews, FailCountsThatDoNotAddUp) {
  const Scene scene;
  for (const std::int64_t wrong : {std::int64_t{-1}, std::int64_t{1} << 62}) {
    Arrays outputs = scene.outputs({});
    outputs.at("alone_counts").data<std::int64_t>()[2] = wrong;
    EXPECT_EQ(scene.find(outputs).verdict, Verdict::kFailed);
    EXPECT_EQ(sketch("p1.all_views", scene.inputs(), outputs), Sketch{-1.0});
  }
}

}  // namespace
}  // namespace pset3::judge::p1::testing
