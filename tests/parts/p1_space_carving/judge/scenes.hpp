#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <cstdint>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/judge/checks.hpp"
#include "grader/judge/evidence.hpp"
#include "grader/judge/rubric.hpp"

namespace pset3::judge::p1::testing {

using arrays::Array;
using arrays::Arrays;
using Points = std::vector<Eigen::Vector3d>;

Array array_of(const Points& points);
Points points_of(const Array& array);

/// A pinhole camera that looks from `position` at `target`, with the principal point in the middle.
struct TestCamera {
  Eigen::Vector3d position{4, 0, 1};
  Eigen::Vector3d target{0, 0, 0};
  double focal_px = 250;
  int width = 120;
  int height = 160;

  Eigen::Matrix<double, 3, 4> projection() const;
  /// (u, v, w): column, row, depth.
  Eigen::Vector3d project(const Eigen::Vector3d& x) const;
};

/// (H, W), 1 where the ray through the pixel's centre meets the ball: worked from the distance
/// between ray and centre, not from any projection of points.
std::vector<std::uint8_t> ball_silhouette(const TestCamera& camera, const Eigen::Vector3d& centre,
                                          double radius);

/// A grid of n x n x n points that fills [-half, half]^3.
Points cube_grid(int n, double half);

/// "P" and "silhouette" or "silhouettes", with the voxels.
Arrays carve_inputs(const TestCamera& camera, const std::vector<std::uint8_t>& silhouette,
                    const Points& voxels);
/// What the program under test says of a call of carve.
Arrays carve_outputs(const Points& survivors, std::int64_t changed_pixels = 0);
Arrays views_inputs(const std::vector<TestCamera>& cameras,
                    const std::vector<std::vector<std::uint8_t>>& silhouettes);

/// Four to n cameras on a ring around the origin.
std::vector<TestCamera> ring_of(int n);

/// The ways in which hand-made students differ: rightly (kRound, kTruncate, reversed) and wrongly
/// (the others; kHalf moves the picture by a pixel).
struct CarveProgram {
  enum class PixelRule { kRound, kTruncate, kHalf } pixel = PixelRule::kRound;
  bool swapped = false;        ///< column and row
  bool clamped = false;        ///< pixels outside moved to the border instead of carved
  bool wrapped = false;        ///< no test: memory is read on, and ends as background
  bool shifted = false;        ///< rows moved by 0.01 in x
  bool through_float = false;  ///< rows cast to float
  bool repeated = false;       ///< each row twice
  bool inverted = false;       ///< the background is kept
  bool reversed = false;       ///< another order: no mistake
  Points operator()(const Points& voxels, const TestCamera& camera,
                    const std::vector<std::uint8_t>& silhouette) const;
};

/// Judges one case with the judge of that name.
CaseFinding judge(const std::string& name, const Arrays& inputs, const Arrays& outputs,
                  const Arrays& expected = {});
Sketch sketch(const std::string& name, const Arrays& inputs, const Arrays& outputs);
/// Whether two sketches show the same to a check's tolerance.
bool look_alike(const std::string& name, const Sketch& a, const Sketch& b);

/// The silhouette with every second square of a chessboard of 20 pixels negative.
std::vector<std::uint8_t> changed_in_squares(const TestCamera& camera,
                                             std::vector<std::uint8_t> silhouette);

}  // namespace pset3::judge::p1::testing
