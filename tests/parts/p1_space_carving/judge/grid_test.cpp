#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/parts/p1_space_carving/judge/scenes.hpp"

namespace pset3::judge::p1::testing {
namespace {

struct BoxCase {
  Eigen::Vector3d lower;
  Eigen::Vector3d upper;
  std::int64_t num_voxels;

  double side() const {
    return std::cbrt((upper - lower).prod() / static_cast<double>(num_voxels));
  }
  Arrays inputs() const {
    Arrays arrays = {{"num_voxels", Array::scalar<std::int64_t>(num_voxels)}};
    const char* names[] = {"xlim", "ylim", "zlim"};
    for (int axis = 0; axis < 3; ++axis) {
      arrays.emplace(names[axis], Array::of<double>({lower[axis], upper[axis]}));
    }
    return arrays;
  }
};

const BoxCase kCube{{-1, -1, -1}, {1, 1, 1}, 1000};
const BoxCase kFlat{{-1.3, -0.9, -0.21}, {1.2, 1.1, 0.2}, 3000};
const BoxCase kOffset{{3.1, -7.2, 11.9}, {4.4, -6.3, 14.1}, 2500};
const std::vector<BoxCase> kBoxes = {kCube, kFlat, kOffset};

/// A grid program: the number along an axis from box / side, and where the first row lies.
struct GridProgram {
  std::function<int(double)> places = [](double along) {
    return static_cast<int>(std::ceil(along));
  };
  double first = 0.5;  ///< sides from the lower face
  std::function<double(const BoxCase&)> side = [](const BoxCase& box) { return box.side(); };

  Arrays operator()(const BoxCase& box) const {
    const double s = side(box);
    Eigen::Vector3i n;
    for (int axis = 0; axis < 3; ++axis) n[axis] = places((box.upper - box.lower)[axis] / s);
    Points points;
    for (int i = 0; i < n.prod(); ++i) {
      const Eigen::Vector3i cell(i % n[0], i / n[0] % n[1], i / (n[0] * n[1]));
      points.emplace_back(box.lower.array() + (cell.cast<double>().array() + first) * s);
    }
    return {{"voxels", array_of(points)}, {"voxel_size", Array::scalar<double>(s)}};
  }
};

const std::vector<std::string> kJudges = {"p1.grid_side", "p1.grid_spacing", "p1.grid_count",
                                          "p1.grid_coverage"};

std::vector<std::string> not_passed(const BoxCase& box, const Arrays& outputs) {
  std::vector<std::string> names;
  for (const std::string& name : kJudges) {
    const CaseFinding finding = judge(name, box.inputs(), outputs);
    if (finding.verdict == Verdict::kPassed) continue;
    names.push_back(name + (finding.verdict == Verdict::kBlocked ? " blocked" : ""));
  }
  const bool all = judge("p1.grid", box.inputs(), outputs).verdict == Verdict::kPassed;
  EXPECT_EQ(all, names.empty());
  return names;
}

using Names = std::vector<std::string>;

int down(double along) { return static_cast<int>(std::floor(along)); }
int up(double along) { return static_cast<int>(std::ceil(along)); }
int nearest(double along) { return static_cast<int>(std::lround(along)); }
int one_more(double along) { return up(along) + 1; }
int cut_short_of_whole(double along) { return static_cast<int>(along - 1e-9); }

TEST(Grid, PassesCentresHoweverTheNumberIsRounded) {
  for (const BoxCase& box : kBoxes) {
    for (const auto& places : {down, up, nearest, cut_short_of_whole}) {
      EXPECT_EQ(not_passed(box, GridProgram{places, 0.5}(box)), Names{});
    }
  }
}

TEST(Grid, PassesCornersHoweverTheNumberIsRounded) {
  for (const BoxCase& box : kBoxes) {
    for (const auto& places : {down, up, nearest, one_more, cut_short_of_whole}) {
      EXPECT_EQ(not_passed(box, GridProgram{places, 0.0}(box)), Names{});
    }
  }
}

TEST(Grid, PassesAnyOrderOfRows) {
  Arrays outputs = GridProgram{}(kOffset);
  Points points = points_of(outputs.at("voxels"));
  std::reverse(points.begin(), points.end());
  std::swap(points[3], points[500]);
  outputs.at("voxels") = array_of(points);
  EXPECT_EQ(not_passed(kOffset, outputs), Names{});
}

TEST(Grid, ChargesAWrongSideOnce) {
  GridProgram area;
  area.side = [](const BoxCase& box) {
    const Eigen::Vector3d extent = box.upper - box.lower;
    return std::sqrt(extent.x() * extent.y() / static_cast<double>(box.num_voxels));
  };
  EXPECT_EQ(not_passed(kCube, area(kCube)), Names{"p1.grid_side"});
  EXPECT_EQ(not_passed(kOffset, area(kOffset)), Names{"p1.grid_side"});
}

TEST(Grid, ChargesAWrongReturnedSideOnce) {
  Arrays outputs = GridProgram{}(kOffset);
  outputs.at("voxel_size") = Array::scalar<double>(std::pow(kOffset.side(), 3));
  EXPECT_EQ(not_passed(kOffset, outputs), Names{"p1.grid_side"});
}

TEST(Grid, FailsStepsThatDifferFromAxisToAxisForSpacingOnly) {
  Arrays outputs = GridProgram{}(kOffset);
  Points points = points_of(outputs.at("voxels"));
  for (auto& row : points) row.z() = kOffset.lower.z() + (row.z() - kOffset.lower.z()) * 0.99;
  outputs.at("voxels") = array_of(points);
  EXPECT_EQ(not_passed(kOffset, outputs), Names{"p1.grid_spacing"});
}

TEST(Grid, FailsSwappedLimitsForCoverageOnly) {
  BoxCase swapped = kOffset;
  std::swap(swapped.lower[0], swapped.lower[2]);
  std::swap(swapped.upper[0], swapped.upper[2]);
  EXPECT_EQ(not_passed(kOffset, GridProgram{}(swapped)), Names{"p1.grid_coverage"});
}

TEST(Grid, ShowsSwappedLimitsTheSameWithCentresAndCorners) {
  BoxCase swapped = kOffset;
  std::swap(swapped.lower[0], swapped.lower[1]);
  std::swap(swapped.upper[0], swapped.upper[1]);
  const Sketch centres = sketch("p1.grid", kOffset.inputs(), GridProgram{up, 0.5}(swapped));
  const Sketch corners = sketch("p1.grid", kOffset.inputs(), GridProgram{one_more, 0.0}(swapped));
  const Sketch right = sketch("p1.grid", kOffset.inputs(), GridProgram{}(kOffset));
  ASSERT_EQ(centres.size(), corners.size());
  for (std::size_t i = 0; i < centres.size(); ++i) EXPECT_NEAR(centres[i], corners[i], 1e-9) << i;
  EXPECT_NE(centres, right);
}

TEST(Grid, FailsABoxAroundTheOriginInsteadOfItsPlaceForCoverageOnly) {
  BoxCase at_origin = kOffset;
  at_origin.lower = -(kOffset.upper - kOffset.lower) / 2;
  at_origin.upper = (kOffset.upper - kOffset.lower) / 2;
  EXPECT_EQ(not_passed(kOffset, GridProgram{}(at_origin)), Names{"p1.grid_coverage"});
}

TEST(Grid, FailsAMissingAndASurplusLayerForCoverageOnly) {
  const auto short_of_one = [](double along) { return down(along) - 1; };
  const auto two_more = [](double along) { return up(along) + 1; };
  EXPECT_EQ(not_passed(kOffset, GridProgram{two_more, 0.5}(kOffset)), Names{"p1.grid_coverage"});
  EXPECT_EQ(not_passed(kOffset, GridProgram{short_of_one, 0.5}(kOffset)),
            Names{"p1.grid_coverage"});
}

TEST(Grid, FailsAGridThatBeginsHalfASideOutside) {
  EXPECT_EQ(not_passed(kOffset, GridProgram{up, -0.5}(kOffset)), Names{"p1.grid_coverage"});
}

TEST(Grid, FailsMissingAndRepeatedRowsForTheCount) {
  Arrays outputs = GridProgram{}(kOffset);
  Points points = points_of(outputs.at("voxels"));
  points.pop_back();
  outputs.at("voxels") = array_of(points);
  EXPECT_EQ(not_passed(kOffset, outputs), Names{"p1.grid_count"});
  points.push_back(points.front());
  outputs.at("voxels") = array_of(points);
  EXPECT_EQ(not_passed(kOffset, outputs), Names{"p1.grid_count"});
}

TEST(Grid, FailsEveryVoxelTwice) {
  Arrays outputs = GridProgram{}(kFlat);
  Points points = points_of(outputs.at("voxels"));
  points.insert(points.end(), points.begin(), points.end());
  outputs.at("voxels") = array_of(points);
  const Names names = not_passed(kFlat, outputs);
  EXPECT_EQ(names, Names{"p1.grid_count"});
}

TEST(Grid, FailsDegenerateAnswersEverywhereButTheSide) {
  for (const Points& points :
       {Points{}, Points{{0, 0, 0}}, Points(1000, Eigen::Vector3d::Zero())}) {
    const Arrays outputs = {{"voxels", array_of(points)},
                            {"voxel_size", Array::scalar<double>(kOffset.side())}};
    const Names names = not_passed(kOffset, outputs);
    EXPECT_GE(names.size(), 2u) << points.size();
    EXPECT_EQ(names.back(), "p1.grid_coverage");
  }
}

TEST(Grid, CountsRowsWhereTheyAreTooManyToLookAt) {
  Arrays outputs = GridProgram{}(kOffset);
  outputs.emplace("rows", Array::scalar<std::int64_t>(7'000'000));
  EXPECT_EQ(judge("p1.grid_count", kOffset.inputs(), outputs).verdict, Verdict::kFailed);
  outputs.at("voxel_size") = Array::scalar<double>(0.01);
  const CaseFinding finding = judge("p1.grid_count", kOffset.inputs(), outputs);
  EXPECT_EQ(finding.blocked_by, "p1.a.side");
  EXPECT_NE(finding.got.find("7,000,000 rows"), std::string::npos) << finding.got;
}

TEST(Grid, ChargesASideThatLeavesRoomForOneVoxelOnce) {
  const Arrays outputs = {{"voxels", array_of({kFlat.lower})},
                          {"voxel_size", Array::scalar<double>(20.0)}};
  EXPECT_EQ(not_passed(kFlat, outputs),
            (Names{"p1.grid_side", "p1.grid_spacing blocked", "p1.grid_count blocked",
                   "p1.grid_coverage blocked"}));
}

TEST(Grid, FailsASideThatIsZeroOrNegative) {
  for (const double side : {0.0, -1.0}) {
    Arrays outputs = GridProgram{}(kOffset);
    outputs.at("voxel_size") = Array::scalar<double>(side);
    EXPECT_EQ(not_passed(kOffset, outputs), Names{"p1.grid_side"});
  }
}

}  // namespace
}  // namespace pset3::judge::p1::testing
