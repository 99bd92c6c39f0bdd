/// Carves the same 6 million voxels with the same 36 views by the reference, by a plain loop that
/// collects what it keeps, and by NumPy (carve_numpy.py), in turn, and prints the times, the ratio,
/// and the share of the memory's bandwidth that the reference uses.
///
///     carve_benchmark [NUM_VOXELS]
///
/// Exit status 1 when the survivors differ or the reference is not 10 times as fast.

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "starter/p1_space_carving/space_carving.hpp"

namespace {

using pset3::Camera;
using pset3::Matrix34;
using pset3::carving::Voxels;
namespace fs = std::filesystem;

constexpr int kRuns = 5;
constexpr int kViews = 36;
constexpr int kWidth = 720;
constexpr int kHeight = 576;
constexpr double kGoal = 10.0;

/// The outline of an ellipsoid is the conic whose dual is the projection of the dual quadric.
cv::Mat ellipsoid_silhouette(const Matrix34& P) {
  const Eigen::Vector4d squared_semiaxes(0.5, 0.09, 0.18, -1.0);
  const Eigen::Matrix3d dual_conic = P * squared_semiaxes.asDiagonal() * P.transpose();
  const Eigen::Matrix3d conic = dual_conic.inverse();
  const Eigen::Vector3d centre = P.col(3);
  const double inside = centre.dot(conic * centre);
  cv::Mat silhouette(kHeight, kWidth, CV_8UC1);
  for (int v = 0; v < kHeight; ++v) {
    for (int u = 0; u < kWidth; ++u) {
      const Eigen::Vector3d pixel(u, v, 1.0);
      silhouette.at<uchar>(v, u) = pixel.dot(conic * pixel) * inside > 0.0 ? 1 : 0;
    }
  }
  return silhouette;
}

/// Cameras on a ring that look down at the origin.
std::vector<Camera> turntable() {
  constexpr double kDegree = 3.14159265358979 / 180.0;
  Eigen::Matrix3d K;
  K << 1100.0, 0.0, (kWidth - 1) / 2.0, 0.0, 1100.0, (kHeight - 1) / 2.0, 0.0, 0.0, 1.0;
  std::vector<Camera> cameras;
  for (int view = 0; view < kViews; ++view) {
    const double azimuth = (10.0 * view + 3.7) * kDegree;
    const double elevation = 25.0 * kDegree;
    const Eigen::Vector3d position =
        4.0 * Eigen::Vector3d(std::cos(elevation) * std::cos(azimuth),
                              std::cos(elevation) * std::sin(azimuth), std::sin(elevation));
    Eigen::Matrix3d R;
    R.row(2) = -position.normalized();
    R.row(0) = R.row(2).cross(Eigen::RowVector3d::UnitZ()).normalized();
    R.row(1) = R.row(2).cross(R.row(0));
    cameras.push_back(Camera::from_intrinsics(K, R, position));
    cameras.back().silhouette = ellipsoid_silhouette(cameras.back().P);
  }
  return cameras;
}

/// Writes a .npy array (version 1.0) of doubles or bytes, row by row.
template <typename Number>
void write_npy(const fs::path& file, const std::string& shape, const std::vector<Number>& numbers) {
  const std::string type = sizeof(Number) == 8 ? "<f8" : "|u1";
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + "}";
  header.resize(117, ' ');
  std::ofstream stream(file, std::ios::binary);
  stream << "\x93NUMPY\x01" << '\0' << '\x76' << '\0' << header << '\n';
  stream.write(reinterpret_cast<const char*>(numbers.data()),
               static_cast<std::streamsize>(numbers.size() * sizeof(Number)));
  if (!stream) throw std::runtime_error("cannot write " + file.string());
}

/// Reads the numbers of a .npy array of doubles, as NumPy 1 writes it.
std::vector<double> read_npy(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string header(128, '\0');
  stream.read(header.data(), static_cast<std::streamsize>(header.size()));
  if (!stream || header.find("'descr': '<f8', 'fortran_order': False") == std::string::npos) {
    throw std::runtime_error("not an array of doubles: " + file.string());
  }
  std::vector<double> numbers((fs::file_size(file) - header.size()) / sizeof(double));
  stream.read(reinterpret_cast<char*>(numbers.data()),
              static_cast<std::streamsize>(numbers.size() * sizeof(double)));
  return numbers;
}

void write_scene(const fs::path& folder, const Voxels& voxels, const std::vector<Camera>& cameras) {
  std::vector<double> projections;
  std::vector<unsigned char> silhouettes;
  for (const Camera& camera : cameras) {
    const Eigen::Matrix<double, 3, 4, Eigen::RowMajor> P = camera.P;
    projections.insert(projections.end(), P.data(), P.data() + P.size());
    silhouettes.insert(silhouettes.end(), camera.silhouette.begin<uchar>(),
                       camera.silhouette.end<uchar>());
  }
  const std::string views = std::to_string(cameras.size());
  write_npy(folder / "voxels.npy", "(" + std::to_string(voxels.rows()) + ", 3)",
            std::vector<double>(voxels.data(), voxels.data() + voxels.size()));
  write_npy(folder / "projections.npy", "(" + views + ", 3, 4)", projections);
  write_npy(folder / "silhouettes.npy",
            "(" + views + ", " + std::to_string(kHeight) + ", " + std::to_string(kWidth) + ")",
            silhouettes);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Voxels carve_all(const Voxels& voxels, const std::vector<Camera>& cameras) {
  Voxels hull = pset3::carving::carve(voxels, cameras.front());
  for (std::size_t i = 1; i < cameras.size(); ++i) hull = pset3::carving::carve(hull, cameras[i]);
  return hull;
}

/// Carving as a good student first writes it in C++.
Voxels carve_by_plain_loop(const Voxels& voxels, const Camera& camera) {
  std::vector<Eigen::Vector3d> kept;
  for (Eigen::Index i = 0; i < voxels.rows(); ++i) {
    const Eigen::Vector3d voxel = voxels.row(i);
    const Eigen::Vector3d pixel = camera.P * voxel.homogeneous();
    const int u = static_cast<int>(std::lround(pixel.x() / pixel.z()));
    const int v = static_cast<int>(std::lround(pixel.y() / pixel.z()));
    if (pixel.z() <= 0.0 || u < 0 || v < 0 || u >= kWidth || v >= kHeight) continue;
    if (camera.silhouette.at<uchar>(v, u) != 0) kept.push_back(voxel);
  }
  Voxels result(static_cast<Eigen::Index>(kept.size()), 3);
  for (std::size_t i = 0; i < kept.size(); ++i) result.row(static_cast<Eigen::Index>(i)) = kept[i];
  return result;
}

double plain_loop_seconds(const Voxels& voxels, const std::vector<Camera>& cameras) {
  const auto start = std::chrono::steady_clock::now();
  Voxels hull = voxels;
  for (const Camera& camera : cameras) hull = carve_by_plain_loop(hull, camera);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// What has to be read and written at least: each view's voxels, and those that stay.
double bytes_moved(const Voxels& voxels, const std::vector<Camera>& cameras) {
  double rows = 0.0;
  Voxels hull = voxels;
  for (const Camera& camera : cameras) {
    rows += static_cast<double>(hull.rows());
    hull = pset3::carving::carve(hull, camera);
    rows += static_cast<double>(hull.rows());
  }
  return rows * 3 * sizeof(double);
}

/// Bytes a second of a copy by one core, of more than the caches hold; the best of the runs.
double bandwidth() {
  const std::vector<double> from(std::size_t{1} << 25, 1.0);
  std::vector<double> to(from.size());
  double best = 0.0;
  for (int i = 0; i < kRuns; ++i) {
    const auto start = std::chrono::steady_clock::now();
    std::copy(from.begin(), from.end(), to.begin());
    volatile double last = to.back();  // so that the copy is made
    (void)last;
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best =
        std::max(best, 2.0 * static_cast<double>(from.size()) * sizeof(double) / seconds.count());
  }
  return best;
}

double reference_seconds(const Voxels& voxels, const std::vector<Camera>& cameras, Voxels& hull) {
  const auto start = std::chrono::steady_clock::now();
  hull = carve_all(voxels, cameras);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The time that carve_numpy.py measures itself: without Python's start and without files.
double numpy_seconds(const fs::path& folder) {
  const fs::path result = folder / "seconds.txt";
  const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR "/tests/bench/carve_numpy.py '" +
                              folder.string() + "' > '" + result.string() + "'";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  double seconds = 0.0;
  if (!(std::ifstream(result) >> seconds)) throw std::runtime_error("no time from " + command);
  return seconds;
}

int run(int num_voxels) {
  std::string folder_name = (fs::temp_directory_path() / "carve_benchmark_XXXXXX").string();
  if (mkdtemp(folder_name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  const fs::path folder = folder_name;
  const auto cameras = turntable();
  const Voxels voxels =
      pset3::carving::form_initial_voxels({-0.93, 0.95}, {-0.74, 0.71}, {-0.62, 0.65}, num_voxels)
          .voxels;
  write_scene(folder, voxels, cameras);
  Voxels hull;
  std::vector<double> numpy_runs, reference_runs, loop_runs;
  for (int i = 0; i < kRuns; ++i) {  // in turn, so that a busy machine is busy for both
    numpy_runs.push_back(numpy_seconds(folder));
    reference_runs.push_back(reference_seconds(voxels, cameras, hull));
    loop_runs.push_back(plain_loop_seconds(voxels, cameras));
  }
  const double numpy = median(numpy_runs);
  const double reference = median(reference_runs);
  const std::vector<double> numpy_hull = read_npy(folder / "survivors.npy");
  fs::remove_all(folder);

  const bool equal =
      std::equal(hull.data(), hull.data() + hull.size(), numpy_hull.begin(), numpy_hull.end());
  std::printf("%ld voxels, %d views of %dx%d, %ld survive, medians of %d runs\n",
              static_cast<long>(voxels.rows()), kViews, kWidth, kHeight,
              static_cast<long>(hull.rows()), kRuns);
  std::printf("NumPy      %8.3f s\nreference  %8.3f s\nratio      %8.1f (goal %.0f)\n", numpy,
              reference, numpy / reference, kGoal);
  std::printf("plain loop %8.3f s\n", median(loop_runs));
  std::printf("bandwidth  %8.1f %% of a copy's\n",
              100.0 * bytes_moved(voxels, cameras) / reference / bandwidth());
  std::printf("survivors  %s\n", equal ? "equal" : "DIFFERENT");
  return equal && numpy / reference >= kGoal ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc > 1 ? std::stoi(argv[1]) : 6'000'000);
  } catch (const std::exception& error) {
    std::cerr << "carve_benchmark: " << error.what() << "\n";
    return 2;
  }
}
