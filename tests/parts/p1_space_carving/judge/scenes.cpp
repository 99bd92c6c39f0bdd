#include "tests/parts/p1_space_carving/judge/scenes.hpp"
#include "grader/judge/engine.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pset3::judge::p1::testing {
namespace {

/// Rows: right, down, forward.
Eigen::Matrix3d rotation_of(const TestCamera& camera) {
  const Eigen::Vector3d forward = (camera.target - camera.position).normalized();
  const Eigen::Vector3d right = forward.cross(Eigen::Vector3d::UnitZ()).normalized();
  Eigen::Matrix3d R;
  R << right.transpose(), forward.cross(right).transpose(), forward.transpose();
  return R;
}

double whole_pixel(double value, CarveProgram::PixelRule rule) {
  switch (rule) {
    case CarveProgram::PixelRule::kRound:
      return std::round(value);
    case CarveProgram::PixelRule::kTruncate:
      return std::trunc(value);
    case CarveProgram::PixelRule::kHalf:
      return std::floor(value - 0.5);
  }
  return value;
}

bool on_object(const CarveProgram& program, double u, double v, const TestCamera& camera,
               const std::vector<std::uint8_t>& silhouette) {
  double column = whole_pixel(u, program.pixel);
  double row = whole_pixel(v, program.pixel);
  if (program.swapped) std::swap(column, row);
  if (program.clamped) {
    column = std::clamp(column, 0.0, camera.width - 1.0);
    row = std::clamp(row, 0.0, camera.height - 1.0);
  }
  const bool inside = column >= 0 && column < camera.width && row >= 0 && row < camera.height;
  if (!inside && !program.wrapped) return false;
  const double place = row * camera.width + column;
  if (place < 0 || place >= static_cast<double>(silhouette.size())) return false;
  return silhouette[static_cast<std::size_t>(place)] != 0;
}

}  // namespace

Array array_of(const Points& points) {
  Array array(arrays::DType::kF64, {static_cast<std::int64_t>(points.size()), 3});
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::copy_n(points[i].data(), 3, array.data<double>() + 3 * i);
  }
  return array;
}

Points points_of(const Array& array) {
  Points points;
  for (std::size_t i = 0; i + 2 < array.element_count(); i += 3) {
    points.emplace_back(Eigen::Map<const Eigen::Vector3d>(array.data<double>() + i));
  }
  return points;
}

Eigen::Matrix<double, 3, 4> TestCamera::projection() const {
  Eigen::Matrix3d K;
  K << focal_px, 0, (width - 1) / 2.0, 0, focal_px, (height - 1) / 2.0, 0, 0, 1;
  const Eigen::Matrix3d R = rotation_of(*this);
  Eigen::Matrix<double, 3, 4> P;
  P << K * R, -K * R * position;
  return P;
}

Eigen::Vector3d TestCamera::project(const Eigen::Vector3d& x) const {
  const Eigen::Vector3d h = projection() * x.homogeneous();
  return {h.x() / h.z(), h.y() / h.z(), h.z()};
}

std::vector<std::uint8_t> ball_silhouette(const TestCamera& camera, const Eigen::Vector3d& centre,
                                          double radius) {
  const Eigen::Matrix3d R = rotation_of(camera);
  std::vector<std::uint8_t> pixels;
  for (int v = 0; v < camera.height; ++v) {
    for (int u = 0; u < camera.width; ++u) {
      const Eigen::Vector3d in_camera((u - (camera.width - 1) / 2.0) / camera.focal_px,
                                      (v - (camera.height - 1) / 2.0) / camera.focal_px, 1.0);
      const Eigen::Vector3d ray = (R.transpose() * in_camera).normalized();
      const Eigen::Vector3d to_centre = centre - camera.position;
      pixels.push_back((to_centre - to_centre.dot(ray) * ray).norm() < radius ? 1 : 0);
    }
  }
  return pixels;
}

Points cube_grid(int n, double half) {
  Points points;
  for (int i = 0; i < n * n * n; ++i) {
    const Eigen::Vector3i cell(i % n, i / n % n, i / (n * n));
    points.emplace_back((cell.cast<double>().array() + 0.5) * (2 * half / n) - half);
  }
  return points;
}

Arrays carve_outputs(const Points& survivors, std::int64_t changed_pixels) {
  return {{"survivors", array_of(survivors)}, {"changed_pixels", Array::scalar(changed_pixels)}};
}

Arrays carve_inputs(const TestCamera& camera, const std::vector<std::uint8_t>& silhouette,
                    const Points& voxels) {
  const Eigen::Matrix<double, 3, 4, Eigen::RowMajor> P = camera.projection();
  return {{"P", Array::copy_of(P.data(), {3, 4})},
          {"silhouette", Array::copy_of(silhouette.data(), {camera.height, camera.width})},
          {"voxels", array_of(voxels)}};
}

Arrays views_inputs(const std::vector<TestCamera>& cameras,
                    const std::vector<std::vector<std::uint8_t>>& silhouettes) {
  std::vector<double> matrices;
  std::vector<std::uint8_t> pixels;
  for (std::size_t v = 0; v < cameras.size(); ++v) {
    const Eigen::Matrix<double, 3, 4, Eigen::RowMajor> P = cameras[v].projection();
    matrices.insert(matrices.end(), P.data(), P.data() + 12);
    pixels.insert(pixels.end(), silhouettes[v].begin(), silhouettes[v].end());
  }
  const auto views = static_cast<std::int64_t>(cameras.size());
  return {
      {"P", Array::copy_of(matrices.data(), {views, 3, 4})},
      {"silhouettes", Array::copy_of(pixels.data(), {views, cameras[0].height, cameras[0].width})}};
}

std::vector<TestCamera> ring_of(int n) {
  std::vector<TestCamera> cameras;
  for (int i = 0; i < n; ++i) {
    const double angle = 2 * std::numbers::pi * i / n;
    TestCamera camera;
    camera.position = {4 * std::cos(angle), 4 * std::sin(angle), 0.8 + 0.1 * (i % 3)};
    cameras.push_back(camera);
  }
  return cameras;
}

Points CarveProgram::operator()(const Points& voxels, const TestCamera& camera,
                                const std::vector<std::uint8_t>& silhouette) const {
  Points kept;
  for (const Eigen::Vector3d& voxel : voxels) {
    const Eigen::Vector3d seen = camera.project(voxel);
    if (on_object(*this, seen.x(), seen.y(), camera, silhouette) == inverted) continue;
    Eigen::Vector3d row = voxel;
    if (shifted) row.x() += 0.01;
    if (through_float) row = row.cast<float>().cast<double>();
    kept.push_back(row);
    if (repeated) kept.push_back(row);
  }
  if (reversed) std::reverse(kept.begin(), kept.end());
  return kept;
}

namespace {

/// The adapter says how many rows there were, since it leaves some out where they are too many.
Arrays with_row_count(Arrays outputs) {
  if (outputs.count("voxel_size") > 0 && outputs.count("rows") == 0) {
    outputs.emplace("rows", Array::scalar<std::int64_t>(outputs.at("voxels").shape()[0]));
  }
  return outputs;
}

}  // namespace

CaseFinding judge(const std::string& name, const Arrays& inputs, const Arrays& outputs,
                  const Arrays& expected) {
  CheckSpec spec;
  spec.judge = name;
  return p1::checks().at(name).judge({spec, inputs, expected, with_row_count(outputs)});
}

Sketch sketch(const std::string& name, const Arrays& inputs, const Arrays& outputs) {
  CheckSpec spec;
  spec.judge = name;
  return p1::checks().at(name).sketch({spec, inputs, {}, with_row_count(outputs)});
}

bool look_alike(const std::string& name, const Sketch& a, const Sketch& b) {
  return agree({"returned", a}, {"returned", b}, p1::checks().at(name).sketch_tolerance);
}

std::vector<std::uint8_t> changed_in_squares(const TestCamera& camera,
                                             std::vector<std::uint8_t> silhouette) {
  for (std::size_t i = 0; i < silhouette.size(); ++i) {
    const auto width = static_cast<std::size_t>(camera.width);
    if ((i % width / 20 + i / width / 20) % 2 == 1) silhouette[i] = silhouette[i] == 0 ? 1 : 0;
  }
  return silhouette;
}

}  // namespace pset3::judge::p1::testing
