#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/parts/p1_space_carving/judge/scenes.hpp"

namespace pset3::judge::p1::testing {
namespace {

using Box = Eigen::Matrix<double, 3, 2, Eigen::RowMajor>;

Array array_of_box(const Box& box) { return Array::copy_of(box.data(), {3, 2}); }

/// Six cameras of a ring, written down by hand, and the box that they give.
///
/// Positions (±4, 0, 1), (0, ±4, 1), (0, 0, …) would hide mix-ups, so the ring is 8 by 6 and its
/// cameras look at the origin.
std::vector<TestCamera> cameras() {
  std::vector<TestCamera> all(4);
  all[0].position = {4, 0, 1};
  all[1].position = {-4, 0, 1};
  all[2].position = {0, 3, 1};
  all[3].position = {0, -3, 1};
  return all;
}

/// dx = 8, dy = 6, so 0.6 * sqrt(dx^2 + dy^2) = 6. The steepest view is from (0, 3, 1): its unit
/// direction has z = -1 / sqrt(10), so z reaches down to 1 - 6 / sqrt(10). x: -4 + 8/4 .. 4 - 8/4.
Box default_box() {
  Box box;
  box << -2, 2, -1.5, 1.5, 1 - 6 / std::sqrt(10.0), 1;
  return box;
}

struct Scene {
  bool better = true;
  std::int64_t num_voxels = 4000;
  double side = 0.2;
  Eigen::Vector3d shift{0, 0, 0};  ///< centres or corners
  Box default_bounds = default_box();

  /// The coarse survivors: a crooked handful, whose extent is x -0.5 .. 0.7, y -0.3 .. 0.9,
  /// z -0.6 .. 0.2 plus the shift.
  Points coarse() const {
    Points points = {
        {-0.5, 0.1, 0.0}, {0.7, 0.1, 0.0}, {0.1, -0.3, 0.2}, {0.1, 0.9, 0.0}, {0.1, 0.1, -0.6}};
    for (auto& row : points) row += shift;
    return points;
  }
  Box extent() const {
    Box box;
    box << -0.5, 0.7, -0.3, 0.9, -0.6, 0.2;
    box.colwise() += shift;
    return box;
  }
  Box widened(double lower, double upper) const {
    Box box = extent();
    box.col(0).array() -= lower * side;
    box.col(1).array() += upper * side;
    return box;
  }
  Arrays inputs() const {
    const std::vector<TestCamera> all = cameras();
    Arrays arrays = views_inputs(
        all, std::vector<std::vector<std::uint8_t>>(4, std::vector<std::uint8_t>(120UL * 160, 1)));
    arrays.emplace("better", Array::scalar<bool>(better));
    arrays.emplace("num_voxels", Array::scalar<std::int64_t>(num_voxels));
    return arrays;
  }
  Arrays outputs(const Box& bounds) const {
    const TestCamera middle = cameras()[2];
    const std::vector<std::uint8_t> full(120UL * 160, 1);
    const Points grid = cube_grid(16, 0.45);
    return {{"bounds", array_of_box(bounds)},
            {"default_bounds", array_of_box(default_bounds)},
            {"refused", Array::scalar<std::int64_t>(0)},
            {"grid", array_of(grid)},
            {"with", array_of(CarveProgram{}(grid, middle, full))},
            {"changed", array_of(CarveProgram{}(grid, middle, changed_in_squares(middle, full)))},
            {"coarse", array_of(coarse())},
            {"coarse_size", Array::scalar<double>(side)}};
  }
  CaseFinding find(const std::string& name, const Box& bounds) const {
    return judge(name, inputs(), outputs(bounds));
  }
};

TEST(Bounds, AcceptTheDefaultBoxWorkedByHand) {
  Scene scene;
  EXPECT_EQ(scene.find("p1.default_box", scene.widened(1, 1)).verdict, Verdict::kPassed);
  scene.better = false;
  EXPECT_EQ(scene.find("p1.default_box", default_box()).verdict, Verdict::kPassed);
  EXPECT_EQ(scene.find("p1.bounds", default_box()).verdict, Verdict::kPassed);
}

TEST(Bounds, DoNotDependOnTheScaleOfAProjection) {
  const Scene scene;
  Arrays inputs = scene.inputs();
  for (std::size_t i = 0; i < 48; ++i) inputs.at("P").data<double>()[i] *= 0.01;
  EXPECT_EQ(judge("p1.default_box", inputs, scene.outputs(scene.widened(1, 1))).verdict,
            Verdict::kPassed);
}

TEST(Bounds, FailADefaultBoxThatWasChanged) {
  Scene scene;
  scene.default_bounds(2, 0) = 1;
  EXPECT_EQ(scene.find("p1.default_box", scene.widened(1, 1)).verdict, Verdict::kFailed);
  EXPECT_EQ(scene.find("p1.better_box", scene.widened(1, 1)).verdict, Verdict::kPassed);
  scene.default_bounds = default_box();
  scene.better = false;
  EXPECT_EQ(scene.find("p1.default_box", scene.widened(1, 1)).verdict, Verdict::kFailed);
}

TEST(Bounds, AcceptOneSideAroundCentresAndAroundCubes) {
  Scene scene;
  for (const Eigen::Vector3d& shift :
       {Eigen::Vector3d{0, 0, 0}, Eigen::Vector3d{-0.1, -0.1, -0.1}}) {
    scene.shift = shift;
    for (const double margin : {1.0, 1.5}) {
      EXPECT_EQ(scene.find("p1.better_box", scene.widened(margin, margin)).verdict,
                Verdict::kPassed);
      EXPECT_EQ(scene.find("p1.bounds", scene.widened(margin, margin)).verdict, Verdict::kPassed);
    }
  }
}

TEST(Bounds, FailOtherMarginsButNotForTheResolution) {
  const Scene scene;
  for (const auto& [lower, upper] : std::vector<std::pair<double, double>>{
           {0, 0}, {1, 0}, {0, 1}, {2, 2}, {0.5, 0.5}, {1, 1.5}, {-1, -1}}) {
    EXPECT_EQ(scene.find("p1.better_box", scene.widened(lower, upper)).verdict, Verdict::kFailed);
    EXPECT_EQ(scene.find("p1.resolution", scene.widened(lower, upper)).verdict, Verdict::kPassed);
  }
}

TEST(Bounds, NameEveryWrongEnd) {
  const Scene scene;
  const CaseFinding finding = scene.find("p1.better_box", scene.widened(1, 0));
  for (const char* line : {"upper x: expected 0.9, got 0.7", "upper y: expected 1.1, got 0.9",
                           "upper z: expected 0.4, got 0.2"}) {
    EXPECT_NE(finding.detail.find(line), std::string::npos) << finding.detail;
  }
  EXPECT_EQ(finding.detail.find("lower"), std::string::npos) << finding.detail;
}

TEST(Bounds, FailAMarginThatIsForgottenOnOneAxis) {
  const Scene scene;
  Box box = scene.widened(1, 1);
  box.row(1) = scene.extent().row(1);
  const CaseFinding finding = scene.find("p1.better_box", box);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(std::count(finding.detail.begin(), finding.detail.end(), '\n'), 1) << finding.detail;
}

TEST(Bounds, FailAxesAndEndsInTheWrongOrder) {
  const Scene scene;
  Box axes = scene.widened(1, 1);
  axes.row(0).swap(axes.row(1));
  EXPECT_EQ(scene.find("p1.better_box", axes).verdict, Verdict::kFailed);
  Box ends = scene.widened(1, 1);
  ends.col(0).swap(ends.col(1));
  EXPECT_EQ(scene.find("p1.better_box", ends).verdict, Verdict::kFailed);
}

TEST(Bounds, FailANumberOfVoxelsThatIsIgnoredForTheResolution) {
  Scene scene;
  scene.num_voxels = 1500;
  Scene other = scene;
  other.side = 0.137;
  other.shift = {0.03, -0.05, 0.04};
  EXPECT_EQ(scene.find("p1.resolution", other.widened(1, 1)).verdict, Verdict::kFailed);
  EXPECT_EQ(scene.find("p1.resolution", default_box()).verdict, Verdict::kFailed);
}

TEST(Bounds, AreBlockedByACoarseCarveThatSaysNothing) {
  const Scene scene;
  Arrays outputs = scene.outputs(scene.widened(1, 1));
  outputs.at("coarse") = array_of({});
  EXPECT_EQ(judge("p1.better_box", scene.inputs(), outputs).blocked_by, "p1.b.survivors");
  outputs.at("coarse") = array_of({default_box().col(0), default_box().col(1)});
  EXPECT_EQ(judge("p1.better_box", scene.inputs(), outputs).blocked_by, "p1.b.survivors");
  outputs = scene.outputs(scene.widened(1, 1));
  outputs.at("coarse_size") = Array::scalar<double>(0.0);
  EXPECT_EQ(judge("p1.better_box", scene.inputs(), outputs).blocked_by, "p1.a.side");
}

TEST(Bounds, AreBlockedByACarveThatIgnoresItsImage) {
  const Scene scene;
  Arrays outputs = scene.outputs(scene.widened(1, 1));
  outputs.at("changed") = outputs.at("with");
  EXPECT_EQ(judge("p1.better_box", scene.inputs(), outputs).blocked_by, "p1.b.survivors");
  EXPECT_EQ(judge("p1.resolution", scene.inputs(), outputs).blocked_by, "p1.b.survivors");
}

/// A program that forgets one axis, or takes a tenth of the extent for the margin, has the right
/// grid.
TEST(Bounds, DoNotChargeAWrongMarginForTheResolution) {
  const Scene scene;
  Box z_left = scene.widened(1, 1);
  z_left.row(2) = default_box().row(2);
  EXPECT_EQ(scene.find("p1.resolution", z_left).verdict, Verdict::kPassed);
  Box tenth = scene.extent();
  const Eigen::Vector3d extent = tenth.col(1) - tenth.col(0);
  tenth.col(0) -= 0.1 * extent;
  tenth.col(1) += 0.1 * extent;
  EXPECT_EQ(scene.find("p1.resolution", tenth).verdict, Verdict::kPassed);
  EXPECT_EQ(scene.find("p1.better_box", tenth).verdict, Verdict::kFailed);
}

Arrays nothing_left(std::int64_t refused, std::int64_t when_full, const Points& left,
                    std::int64_t when_last = 1, std::int64_t returned_when_last = 0) {
  return {{"refused", Array::scalar<std::int64_t>(refused)},
          {"refused_when_last", Array::scalar<std::int64_t>(when_last)},
          {"returned_when_last", Array::scalar<std::int64_t>(returned_when_last)},
          {"refused_when_full", Array::scalar<std::int64_t>(when_full)},
          {"left", array_of(left)}};
}

TEST(NothingLeft, WantsRuntimeErrorFromAFunctionThatElseReturns) {
  const Arrays inputs = Scene{}.inputs();
  const auto find = [&](const Arrays& outputs) {
    return judge("p1.nothing_left", inputs, outputs);
  };
  EXPECT_EQ(find(nothing_left(1, 0, {})).verdict, Verdict::kPassed);
  EXPECT_EQ(find(nothing_left(0, 0, {})).verdict, Verdict::kFailed);
  EXPECT_EQ(find(nothing_left(2, 0, {})).verdict, Verdict::kFailed);
  EXPECT_EQ(find(nothing_left(1, 0, {}, 0)).verdict, Verdict::kFailed);
  EXPECT_EQ(find(nothing_left(1, 0, {}, 0, 2)).verdict, Verdict::kPassed);
  EXPECT_EQ(find(nothing_left(1, 1, {})).blocked_by, "p1.d.better");
  EXPECT_EQ(find(nothing_left(0, 0, {{0, 0, 0}})).blocked_by, "p1.b.survivors");
}

TEST(Bounds, ShowOneMistakeTheSameOnEveryGrid) {
  const Scene centres;
  Scene corners;
  corners.shift = {-0.1, -0.1, -0.1};
  corners.side = 0.17;
  const auto sketch_of = [](const Scene& scene, const Box& box) {
    return sketch("p1.better_box", scene.inputs(), scene.outputs(box));
  };
  std::vector<Sketch> mistakes;
  for (const auto& [lower, upper] :
       std::vector<std::pair<double, double>>{{1, 1}, {0, 0}, {1, 0}, {2, 2}}) {
    const Sketch a = sketch_of(centres, centres.widened(lower, upper));
    const Sketch b = sketch_of(corners, corners.widened(lower, upper));
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-9);
    for (const Sketch& other : mistakes) EXPECT_NE(a, other);
    mistakes.push_back(a);
  }
}

}  // namespace
}  // namespace pset3::judge::p1::testing
