#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

#include "tests/parts/p1_space_carving/judge/scenes.hpp"

namespace pset3::judge::p1::testing {
namespace {

using PixelRule = CarveProgram::PixelRule;

/// A ball that is not in the middle, seen from aside, so that no mirror image looks like it.
struct Scene {
  TestCamera camera{{3.5, -2, 1.1}, {0, 0, 0}, 300, 120, 160};
  std::vector<std::uint8_t> silhouette = ball_silhouette(camera, {0.05, 0.12, 0.2}, 0.35);
  Points voxels = cube_grid(24, 0.45);

  Arrays inputs() const { return carve_inputs(camera, silhouette, voxels); }
  Arrays outputs(const CarveProgram& program) const {
    return carve_outputs(program(voxels, camera, silhouette));
  }
  Verdict verdict(const std::string& name, const CarveProgram& program) const {
    return judge(name, inputs(), outputs(program)).verdict;
  }
};

/// The grid is larger than the image.
Scene scene_beyond_the_border() {
  Scene scene;
  scene.voxels = cube_grid(24, 1.1);
  return scene;
}

Scene filled(std::uint8_t value) {
  Scene scene = scene_beyond_the_border();
  scene.silhouette.assign(scene.silhouette.size(), value);
  return scene;
}

class RightCarve : public ::testing::TestWithParam<std::tuple<PixelRule, bool>> {
 protected:
  CarveProgram program() const {
    CarveProgram right;
    right.pixel = std::get<0>(GetParam());
    right.reversed = std::get<1>(GetParam());
    return right;
  }
};

TEST_P(RightCarve, PassesEveryCheckOnEveryScene) {
  for (const Scene& scene : {Scene{}, scene_beyond_the_border(), filled(1)}) {
    EXPECT_EQ(scene.verdict("p1.survivors", program()), Verdict::kPassed);
    EXPECT_EQ(scene.verdict("p1.untouched", program()), Verdict::kPassed);
    EXPECT_EQ(scene.verdict("p1.carve", program()), Verdict::kPassed);
  }
  EXPECT_EQ(filled(0).verdict("p1.survivors", program()), Verdict::kPassed);
  EXPECT_EQ(scene_beyond_the_border().verdict("p1.outside", program()), Verdict::kPassed);
  EXPECT_EQ(filled(1).verdict("p1.outside", program()), Verdict::kPassed);
}

TEST_P(RightCarve, ShowsTheSameSketchAsRoundingDoes) {
  for (const Scene& scene : {Scene{}, scene_beyond_the_border(), filled(1)}) {
    EXPECT_TRUE(look_alike("p1.survivors",
                           sketch("p1.survivors", scene.inputs(), scene.outputs(program())),
                           sketch("p1.survivors", scene.inputs(), scene.outputs({}))));
  }
}

INSTANTIATE_TEST_SUITE_P(PixelAndOrder, RightCarve,
                         ::testing::Combine(::testing::Values(PixelRule::kRound,
                                                              PixelRule::kTruncate),
                                            ::testing::Bool()));

TEST(Carving, FailsAPictureThatIsMovedByOnePixel) {
  CarveProgram moved;
  moved.pixel = PixelRule::kHalf;
  EXPECT_EQ(Scene{}.verdict("p1.survivors", moved), Verdict::kFailed);
  EXPECT_FALSE(look_alike("p1.survivors",
                          sketch("p1.survivors", Scene{}.inputs(), Scene{}.outputs(moved)),
                          sketch("p1.survivors", Scene{}.inputs(), Scene{}.outputs({}))));
}

/// Keeps what it should, but for voxels in the outermost column on the left.
TEST(Carving, FailsALostBorderOfTheImageForOutsideOnly) {
  const Scene scene = filled(1);
  Points kept;
  for (const auto& voxel : CarveProgram{}(scene.voxels, scene.camera, scene.silhouette)) {
    if (std::round(scene.camera.project(voxel).x()) >= 1.0) kept.push_back(voxel);
  }
  const CaseFinding finding = judge("p1.outside", scene.inputs(), carve_outputs(kept));
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_NE(finding.expected.find("outermost"), std::string::npos) << finding.expected;
}

/// Cuts off the fraction, and loses what lies in the last column, or in the last row.
TEST(Carving, FailsTheLastColumnOrRowLostByAProgramThatCutsOff) {
  const Scene scene = filled(1);
  CarveProgram cutting;
  cutting.pixel = PixelRule::kTruncate;
  for (const int axis : {0, 1}) {
    const int size = axis == 0 ? scene.camera.width : scene.camera.height;
    Points kept;
    for (const auto& voxel : cutting(scene.voxels, scene.camera, scene.silhouette)) {
      if (scene.camera.project(voxel)[axis] < size - 1) kept.push_back(voxel);
    }
    EXPECT_EQ(judge("p1.outside", scene.inputs(), carve_outputs(kept)).verdict, Verdict::kFailed)
        << axis;
  }
}

TEST(Carving, DoesNotChargeSwappedColumnAndRowForTheBorder) {
  CarveProgram swapped;
  swapped.swapped = true;
  const Scene scene = scene_beyond_the_border();
  EXPECT_EQ(scene.verdict("p1.survivors", swapped), Verdict::kFailed);
  EXPECT_EQ(scene.verdict("p1.outside", swapped), Verdict::kPassed);
}

TEST(Carving, KeepsVoxelsBehindTheCameraOutOfTheJudgement) {
  Scene scene;
  const Points right = CarveProgram{}(scene.voxels, scene.camera, scene.silhouette);
  Points behind = right;
  const Eigen::Vector3d mirrored = 2 * scene.camera.position - right.front();
  scene.voxels.push_back(mirrored);
  behind.push_back(mirrored);
  EXPECT_EQ(judge("p1.carve", scene.inputs(), carve_outputs(right)).verdict, Verdict::kPassed);
  EXPECT_EQ(judge("p1.carve", scene.inputs(), carve_outputs(behind)).verdict, Verdict::kPassed);
}

TEST(Carving, FailsSwappedColumnAndRowForSurvivorsOnly) {
  CarveProgram swapped;
  swapped.swapped = true;
  EXPECT_EQ(Scene{}.verdict("p1.survivors", swapped), Verdict::kFailed);
  EXPECT_EQ(Scene{}.verdict("p1.untouched", swapped), Verdict::kPassed);
  EXPECT_EQ(Scene{}.verdict("p1.carve", swapped), Verdict::kFailed);
}

TEST(Carving, FailsTheBackgroundKept) {
  CarveProgram inverted;
  inverted.inverted = true;
  EXPECT_EQ(Scene{}.verdict("p1.survivors", inverted), Verdict::kFailed);
}

TEST(Carving, FailsPixelsMovedToTheBorderForOutsideOnly) {
  CarveProgram clamped;
  clamped.clamped = true;
  EXPECT_EQ(filled(1).verdict("p1.outside", clamped), Verdict::kFailed);
  EXPECT_EQ(Scene{}.verdict("p1.survivors", clamped), Verdict::kPassed);
  EXPECT_EQ(Scene{}.verdict("p1.untouched", clamped), Verdict::kPassed);
}

TEST(Carving, FailsAMissingTestForTheBorderForOutsideOnly) {
  CarveProgram wrapped;
  wrapped.wrapped = true;
  EXPECT_EQ(filled(1).verdict("p1.outside", wrapped), Verdict::kFailed);
  EXPECT_EQ(scene_beyond_the_border().verdict("p1.outside", wrapped), Verdict::kFailed);
  EXPECT_EQ(Scene{}.verdict("p1.survivors", wrapped), Verdict::kPassed);
  EXPECT_EQ(filled(1).verdict("p1.carve", wrapped), Verdict::kFailed);
}

TEST(Carving, FailsMovedRowsAndSaysWhichOnes) {
  CarveProgram shifted;
  shifted.shifted = true;
  const CaseFinding finding = judge("p1.untouched", Scene{}.inputs(), Scene{}.outputs(shifted));
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_NE(finding.got.find("no voxel of the input"), std::string::npos) << finding.got;
}

TEST(Carving, FailsRowsCastToFloatForUntouchedOnly) {
  CarveProgram cast;
  cast.through_float = true;
  EXPECT_EQ(Scene{}.verdict("p1.untouched", cast), Verdict::kFailed);
  EXPECT_EQ(Scene{}.verdict("p1.survivors", cast), Verdict::kPassed);
}

TEST(Carving, FailsASilhouetteThatWasWrittenIntoForUntouchedOnly) {
  const Scene scene;
  const Points right = CarveProgram{}(scene.voxels, scene.camera, scene.silhouette);
  const auto verdict = [&](const char* name) {
    return judge(name, scene.inputs(), carve_outputs(right, 5)).verdict;
  };
  EXPECT_EQ(verdict("p1.untouched"), Verdict::kFailed);
  EXPECT_EQ(verdict("p1.survivors"), Verdict::kPassed);
  EXPECT_EQ(verdict("p1.carve"), Verdict::kFailed);
}

TEST(Carving, FailsRepeatedRowsForUntouchedOnly) {
  CarveProgram repeated;
  repeated.repeated = true;
  EXPECT_EQ(Scene{}.verdict("p1.untouched", repeated), Verdict::kFailed);
  EXPECT_EQ(Scene{}.verdict("p1.survivors", repeated), Verdict::kPassed);
  EXPECT_EQ(Scene{}.verdict("p1.carve", repeated), Verdict::kFailed);
}

TEST(Carving, GivesNothingToAProgramThatReturnsNothingOrEverything) {
  const Scene outside = scene_beyond_the_border();
  const Arrays nothing = carve_outputs({});
  const Arrays everything = carve_outputs(outside.voxels);
  EXPECT_EQ(judge("p1.survivors", outside.inputs(), nothing).verdict, Verdict::kFailed);
  EXPECT_EQ(judge("p1.survivors", outside.inputs(), everything).verdict, Verdict::kFailed);
  EXPECT_EQ(judge("p1.outside", outside.inputs(), nothing).verdict, Verdict::kBlocked);
  EXPECT_EQ(judge("p1.outside", outside.inputs(), everything).verdict, Verdict::kFailed);
  for (const Arrays& outputs : {nothing, everything}) {
    const CaseFinding finding = judge("p1.untouched", outside.inputs(), outputs);
    EXPECT_EQ(finding.verdict, Verdict::kBlocked);
    EXPECT_EQ(finding.blocked_by, "p1.b.survivors");
  }
}

TEST(Carving, WantsNoRowAtAllWhereNoVoxelMayStay) {
  Scene none;
  none.voxels = {};
  const Arrays zero_row = carve_outputs({{0, 0, 0}});
  EXPECT_EQ(none.verdict("p1.survivors", {}), Verdict::kPassed);
  EXPECT_EQ(judge("p1.survivors", none.inputs(), zero_row).verdict, Verdict::kFailed);
  EXPECT_EQ(judge("p1.survivors", filled(0).inputs(), zero_row).verdict, Verdict::kFailed);
}

TEST(Carving, NamesTheFirstLostVoxelWithItsPixel) {
  const Scene scene;
  Points survivors = CarveProgram{}(scene.voxels, scene.camera, scene.silhouette);
  survivors.erase(survivors.begin(), survivors.begin() + 40);
  const CaseFinding finding = judge("p1.survivors", scene.inputs(), carve_outputs(survivors));
  ASSERT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_NE(finding.detail.find("first lost: row "), std::string::npos) << finding.detail;
  EXPECT_NE(finding.detail.find("column"), std::string::npos) << finding.detail;
}

TEST(Carving, ShowsOneMistakeTheSameWhateverTheRounding) {
  for (const Scene& scene : {Scene{}, scene_beyond_the_border()}) {
    for (auto mistake : {&CarveProgram::swapped, &CarveProgram::clamped, &CarveProgram::wrapped,
                         &CarveProgram::repeated, &CarveProgram::shifted}) {
      CarveProgram rounding;
      CarveProgram cutting;
      rounding.*mistake = cutting.*mistake = true;
      cutting.pixel = PixelRule::kTruncate;
      EXPECT_TRUE(look_alike("p1.carve",
                             sketch("p1.carve", scene.inputs(), scene.outputs(rounding)),
                             sketch("p1.carve", scene.inputs(), scene.outputs(cutting))));
    }
  }
}

TEST(Carving, ShowsDifferentMistakesDifferently) {
  const Scene scene = scene_beyond_the_border();
  std::vector<Sketch> sketches = {sketch("p1.carve", scene.inputs(), scene.outputs({}))};
  for (auto mistake : {&CarveProgram::swapped, &CarveProgram::wrapped, &CarveProgram::shifted,
                       &CarveProgram::repeated, &CarveProgram::inverted}) {
    CarveProgram program;
    program.*mistake = true;
    sketches.push_back(sketch("p1.carve", scene.inputs(), scene.outputs(program)));
  }
  for (std::size_t i = 0; i < sketches.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(look_alike("p1.carve", sketches[i], sketches[j])) << i << " and " << j;
    }
  }
}

}  // namespace
}  // namespace pset3::judge::p1::testing
